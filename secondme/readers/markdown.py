"""Markdown: sections by headings, paragraphs and fences within them. Each passage knows its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.reader import SourceFile
from secondme.text.chunking import Block, paragraphs

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class MarkdownReader:
    """Reads Markdown; its title is the first heading, which stays in the passages' headings too."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        text = source.text()
        blocks = tuple(markdown_blocks(text))
        title = next((block.heading.split(" > ")[0] for block in blocks if block.heading), "")
        yield ParsedDocument("text/markdown", title or source.name, text, blocks)


def markdown_blocks(text: str) -> list[Block]:
    """The paragraphs of a text under their headings."""
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
    return blocks
