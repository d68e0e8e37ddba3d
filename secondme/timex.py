"""Time expressions of English text as intervals: "yesterday", "the week before 6 July", "two weekends ago", "in May".

Calendar arithmetic on local days, so that a day has 23 or 25 hours where the clocks change. Weeks begin on
Monday; seasons are the meteorological ones of the northern hemisphere. What is not said is taken from the
anchor: a month without a year is the nearest one before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

Grain: TypeAlias = Literal[
    "century", "year", "season", "quarter", "month", "week", "weekend", "day", "part", "hour", "span"
]
Kind: TypeAlias = Literal["absolute", "relative", "vague"]
Lean: TypeAlias = Literal["past", "future"]


@dataclass(frozen=True)
class TimeExpression:
    """An expression at `start` to `end` of the text and the interval that it means, the end not included."""

    start: int
    end: int
    begins: datetime
    ends: datetime
    grain: Grain
    kind: Kind


@dataclass(frozen=True)
class TimeQuery:
    """What a question wants of time: an interval and how the answer stands to it, an order, a date for an answer."""

    interval: tuple[datetime, datetime] | None
    relation: Literal["within", "before", "after"]
    order: Literal["first", "last", ""]
    asks_when: bool
    vague: bool = False


@dataclass(frozen=True)
class _Span:
    """Whole days from `first` up to `stop`, not included, or hours of one day."""

    first: date
    stop: date
    grain: Grain
    kind: Kind = "relative"
    hours: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class _Context:
    anchor: date
    lean: Lean
    events: Mapping[str, date]


_Rule: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str], _Context], "_Span | None"], frozenset[str]]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_DAY_NAME = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat)\b\.?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d\b"
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2,
    "a few": 3, "few": 3, "several": 4, "some": 3,
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}|a\s+couple(?:\s+of)?|couple(?:\s+of)?|a\s+few|few|several|some|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?:days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|quarters?)"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_HOLIDAY = (
    r"(?:christmas(?:\s+(?:eve|day))?|new\s+year['’]?s(?:\s+(?:eve|day))?|thanksgiving(?:\s+day)?|easter(?:\s+(?:sunday|monday))?"
    r"|good\s+friday|valentine['’]?s(?:\s+day)?|halloween|independence\s+day|the\s+4th\s+of\s+july|st\.?\s+patrick['’]?s\s+day"
    r"|mother['’]?s\s+day|father['’]?s\s+day|labou?r\s+day|memorial\s+day)"
)
_DATE = rf"(?:(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?|{_MONTH}\s+(?:the\s+)?{_DAY}(?!\d|:)(?:,?\s+{_YEAR})?|{_MONTH},?\s+(?:of\s+)?{_YEAR}|\d{{4}}-\d\d-\d\d|{_YEAR}/\d\d?/\d\d?|\d{{1,2}}\.\d{{1,2}}\.{_YEAR}|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)\b|{_HOLIDAY}(?:,?\s+{_YEAR})?|{_YEAR}|{_MONTH})"

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = "0"
"""Stands among the words of a text that has digits."""


def expressions(
    text: str, anchor: datetime, *, lean: Lean = "past", events: Mapping[str, date] | None = None
) -> list[TimeExpression]:
    """Every time expression of a text, in order, none overlapping another; of two that do, the longer.

    `anchor` is when the text was said (aware; its timezone is that of the days). `lean`: whether "on Friday" is
    the last one or the next. `events` are days that have a name ("birthday"), which expressions may count from.
    """
    words = set(_WORD.findall(text.casefold()))
    if _DIGITS.search(text):
        words.add(_DIGIT)
    context = _Context(anchor.date(), lean, {name.casefold(): day for name, day in (events or {}).items()})
    found: list[tuple[int, int, _Span]] = []
    # Nearly all rules need a word that a turn does not have: 30 µs instead of 430 µs for thirty words.
    for pattern, resolve, needs in _RULES:
        if words.isdisjoint(needs):
            continue
        for match in pattern.finditer(text):
            span = _safely(resolve, match, context)
            if span is not None and span.first < span.stop:
                found.append((match.start(), match.end(), span))
    if context.events:
        found += _event_expressions(text, context)
    found.sort(key=lambda one: (one[0] - one[1], one[0]))
    kept: list[tuple[int, int, _Span]] = []
    for start, end, span in found:
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end, span))
    kept.sort(key=lambda one: one[0])
    extended: list[TimeExpression] = []
    for i, one in enumerate(kept):
        room = (extended[-1].end if extended else 0, kept[i + 1][0] if i + 1 < len(kept) else len(text))
        extended.append(_expression(*_extended(text, *one, room, context), anchor))
    return extended


def _extended(
    text: str, start: int, end: int, span: _Span, room: tuple[int, int], context: _Context
) -> tuple[int, int, _Span]:
    """An expression with what stands around it, within `room`: a clock time after, "since" or "two days before" in front."""
    at = _AT.match(text, end) if span.grain == "day" else None
    hours = _hours(at) if at else None
    if at is not None and hours is not None and at.end() <= room[1]:
        return start, at.end(), _Span(span.first, span.stop, "hour", span.kind, hours)
    lead = text[max(room[0], start - 48) : start]
    since = _SINCE.search(lead)
    if since and span.first <= context.anchor:
        first = start - len(lead) + since.start()
        return first, end, _Span(span.first, context.anchor + timedelta(1), "span", span.kind)
    counted = _COUNTED.search(lead) if span.kind == "relative" and span.grain == "day" else None
    if counted:
        day = span
        try:
            moved = _counted(counted, day)
        except (ValueError, OverflowError):
            moved = None
        if moved is not None:
            return start - len(lead) + counted.start(), end, moved
    return start, end, span


_BEFORE = re.compile(r"(?i)\b(?:before|prior to|until|till|up to|earlier than)\s+(?:the\s+)?$")
_AFTER = re.compile(r"(?i)\b(?:after|since|following|later than)\s+(?:the\s+)?$")
_FIRST = re.compile(
    r"(?i)\b(?:first(?! names?\b)|earliest|initially|originally|at the start|begin|began|start(?:ed)?)\b"
)
_LAST = re.compile(
    r"(?i)\b(?:latest|most recent(?:ly)?|newest|currently|now)\b|\b(?:did|was|were|have|has|had|is) \w+(?: \w+)? last\b(?! names?\b)"
    r"|\blast (?:time|talk|see|saw|meet|met|visit|went|go|speak|spoke|mention)"
)
_FUTURE = re.compile(r"(?i)\b(?:will|shall|gonna|upcoming|going to)\b|['’]ll\b|\bplan\w* for\b")
# "What did I eat when I was in Rome" does not ask when.
_CLAUSE = re.compile(
    r"(?i)^\s*when (?:i|we|you|he|she|they|it)\b(?=[^?]*,)"
    r"|(?:(?<=^)|(?<=\. ))(?:what(?! (?:date|day|month|year|time)\b)|where|who|why|how many|how much)\b[^?]*?\bwhen (?:i|we|you|he|she|they|it)\b"
)
_WHEN = re.compile(
    r"(?i)\bwhen\b|\bwhat (?:date|day|month|year|time)\b|\bwhich (?:date|day|month|year|week)\b|\bhow long (?:ago|has|have|did|since)\b"
    r"|\bon what\b|\bsince when\b"
)


def time_query(question: str, asked_at: datetime, *, events: Mapping[str, date] | None = None) -> TimeQuery:
    """What a question wants of time."""
    found = expressions(question, asked_at, lean="future" if _FUTURE.search(question) else "past", events=events)
    # "Last Friday" asks for a day, not for the last of something.
    rest = question
    for one in found:
        rest = f"{rest[: one.start]}{' ' * (one.end - one.start)}{rest[one.end :]}"
    order: Literal["first", "last", ""] = "last" if _LAST.search(rest) else "first" if _FIRST.search(rest) else ""
    asks_when = bool(_WHEN.search(_CLAUSE.sub(" ", question)))
    if not found:
        return TimeQuery(None, "within", order, asks_when)
    # Of several the narrowest constrains most.
    chosen = min(found, key=lambda one: (one.ends - one.begins, one.start))
    lead = question[: chosen.start]
    relation: Literal["within", "before", "after"] = "within"
    if _BEFORE.search(lead):
        relation = "before"
    elif _AFTER.search(lead):
        relation = "after"
    return TimeQuery((chosen.begins, chosen.ends), relation, order, asks_when, chosen.kind == "vague")


def spoken(begins: datetime, ends: datetime, grain: Grain) -> str:
    """An interval in words: "7 May 2023", "May 2023", "the week of 3 July 2023", "2022"."""
    last = ends - timedelta(microseconds=1)
    day = f"{begins.day} {begins:%B %Y}"
    if grain in ("day", "part"):
        return day
    if grain == "hour":
        return f"{day}, {begins:%H:%M}"
    if grain == "month":
        return f"{begins:%B %Y}"
    if grain == "year":
        return f"{begins.year}"
    if grain == "week":
        return f"the week of {day}"
    if grain == "weekend":
        return f"the weekend of {day}"
    return f"{day} to {last.day} {last:%B %Y}"


def annotate(text: str, anchor: datetime) -> str:
    """The text with the meaning of each relative expression after it: "I went yesterday [7 May 2023]"."""
    pieces: list[str] = []
    position = 0
    for one in expressions(text, anchor):
        if one.kind == "relative":
            pieces += [text[position : one.end], f" [{spoken(one.begins, one.ends, one.grain)}]"]
            position = one.end
    return "".join(pieces) + text[position:]


def _safely(
    resolve: Callable[[re.Match[str], _Context], _Span | None], match: re.Match[str], context: _Context
) -> _Span | None:
    """A day that no calendar has (31 June, year 0) is no expression."""
    try:
        return resolve(match, context)
    except (ValueError, OverflowError):
        return None


def _expression(start: int, end: int, span: _Span, anchor: datetime) -> TimeExpression:
    zone = anchor.tzinfo
    begins, ends = datetime.combine(span.first, time(), zone), datetime.combine(span.stop, time(), zone)
    if span.hours is not None:
        hour, minute, length, _ = span.hours
        begins = datetime.combine(span.first, time(hour, minute), zone)
        ends = datetime.combine(span.first, time(hour, minute), zone) + timedelta(minutes=length)
    return TimeExpression(start, end, begins, ends, span.grain, span.kind)


# --- calendar ---------------------------------------------------------------------------------------------


def _day(day: date, kind: Kind = "relative") -> _Span:
    return _Span(day, day + timedelta(1), "day", kind)


def _week(day: date) -> _Span:
    monday = day - timedelta(day.weekday())
    return _Span(monday, monday + timedelta(7), "week")


def _weekend(day: date) -> _Span:
    """Saturday and Sunday of the week that holds the day."""
    saturday = day - timedelta(day.weekday()) + timedelta(5)
    return _Span(saturday, saturday + timedelta(2), "weekend")


def _month(year: int, month: int, kind: Kind = "relative") -> _Span:
    first = date(year, month, 1)
    return _Span(first, first + relativedelta(months=1), "month", kind)


def _year(year: int, kind: Kind = "relative") -> _Span:
    return _Span(date(year, 1, 1), date(year + 1, 1, 1), "year", kind)


def _season(name: str, year: int, kind: Kind = "relative") -> _Span:
    """A winter has the year of its December."""
    first = date(year, _SEASONS[name], 1)
    return _Span(first, first + relativedelta(months=3), "season", kind)


def _quarter(day: date) -> _Span:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return _Span(first, first + relativedelta(months=3), "quarter")


def _weekday_of(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday of a month; -1 is the last."""
    if nth < 0:
        last: date = date(year, month, 1) + relativedelta(months=1) - timedelta(1)
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if day.month != month:
        raise ValueError("there is no such weekday in the month")
    return day


