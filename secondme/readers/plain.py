"""Plain text: paragraphs between blank lines."""

from __future__ import annotations

from pathlib import Path

from secondme.chunking import Block, CountTokens, paragraphs, passages
from secondme.documents import Parsed, ParsedDocument


def read_plain(path: Path, text: str, me: str, count_tokens: CountTokens | None) -> Parsed:
    """Read plain text; its title is the file's name."""
    blocks = [Block(start, end, "", 0) for start, end in paragraphs(text, 0, len(text))]
    return Parsed([ParsedDocument("text/plain", path.name, passages(text, blocks, count_tokens))])
