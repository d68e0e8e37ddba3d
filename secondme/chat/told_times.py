"""The times that somebody told, and which of them stands nearest to what a question names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.text.number_words import ONE, VALUES, count
from secondme.text.terms import stem
from secondme.text.timex.calendar import Lean
from secondme.text.timex.expressions import TimeExpression, expressions
from secondme.text.timex.lean import lean_at

_LASTS = re.compile(
    rf"(?i)\bfor (?:about |just |only |the )?(?P<n>{'|'.join(ONE)}|\d{{1,2}}|{'|'.join(VALUES)})"
    r" (?:whole |full )?(?P<unit>day|night|week|fortnight)s?\b"
)
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_WORD = re.compile(r"[^\W_]+")


def times_of(told: str, message: str, said: datetime, lean: Lean) -> list[TimeExpression]:
    """The times of what is told in a message: "the 3rd" may be of the month that was named before it."""
    before, found, _ = message.partition(told)
    at = len(before) if found else 0
    times = expressions(before[:at] + told, said, lean=lean)
    return [replace(time, start=time.start - at, end=time.end - at) for time in times if time.start >= at]


def times_by_clause(told: str, message: str, said: datetime) -> list[TimeExpression]:
    """`times_of` what is told of something that is over, but each time as its own clause leans."""
    ahead = {time.start: time for time in times_of(told, message, said, "future")}
    past = times_of(told, message, said, "past")
    return [ahead.get(time.start, time) if lean_at(told, time.start) == "future" else time for time in past]


def last_day(told: str, begins: TimeExpression) -> TimeExpression | None:
    """The day on which ends what begins on a day and lasts "for ten days"; None where it does not say how long."""
    lasts = _LASTS.search(told)
    if lasts is None or begins.grain not in ("day", "hour"):
        return None
    day = begins.begins.replace(hour=0, minute=0) + timedelta(days=count(lasts["n"]) * _DAYS[lasts["unit"].lower()])
    return replace(begins, begins=day, ends=day + timedelta(days=1), grain="day")


def distance(time: TimeExpression, text: str, stems: Collection[str]) -> tuple[int, int]:
    """Characters between a time and the nearest word of the question; the length of the text where none is in it. Where
    that is the same, what lies between it and the nearest of each: "hydraulics due 20 nov, bridge due 11 dec"."""
    gaps: dict[str, int] = {}
    for match in _WORD.finditer(text):
        word = stem(match.group().lower())
        if word in stems:
            gap = max(match.start() - time.end, time.start - match.end(), 0)
            gaps[word] = min(gap, gaps.get(word, len(text)))
    return min(gaps.values(), default=len(text)), sum(gaps.values())