def _holiday(name: str, year: int) -> date:
    name = re.sub(r"[’']", "", name.casefold())
    name = re.sub(r"\s+", " ", name)
    fixed = {
        "christmas eve": (12, 24), "christmas": (12, 25), "new years eve": (12, 31), "new years": (1, 1),
        "valentines": (2, 14), "halloween": (10, 31), "independence": (7, 4), "the 4th of july": (7, 4),
        "st patricks": (3, 17), "st. patricks": (3, 17),
    }  # fmt: skip
    for beginning, (month, day) in fixed.items():
        if name.startswith(beginning):
            return date(year, month, day)
    if name.startswith("thanksgiving"):
        return _weekday_of(year, 11, 3, 4)
    if name.startswith("mothers"):
        return _weekday_of(year, 5, 6, 2)
    if name.startswith("fathers"):
        return _weekday_of(year, 6, 6, 3)
    if name.startswith("labo"):
        return _weekday_of(year, 9, 0, 1)
    if name.startswith("memorial"):
        return _weekday_of(year, 5, 0, -1)
    offset = -2 if name.startswith("good") else 1 if name.endswith("monday") else 0
    sunday: date = easter(year)
    return sunday + timedelta(offset)


def _nearest(of_year: Callable[[int], date], context: _Context) -> date:
    """The occurrence of a yearly day that is meant: the last one up to the anchor, or the next one from it."""
    # 29 February comes every fourth year, but for some centuries only after eight.
    years = range(max(context.anchor.year - 8, 1), min(context.anchor.year + 9, 9999))
    days = [of_year(year) for year in years if _exists(of_year, year)]
    if context.lean == "past":
        return max(day for day in days if day <= context.anchor)
    return min(day for day in days if day >= context.anchor)


