"""The keys of a page or dialog, in one line."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.actions import actions_of


class KeyLine(Static):
    """The line at the bottom of a page: its own keys, then those of its actions, then the way back."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    """

    def __init__(self, place: str, *own: tuple[str, str]) -> None:
        actions = [
            (action.key_label if action.numbered else action.keys[0], action.footer)
            for action in actions_of(place)
            if action.footer
        ]
        super().__init__(key_hints(*own, *actions, ("esc", "back")))


def key_hints(*pairs: tuple[str, str]) -> Content:
    """Keys with what they do, in one line."""
    parts: list[str | tuple[str, str]] = []
    for key, what in pairs:
        parts += [(key, "$text-accent"), f" {what}   "]
    return Content.assemble(*parts)
