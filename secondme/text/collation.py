"""The order in which people look for names in a list: "Ägidius" beside "Agnes", whatever the case, 2 before 10."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

Part: TypeAlias = tuple[int, int, str]
CollationKey: TypeAlias = tuple[tuple[Part, ...], str]

_PARTS = re.compile(r"\d+|\D+")
_APART = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"})
"""Letters that Unicode does not take apart into a letter and its mark."""


def collation_key(name: str) -> CollationKey:
    """What to sort a name by: first its letters without case and marks, and numbers by their value; then as written.

    Scripts follow each other as in Unicode, and Chinese characters by their codes: no dependency knows how they sound.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().translate(_APART))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    words = " ".join(re.sub(r"[^\w]+", " ", letters).split())
    return tuple(_part(part) for part in _PARTS.findall(words)), name


def _part(part: str) -> Part:
    return (0, int(part), "") if part[0].isdecimal() else (1, 0, part)