def _exists(of_year: Callable[[int], date], year: int) -> bool:
    try:
        of_year(year)
    except ValueError:
        return False
    return True


def _month_number(name: str) -> int:
    return _MONTHS.index(name.strip(". ").casefold()[:3]) + 1


def _weekday(name: str) -> int:
    return _DAYS.index(name.strip(". ").casefold()[:3])


def _day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    assert digits is not None
    return int(digits.group())


def _number(text: str) -> tuple[int, bool]:
    """(number, whether it is vague)."""
    text = " ".join(text.casefold().split())
    if text.isdigit():
        return int(text), False
    return _NUMBERS[text], text in ("a few", "few", "several", "some")


def _moved(day: date, unit: str, count: int) -> date:
    unit = unit.casefold().rstrip("s")
    if unit in ("day", "night"):
        return day + timedelta(count)
    if unit in ("week", "weekend"):
        return day + timedelta(7 * count)
    if unit == "fortnight":
        return day + timedelta(14 * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * count
    moved: date = day + relativedelta(months=months)
    return moved


def _around(day: date, unit: str) -> _Span:
    """The day, week, weekend, month or year that holds a day, after a unit's name."""
    unit = unit.casefold().rstrip("s")
    if unit in ("day", "night"):
        return _day(day)
    if unit in ("week", "fortnight"):
        return _week(day)
    if unit == "weekend":
        return _weekend(day)
    if unit == "month":
        return _month(day.year, day.month)
    if unit == "quarter":
        return _quarter(day)
    if unit == "decade":
        return _Span(date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 10, 1, 1), "span")
    return _year(day.year)


# --- absolute dates ---------------------------------------------------------------------------------------

_PARTS_OF_DATE = (
    re.compile(rf"(?i)(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?(?P<m>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?$"),
    re.compile(rf"(?i)(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_DAY})(?:,?\s+(?P<y>{_YEAR}))?$"),
    re.compile(rf"(?i)(?P<m>{_MONTH}),?\s+(?:of\s+)?(?P<y>{_YEAR})$"),
    re.compile(r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)$"),
    re.compile(rf"(?P<y>{_YEAR})/(?P<n>\d\d?)/(?P<d>\d\d?)$"),
    re.compile(rf"(?P<d>\d{{1,2}})\.(?P<n>\d{{1,2}})\.(?P<y>{_YEAR})$"),
    re.compile(r"(?P<n>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)$"),
    re.compile(rf"(?i)(?P<h>{_HOLIDAY})(?:,?\s+(?P<y>{_YEAR}))?$"),
    re.compile(rf"(?P<y>{_YEAR})$"),
    re.compile(rf"(?i)(?P<m>{_MONTH})$"),
)


