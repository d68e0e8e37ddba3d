"""How bytes become text: by a mark, as UTF-8 with damaged bytes, or in the encoding that reads like a language."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from secondme.readers.plausibility import is_rubbish, plausibility, strikes
from secondme.text.clean import composed

SNIFFED = 65_536
DAMAGED = 0.1
"""Up to this share of its sequences beyond ASCII, what is wrong in UTF-8 is damage; above, it is another encoding."""
FEWEST = 3
"""Characters; from fewer nothing can be told."""
ONE = 3
"""What one character that could not be told costs in strikes."""
MARGIN = 4.0
"""Score times bytes by which the best reading has to lead the next one that differs; below, either may be right."""
SAMPLE = 3_000
LINE = 400
CANDIDATES: Mapping[str, float] = {
    "cp1252": 0.2,
    "mac_roman": 0.0,
    "cp850": -0.1,
    "cp1250": 0.0,
    "iso8859-2": -0.05,
    "cp852": -0.2,
    "mac_latin2": -0.3,
    "cp1254": 0.0,
    "cp857": -0.4,
    "iso8859-15": 0.0,
    "cp1257": -0.5,
    "cp1258": -0.4,
    "cp1251": 0.1,
    "koi8-u": 0.0,
    "koi8-r": 0.0,
    "cp866": 0.0,
    "mac_cyrillic": -0.2,
    "iso8859-5": -0.2,
    "kz1048": -0.5,
    "cp1253": 0.0,
    "cp737": -0.8,
    "iso8859-7": -0.1,
    "cp1255": 0.0,
    "cp862": -0.3,
    "cp1256": 0.0,
    "iso8859-6": -0.3,
    "cp874": -0.6,
    "cp932": 0.0,
    "euc_jp": 0.0,
    "gb18030": 0.0,
    "cp950": 0.0,
    "cp949": 0.0,
    "utf-16-le": -0.5,
    "utf-16-be": -0.5,
}
"""Encodings that files are in, and what each gains or loses for being common or rare."""
_MANY_BYTES = frozenset(("cp932", "euc_jp", "gb18030", "cp950", "cp949"))
_ESCAPES = ((b"\x1b$", "iso2022_jp_2004"), (b"\x1b$)C", "iso2022_kr"))
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


_GAP = re.compile("\ufffd+")
_SIGNS = re.compile(r"[^\x00-\x7f‘’“”„–—…€£¥°§©®½¼¾²³«»•·±×÷™¡¿ ]|[a-z]–[a-z]|[a-z]— ")
_UP_TO = 0.6
"""What one byte beyond ASCII in a text is taken for lies at most so far below the best score: too little to tell."""


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
    if b"\x1b$" in data[:SNIFFED] and (escaped := _with_escapes(data)):
        return escaped
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    mended = _mended(data, "utf-8")
    told = _beyond_ascii(mended.text)
    if told > 3 and mended.damaged <= max(1, DAMAGED * told):
        return _by_lines(data) or mended
    if told and (mixed := _by_lines(data)):
        return mixed
    if named and named != "utf-8" and (declared := _declared(data, named)):
        return declared
    guess = _best(data, ("utf-8",) if told else ())
    if guess is None and mended.damaged == 1 and told and strikes(mended.text) <= ONE:
        return mended
    if guess is None:
        raise Undecodable(f"it is text in no known encoding (byte {first}); save it as UTF-8 to have it taken in")
    if guess == "utf-8":
        return mended
    return _mended(data, guess)


def _declared(data: bytes, encoding: str) -> Decoded | None:
    """The text in the encoding that is declared, unless it is rubbish in it."""
    try:
        decoded = _mended(data, encoding)
    except (LookupError, UnicodeError):
        return None
    sample = _sample(data).decode(encoding, "replace")
    fits = decoded.damaged <= max(1, DAMAGED * _beyond_ascii(decoded.text)) and _beyond_ascii(decoded.text) > 0
    return decoded if fits and strikes(sample) <= max(2, DAMAGED * _beyond_ascii(sample)) else None


def _best(data: bytes, also: tuple[str, ...] = ()) -> str | None:
    """The encoding in which bytes read most like a language, or None when none does or two do alike."""
    sample = _sample(data)
    beyond = sum(byte >= 0x80 for byte in sample)
    western = sample.decode("cp1252", "replace")
    if not _SIGNS.search(western) and not strikes(western):
        return "cp1252"  # quotes, dashes, signs of currencies and no other letters
    letters = sum(byte > 0x40 for byte in sample)
    scores: dict[str, tuple[float, str]] = {}
    for encoding, prior in {**CANDIDATES, **dict.fromkeys(also, 0.0)}.items():
        if encoding.startswith("utf-16") and (len(data) % 2 or sample != data[: len(sample)]):
            continue
        try:
            text = codecs.getincrementaldecoder(encoding)(
                "replace" if encoding in _MANY_BYTES or encoding in also else "strict"
            ).decode(sample)
        except UnicodeDecodeError:
            continue
        if text.count("\ufffd") > max(1, DAMAGED * len(text)):
            continue
        if encoding in _MANY_BYTES and not _beyond_ascii(text):
            continue  # no character of it: the one byte is a letter of another encoding
        text = composed(text)
        score = plausibility(text) + prior
        if text not in scores or scores[text][0] < score:
            scores[text] = (score, encoding)
    ranked = sorted(((score, encoding, text) for text, (score, encoding) in scores.items()), reverse=True)
    if not ranked:
        return None
    best, encoding, text = ranked[0]
    lead = best - ranked[1][0] if len(ranked) > 1 else best
    if not is_rubbish(text, best) and lead * letters >= MARGIN:
        return encoding
    if beyond == 1 and not strikes(western) and best - scores.get(western, (0.0, ""))[0] <= _UP_TO:
        return "cp1252"
    return None


def _sample(data: bytes) -> bytes:
    """The beginnings of lines that hold bytes beyond ASCII, from where these begin."""
    taken: list[bytes] = []
    size = 0
    for line in data.split(b"\n"):
        if line.isascii():
            continue
        if len(line) > LINE:
            first = next(i for i, byte in enumerate(line) if byte >= 0x80)
            begin = line.rfind(b" ", 0, max(0, first - LINE // 4)) + 1 if first > LINE // 2 else 0
            line = line[begin : begin + LINE]
            line = line[: line.rfind(b" ")] if b" " in line[LINE // 2 :] else line
        taken.append(line)
        size += len(line)
        if size > SAMPLE:
            break
    return b"\n".join(taken)


def _by_lines(data: bytes) -> Decoded | None:
    """Text of UTF-8 and of lines in another encoding that were appended to it, or None where it is no such mixture."""
    lines = data.split(b"\n")
    other: list[int] = []
    for i, line in enumerate(lines):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.reason == "unexpected end of data" or _beyond_ascii(line.decode("utf-8", "replace")):
                return None
            other.append(i)
    joined = b"\n".join(lines[i] for i in other)
    encoding = _best(joined)
    if not encoding or encoding.startswith("utf") or strikes(joined.decode(encoding, "replace")):
        return None
    apart = frozenset(other)
    texts = [line.decode(encoding if i in apart else "utf-8", "replace") for i, line in enumerate(lines)]
    return Decoded("\n".join(texts), f"UTF-8 and {encoding}")


def _with_escapes(data: bytes) -> Decoded | None:
    for escape, encoding in reversed(_ESCAPES):
        if escape in data:
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
    return None


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
    return Decoded(text, encoding, len(_GAP.findall(text)))


def _wide(data: bytes) -> Decoded | None:
    """Text of two or four bytes a character without a mark: the zeros of plain letters stand in every second place."""
    sample = data[:SNIFFED]
    for size, encodings in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        texts = {encoding: sample[: len(sample) // size * size].decode(encoding, "ignore") for encoding in encodings}
        encoding, text = max(texts.items(), key=lambda pair: plausibility(pair[1][:LINE]))
        plain = sum(letter.isalnum() or letter.isspace() for letter in text)
        begin = text[:LINE]
        rubbish = strikes(begin) > DAMAGED * len(begin) or is_rubbish(begin, plausibility(begin))
        if len(text) > FEWEST and "\0" not in text and plain > 0.6 * (len(sample) / size) and not rubbish:
            return _mended(data, encoding)
    return None
