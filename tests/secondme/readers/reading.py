"""Reading a file or some bytes in a test, without a process of its own."""

from __future__ import annotations

import io
from pathlib import Path

from secondme.readers.documents import ParsedDocument, Unread
from secondme.readers.reader import SourceFile
from secondme.readers.registry import format_of
from tests.worlds.documents import MADE

NOBODY: frozenset[str] = frozenset()


def read(name: str, data: bytes, me: frozenset[str] = NOBODY) -> tuple[list[ParsedDocument], list[str]]:
    """(documents, what could not be read) of a file with this name."""
    path = Path(name)
    items = list(format_of(path, data[:4096]).load().read(SourceFile(path, io.BytesIO(data), me)))
    documents = [item for item in items if isinstance(item, ParsedDocument)]
    return documents, [item.reason for item in items if isinstance(item, Unread)]


def made(name: str) -> ParsedDocument:
    """A document of the corpus."""
    (document,), _ = read(name, (MADE / name).read_bytes())
    return document


def where(document: ParsedDocument, words: str) -> tuple[str, str]:
    """(place, heading) of the block that holds these words; the block's text is what its offsets say."""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if words in " ".join(text.split()):
            return block.place, block.heading
    raise AssertionError(f"{words!r} is not in {document.title}")