def _date(text: str, context: _Context) -> _Span | None:
    """What a date as `_DATE` matches it means."""
    for pattern in _PARTS_OF_DATE:
        match = pattern.match(text.strip())
        if match is not None:
            return _of_parts(match.groupdict(), context)
    return None


def _of_parts(parts: Mapping[str, str | None], context: _Context) -> _Span | None:
    """A date from its parts: y(ear), m(onth's name), n(umber of the month), d(ay), h(oliday)."""
    year = int(parts.get("y") or 0)
    if len(parts.get("y") or "") == 2:
        year += 2000 if year < 70 else 1900
    holiday, day_text = parts.get("h"), parts.get("d")
    if holiday:
        return _day(_holiday(holiday, year) if year else _nearest(lambda y: _holiday(holiday, y), context), "absolute")
    month = _month_number(parts["m"] or "") if parts.get("m") else int(parts.get("n") or 0)
    if not month and not parts.get("n"):
        return _year(year, "absolute")
    if not day_text:
        return _month(year or _nearest(lambda y: date(y, month, 1), context).year, month, "absolute")
    day = _day_number(day_text)
    return _day(date(year, month, day) if year else _nearest(lambda y: date(y, month, day), context), "absolute")


def _rule(pattern: str, resolve: Callable[[re.Match[str], _Context], _Span | None], needs: str) -> _Rule:
    """A rule that is tried on texts with any of the words that it `needs`."""
    return (
        re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE),
        resolve,
        frozenset(needs.split()),
    )


_BARE_MONTH = re.compile(rf"(?i){_MONTH}")
_AMOUNT = re.compile(
    r"(?i)\s*(?:[%€£]|(?:people|persons|dollars|euros|pounds|bucks|m|metres|meters|km|miles|steps|words|calories|kcal|pieces"
    r"|pages|times|points|years|days|hours|minutes)\b)"
)
_NUMBERED = re.compile(r"(?i)(?:[$€£#]|\b(?:page|room|number|no\.?|chapter|version|flight|bus|line))\s*$")


def _plain_date(match: re.Match[str], context: _Context) -> _Span | None:
    text = match.group()
    if text.isdigit() and (_AMOUNT.match(match.string, match.end()) or _NUMBERED.search(match.string[: match.start()])):
        return None
    bare = _BARE_MONTH.fullmatch(text)
    if bare:
        # Without anything around it, only a name that is no other word, written as a name, is a month.
        if not text[0].isupper() or text.casefold() in ("may", "march", "mar", "jan", "jun", "dec") or len(text) < 4:
            return None
        if text.casefold() in ("april", "june", "august") and not _dated(match):
            return None
    return _date(text, context)


def _dated(match: re.Match[str]) -> bool:
    """Whether what stands before a month's name makes a date of it."""
    return bool(
        re.search(
            r"(?i)\b(?:in|during|since|by|until|till|of|from|to|and|last|next|this|before|after)\s+$",
            match.string[: match.start()],
        )
    )


def _in_month(match: re.Match[str], context: _Context) -> _Span | None:
    name = match["m"]
    if name.casefold() in ("may", "march", "mar") and not name[0].isupper():
        return None
    return _date(name, context)


def _part_of_period(match: re.Match[str], context: _Context) -> _Span | None:
    """Early, mid, late; beginning, middle, end: thirds of a month, a year, a season."""
    whole = _date(match["date"], context)
    if whole is None or whole.grain not in ("month", "year"):
        return None
    days = (whole.stop - whole.first).days
    word = match["part"].casefold()
    third = 0 if word.startswith(("early", "begin", "start")) else 2 if word.startswith(("late", "end")) else 1
    if whole.grain == "month":
        cuts = (0, 10, 20, days)
    else:
        first = whole.first
        cuts = (0, (first + relativedelta(months=4) - first).days, (first + relativedelta(months=8) - first).days, days)
    return _Span(whole.first + timedelta(cuts[third]), whole.first + timedelta(cuts[third + 1]), "span", "absolute")


def _decade(match: re.Match[str], _: _Context) -> _Span | None:
    number = int(match["n"])
    if number < 100:
        # "In my 30s" is an age; "20s" alone may be anything.
        if re.search(r"(?i)\b(?:my|your|his|her|our|their)\s+$", match.string[: match.start()]):
            return None
        if (
            number < 50
            and not match.group()[0].isalpha()
            and match.string[match.start() - 1 : match.start()] not in "'’"
        ):
            return None
    year = number if number > 100 else (1900 + number if number >= 30 else 2000 + number)
    return _Span(date(year, 1, 1), date(year + 10, 1, 1), "span", "absolute")


def _season_of(match: re.Match[str], context: _Context) -> _Span | None:
    name, which = match["s"].casefold(), (match["which"] or "").casefold()
    year = match["y"]
    if year:
        return _season(name, int(year), "absolute")
    if not which:
        return None
    now = context.anchor
    around = [_season(name, y) for y in range(now.year - 2, now.year + 2)]
    if which in ("last", "past", "previous"):
        return max((one for one in around if one.stop <= now), key=lambda one: one.first)
    if which in ("next", "coming"):
        return min((one for one in around if one.first > now), key=lambda one: one.first)
    running = [one for one in around if one.first <= now < one.stop]
    if running:
        return running[0]
    if which == "this":
        return _season(name, now.year)
    if context.lean == "past":
        return max((one for one in around if one.first <= now), key=lambda one: one.first)
    return min((one for one in around if one.first > now), key=lambda one: one.first)


