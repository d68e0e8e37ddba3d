"""Making untrusted text harmless for a terminal, without moving a single offset.

Textual and terminals pass escape sequences on (a file could set the clipboard by OSC 52), and
bidirectional controls show text in another order than it is stored. `clean` replaces each such
character by one harmless character, so that offsets into the text stay right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = (*range(0xE0000, 0xE0080), 0xFEFF, 0x2060)
SOFT_HYPHEN = "\u00ad"
"""Where a word may be broken. It is not part of the word."""
_ZERO_WIDTH = "\u200b"


@cache
def _table() -> Mapping[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}  # ESC is shown as its picture: ␛
    table[0x7F] = "\u2421"
    table.update(dict.fromkeys(range(128, 160), "�"))
    table.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    table.update(dict.fromkeys((*_BIDI, *_INVISIBLE), _ZERO_WIDTH))
    table.update({0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n"})
    table.update({0x2028: "\n", 0x2029: "\n"})
    return table


def clean(text: str, *, keep_newlines: bool = True) -> str:
    """The text with every character that could steer a terminal replaced by a harmless one.

    The length never changes. A carriage return ends a line, as terminals paste it; before a line feed it is a space.
    With `keep_newlines` false, line ends and tabs become spaces too,
    for places that show one line (titles, paths, list rows).
    """
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    cleaned = text.translate(_table())
    if keep_newlines:
        return cleaned
    return cleaned.replace("\n", " ").replace("\t", " ")


def clean_line(text: str, length: int) -> str:
    """The cleaned text on one line, of at most `length` characters: an ellipsis stands for what is left out."""
    line = " ".join(clean(text, keep_newlines=False).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC) and without soft hyphens, so that a word is written one way only.

    Its length may change: this is for text that is being read, before anything points into it.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.replace(SOFT_HYPHEN, ""))


def unified_line_ends(text: str) -> str:
    """The text with a line feed at each line's end, whichever way its system ends lines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def join_words(things: Sequence[str]) -> str:
    """Words joined for a sentence: "tea, milk and sugar"."""
    return f"{', '.join(things[:-1])} and {things[-1]}" if len(things) > 1 else "".join(things)
