"""Markdown: sections by headings, paragraphs and fences within them. Each passage knows its headings."""

from __future__ import annotations

import re
from pathlib import Path

from secondme.chunking import Block, CountTokens, paragraphs, passages
from secondme.documents import Parsed, ParsedDocument

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def read_markdown(path: Path, text: str, me: str, count_tokens: CountTokens | None) -> Parsed:
    """Read Markdown; its title is the file's name, its first heading stays in the passages' headings."""
    blocks: list[Block] = []
    trail: list[tuple[int, str]] = []
    section = 0
    begin = 0
    offset = 0
    fence = ""
    previous = ("", 0)  # the line before and its offset, for headings underlined by === or ---

    def close(end: int) -> None:
        heading = " > ".join(title for _, title in trail)
        blocks.extend(Block(a, b, heading, section) for a, b in paragraphs(text, begin, end))

    for raw in text.splitlines(keepends=True):
        line = raw.rstrip("\n")
        opened = _FENCE.match(line)
        if opened and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else opened.group(1)
        heading = None
        if not fence and not opened:
            atx = _ATX.match(line)
            setext = _SETEXT.match(line)
            if atx:
                heading = (len(atx.group(1)), atx.group(2), offset)
            elif setext and previous[0].strip() and not _ATX.match(previous[0]):
                heading = (1 if "=" in line else 2, previous[0].strip(), previous[1])
        if heading:
            level, title, start = heading
            close(start)
            trail = [entry for entry in trail if entry[0] < level] + [(level, title)]
            section += 1
            begin = start
        previous = (line, offset)
        offset += len(raw)
    close(len(text))
    return Parsed([ParsedDocument("text/markdown", path.name, passages(text, blocks, count_tokens))])