def _nth_of(match: re.Match[str], context: _Context) -> _Span | None:
    whole = _date(match["date"], context)
    if whole is None or whole.grain != "month":
        return None
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[match["n"].casefold()]
    unit = match["u"].casefold()
    year, month = whole.first.year, whole.first.month
    if unit == "weekend":
        saturday = _weekday_of(year, month, 5, nth)
        return _Span(saturday, saturday + timedelta(2), "weekend", "absolute")
    if unit == "week":
        first = whole.first if nth > 0 else whole.stop - timedelta(7)
        first += timedelta(7 * (nth - 1)) if nth > 0 else timedelta(0)
        return _Span(first, min(first + timedelta(7), whole.stop), "week", "absolute")
    if unit == "day":
        return _day(whole.first + timedelta(nth - 1) if nth > 0 else whole.stop - timedelta(1), "absolute")
    return _day(_weekday_of(year, month, _weekday(unit), nth), "absolute")


def _range(match: re.Match[str], context: _Context) -> _Span | None:
    end = _date(match["b"], context)
    if end is None:
        return None
    first_text = match["a"].strip()
    if re.fullmatch(_DAY, first_text, re.IGNORECASE):
        if end.grain != "day":
            return None
        first = end.first.replace(day=_day_number(first_text))
        return _Span(first, end.stop, "span", "absolute") if first <= end.first else None
    start = _date(first_text, _Context(end.first, "past", context.events))
    if start is None or start.first > end.first:
        return None
    return _Span(start.first, end.stop, "span", "absolute")


def _days_of_month(match: re.Match[str], context: _Context) -> _Span | None:
    year = f" {match['y']}" if match["y"] else ""
    last = _date(f"{match['b']} {match['m']}{year}", context)
    if last is None or last.grain != "day":
        return None
    first = last.first.replace(day=_day_number(match["a"]))
    return _Span(first, last.stop, "span", "absolute") if first <= last.first else None


def _quarter_of(match: re.Match[str], _: _Context) -> _Span | None:
    first = date(int(match["y"]), 3 * int(match["q"]) - 2, 1)
    return _Span(first, first + relativedelta(months=3), "quarter", "absolute")


def _iso_month(match: re.Match[str], _: _Context) -> _Span | None:
    return _month(int(match["y"]), int(match["m"]), "absolute")


def _week_of(match: re.Match[str], context: _Context) -> _Span | None:
    day = _date(match["date"], context)
    return _week(day.first) if day is not None and day.grain == "day" else None


# --- relative expressions ---------------------------------------------------------------------------------

_PARTS = {
    "morning": (6, 0, 360, 0), "afternoon": (12, 0, 360, 0), "evening": (18, 0, 300, 0), "night": (18, 0, 720, 0),
}  # fmt: skip


def _simple(days: int) -> Callable[[re.Match[str], _Context], _Span | None]:
    return lambda match, context: _day(context.anchor + timedelta(days))


def _part_of_day(match: re.Match[str], context: _Context) -> _Span | None:
    day = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(match["d"].casefold(), 0)
    first = context.anchor + timedelta(day)
    return _Span(first, first + timedelta(1), "part", "relative", _PARTS[match["p"].casefold()])


def _tonight(_: re.Match[str], context: _Context) -> _Span | None:
    return _Span(context.anchor, context.anchor + timedelta(1), "part", "relative", _PARTS["night"])


def _hours(match: re.Match[str]) -> tuple[int, int, int, int] | None:
    """The hour that "5 pm" or "14:30" begins, of a match with h(our), min(ute) and half."""
    hour, minute = int(match["h"]), int(match["min"] or 0)
    half = (match["half"] or "").casefold().replace(".", "")
    if not half and not match["min"]:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (hour, minute, 60, 0) if hour < 24 and minute < 60 else None


def _clock(match: re.Match[str], context: _Context) -> _Span | None:
    hours = _hours(match)
    if hours is None:
        return None
    where = match["day"].casefold()
    if where in ("yesterday", "today", "tomorrow"):
        day = context.anchor + timedelta({"yesterday": -1, "today": 0, "tomorrow": 1}[where])
    else:
        on = _date(match["day"], context)
        if on is None or on.grain != "day":
            return None
        day = on.first
    return _Span(
        day, day + timedelta(1), "hour", "relative" if where.endswith(("day", "tomorrow")) else "absolute", hours
    )


def _which_unit(match: re.Match[str], context: _Context) -> _Span | None:
    """Last week, this month, next year, the past weekend."""
    step = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(match["which"].casefold(), -1)
    unit = match["u"].casefold()
    if unit == "weekend" and step < 0:
        # On a Sunday the weekend that is running is not the last one.
        return _weekend(context.anchor - timedelta(7))
    return _around(_moved(context.anchor, unit, step), unit)


_NO_DAY = re.compile(r"(?i)\b(?:every|each|any|most|black|cyber|palm|ash|holy|maundy|shrove|fat)\s+$")
"""Before a weekday's name: it recurs, or is a day of its own."""


def _which_weekday(match: re.Match[str], context: _Context) -> _Span | None:
    weekday, which = _weekday(match["d"]), (match["which"] or "").casefold()
    now = context.anchor
    if match["d"] in ("sat", "sun") or (not which and _NO_DAY.search(match.string[: match.start()])):
        return None
    if which == "this":
        return _day(now + timedelta(weekday - now.weekday()))
    back = (now.weekday() - weekday) % 7 or 7
    if which in ("next", "coming") or (not which and context.lean == "future"):
        return _day(now + timedelta((weekday - now.weekday()) % 7 or 7))
    return _day(now - timedelta(back))


