"""Too few of a sentence's words in its sources."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.consolidation.checks.words import DAY_FORMS, MONTH_FORMS, NUMBERS
from secondme.consolidation.evidence import WORD, Evidence
from secondme.text.sentences import support

SUPPORTED = 0.45
"""Least weighted share of a sentence's words that its sources hold. A summary says some things in words of its own."""
_OTHER_CHECKS = frozenset({*MONTH_FORMS, *DAY_FORMS, *NUMBERS})


def lacks_support(sentence: str, sources: Sequence[Evidence]) -> bool:
    """Whether most of a sentence's words are in no source. Numbers and dates have checks of their own, which know other
    forms of them."""
    whole = " ".join(f"{source.text} {source.heading} {source.speaker}" for source in sources)
    plain = " ".join(
        word
        for word in sentence.split()
        if not any(character.isdigit() for character in word) and word.lower().strip(".,!?'\"") not in _OTHER_CHECKS
    )
    return bool(WORD.search(plain)) and support(plain, whole) < SUPPORTED
