"""Whether a time in a sentence of another language says when a statement began to hold."""

from __future__ import annotations

import re
from functools import cache

from secondme.facts.tongues import TONGUES

NEAR = 12
"""Characters around a time in which "since" is of it."""


def happens_in(sentence: str) -> bool:
    """Whether something happens in a sentence, at the time that it names: "bin gestern nach Rom gezogen"."""
    return any(tongue.hints.search(sentence) and _happens(tongue.happens).search(sentence) for tongue in TONGUES)


def since_said(text: str, start: int, end: int) -> bool:
    """Whether "since" stands at a time: "seit 2015", "从2015年起"."""
    around = text[max(0, start - NEAR) : end + 2]
    return any(_happens(tongue.since).search(around) for tongue in TONGUES)


@cache
def _happens(words: str) -> re.Pattern[str]:
    return re.compile(words)