def _dated_weekday(match: re.Match[str], context: _Context) -> _Span | None:
    """ "Friday, May 12": the date says which."""
    day = _date(match["date"], context)
    return day if day is not None and day.grain == "day" else None


def _part_of_weekday(match: re.Match[str], context: _Context) -> _Span | None:
    day = _which_weekday(match, context)
    return _Span(day.first, day.stop, "part", "relative", _PARTS[match["p"].casefold()]) if day else None


def _iso_moment(match: re.Match[str], context: _Context) -> _Span | None:
    day = _date(match["date"], context)
    if day is None or match["zone"]:
        return day
    hour, minute = int(match["h"]), int(match["min"])
    return _Span(day.first, day.stop, "hour", "absolute", (hour, minute, 60, 0)) if hour < 24 and minute < 60 else day


def _weekday_before_last(match: re.Match[str], context: _Context) -> _Span | None:
    back = (context.anchor.weekday() - _weekday(match["d"])) % 7 or 7
    return _day(context.anchor - timedelta(back + 7))


def _unit_before_last(match: re.Match[str], context: _Context) -> _Span | None:
    unit = match["u"]
    return _around(_moved(context.anchor, unit, -2), unit)


def _unit_after_next(match: re.Match[str], context: _Context) -> _Span | None:
    unit = match["u"]
    return _around(_moved(context.anchor, unit, 2), unit)


def _which_month(match: re.Match[str], context: _Context) -> _Span | None:
    number, which = _month_number(match["m"]), match["which"].casefold()
    now = context.anchor
    if which == "this":
        return _month(now.year, number)
    if which == "next":
        return _month(now.year + (number <= now.month), number)
    return _month(now.year - (number >= now.month), number)


def _ago(match: re.Match[str], context: _Context) -> _Span | None:
    count, vague = _number(match["n"])
    span = _around(_moved(context.anchor, match["u"], -count), match["u"])
    if not vague:
        return span
    # A few is two to five.
    first = _moved(context.anchor, match["u"], -count - 2)
    return _Span(first, _moved(context.anchor, match["u"], -count + 2), "span", "vague")


def _ahead(match: re.Match[str], context: _Context) -> _Span | None:
    count, _ = _number(match["n"])
    return _around(_moved(context.anchor, match["u"], count), match["u"])


def _half_ago(match: re.Match[str], context: _Context) -> _Span | None:
    if match["u"].casefold() == "year":
        day = context.anchor - relativedelta(months=6)
        return _month(day.year, day.month)
    return _week(context.anchor - timedelta(14))


def _and_a_half_ago(match: re.Match[str], context: _Context) -> _Span | None:
    count, _ = _number(match["n"])
    day = context.anchor - relativedelta(months=12 * count + 6)
    return _month(day.year, day.month)


def _past_units(match: re.Match[str], context: _Context) -> _Span | None:
    count, vague = _number(match["n"] or "one")
    return _Span(
        _moved(context.anchor, match["u"], -count),
        context.anchor + timedelta(1),
        "span",
        "vague" if vague else "relative",
    )


def _from_date(match: re.Match[str], context: _Context) -> _Span | None:
    """Two weeks before 3 May, the Sunday after 25 May, the weekend of."""
    day = _date(match["date"], context)
    if day is None:
        return None
    return _counted(match, day)


def _counted(match: re.Match[str], day: _Span) -> _Span | None:
    unit, before = match["u"].casefold(), match["side"].casefold() in ("before", "prior to", "preceding")
    count = 1 if not match["n"] or match["n"].casefold() == "the" else _number(match["n"])[0]
    sign = -1 if before else 1
    if re.fullmatch(_DAY_NAME, unit, re.IGNORECASE):
        if day.grain != "day":
            return None
        weekday = _weekday(unit)
        away = (day.first.weekday() - weekday) % 7 or 7 if before else (weekday - day.first.weekday()) % 7 or 7
        return _day(day.first + timedelta(sign * (away + 7 * (count - 1))))
    edge = day.first if before else day.stop - timedelta(1)
    if unit.startswith("weekend"):
        saturday = edge - timedelta((edge.weekday() - 5) % 7) if before else edge + timedelta((5 - edge.weekday()) % 7)
        if before and (edge - saturday).days < 2:
            saturday -= timedelta(7)
        if not before and saturday <= edge:
            saturday += timedelta(7)
        saturday += timedelta(7 * sign * (count - 1))
        return _Span(saturday, saturday + timedelta(2), "weekend")
    return _around(_moved(edge, unit, sign * count), unit)


def _since(match: re.Match[str], context: _Context) -> _Span | None:
    start = _date(match["date"], context)
    if start is None:
        return None
    stop = context.anchor + timedelta(1)
    return _Span(start.first, stop, "span", "absolute") if start.first < stop else None


def _vague(days: int) -> Callable[[re.Match[str], _Context], _Span | None]:
    return lambda match, context: _Span(
        context.anchor - timedelta(days), context.anchor + timedelta(1), "span", "vague"
    )


def _within_running(match: re.Match[str], context: _Context) -> _Span | None:
    running = _around(context.anchor, match["u"])
    if match["w"].casefold().startswith("later"):
        first = context.anchor + timedelta(1)
        return _Span(first, running.stop, "span") if first < running.stop else None
    return _Span(running.first, context.anchor + timedelta(1), "span")


