"""The help page: what the screen below it can do, then everything, from the list of actions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from tui import actions
from tui.context import Context
from tui.keymap import KeyMap, key_map_of
from tui.screens.page import Page
from tui.widgets.key_line import KEY_STYLE, KeyLine

_ABOUT = """\
second me keeps what you give it (files, chats, notes) on this machine, finds it again and answers from it. \
Each sentence of an answer shows the passages it rests on, [1]; a sentence that nothing supports ends in [?]. \
Nothing leaves this machine."""
_REMAP = "Each key can be another: write `find = ctrl+g` into the setting ui.keys (@settings)."
_KEYS, _TITLES = 22, 24
"""Cells of the columns of keys and titles."""


class HelpText(Widget):
    """The words of the page, set to its width. `here`: the places of the screen below, the innermost first."""

    DEFAULT_CSS = "HelpText { width: 1fr; height: auto; }"

    def __init__(self, here: Sequence[str]) -> None:
        super().__init__()
        self._here = here

    def render(self) -> Content:
        """The whole page."""
        return help_page(self._here, key_map_of(self.app), self.content_size.width or 80)

    def get_content_height(self, container: Any, viewport: Any, width: int) -> int:
        """As many lines as the page has at this width."""
        return len(help_page(self._here, key_map_of(self.app), width).plain.splitlines())


class HelpScreen(Page):
    """The keys of where one is, then every key by the place where it works."""

    CSS_PATH = Path(__file__).with_name("help.tcss")

    def __init__(self, context: Context, here: Sequence[str] = ()) -> None:
        super().__init__(context)
        self._here = here

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        with VerticalScroll(id="page"):
            yield HelpText(self._here)
        yield KeyLine("help", ("↑ ↓", "scroll"), ("@command_palette", "all commands"))

    def on_mount(self) -> None:
        """Focus the page, so that arrow keys scroll it."""
        self.query_one("#page").focus()


def help_page(here: Sequence[str], key_map: KeyMap, width: int) -> Content:
    """The text of the whole page: the places `here`, what this is, everywhere, then the other places."""
    about: list[Content | str | tuple[str, str]] = [
        ("\n".join(wrap(_ABOUT, width)), "$foreground"),
        "\n\n",
        ("\n".join(wrap(key_map.in_words(_REMAP), width)), "$text-muted"),
    ]
    parts: list[Content | str | tuple[str, str]] = []
    for place in here:
        parts += [*_place(place, key_map, width), "\n"]
    parts += [*about, "\n\n"]
    for place in actions.PLACES:
        if place not in here:
            parts += [*_place(place, key_map, width), "\n"]
    return Content.assemble(*parts).rstrip()


def _place(place: str, key_map: KeyMap, width: int) -> list[Content | str | tuple[str, str]]:
    """The title of a place and a row for each of its actions; long descriptions go on below themselves."""
    parts: list[Content | str | tuple[str, str]] = [(actions.PLACES[place], "bold $title"), "\n"]
    for action in actions.actions_of(place):
        label = key_map.label(action) or "palette"
        rows = wrap(action.description, max(width - _KEYS - _TITLES - 2, 16)) or [""]
        parts += [
            (f"  {label:<{_KEYS - 1}} ", KEY_STYLE),
            f"{action.title:<{_TITLES - 1}} ",
            (f"\n{'':{_KEYS + _TITLES + 2}}".join(rows), "$text-muted"),
            "\n",
        ]
    return parts
