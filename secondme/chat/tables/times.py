"""Times that a question to a table names, as conditions on its column of dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from secondme.text.timex.expressions import expressions
from secondme.text.timex.names import ANY_MONTH, MONTHS, SHORT_MONTHS

_MONTH = rf"(?P<m>{ANY_MONTH})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w.-]){pattern}(?![\w-])")
    for pattern in (
        r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)",
        r"(?P<d>\d{1,2})\.(?P<n>\d{1,2})\.(?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<n>\d\d)",
        rf"(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} (?:the )?{_DAY},? {_YEAR}",
        rf"(?:the )?{_DAY}(?: of)? {_MONTH}",
        rf"{_MONTH} (?:the )?{_DAY}(?! ?\d)",
        rf"{_MONTH},?(?: of)? {_YEAR}",
        rf"{_YEAR}",
        rf"{_MONTH}",
    )
)


_BEFORE_MONTH = re.compile(
    r"\b(?:in|during|since|by|until|till|of|from|to|and|or|before|after|for|through|between|except|without|not|excluding"
    r"|counting|up to) $"
)


@dataclass(frozen=True)
class Time:
    """Characters `start` to `end` of a question name the days from `first` to before `stop`.

    Without a year (`yearless`) they are of the only year in which the table has rows, and `first` is in the year 4.
    """

    start: int
    end: int
    first: date
    stop: date
    yearless: bool = False

    def in_year(self, year: int) -> Time:
        """The same days of a year. Raises ValueError for 29 February where there is none."""
        first = self.first.replace(year=year)
        return Time(self.start, self.end, first, self.stop.replace(year=year + self.stop.year - self.first.year))


def times(question: str, now: datetime) -> list[Time]:
    """The times that a question in small letters names, in order, the longest first where two overlap."""
    found: list[Time] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(question):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                period = _period(match)
                if period is not None:
                    found.append(period)
    for other in expressions(question, now):
        if other.kind == "relative" and all(other.end <= t.start or other.start >= t.end for t in found):
            words = question[other.start : other.end]
            if not re.match(r"(?:since|before|after|until|from)\b", words):
                found.append(Time(other.start, other.end, other.begins.date(), other.ends.date()))
    return sorted(found, key=lambda time: time.start)


def _period(match: re.Match[str]) -> Time | None:
    groups = match.groupdict()
    year = int(groups.get("y") or 4)
    name = (groups.get("m") or "")[:3]
    month = int(groups["n"]) if groups.get("n") else SHORT_MONTHS.index(name) + 1 if name else 0
    # "may" and "march" are verbs too, where nothing before them makes months of them.
    if groups.get("m") in ("may", "march", "mar", "sat", "sun") and not (groups.get("d") or groups.get("y")):
        before = match.string[: match.start()]
        if not _BEFORE_MONTH.search(before):
            return None
    try:
        if groups.get("d"):
            first = date(year, month, int(groups["d"]))
            stop = first + timedelta(1)
        elif month:
            first = date(year, month, 1)
            stop = date(year + month // 12, month % 12 + 1, 1)
        else:
            first, stop = date(year, 1, 1), date(year + 1, 1, 1)
    except ValueError:
        return None
    return Time(match.start(), match.end(), first, stop, not groups.get("y"))


def in_words(first: date, stop: date) -> str:
    """Days in words: "March 2024", "3 March 2024", "2024", "3 March 2024 to 8 April 2024"."""
    last = stop - timedelta(1)
    if first == last:
        return _day(first)
    if (first.day, last + timedelta(1)) == (1, date(first.year + first.month // 12, first.month % 12 + 1, 1)):
        return f"{MONTHS[first.month - 1].capitalize()} {first.year}"
    if (first.month, first.day, stop.month, stop.day, stop.year) == (1, 1, 1, 1, first.year + 1):
        return str(first.year)
    return f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def span_of(days: Sequence[str]) -> str:
    """Which months the rows of these ISO days are of: "March 2024", "January to March 2024"."""
    months = sorted({day[:7] for day in days})
    if not months:
        return ""
    names = [(MONTHS[int(month[5:7]) - 1].capitalize(), month[:4]) for month in (months[0], months[-1])]
    if months[0] == months[-1]:
        return " ".join(names[0])
    same = names[0][1] == names[1][1]
    return f"{names[0][0]}{'' if same else ' ' + names[0][1]} to {' '.join(names[1])}"
