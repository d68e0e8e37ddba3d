"""The keys of a page or dialog, in one line: `x forget · u undo · esc back`.

Each key is bold, a space parts it from what it does, a dot from the next key: it reads without colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App
from textual.content import Content
from textual.widget import Widget

from tui import actions
from tui.keymap import key_map_of, with_keys
from tui.keys import key_name

DOT = " · "
KEY_STYLE = "bold $text-accent"


class KeyHints(Widget):
    """Keys with what they do, the most important first; those that do not fit are left out, `esc` and `F1` never.

    A key is its name, or `@` and the id of an action (`@sources.watch`): then it is the key in force.
    """

    DEFAULT_CSS = """
    KeyHints { height: 1; width: 1fr; color: $text-muted; }
    """

    def __init__(self, *pairs: tuple[str, str], id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._pairs = pairs

    def show(self, *pairs: tuple[str, str]) -> None:
        """Show other keys."""
        self._pairs = pairs
        self.refresh()

    def render(self) -> Content:
        """As many keys as there is room for."""
        return fitting_hints(
            keys_in_force(self.app, self._pairs), self.content_size.width, with_keys(self.app, "@help")
        )


class KeyLine(KeyHints):
    """The line at the bottom of a page: its own keys, then those of its actions, then the way back."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; width: 100%; background: $panel; padding: $space-line; }
    """

    def __init__(self, place: str, *own: tuple[str, str]) -> None:
        of_place = [action for action in actions.actions_of(place) if action.footer and action.keys]
        super().__init__(*own, *(("@" + action.id, action.footer) for action in of_place), ("esc", "back"))


def keys_in_force(app: App[Any], pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs with the keys that are in force: `@sources.forget` in place of a key is that action's key."""
    key_map, named = key_map_of(app), {"@" + action.id: action for action in actions.ACTIONS}
    return [(key_map.short_label(named[key]) if key in named else key, what) for key, what in pairs]


def key_hints(*pairs: tuple[str, str]) -> Content:
    """Keys with what they do, in one line of any length."""
    return Content(DOT).join([_hint(key, what) for key, what in pairs])


def fitting_hints(pairs: Sequence[tuple[str, str]], width: int, help_key: str = "F1") -> Content:
    """The keys that fit into `width` cells in their order. `esc` always stays; when any is left out, the key
    of help says where they all are."""
    if key_hints(*pairs).cell_length <= width:
        return key_hints(*pairs)
    last = [pair for pair in pairs if pair[0] == "esc"]
    kept: list[tuple[str, str]] = []
    for pair in pairs:
        if pair not in last and key_hints(*kept, pair, (help_key, "all keys"), *last).cell_length <= width:
            kept.append(pair)
    return key_hints(*kept, (help_key, "all keys"), *last)


def _hint(key: str, what: str) -> Content:
    return Content.assemble((f"{key_name(key)} ", KEY_STYLE), what)