def _which_holiday(match: re.Match[str], context: _Context) -> _Span | None:
    name, which = match["h"], match["which"].casefold()
    now = context.anchor
    if which == "this":
        return _day(_holiday(name, now.year))
    days = [_holiday(name, year) for year in range(now.year - 1, now.year + 2)]
    if which == "next":
        return _day(min(day for day in days if day > now))
    return _day(max(day for day in days if day < now))


def _weekend_of(match: re.Match[str], context: _Context) -> _Span | None:
    day = _date(match["date"], context)
    return _weekend(day.first) if day is not None and day.grain == "day" else None


_DIGITS = re.compile(r"\d")
_AT = re.compile(r"(?i),?\s+at\s+(?P<h>\d{1,2})(?::(?P<min>\d\d))?(?:\s*(?P<half>[ap]\.?m\b))?")
_SINCE = re.compile(r"(?i)\bsince\s+$")
_MONTH_WORDS = "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
_HOLIDAY_WORDS = (
    "christmas year years thanksgiving easter friday valentine valentines halloween independence patrick patricks"
    " mother mothers father fathers labor labour memorial"
)
_DATE_WORDS = f"{_DIGIT} {_MONTH_WORDS} {_HOLIDAY_WORDS}"
_DAY_WORDS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
_UNIT_WORDS = (
    "day days night nights week weeks weekend weekends fortnight fortnights month months year years decade decades"
    " quarter quarters"
)
_SEASON_WORDS = "spring summer autumn fall winter"
_PERIOD_WORDS = "week weekend month year quarter decade"

_WHICH = r"(?P<which>last|past|previous|this|current|next|coming|following)"
_COUNT = rf"(?P<n>{_NUMBER}|the)"

