"""Plain text: paragraphs between blank lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from secondme.readers.chat_signs import REMARK, looks_like_chat
from secondme.readers.documents import ParsedDocument, ReadItem, Unread
from secondme.readers.reader import SourceFile
from secondme.text.chunking import Block, paragraphs


class PlainReader:
    """Reads any text; its title is the file's name. What looks like a chat is nobody's own words."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        text = source.text()
        blocks = tuple(Block(start, end) for start, end in paragraphs(text, 0, len(text)))
        if looks_like_chat(text):
            yield Unread(REMARK, failed=False)
            blocks = tuple(replace(block, role="other") for block in blocks)
        yield ParsedDocument("text/plain", source.name, text, blocks)
