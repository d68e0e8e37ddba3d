"""The protocol of readers, what they are given, and how bytes become text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO, Protocol

from secondme.readers.documents import ReadItem
from secondme.readers.encodings import SNIFFED, Undecodable, decoded_text
from secondme.text.clean import clean, composed

__all__ = ["SNIFFED", "Reader", "SourceFile", "Unreadable", "decode"]


class Unreadable(Exception):
    """This file cannot be read; the message says why, for the list of skipped files."""


@dataclass(frozen=True)
class SourceFile:
    """An open file and who I am. The name may lie; `file` is open for reading and can seek."""

    path: PurePath
    file: BinaryIO
    me: frozenset[str] = frozenset()
    """Names by which chats may call me, case folded."""
    notes: list[str] = field(default_factory=list)
    """What of its bytes was damaged; whoever called the reader reports it after the last document."""

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
        return self.decode(self.data())

    def decode(self, data: bytes, hint: str = "") -> str:
        """The text of a part of it, as `text` gives it for the whole. Raises Unreadable."""
        return decode(data, hint, self.notes)


class Reader(Protocol):
    """Reads one kind of file."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """Documents of the file, and what of it could not be read. Raises Unreadable with the reason."""
        ...


def decode(data: bytes, hint: str = "", notes: list[str] | None = None) -> str:
    """The text of a file or a part of one: clean, composed (NFC), one damaged byte costing one character.

    `hint`: the encoding that the file declares for itself; it counts where it fits. `notes` gets a sentence about what
    was damaged. Raises Unreadable for binary files and for text in no encoding that can be told.
    """
    try:
        decoded = decoded_text(data, hint)
    except Undecodable as error:
        raise Unreadable(str(error)) from error
    if decoded.damaged and notes is not None:
        notes.append(decoded.note)
    return clean(composed(decoded.text))
