"""Text of mail: bytes of a part or a header in the charset that they say, or in the one that they are in."""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from secondme.readers.reader import Unreadable, decode
from secondme.text.clean import clean

_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "iso8859-1": "cp1252", "latin_1": "cp1252", "ascii": "utf-8", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "iso8859-8": "cp1255", "iso2022_jp": "iso2022_jp_ext",
}  # fmt: skip
"""What programs write under a name: the wider charset of the same characters (WHATWG Encoding Standard)."""
_NAMES = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "x-gbk": "gb18030", "x-sjis": "cp932", "x-euc-jp": "euc_jp",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
    "cp-850": "cp850", "iso-8859-8-i": "cp1255", "iso-8859-6-i": "iso8859-6", "x-windows-949": "cp949",
    "utf8mb4": "utf-8", "win-1251": "cp1251", "win1251": "cp1251", "ansi_x3.110-1983": "cp1252", "x-user-defined": "",
}  # fmt: skip
_MANY_BYTES = ("gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "iso2022", "utf-7", "utf-16", "utf-32", "hz")
_SHIFTED = re.compile(rb"\x1b\$[@B]")
"""How ISO-2022-JP begins its characters: it says itself what it is."""
_PAIRS = re.compile(rb"[\x80-\xff]{2}")
SHORT = 400
"""Fewer bytes than this are too few to guess a charset from."""
DAMAGED = 0.02
"""The share of characters that may be lost in a text whose charset is known."""
HEADER_LIMIT = 50_000


def text_of(data: bytes, charset: str | None) -> str:
    """The text of a part or header. Raises Unreadable when its charset cannot be told, or its text is rubbish in it."""
    named = codec_of(charset)
    if not named and _SHIFTED.search(data):
        named = "iso2022_jp_ext"
    if named.startswith(_MANY_BYTES):
        text = _strict(data, named)
        if text is not None:
            return clean(text)
    text = _strict(data, "utf-8-sig")
    if text is not None:
        return clean(text)
    if named and named != "utf-8":
        text = _strict(data, named)
        if text is not None:
            return clean(text)
    if named:
        text = data.decode(named, "replace")
        if text.count("�") <= max(1, DAMAGED * len(text)):
            return clean(text)
    if len(data) < SHORT and not _PAIRS.search(data):
        return clean(data.decode("cp1252", "replace"))  # an accent here and there: too little to guess from
    return decode(data)


def codec_of(charset: str | None) -> str:
    """Python's name of the codec that a charset means, the wider one where there is; empty when it is unknown."""
    name = (charset or "").strip(" \"'").lower()
    name = _NAMES.get(name, name)
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    try:
        "".encode(found)
    except (LookupError, TypeError):  # a codec between bytes, such as base64
        return ""
    return _WIDER.get(found, found)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError, LookupError):
        return None


def header(message: Message, name: str) -> str:
    """A header as one line with its encoded words decoded; empty without one."""
    return decoded(raw_header(message, name))


def raw_header(message: Message, name: str) -> str:
    """A header as it stands, in one line; bytes beyond ASCII are surrogates. Empty without one."""
    wanted = name.lower()
    value = next((str(value) for key, value in message.raw_items() if key.lower() == wanted), "")
    return " ".join(value[:HEADER_LIMIT].split())


def decoded(raw: str) -> str:
    """Text of a header: encoded words (RFC 2047) and bytes that nothing declares, in the charset that they are in."""
    raw = _unescaped(raw)
    try:
        parts = decode_header(raw) if "=?" in raw else [(raw, None)]
    except (HeaderParseError, ValueError, LookupError):
        parts = [(raw, None)]
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
        elif charset is None:
            words.append(part.decode("raw-unicode-escape", "replace"))
        else:
            try:
                words.append(text_of(part, charset))
            except Unreadable:
                words.append(part.decode("utf-8", "replace"))
    return " ".join(clean("".join(words), keep_newlines=False).split())


def _unescaped(raw: str) -> str:
    """The text with bytes that nothing declares decoded."""
    if raw.isascii():
        return raw
    data = raw.encode("utf-8", "surrogateescape")
    try:
        return text_of(data, None)
    except Unreadable:
        return data.decode("utf-8", "replace")


def reflowed(text: str, *, join: bool) -> str:
    """Text of `format=flowed` (RFC 3676) with its paragraphs whole. `join`: the space at a line's end is no space."""
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        line = line.rstrip("\r")
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        signature = content.rstrip() == "--"
        flowed = content.endswith(" ") and not signature
        if open_depth == depth and not signature and lines and content.strip():
            lines[-1] = (lines[-1][:-1] if join else lines[-1]) + content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        open_depth = depth if flowed else None
    return "\n".join(line.rstrip() for line in lines)
