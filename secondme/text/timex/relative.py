"""Periods of phrases that count from the anchor or from another day: "last week", "two days ago", "at 5 pm".

Each function resolves a match of its rule (in `rules`) to a Period, or to None when the phrase is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from secondme.text.timex.calendar import (
    Period,
    TimeContext,
    day_number,
    day_period,
    holiday_date,
    month_number,
    month_period,
    parse_number,
    period_around,
    shift_day,
    week_period,
    weekday_number,
    weekend_period,
)
from secondme.text.timex.dates import DAY_NAME, parse_date

_PARTS = {
    "morning": (6, 0, 360, 0), "afternoon": (12, 0, 360, 0), "evening": (18, 0, 300, 0), "night": (18, 0, 720, 0),
}  # fmt: skip


def days_away(days: int) -> Callable[[re.Match[str], TimeContext], Period | None]:
    return lambda match, context: day_period(context.anchor + timedelta(days))


def part_of_day(match: re.Match[str], context: TimeContext) -> Period | None:
    day = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(match["d"].casefold(), 0)
    first = context.anchor + timedelta(day)
    return Period(first, first + timedelta(1), "part", "relative", _PARTS[match["p"].casefold()])


def tonight(_: re.Match[str], context: TimeContext) -> Period | None:
    return Period(context.anchor, context.anchor + timedelta(1), "part", "relative", _PARTS["night"])


def clock_hours(match: re.Match[str]) -> tuple[int, int, int, int] | None:
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


def clock_time(match: re.Match[str], context: TimeContext) -> Period | None:
    hours = clock_hours(match)
    if hours is None:
        return None
    where = match["day"].casefold()
    if where in ("yesterday", "today", "tomorrow"):
        day = context.anchor + timedelta({"yesterday": -1, "today": 0, "tomorrow": 1}[where])
    else:
        on = parse_date(match["day"], context)
        if on is None or on.grain != "day":
            return None
        day = on.first
    return Period(
        day, day + timedelta(1), "hour", "relative" if where.endswith(("day", "tomorrow")) else "absolute", hours
    )


def adjacent_unit(match: re.Match[str], context: TimeContext) -> Period | None:
    """Last week, this month, next year, the past weekend."""
    step = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(match["which"].casefold(), -1)
    unit = match["u"].casefold()
    if unit == "weekend" and step < 0:
        # On a Sunday the weekend that is running is not the last one.
        return weekend_period(context.anchor - timedelta(7))
    return period_around(shift_day(context.anchor, unit, step), unit)


_RECURS = re.compile(r"(?i)\b(?:every|each|once)\s+$")
"""Before a number of weeks: it recurs, "once a week on Friday"."""
_NOT_A_DAY = re.compile(
    r"(?i)\b(?:(?:every|each)(?: (?:second|other|third|fourth|2nd|3rd|4th))?"
    r"|an?|any|most|black|cyber|palm|ash|holy|maundy|shrove|fat)\s+$"
)
"""Before a weekday's name: it recurs, or is a day of its own."""


_SINCE = re.compile(r"(?i)\b(?:since|ever since)\s+(?:the\s+)?$")
"""Before a weekday's name: it is over, whatever the rest of the text speaks of."""


_BELONGS = re.compile(r"(?i)\b(?:the|my|our|his|her|their)\s+$")
_A_THING = re.compile(
    r"\s+(?!(?:morning|afternoon|evening|night|after|before|when|that|which|who|and|or|but|with|because|they|she|was|were"
    r"|will|for|from|only|then|just|too|since|until|instead|next|last|coming|week|the|there|has|had|have)\b)[a-z]{3,}"
)
"""Around a weekday's name: it tells which of things is meant that come again, "the Wednesday loop"."""


_NUMBERED = re.compile(r"(?i),? (?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)\b(?! (?:of )?[A-Z])")
"""Behind a weekday's name: the day of the month that it is, "Friday the 11th"."""
_NTH = re.compile(r"(?i)\b(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s+$")
_OF_MONTH = re.compile(r"(?i)s?\s+(?:(?:of|in) )?(?:the|every|each) month\b")
"""Around a weekday's name: it comes again each month."""
_YEAR = 366


