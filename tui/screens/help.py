"""The help page, made from the list of actions."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui import actions
from tui.screens.page import Page
from tui.widgets.key_line import KeyLine

_ABOUT = """\
second me keeps what you give it (files, chats, notes) on this machine, finds it again and answers from it. \
Each sentence of an answer shows the passages it rests on, [1]; a sentence that nothing supports ends in [?]. \
Nothing leaves this machine."""


class HelpScreen(Page):
    """What this is, then every key by the place where it works."""

    CSS_PATH = Path(__file__).with_name("help.tcss")

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        with VerticalScroll(id="page"):
            yield Static(help_page())
        yield KeyLine("help", ("ctrl+p", "all commands"))

    def on_mount(self) -> None:
        """Focus the page, so that arrow keys scroll it."""
        self.query_one("#page").focus()


def help_page() -> Content:
    """The text of the whole page."""
    parts: list[Content | str | tuple[str, str]] = [(_ABOUT, "$foreground"), "\n"]
    for place, title in actions.PLACES.items():
        parts += ["\n", (title, "bold $primary"), "\n"]
        for action in actions.actions_of(place):
            parts += [
                (f"  {action.key_label or 'palette':<20}", "$text-accent"),
                f"{action.title:<23}",
                (action.description, "$foreground-muted"),
                "\n",
            ]
    return Content.assemble(*parts)
