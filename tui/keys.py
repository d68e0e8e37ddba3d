"""Names of keys as a person reads them, and alt with a digit as terminals without the Kitty protocol send it."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "underscore": "_",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "pageup": "page up",
    "pagedown": "page down",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def key_name(key: str) -> str:
    """Textual's name of a key as a person reads it: `escape` is `esc`, `f1` is `F1`, `ctrl+underscore` is `ctrl+_`."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    if last[:1] == "f" and last[1:].isdigit():
        last = last.upper()
    return "+".join([*modifiers, _NAMES.get(last, last)])


def teach_alt_digits() -> None:
    """Make Textual read ESC 1 … ESC 9 as alt+1 … alt+9.

    Textual 8.2.8 takes them for what a Mac keyboard writes with its option key, `¡™£¢∞§¶•ª`, so that
    alt+1 would type `¡` in tmux, xterm or GNOME Terminal. A `¡` that a person types arrives as itself.
    This changes a table of Textual, because there is no other way: call it only in a process that runs
    the app.
    """
    table = cast(MutableMapping[str, Any], ANSI_SEQUENCES_KEYS)
    for digit in "123456789":
        table["\x1b" + digit] = (SimpleNamespace(value=f"alt+{digit}"),)