def _nearest(now: date, weekday: int, day: int) -> date | None:
    """The day nearest to now which is that weekday and that day of its month; None within a year."""
    for away in range(_YEAR):
        for found in (now + timedelta(away), now - timedelta(away)):
            if (found.day, found.weekday()) == (day, weekday):
                return found
    return None


def adjacent_weekday(match: re.Match[str], context: TimeContext) -> Period | None:
    weekday, which = weekday_number(match["d"]), (match["which"] or "").casefold()
    now = context.anchor
    if match["d"] in ("sat", "sun") or (not which and _NOT_A_DAY.search(match.string[: match.start()])):
        return None
    if which == "this":
        return day_period(now + timedelta(weekday - now.weekday()))
    if not which and _BELONGS.search(match.string[: match.start()]) and _A_THING.match(match.string, match.end()):
        return None
    numbered = None if which else _NUMBERED.match(match.string, match.end())
    if numbered is not None and (day := _nearest(now, weekday, int(numbered["n"]))) is not None:
        return day_period(day)
    if not which and _OF_MONTH.match(match.string, match.end()) and _NTH.search(match.string[: match.start()]):
        return None
    back = (now.weekday() - weekday) % 7 or 7
    if not which and _SINCE.search(match.string[: match.start()]):
        return day_period(now - timedelta(back))
    if which in ("next", "coming") or (not which and context.lean == "future"):
        return day_period(now + timedelta((weekday - now.weekday()) % 7 or 7))
    return day_period(now - timedelta(back))


def part_of_weekday(match: re.Match[str], context: TimeContext) -> Period | None:
    day = adjacent_weekday(match, context)
    return Period(day.first, day.stop, "part", "relative", _PARTS[match["p"].casefold()]) if day else None


def weekday_before_last(match: re.Match[str], context: TimeContext) -> Period | None:
    back = (context.anchor.weekday() - weekday_number(match["d"])) % 7 or 7
    return day_period(context.anchor - timedelta(back + 7))


def unit_before_last(match: re.Match[str], context: TimeContext) -> Period | None:
    unit = match["u"]
    return period_around(shift_day(context.anchor, unit, -2), unit)


def unit_after_next(match: re.Match[str], context: TimeContext) -> Period | None:
    unit = match["u"]
    return period_around(shift_day(context.anchor, unit, 2), unit)


def adjacent_month(match: re.Match[str], context: TimeContext) -> Period | None:
    number, which = month_number(match["m"]), match["which"].casefold()
    now = context.anchor
    if which == "this":
        return month_period(now.year, number)
    if which == "next":
        return month_period(now.year + (number <= now.month), number)
    return month_period(now.year - (number >= now.month), number)


def units_ago(match: re.Match[str], context: TimeContext) -> Period | None:
    count, vague = parse_number(match["n"])
    span = period_around(shift_day(context.anchor, match["u"], -count), match["u"])
    if not vague:
        return span
    # A few is two to five.
    first = shift_day(context.anchor, match["u"], -count - 2)
    return Period(first, shift_day(context.anchor, match["u"], -count + 2), "span", "vague")


def units_ago_to_the_day(match: re.Match[str], context: TimeContext) -> Period | None:
    """Two weeks ago today: a day, not a week."""
    count, vague = parse_number(match["n"])
    return None if vague else day_period(shift_day(context.anchor, match["u"], -count))


def units_ahead(match: re.Match[str], context: TimeContext) -> Period | None:
    count, _ = parse_number(match["n"])
    return period_around(shift_day(context.anchor, match["u"], count), match["u"])


def units_from_day(match: re.Match[str], context: TimeContext) -> Period | None:
    """Three weeks from tomorrow, a week on Friday, Monday week: a day."""
    count, vague = parse_number(match["n"] or "one")
    named = match["day"].casefold()
    if vague or _RECURS.search(match.string[: match.start()]):
        return None
    if named in ("today", "tomorrow"):
        return day_period(shift_day(context.anchor + timedelta(named == "tomorrow"), match["u"], count))
    if re.fullmatch(DAY_NAME, named, re.IGNORECASE):
        ahead = (weekday_number(named) - context.anchor.weekday()) % 7 or 7
        return day_period(shift_day(context.anchor + timedelta(ahead), match["u"], count))
    day = parse_date(named, context)
    return day_period(shift_day(day.first, match["u"], count)) if day and day.grain == "day" else None


