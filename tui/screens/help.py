"""The help page, made from the list of actions."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.actions import ACTIONS, Place
from tui.screens.dialog import hints

_TITLES: tuple[tuple[Place, str], ...] = (
    ("everywhere", "Everywhere"),
    ("prompt", "Writing a question"),
    ("chat", "In a chat"),
    ("sources", "In the list of sources"),
    ("activity", "On the page of activity"),
    ("profile", "On the profile"),
    ("contradictions", "On the page of contradictions"),
    ("passage", "On a passage"),
)

_ABOUT = """\
second me keeps what you give it (files, chats, notes) on this machine, finds it again and answers from it. \
Each sentence of an answer shows the passages it rests on, [1]; one that nothing supports ends in [?]. \
Nothing leaves this machine."""


class HelpScreen(Screen[None]):
    """Keys, and what this is."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def compose(self) -> ComposeResult:
        """What this is, then the keys by place."""
        with VerticalScroll(id="page"):
            yield Static(help_page())
        yield Static(hints(("esc", "back"), ("ctrl+p", "all commands")), classes="keys")

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#page").focus()

    def action_back(self) -> None:
        """Return to the chat."""
        self.dismiss()


def help_page() -> Content:
    """The whole page."""
    parts: list[Content | str | tuple[str, str]] = [(_ABOUT, "$foreground"), "\n"]
    for place, title in _TITLES:
        parts += ["\n", (title, "bold $primary"), "\n"]
        for action in ACTIONS:
            if action.place != place or action.name.startswith("open_citation("):
                continue
            parts += [
                (f"  {action.key_label or 'palette':<20}", "$text-accent"),
                f"{action.title:<22}",
                (action.description, "$foreground-muted"),
                "\n",
            ]
        if place == "chat":
            parts += [("  alt+1 … alt+9       ", "$text-accent"), f"{'Open a passage':<22}"]
            parts += [("Show passage [1] … [9] in its source", "$foreground-muted"), "\n"]
    return Content.assemble(*parts)
