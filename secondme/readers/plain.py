"""Plain text: paragraphs between blank lines, under the headings that their layout shows."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.readers.chat_signs import without_speakers
from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.outline import outlined
from secondme.readers.reader import SourceFile


class PlainReader:
    """Reads any text; its title is the file's name. What looks like a chat is nobody's own words."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        text = source.text()
        yield from without_speakers(ParsedDocument("text/plain", source.name, text, tuple(outlined(text))))