def day_of_month(match: re.Match[str], context: TimeContext) -> Period | None:
    """On the 24th: of this month, or of the last or next month that has such a day."""
    day, now = day_number(match["d"]), context.anchor
    step = 1 if context.lean == "future" else -1
    for months in range(3):
        first = (now + relativedelta(months=step * months)).replace(day=1)
        found = first + timedelta(day - 1)
        if found.month == first.month and (found >= now if step > 0 else found <= now):
            return day_period(found)
    return None


def half_unit_ago(match: re.Match[str], context: TimeContext) -> Period | None:
    if match["u"].casefold() == "year":
        day = context.anchor - relativedelta(months=6)
        return month_period(day.year, day.month)
    return week_period(context.anchor - timedelta(14))


def years_and_a_half_ago(match: re.Match[str], context: TimeContext) -> Period | None:
    count, _ = parse_number(match["n"])
    day = context.anchor - relativedelta(months=12 * count + 6)
    return month_period(day.year, day.month)


def past_units(match: re.Match[str], context: TimeContext) -> Period | None:
    count, vague = parse_number(match["n"] or "one")
    return Period(
        shift_day(context.anchor, match["u"], -count),
        context.anchor + timedelta(1),
        "span",
        "vague" if vague else "relative",
    )


def counted_from_date(match: re.Match[str], context: TimeContext) -> Period | None:
    """Two weeks before 3 May, the Sunday after 25 May, the weekend of."""
    day = parse_date(match["date"], context)
    if day is None:
        return None
    return count_from(match, day)


def count_from(match: re.Match[str], day: Period) -> Period | None:
    unit, before = match["u"].casefold(), match["side"].casefold() in ("before", "prior to", "preceding")
    count = 1 if not match["n"] or match["n"].casefold() == "the" else parse_number(match["n"])[0]
    sign = -1 if before else 1
    if re.fullmatch(DAY_NAME, unit, re.IGNORECASE):
        if day.grain != "day":
            return None
        weekday = weekday_number(unit)
        away = (day.first.weekday() - weekday) % 7 or 7 if before else (weekday - day.first.weekday()) % 7 or 7
        return day_period(day.first + timedelta(sign * (away + 7 * (count - 1))))
    edge = day.first if before else day.stop - timedelta(1)
    if unit.startswith("weekend"):
        saturday = edge - timedelta((edge.weekday() - 5) % 7) if before else edge + timedelta((5 - edge.weekday()) % 7)
        if before and (edge - saturday).days < 2:
            saturday -= timedelta(7)
        if not before and saturday <= edge:
            saturday += timedelta(7)
        saturday += timedelta(7 * sign * (count - 1))
        return Period(saturday, saturday + timedelta(2), "weekend")
    return period_around(shift_day(edge, unit, sign * count), unit)


def vague_past(days: int) -> Callable[[re.Match[str], TimeContext], Period | None]:
    return lambda match, context: Period(
        context.anchor - timedelta(days), context.anchor + timedelta(1), "span", "vague"
    )


def part_of_running_unit(match: re.Match[str], context: TimeContext) -> Period | None:
    running = period_around(context.anchor, match["u"])
    if match["w"].casefold().startswith("later"):
        first = context.anchor + timedelta(1)
        return Period(first, running.stop, "span") if first < running.stop else None
    return Period(running.first, context.anchor + timedelta(1), "span")


def adjacent_holiday(match: re.Match[str], context: TimeContext) -> Period | None:
    name, which = match["h"], match["which"].casefold()
    now = context.anchor
    if which == "this":
        return day_period(holiday_date(name, now.year))
    days = [holiday_date(name, year) for year in range(now.year - 1, now.year + 2)]
    if which == "next":
        return day_period(min(day for day in days if day > now))
    return day_period(max(day for day in days if day < now))
