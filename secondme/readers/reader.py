"""The protocol of readers, what they are given, and how bytes become text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Protocol

from secondme.readers.documents import ReadItem
from secondme.text.clean import clean

SNIFFED = 65_536
WESTERN = 0.15
"""Texts of western Europe have fewer bytes beyond ASCII than this share."""


class Unreadable(Exception):
    """This file cannot be read; the message says why, for the list of skipped files."""


@dataclass(frozen=True)
class SourceFile:
    """An open file and who I am. The name may lie; `file` is open for reading and can seek."""

    path: PurePath
    file: BinaryIO
    me: frozenset[str] = frozenset()
    """Names by which chats may call me, case folded."""

    @property
    def name(self) -> str:
        """The file's name, harmless on a terminal."""
        return clean(self.path.name, keep_newlines=False)

    def data(self) -> bytes:
        """All its bytes."""
        self.file.seek(0)
        return self.file.read()

    def text(self) -> str:
        """Its text, clean, with the offsets that citations use. Raises Unreadable."""
        return decode(self.data())


class Reader(Protocol):
    """Reads one kind of file."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """Documents of the file, and what of it could not be read. Raises Unreadable with the reason."""
        ...


def decode(data: bytes) -> str:
    """The text of a file, clean. Not UTF-8 or UTF-16: the most likely encoding, if one is likely enough.

    Raises Unreadable for binary files and for text in no encoding that can be told.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return clean(data.decode("utf-16"))
        except UnicodeDecodeError as error:
            raise Unreadable("its UTF-16 text is damaged") from error
    if b"\0" in data[:SNIFFED]:
        raise Unreadable("it is a binary file")
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _guessed(data, error.start)


def _guessed(data: bytes, at: int) -> str:
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
            return clean(text)
    raise Unreadable(f"it is text in no known encoding (byte {at}); save it as UTF-8 to have it taken in")
