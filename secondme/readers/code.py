"""Source code: blocks between blank lines, named after the definition they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.reader import SourceFile
from secondme.text.chunking import Block, paragraphs

_DEFINITION = re.compile(
    r"^[ \t]*(?:(?:pub|public|private|protected|static|async|export|default|abstract|final)\s+)*"
    r"(?:def|class|fn|func|function|struct|enum|trait|impl|interface|type|module|package)\s+([A-Za-z_][\w.:]*)",
    re.MULTILINE,
)


class CodeReader:
    """Reads source code; a new section starts at each definition that is not indented."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        text = source.text()
        blocks: list[Block] = []
        heading, section = "", 0
        for start, end in paragraphs(text, 0, len(text)):
            found = _DEFINITION.search(text, start, end)
            if found:
                heading = found.group(1)
                section += not found.group(0)[:1].isspace()
            blocks.append(Block(start, end, heading, section))
        yield ParsedDocument("text/x-source", source.name, text, tuple(blocks))
