"""Cutting a text along its structure into passages short enough for the embedder.

Passages never overlap, and together they hold every character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from secondme.text.abbreviations import ends_sentence

TARGET_CHARACTERS = 700
"""About 170 tokens of English. The embedder was trained on short texts, and a short citation is easier to check."""
LIMIT_TOKENS = 230
"""The embedder reads 256 tokens; the heading that is embedded with a passage needs some of them."""

CountTokens = Callable[[Sequence[str]], list[int]]

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|\n+")


def passages(text: str, blocks: Sequence[Block], count_tokens: CountTokens | None) -> list[Passage]:
    """Pack neighbouring blocks of a section into passages of about TARGET_CHARACTERS and cut what is too long.

    Without `count_tokens` a careful estimate stands in for it.
    """
    ranges: list[Block] = []
    for block in blocks:
        last = ranges[-1] if ranges else None
        if last and last.section == block.section and block.end - last.start <= TARGET_CHARACTERS:
            ranges[-1] = replace(last, end=block.end, place=_joined_place(last.place, block.place))
        else:
            ranges += _cut(text, block, TARGET_CHARACTERS)
    whole = [piece for block in ranges for piece in _within_tokens(text, block, count_tokens)]
    lines = _LineCounter(text)
    return [
        Passage(
            start=b.start,
            end=b.end,
            line=lines.line(b.start),
            text=text[b.start : b.end],
            heading=b.heading,
            section=b.section,
            place=b.place,
            speaker=b.speaker,
            role=b.role or "author",
            happened_at=b.happened_at or None,
            happened_offset=b.happened_offset,
            precision=b.precision,
        )
        for b in whole
    ]


_CELLS = re.compile(r"(.*!)?([A-Z]+\d+)(?::([A-Z]+\d+))?\Z")


def _joined_place(first: str, last: str) -> str:
    """The place of two neighbours packed together: ranges of cells are joined, any other place is the first."""
    begin, end = _CELLS.match(first), _CELLS.match(last)
    if not begin or not end or begin.group(1) != end.group(1):
        return first
    return f"{begin.group(1) or ''}{begin.group(2)}:{end.group(3) or end.group(2)}"


def estimate_tokens(text: str) -> int:
    """An upper estimate of the tokens of a text, for use without a tokenizer."""
    return len(text) // 3 + (0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore")))


def paragraphs(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of text between blank lines, without the white space around them."""
    for match in re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*").finditer(text, begin, end):
        stop = match.end()
        while stop > match.start() and text[stop - 1].isspace():
            stop -= 1
        yield match.start(), stop


def _within_tokens(text: str, block: Block, count_tokens: CountTokens | None) -> list[Block]:
    piece = text[block.start : block.end]
    tokens = estimate_tokens(piece)
    if tokens > LIMIT_TOKENS and count_tokens is not None:
        tokens = count_tokens([piece])[0]
    if tokens <= LIMIT_TOKENS or len(piece) < 2:
        return [block]
    halves = _cut(text, block, max(1, len(piece) // 2))
    return [smaller for half in halves for smaller in _within_tokens(text, half, count_tokens)]


def _cut(text: str, block: Block, size: int) -> list[Block]:
    """Cut a block into pieces of at most `size` characters, at sentences if possible, else at words."""
    pieces: list[Block] = []
    start = block.start
    while block.end - start > size:
        window = text[start : start + size]
        ends = [m.start() for m in _SENTENCE_END.finditer(window) if m.start() > size // 3 and _ends(window, m.start())]
        cut = ends[-1] if ends else max(window.rfind(" "), window.rfind("\n"))
        cut = cut if cut > size // 3 else size
        pieces += _trimmed(text, start, start + cut, block)
        start += cut
    return pieces + _trimmed(text, start, block.end, block)


def _ends(window: str, end: int) -> bool:
    """Whether what ends at `end` is a line or a sentence, and no abbreviation."""
    return window[end - 1] != "." or ends_sentence(window, end - 1, 0)


def _trimmed(text: str, start: int, end: int, block: Block) -> list[Block]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [replace(block, start=start, end=end)] if end > start else []


class _LineCounter:
    """Line numbers, from 1, of offsets that only grow."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def line(self, offset: int) -> int:
        self._line += self._text.count("\n", self._at, offset)
        self._at = offset
        return self._line


@dataclass(frozen=True)
class Block:
    """A paragraph, a list or a row: it stays in one passage where possible. Offsets are characters of the whole text.

    Blocks of different `section`s are never packed together (headings, pages, sheets, messages of a mailbox).
    `place` tells a person where it stands: page, slide, cells, chapter.
    """

    start: int
    end: int
    heading: str = ""
    section: int = 0
    place: str = ""
    speaker: str = ""
    role: str = ""
    happened_at: str = ""
    happened_offset: int | None = None
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that becomes a span. In a document with a text, `text == document_text[start:end]`.

    `key` is the turn's key for a passage of a chat, and `piece` its number within a turn that was cut.
    """

    start: int
    end: int
    line: int
    text: str
    heading: str = ""
    section: int = 0
    place: str = ""
    speaker: str = ""
    role: str = "author"
    happened_at: str | None = None
    happened_offset: int | None = None
    precision: str = ""
    key: str = ""
    piece: int = 0
