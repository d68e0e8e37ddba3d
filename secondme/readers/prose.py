"""Text that a reader draws out of a format which is not text itself, with its blocks.

The boundaries of words are the same for every format. Words of two cells, list entries, paragraphs, text boxes or notes
never touch. A line break ends a line in a paragraph and is a space in a cell or heading. A row is one line. A reading
aid (ruby) follows the word that it belongs to, in brackets. Soft hyphens are no part of a word.
"""

from __future__ import annotations

from collections.abc import Iterable

from secondme.text.chunking import Block
from secondme.text.clean import clean, composed

TEXT_LIMIT = 20_000_000
"""Characters that are drawn out of one file at most; more is data, not something to remember."""


class Prose:
    """Grows paragraph by paragraph; knows the headings above each. Offsets count in `text()`."""

    def __init__(self, title: str = "") -> None:
        """`title` stands for the heading where there is none."""
        self._title = clean(composed(title), keep_newlines=False).strip()
        self._parts: list[str] = []
        self._length = 0
        self._trail: list[tuple[int, str]] = []
        self.blocks: list[Block] = []
        self.section = 0

    def heading(self, level: int, title: str, place: str = "") -> None:
        """A heading of level 1 (the highest) to 6: it ends deeper ones and begins a section."""
        title = " ".join(clean(composed(title), keep_newlines=False).split())
        if not title:
            return
        self._trail = [entry for entry in self._trail if entry[0] < level] + [(level, title)]
        self.section += 1
        self.paragraph(title, place)

    def new_section(self, *, keep_headings: bool = True) -> None:
        """What follows stands apart (a page, a slide, a sheet)."""
        self.section += 1
        if not keep_headings:
            self._trail = []

    def paragraph(
        self,
        text: str,
        place: str = "",
        *,
        heading: str | None = None,
        gap: str = "\n\n",
        speaker: str = "",
        role: str = "",
        happened_at: str = "",
        happened_offset: int | None = None,
        precision: str = "",
    ) -> int:
        """Add a block; returns where it starts. White space around it is dropped, an empty one is not added."""
        text = clean(composed(text)).strip()
        start = self._length
        room = TEXT_LIMIT - self._length
        if not text or room <= 0:
            return start
        text = text[:room]
        trail = " > ".join(title for _, title in self._trail) or self._title
        # Lines of a text that was drawn out mean nothing to a person: the heading does.
        place = place or (self._trail[-1][1] if self._trail else f"paragraph {len(self.blocks) + 1}")
        self.blocks.append(
            Block(
                start,
                start + len(text),
                trail if heading is None else clean(heading, keep_newlines=False),
                self.section,
                clean(place, keep_newlines=False),
                clean(speaker, keep_newlines=False),
                role,
                happened_at,
                happened_offset,
                precision,
            )
        )
        self._parts += [text, gap]
        self._length += len(text) + len(gap)
        return start

    def row(self, cells: Iterable[str], place: str = "") -> None:
        """A row of a table, one line: a cell's own lines and paragraphs are words apart, never glued."""
        words = [" ".join(cell.split()) for cell in cells]
        if any(words):
            self.paragraph(" | ".join(words), place, gap="\n")

    @property
    def full(self) -> bool:
        """Whether the limit was reached and text is missing."""
        return self._length >= TEXT_LIMIT

    def text(self) -> str:
        """Everything that was added, blank lines between."""
        return "".join(self._parts)
