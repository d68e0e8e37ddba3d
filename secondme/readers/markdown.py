"""Markdown: sections by headings, paragraphs and fences within them. Each passage knows its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.readers.chat_signs import without_speakers
from secondme.readers.dates import loose_instant
from secondme.readers.documents import ParsedDocument, ReadItem
from secondme.readers.front_matter import front_matter
from secondme.readers.reader import SourceFile
from secondme.text.chunking import Block, paragraphs

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_NO_TITLE = re.compile(r"\s*(?:[-*+>|]|\d{1,9}[.)]\s|```|~~~|#{1,6}\s|[-=*_\s]{3,}$)|(?: {4}|\t)")
"""A line that a rule below it does not make a heading: an entry of a list, a quote, a row, a rule."""
_LINK = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class MarkdownReader:
    """Reads Markdown; its title is the first heading, which stays in the passages' headings too.

    Front matter gives title, author, language and date, and stays a passage of its own: a person may ask for its words.
    A note that is named after a day is of that day.
    """

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document."""
        text = source.text()
        about = front_matter(text)
        if about is None:
            blocks = markdown_blocks(text)
            title, (at, precision) = "", ("", "")
        else:
            title, (at, precision) = about.title, about.date
            blocks = [Block(start, end, title) for start, end in paragraphs(text, about.start, about.stop)]
            blocks += markdown_blocks(text, about.end, section=1)
        title = title or next((block.heading.split(" > ")[0] for block in blocks if block.heading), "")
        if not at and (day := _DAY.match(source.path.stem)):
            at, precision = loose_instant(day.group())
        document = ParsedDocument(
            "text/markdown",
            title or source.name,
            text,
            tuple(blocks),
            author=about.author if about else "",
            language=about.language if about else "",
            happened_at=at,
            precision=precision,
        )
        yield from without_speakers(document)


def markdown_blocks(text: str, begin: int = 0, section: int = 0) -> list[Block]:
    """The paragraphs of a text from `begin` on, under their headings."""
    blocks: list[Block] = []
    trail: list[tuple[int, str]] = []
    offset = begin
    fence = ""
    previous = ("", 0)  # the line before and its offset, for headings underlined by === or ---

    def close(end: int) -> None:
        heading = " > ".join(_LINK.sub(r"\1", title) for _, title in trail)
        blocks.extend(Block(a, b, heading, section) for a, b in paragraphs(text, begin, end))

    for raw in text[begin:].splitlines(keepends=True):
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
            elif setext and previous[0].strip() and not _NO_TITLE.match(previous[0]):
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
