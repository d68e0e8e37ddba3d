"""How bytes become text: by a mark, as UTF-8 with damaged bytes, or in the encoding that reads like a language."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

SNIFFED = 65_536
DAMAGED = 0.1
"""Up to this share of its sequences beyond ASCII, what is wrong in UTF-8 is damage; above, it is another encoding."""
FEWEST = 3
"""Characters; from fewer nothing can be told."""
WESTERN = 0.15
"""Texts of western Europe have fewer bytes beyond ASCII than this share."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_ENCODING = frozenset(("ascii", "unknown-8bit", "x-unknown", "binary", "8bit", "x-user-defined", "none", "idna"))
"""What is declared by those who do not know."""
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "shift_jis": "cp932",
    "big5": "cp950",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "iso8859-9": "cp1254",
}
"""Encodings under whose names programs write a wider one, as browsers read them (WHATWG Encoding)."""


class Undecodable(ValueError):
    """Bytes that are no text, or text in no encoding that can be told. The message says which."""


@dataclass(frozen=True)
class Decoded:
    """Text and the encoding it was in. `damaged`: how many places could not be told; each is `�` in the text."""

    text: str
    encoding: str
    damaged: int = 0

    @property
    def note(self) -> str:
        """A sentence about the damage, for the list of what could not be read."""
        them = "one character" if self.damaged == 1 else f"{self.damaged:,} characters"
        return f"{them} of its text could not be read: the bytes ({self.encoding.upper()}) are damaged or cut off"


def decoded_text(data: bytes, hint: str = "") -> Decoded:
    """The text of some bytes. `hint`: the encoding that they are said to be in. Raises Undecodable."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_mended(data[len(mark) :], encoding))
    named = encoding_named(hint)
    if b"\0" in data[:SNIFFED]:
        wide = _wide(data)
        if wide is None:
            raise Undecodable("it is a binary file")
        return wide
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if named and named != "utf-8":
        try:
            return Decoded(data.decode(named), named)
        except (UnicodeDecodeError, LookupError):
            pass
    mended = _mended(data, "utf-8")
    if mended.damaged <= max(1, DAMAGED * _beyond_ascii(mended.text)) and _beyond_ascii(mended.text):
        return mended
    return _guessed(data, first)


def _checked(decoded: Decoded) -> Decoded:
    if decoded.damaged > max(1, DAMAGED * len(decoded.text)) or decoded.text == "\ufffd":
        raise Undecodable(f"its text is damaged throughout ({decoded.encoding.upper()})")
    return decoded


def _beyond_ascii(text: str) -> int:
    """Characters that no ASCII byte stands for and that could be told."""
    return sum(not character.isascii() and character != "\ufffd" for character in text)


def encoding_named(hint: str) -> str:
    """Python's name of the encoding that a document declares, or "" where the name says nothing."""
    name = hint.strip().strip("\"'").casefold()
    if not name or name in _NO_ENCODING:
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if found.name in _NO_ENCODING or not found._is_text_encoding:
        return ""
    return _WIDER.get(found.name, found.name)


def _mended(data: bytes, encoding: str) -> Decoded:
    """The text with `�` for each stretch of bytes that is none."""
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _wide(data: bytes) -> Decoded | None:
    """Text of two or four bytes a character without a mark: the zeros of plain letters stand in every second place."""
    sample = data[:SNIFFED]
    for size, encodings in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        for encoding in encodings:
            text = sample[: len(sample) // size * size].decode(encoding, "ignore")
            plain = sum(character.isalnum() or character.isspace() for character in text)
            if len(text) > FEWEST and "\0" not in text and plain > 0.6 * (len(sample) / size):
                return _mended(data, encoding)
    return None


def _guessed(data: bytes, at: int) -> Decoded:
    from charset_normalizer import from_bytes

    begin = max(0, at - SNIFFED // 2)
    sample = data[begin : begin + SNIFFED]
    if sum(byte >= 0x80 for byte in sample) < WESTERN * len(sample):
        encoding = "cp1252"  # a few accents among plain letters: too little to guess anything else from
    else:
        best = from_bytes(sample).best()
        encoding = best.encoding if best is not None and best.chaos < 0.1 else ""
    if encoding:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            text = ""
        # Text has letters; what is mostly signs was guessed wrong.
        if sum(character.isalpha() or character.isspace() for character in text[:4096]) > 0.6 * len(text[:4096]) > 0:
            return Decoded(text, encoding)
    raise Undecodable(f"it is text in no known encoding (byte {at}); save it as UTF-8 to have it taken in")
