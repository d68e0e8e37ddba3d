"""How a text is cut: runs of letters by script, emoji, and the marks that belong to the letter before them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
THAI, LAO, BURMESE, KHMER = (
    "\u0e01-\u0e3a\u0e40-\u0e4e",
    "\u0e81-\u0ebd\u0ec0-\u0ecd\u0edc-\u0edf",
    "\u1000-\u103f\u1050-\u1089\ua9e0-\ua9ef\uaa60-\uaa7f",
    "\u1780-\u17d3\u17dd",
)
HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb\uffa1-\uffdc"
ARABIC = (
    "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdfb\ufe70-\ufefc"
)
_UNSPACED = f"{HAN}{KANA}{THAI}{LAO}{BURMESE}{KHMER}{HANGUL}"
_PICTURE = (
    "[\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf"
    "\u231a\u231b\u23e9-\u23fa\u2b1b\u2b1c\u2b50\u2b55]"
)
_TONE = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u20e3]*"
_EMOJI = f"(?P<emoji>[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}{_TONE}(?:\u200d{_PICTURE}{_TONE})*)"
_IDEOGRAPHS = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
_SOUND = "\u3099\u309a\uff9e\uff9f"
"""Voicing marks, which belong to the kana before them."""


@cache
def marks() -> str:
    """Combining marks as a character class without its brackets: they belong to the letter before them."""
    found: list[str] = []
    first = last = -2
    for code in range(0x300, 0x1E900):
        if unicodedata.category(chr(code))[0] != "M" or chr(code) in "\ufe0e\ufe0f\u20e3":
            continue
        if code != last + 1:
            found += [f"{chr(first)}-{chr(last)}"] if first > 0 else []
            first = code
        last = code
    return "".join([*found, f"{chr(first)}-{chr(last)}"])


@cache
def pieces() -> re.Pattern[str]:
    """A piece of a text that is one word or, in a script without spaces, a run of them: groups `emoji`, `han` (with
    kana), `other` (Thai, Lao, Burmese, Khmer), `hangul`, `arabic`, `word`.

    A zero-width joiner inside a word and a soft hyphen are of the word; but in Arabic script a non-joiner parts words.
    """
    mark = marks()
    unspaced = "|".join(f"[{script}][{script}{mark}]*" for script in (THAI, LAO, BURMESE, KHMER))
    letter = rf"[^\W_{_UNSPACED}{ARABIC}]"
    return re.compile(
        rf"{_EMOJI}|(?P<han>[{HAN}{KANA}][{HAN}{KANA}{mark}{_SOUND}]*)|(?P<other>{unspaced})"
        rf"|(?P<hangul>[{HANGUL}][{HANGUL}{mark}]*)|(?P<arabic>[{ARABIC}][{ARABIC}{mark}\u0640]*)"
        rf"|(?P<word>{letter}(?:{letter}|[{mark}\u00ad]|[\u200c\u200d](?=[{mark}]|{letter}))*)"
    )


def letters(run: str) -> list[tuple[int, int]]:
    """The ranges of the letters of a run, each with the marks on it."""
    return [match.span() for match in _letter().finditer(run)]


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(f"(?s:.)[{marks()}{_SOUND}]*")


def is_han(character: str) -> bool:
    """Whether a character is one of China's, Japan's or Korea's ideographs."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\U00020000" <= character <= "\U0003ffff"
        or "\uf900" <= character <= "\ufaff"
    )


@cache
def unspaced() -> re.Pattern[str]:
    """A letter of a script that puts no spaces between words."""
    return re.compile(f"[{HAN}{KANA}{THAI}{LAO}{BURMESE}{KHMER}]")
