"""Names of keys as a person reads them, and alt with a digit as terminals without the Kitty protocol send it."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key
from textual.keys import key_to_character as _key_to_character

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


_SWALLOWED = {
    "ctrl+a": "is the prefix of screen",
    "ctrl+b": "is the prefix of tmux",
    "ctrl+c": "stops programs, and copies",
    "ctrl+h": "is Backspace on many terminals",
    "ctrl+i": "is Tab on many terminals",
    "ctrl+m": "is Enter on many terminals",
    "ctrl+s": "stops the output of many terminals",
    "ctrl+left_square_bracket": "is Escape on many terminals",
    "alt+left_square_bracket": "begins the codes of other keys",
    "alt+O": "begins the codes of other keys",
}
"""Keys that never reach an app, or reach it as another key."""
_ALIASES = {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "spacebar": "space"}
_MODIFIERS = ("ctrl", "alt", "shift")
_NAMED = frozenset(key.value for key in Keys if key.value.isidentifier()) | {*KEY_NAME_REPLACEMENTS.values()}
_FIXED = ("escape", "tab", "shift+tab")
"""Keys that leave a page or go from box to box: nothing else may take them."""


def read_key(written: str) -> str:
    """Textual's name of a key that a person wrote: `Ctrl-G` is `ctrl+g`, `?` is `question_mark`, `shift+x` is `X`."""
    *modifiers, last = _parts(written)
    modifiers = sorted({"ctrl" if m in ("control", "c", "^") else m for m in map(str.lower, modifiers)})
    if len(last) == 1:
        if "shift" in modifiers and last.isalpha() and "ctrl" not in modifiers:
            modifiers.remove("shift")
            last = last.upper()
        elif "ctrl" in modifiers:
            last = last.lower()
        last = _character_to_key(last)
    else:
        last = _ALIASES.get(last.lower(), last.lower())
    return "+".join([*modifiers, last])


def _parts(written: str) -> list[str]:
    """`ctrl+g` or `ctrl-g` as its parts; a plus or minus may be the key itself."""
    head, last = (written[:-1], written[-1]) if written else ("", "")
    if last in "+-":
        return [*(part for part in head.replace("-", "+").split("+") if part), last] if last else []
    return written.replace("-", "+").split("+")


def why_unusable(key: str, *, writing: bool, own: bool = False) -> str:
    """Why a key cannot be given to an action, as the end of a sentence; nothing when it can.

    `writing`: the action works where a person writes; `own`: it is a key that the action has by itself.
    """
    *modifiers, last = key.split("+")
    if own:
        return ""
    if not last or (len(_key_to_character(last) or "") != 1 and last not in _NAMED) or set(modifiers) - {*_MODIFIERS}:
        return "is no key"
    if key in _SWALLOWED:
        return _SWALLOWED[key]
    if key in _FIXED:
        return "is needed to leave pages and boxes"
    if "ctrl" in modifiers and ("shift" in modifiers or not (last.isalpha() or last in ("underscore", "space"))):
        return "is a key that many terminals cannot send"
    plain = not modifiers and not (last[0] == "f" and last[1:].isdigit())
    return "is needed for writing" if writing and plain else ""


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
