"""What a sentence rests on: the sources that the grounding gate compares it with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from secondme.text.terms import stem
from secondme.text.timex.expressions import expressions

CLAUSE = re.compile(r"[.!?;:,\n]|\b(?:but|although|though|while|because|so)\b", re.IGNORECASE)
"""Where a clause ends."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Evidence:
    """A source: a span's text, who says it (may be empty), the heading above it, and when it was said."""

    text: str
    speaker: str = ""
    heading: str = ""
    happened_at: str | None = None

    @cached_property
    def words(self) -> list[str]:
        """Its words in lower case, in order."""
        return [word.lower().replace("’", "'") for word in WORD.findall(f"{self.text} {self.heading} {self.speaker}")]

    @cached_property
    def forms(self) -> frozenset[str]:
        """Forms of all its words."""
        return frozenset(form for word in self.words for form in word_forms(word))

    @cached_property
    def moments(self) -> list[tuple[datetime, datetime]]:
        """(begin, end) of when it was said, which is a moment, and of the times that it mentions."""
        if not self.happened_at:
            return []
        said = datetime.fromisoformat(self.happened_at)
        mentioned = expressions(self.text, said)
        return [(said, said), *((time.begins, time.ends - timedelta(seconds=1)) for time in mentioned)]


def word_forms(word: str) -> set[str]:
    """Forms by which a word in lower case is recognised: itself without 's, and its stem."""
    plain = word.removesuffix("'s").removesuffix("'")
    return {plain, stem(plain)}


def all_moments(sources: Sequence[Evidence]) -> Iterator[tuple[datetime, datetime]]:
    """When the sources were said, and the times that they mention."""
    for source in sources:
        yield from source.moments
