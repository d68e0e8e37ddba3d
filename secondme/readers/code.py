"""Source code: blocks between blank lines, named after the definition they stand in."""

from __future__ import annotations

import re
from pathlib import Path

from secondme.chunking import Block, CountTokens, paragraphs, passages
from secondme.documents import Parsed, ParsedDocument

_DEFINITION = re.compile(
    r"^[ \t]*(?:(?:pub|public|private|protected|static|async|export|default|abstract|final)\s+)*"
    r"(?:def|class|fn|func|function|struct|enum|trait|impl|interface|type|module|package)\s+([A-Za-z_][\w.:]*)",
    re.MULTILINE,
)


def read_code(path: Path, text: str, me: str, count_tokens: CountTokens | None) -> Parsed:
    """Read source code; a new section starts at each definition that is not indented."""
    blocks: list[Block] = []
    heading, section = "", 0
    for start, end in paragraphs(text, 0, len(text)):
        found = _DEFINITION.search(text, start, end)
        if found:
            heading = found.group(1)
            section += not found.group(0)[:1].isspace()
        blocks.append(Block(start, end, heading, section))
    return Parsed([ParsedDocument("text/x-source", path.name, passages(text, blocks, count_tokens))])
