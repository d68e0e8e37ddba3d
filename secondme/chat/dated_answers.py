"""Answers that are a date, read off the best passages: "when" needs no model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from secondme.api import AskEvent
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.recall.hits import Found
from secondme.text.timex.calendar import Grain
from secondme.text.timex.expressions import expressions, format_interval
from secondme.text.timex.lean import lean_of

DATED = 3
"""Best passages in which a date is looked for."""
_WHEN = re.compile(r"(?i)^\W*when\b|\b(?:what|which) (?:date|day|month|year)\b|^\W*(?:since|on) (?:when|what day)\b")


class DatedAnswer:
    """Answers when something was with the day that the best passage names. A small model miscounts days."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where a large model can answer, or the question does not ask for a date that was found."""
        # The question itself has to ask for it: that the question before did says nothing of this one.
        asks = not turn.has_large_model and bool(_WHEN.search(turn.full_question))
        date = dated_answer(turn.evidence.found) if asks else ""
        return self._replies.say(turn, date) if date else None


def dated_answer(found: Found) -> str:
    """The day that the best passage names, for a question that asks when; empty for any other question."""
    asked = _WHEN.search(found.question)
    if not asked or not found.hits:
        return ""
    for scored in found.hits[:DATED]:
        span = scored.span.span
        if span.happened_at is None or span.precision == "mtime":
            continue
        said = datetime.fromisoformat(span.happened_at)
        exact = next(
            (time for time in expressions(span.text, said, lean=lean_of(span.text)) if time.kind != "vague"), None
        )
        if exact:
            return _as_asked(asked.group(), exact.begins, exact.ends, exact.grain)
    best = found.hits[0].span.span
    if best.happened_at is None or best.precision == "mtime":
        return ""
    said = datetime.fromisoformat(best.happened_at)
    return _as_asked(asked.group(), said, said + timedelta(days=1), "day")


def _as_asked(asked: str, begins: datetime, ends: datetime, grain: Grain) -> str:
    if "year" in asked.casefold():
        return str(begins.year)
    if "month" in asked.casefold():
        return f"{begins:%B %Y}"
    return format_interval(begins, ends, grain)
