"""Alt with a digit, as terminals without the Kitty protocol send it."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS


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