_RULES: tuple[_Rule, ...] = (
    _rule(rf"\b{_DATE}(?!\w|-\d)", _plain_date, _DATE_WORDS),
    _rule(r"(?<!\w)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", _iso_month, _DIGIT),
    _rule(
        rf"\b(?:in|during|throughout|of|by|until|till|around) (?P<m>{_MONTH})(?! (?:the )?\d)", _in_month, _MONTH_WORDS
    ),
    _rule(
        rf"\b(?:the )?(?P<part>early|mid|late|beginning of|start of|middle of|end of)[ -](?:in )?(?P<date>{_MONTH}(?:,? {_YEAR})?|{_YEAR})",
        _part_of_period,
        "early mid late beginning start middle end",
    ),
    _rule(r"\b(?:the )?(?:early |mid[- ]?|late )?(?P<n>(?:19|20)\d0|[2-9]0)['’]?s\b", _decade, _DIGIT),
    _rule(
        rf"\b(?:(?P<which>last|past|previous|this|next|coming|in|during|over)(?: the)? )?(?P<s>spring|summer|autumn|fall|winter)\b(?:,? (?:of )?(?P<y>{_YEAR}))?",
        _season_of,
        _SEASON_WORDS,
    ),
    _rule(
        rf"\b(?:the )?(?P<n>first|second|third|fourth|last) (?P<u>{_DAY_NAME}|weekend|week|day) (?:of|in) (?P<date>{_MONTH}(?:,? {_YEAR})?)",
        _nth_of,
        "first second third fourth last",
    ),
    _rule(
        rf"\b(?:between|from) (?P<a>{_DAY}|{_DATE}) (?:and|to|until|till|through) (?P<b>{_DATE})",
        _range,
        "between from",
    ),
    _rule(
        rf"\b(?P<a>{_DAY}) ?(?:-|–|to|and) ?(?P<b>{_DAY}) (?:of )?(?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?",
        _days_of_month,
        _DIGIT,
    ),
    _rule(
        rf"\b(?P<m>{_MONTH}) (?P<a>{_DAY}) ?(?:-|–|to) ?(?P<b>{_DAY})(?!\d)(?:,? (?P<y>{_YEAR}))?",
        _days_of_month,
        _DIGIT,
    ),
    _rule(r"\bq(?P<q>[1-4]) (?:of )?(?P<y>(?:19|20)\d\d)\b", _quarter_of, _DIGIT),
    _rule(rf"\b(?:the )?week of (?P<date>{_DATE})", _week_of, "week"),
    _rule(rf"\b(?:the )?weekend of (?P<date>{_DATE})", _weekend_of, "weekend"),
    _rule(r"\btoday\b", _simple(0), "today"),
    _rule(r"\byesterday\b", _simple(-1), "yesterday"),
    _rule(r"\btomorrow\b", _simple(1), "tomorrow"),
    _rule(r"\b(?:the )?day before yesterday\b", _simple(-2), "yesterday"),
    _rule(r"\b(?:the )?day after tomorrow\b", _simple(2), "tomorrow"),
    _rule(r"\btonight\b", _tonight, "tonight"),
    _rule(
        r"\b(?P<d>this|yesterday|tomorrow) (?P<p>morning|afternoon|evening|night)\b",
        _part_of_day,
        "morning afternoon evening night",
    ),
    _rule(r"\b(?P<d>last) (?P<p>night|evening)\b", _part_of_day, "morning afternoon evening night"),
    _rule(
        rf"\b(?P<day>yesterday|today|tomorrow|{_DATE})(?:,)? at (?P<h>\d{{1,2}})(?::(?P<min>\d\d))?(?: ?(?P<half>[ap]\.?m\b))?",
        _clock,
        _DIGIT,
    ),
    _rule(
        r"\bat (?P<h>\d{1,2})(?::(?P<min>\d\d))?(?: ?(?P<half>[ap]\.?m\b))? (?P<day>yesterday|today|tomorrow)\b",
        _clock,
        _DIGIT,
    ),
    _rule(rf"\b(?:the |this )?{_WHICH} (?P<u>week|weekend|month|year|quarter|decade)\b", _which_unit, _PERIOD_WORDS),
    _rule(rf"\b(?:on )?{_WHICH} (?P<d>{_DAY_NAME})", _which_weekday, _DAY_WORDS),
    _rule(
        r"\b(?:on )?(?P<which>)(?P<d>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
        _which_weekday,
        _DAY_WORDS,
    ),
    _rule(r"\bon (?P<which>)(?P<d>mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?", _which_weekday, _DAY_WORDS),
    _rule(rf"\b(?:the )?(?P<d>{_DAY_NAME}) before last\b(?! \w+day\b)", _weekday_before_last, _DAY_WORDS),
    _rule(
        rf"\b(?:the )?(?P<u>week|weekend|month|year) before last\b(?! (?:{_DAY_NAME}|{_MONTH}|{_HOLIDAY}|week|weekend|month|year|night|spring|summer|autumn|fall|winter))",
        _unit_before_last,
        _PERIOD_WORDS,
    ),
    _rule(r"\b(?:the )?(?P<u>week|weekend|month|year) after next\b", _unit_after_next, _PERIOD_WORDS),
    _rule(rf"\b(?P<which>last|this|next|past) (?P<m>{_MONTH})(?! \d)", _which_month, _MONTH_WORDS),
    _rule(
        rf"\b(?:about |around |almost |over |roughly )?(?P<n>{_NUMBER}) (?P<u>{_UNIT}) (?:ago|back|earlier)\b",
        _ago,
        "ago back earlier",
    ),
    _rule(rf"\bin (?P<n>{_NUMBER}) (?P<u>{_UNIT})(?:['’] time)?\b", _ahead, _UNIT_WORDS),
    _rule(rf"\b(?P<n>{_NUMBER}) (?P<u>{_UNIT}) from (?:now|today)\b", _ahead, _UNIT_WORDS),
    _rule(r"\bhalf an? (?P<u>year|month) ago\b", _half_ago, "ago"),
    _rule(rf"\b(?P<n>{_NUMBER}) (?:years? and a half|and a half years) ago\b", _and_a_half_ago, "ago"),
    _rule(
        rf"\b(?:for |over |in |during |within )?the (?:past|last) (?P<n>{_NUMBER}) (?P<u>{_UNIT})\b",
        _past_units,
        "past last",
    ),
    _rule(
        r"\b(?:for|over|in|during|within) the (?:past|last) (?P<n>)(?P<u>week|month|year|decade)\b",
        _past_units,
        "past last",
    ),
    _rule(
        rf"\b{_COUNT} (?P<u>{_UNIT}|{_DAY_NAME}s?) (?P<side>before|after|prior to|following|preceding) (?P<date>{_DATE})",
        _from_date,
        "before after prior following preceding",
    ),
    _rule(rf"\bsince (?P<date>{_DATE})", _since, "since"),
    _rule(r"\b(?:recently|lately|these days|of late)\b", _vague(30), "recently lately days late"),
    _rule(r"\bthe other (?:day|night|evening)\b", _vague(7), "other"),
    _rule(r"\b(?:the other week)\b", _vague(21), "other"),
    _rule(r"\b(?P<w>earlier|later) (?:this|in the) (?P<u>week|month|year)\b", _within_running, "earlier later"),
    _rule(rf"\b(?P<which>last|this|next) (?P<h>{_HOLIDAY})", _which_holiday, _HOLIDAY_WORDS),
    _rule(rf"\b(?:on )?{_DAY_NAME},? (?:on )?(?P<date>{_DATE})(?!\w|-\d)", _dated_weekday, _DAY_WORDS),
    _rule(
        rf"\b(?:on )?(?:{_WHICH} )?(?P<d>monday|tuesday|wednesday|thursday|friday|saturday|sunday) (?P<p>morning|afternoon|evening|night)\b",
        _part_of_weekday,
        "morning afternoon evening night",
    ),
    _rule(
        r"\b(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?:t|\s)(?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>z|[+-]\d\d:?\d\d)?(?!\w)",
        _iso_moment,
        _DIGIT,
    ),
)

_COUNTED = re.compile(
    rf"(?i)\b{_COUNT}\s+(?P<u>{_UNIT}|{_DAY_NAME}s?)\s+(?P<side>before|after|prior\s+to|following|preceding)\s+(?:the\s+)?$"
)


def _event_expressions(text: str, context: _Context) -> Iterator[tuple[int, int, _Span]]:
    """Expressions that count from a day with a name: "two weeks before my birthday", "on our wedding day"."""
    names = "|".join(sorted(map(re.escape, context.events), key=len, reverse=True))
    pattern = re.compile(
        rf"(?i)\b(?:{_COUNT}\s+(?P<u>{_UNIT}|{_DAY_NAME})\s+(?P<side>before|after|prior\s+to|following)\s+)?"
        rf"(?:on\s+)?(?:my|our|the|his|her|their|\w+['’]s)\s+(?P<event>{names})\b"
    )
    for match in pattern.finditer(text):
        first = context.events[match["event"].casefold()]
        yearly = match["event"].casefold() in ("birthday", "anniversary")
        day = _nearest(lambda y, first=first: first.replace(year=y), context) if yearly else first  # type: ignore[misc]
        span = _day(day)
        if match["u"]:
            counted = _counted(match, span)
            if counted is None:
                continue
            span = counted
        yield match.start(), match.end(), span
