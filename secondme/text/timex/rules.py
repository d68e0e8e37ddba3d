"""The rules that turn a phrase into a period of the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from dateutil.relativedelta import relativedelta

from secondme.text.timex.calendar import (
    Period,
    TimeContext,
    day_number,
    day_period,
    holiday_date,
    month_number,
    month_period,
    nth_weekday,
    parse_number,
    period_around,
    season_period,
    shift_day,
    week_period,
    weekday_number,
    weekend_period,
)
from secondme.text.timex.dates import DATE, DAY, DAY_NAME, HOLIDAY, MONTH, YEAR, parse_date

_Rule: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str], TimeContext], "Period | None"], frozenset[str]]
_NUMBER = r"(?:\d{1,3}|a\s+couple(?:\s+of)?|couple(?:\s+of)?|a\s+few|few|several|some|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
UNIT = r"(?:days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|quarters?)"
DIGIT = "0"
"""Stands among the words of a text that has digits."""


def _rule(pattern: str, resolve: Callable[[re.Match[str], TimeContext], Period | None], needs: str) -> _Rule:
    """A rule that is tried on texts with any of the words that it `needs`."""
    return (
        re.compile(pattern.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE),
        resolve,
        frozenset(needs.split()),
    )


_BARE_MONTH = re.compile(rf"(?i){MONTH}")
_AMOUNT = re.compile(
    r"(?i)\s*(?:[%€£]|(?:people|persons|dollars|euros|pounds|bucks|m|metres|meters|km|miles|steps|words|calories|kcal|pieces"
    r"|pages|times|points|years|days|hours|minutes)\b)"
)
_NUMBERED = re.compile(r"(?i)(?:[$€£#]|\b(?:page|room|number|no\.?|chapter|version|flight|bus|line))\s*$")


def _plain_date(match: re.Match[str], context: TimeContext) -> Period | None:
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
    return parse_date(text, context)


def _dated(match: re.Match[str]) -> bool:
    """Whether what stands before a month's name makes a date of it."""
    return bool(
        re.search(
            r"(?i)\b(?:in|during|since|by|until|till|of|from|to|and|last|next|this|before|after)\s+$",
            match.string[: match.start()],
        )
    )


def _in_month(match: re.Match[str], context: TimeContext) -> Period | None:
    name = match["m"]
    if name.casefold() in ("may", "march", "mar") and not name[0].isupper():
        return None
    return parse_date(name, context)


def _part_of_period(match: re.Match[str], context: TimeContext) -> Period | None:
    """Early, mid, late; beginning, middle, end: thirds of a month, a year, a season."""
    whole = parse_date(match["date"], context)
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
    return Period(whole.first + timedelta(cuts[third]), whole.first + timedelta(cuts[third + 1]), "span", "absolute")


def _decade(match: re.Match[str], _: TimeContext) -> Period | None:
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
    return Period(date(year, 1, 1), date(year + 10, 1, 1), "span", "absolute")


def _season_of(match: re.Match[str], context: TimeContext) -> Period | None:
    name, which = match["s"].casefold(), (match["which"] or "").casefold()
    year = match["y"]
    if year:
        return season_period(name, int(year), "absolute")
    if not which:
        return None
    now = context.anchor
    around = [season_period(name, y) for y in range(now.year - 2, now.year + 2)]
    if which in ("last", "past", "previous"):
        return max((one for one in around if one.stop <= now), key=lambda one: one.first)
    if which in ("next", "coming"):
        return min((one for one in around if one.first > now), key=lambda one: one.first)
    running = [one for one in around if one.first <= now < one.stop]
    if running:
        return running[0]
    if which == "this":
        return season_period(name, now.year)
    if context.lean == "past":
        return max((one for one in around if one.first <= now), key=lambda one: one.first)
    return min((one for one in around if one.first > now), key=lambda one: one.first)


def _nth_of(match: re.Match[str], context: TimeContext) -> Period | None:
    whole = parse_date(match["date"], context)
    if whole is None or whole.grain != "month":
        return None
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[match["n"].casefold()]
    unit = match["u"].casefold()
    year, month = whole.first.year, whole.first.month
    if unit == "weekend":
        saturday = nth_weekday(year, month, 5, nth)
        return Period(saturday, saturday + timedelta(2), "weekend", "absolute")
    if unit == "week":
        first = whole.first if nth > 0 else whole.stop - timedelta(7)
        first += timedelta(7 * (nth - 1)) if nth > 0 else timedelta(0)
        return Period(first, min(first + timedelta(7), whole.stop), "week", "absolute")
    if unit == "day":
        return day_period(whole.first + timedelta(nth - 1) if nth > 0 else whole.stop - timedelta(1), "absolute")
    return day_period(nth_weekday(year, month, weekday_number(unit), nth), "absolute")


def _range(match: re.Match[str], context: TimeContext) -> Period | None:
    end = parse_date(match["b"], context)
    if end is None:
        return None
    first_text = match["a"].strip()
    if re.fullmatch(DAY, first_text, re.IGNORECASE):
        if end.grain != "day":
            return None
        first = end.first.replace(day=day_number(first_text))
        return Period(first, end.stop, "span", "absolute") if first <= end.first else None
    start = parse_date(first_text, TimeContext(end.first, "past", context.events))
    if start is None or start.first > end.first:
        return None
    return Period(start.first, end.stop, "span", "absolute")


def _days_of_month(match: re.Match[str], context: TimeContext) -> Period | None:
    year = f" {match['y']}" if match["y"] else ""
    last = parse_date(f"{match['b']} {match['m']}{year}", context)
    if last is None or last.grain != "day":
        return None
    first = last.first.replace(day=day_number(match["a"]))
    return Period(first, last.stop, "span", "absolute") if first <= last.first else None


def _quarter_of(match: re.Match[str], _: TimeContext) -> Period | None:
    first = date(int(match["y"]), 3 * int(match["q"]) - 2, 1)
    return Period(first, first + relativedelta(months=3), "quarter", "absolute")


def _iso_month(match: re.Match[str], _: TimeContext) -> Period | None:
    return month_period(int(match["y"]), int(match["m"]), "absolute")


def _week_of(match: re.Match[str], context: TimeContext) -> Period | None:
    day = parse_date(match["date"], context)
    return week_period(day.first) if day is not None and day.grain == "day" else None


# --- relative expressions ---------------------------------------------------------------------------------

_PARTS = {
    "morning": (6, 0, 360, 0), "afternoon": (12, 0, 360, 0), "evening": (18, 0, 300, 0), "night": (18, 0, 720, 0),
}  # fmt: skip


def _simple(days: int) -> Callable[[re.Match[str], TimeContext], Period | None]:
    return lambda match, context: day_period(context.anchor + timedelta(days))


def _part_of_day(match: re.Match[str], context: TimeContext) -> Period | None:
    day = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(match["d"].casefold(), 0)
    first = context.anchor + timedelta(day)
    return Period(first, first + timedelta(1), "part", "relative", _PARTS[match["p"].casefold()])


def _tonight(_: re.Match[str], context: TimeContext) -> Period | None:
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


def _clock(match: re.Match[str], context: TimeContext) -> Period | None:
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


def _which_unit(match: re.Match[str], context: TimeContext) -> Period | None:
    """Last week, this month, next year, the past weekend."""
    step = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(match["which"].casefold(), -1)
    unit = match["u"].casefold()
    if unit == "weekend" and step < 0:
        # On a Sunday the weekend that is running is not the last one.
        return weekend_period(context.anchor - timedelta(7))
    return period_around(shift_day(context.anchor, unit, step), unit)


_NO_DAY = re.compile(r"(?i)\b(?:every|each|any|most|black|cyber|palm|ash|holy|maundy|shrove|fat)\s+$")
"""Before a weekday's name: it recurs, or is a day of its own."""


def _which_weekday(match: re.Match[str], context: TimeContext) -> Period | None:
    weekday, which = weekday_number(match["d"]), (match["which"] or "").casefold()
    now = context.anchor
    if match["d"] in ("sat", "sun") or (not which and _NO_DAY.search(match.string[: match.start()])):
        return None
    if which == "this":
        return day_period(now + timedelta(weekday - now.weekday()))
    back = (now.weekday() - weekday) % 7 or 7
    if which in ("next", "coming") or (not which and context.lean == "future"):
        return day_period(now + timedelta((weekday - now.weekday()) % 7 or 7))
    return day_period(now - timedelta(back))


def _dated_weekday(match: re.Match[str], context: TimeContext) -> Period | None:
    """ "Friday, May 12": the date says which."""
    day = parse_date(match["date"], context)
    return day if day is not None and day.grain == "day" else None


def _part_of_weekday(match: re.Match[str], context: TimeContext) -> Period | None:
    day = _which_weekday(match, context)
    return Period(day.first, day.stop, "part", "relative", _PARTS[match["p"].casefold()]) if day else None


def _iso_moment(match: re.Match[str], context: TimeContext) -> Period | None:
    day = parse_date(match["date"], context)
    if day is None or match["zone"]:
        return day
    hour, minute = int(match["h"]), int(match["min"])
    return Period(day.first, day.stop, "hour", "absolute", (hour, minute, 60, 0)) if hour < 24 and minute < 60 else day


def _weekday_before_last(match: re.Match[str], context: TimeContext) -> Period | None:
    back = (context.anchor.weekday() - weekday_number(match["d"])) % 7 or 7
    return day_period(context.anchor - timedelta(back + 7))


def _unit_before_last(match: re.Match[str], context: TimeContext) -> Period | None:
    unit = match["u"]
    return period_around(shift_day(context.anchor, unit, -2), unit)


def _unit_after_next(match: re.Match[str], context: TimeContext) -> Period | None:
    unit = match["u"]
    return period_around(shift_day(context.anchor, unit, 2), unit)


def _which_month(match: re.Match[str], context: TimeContext) -> Period | None:
    number, which = month_number(match["m"]), match["which"].casefold()
    now = context.anchor
    if which == "this":
        return month_period(now.year, number)
    if which == "next":
        return month_period(now.year + (number <= now.month), number)
    return month_period(now.year - (number >= now.month), number)


def _ago(match: re.Match[str], context: TimeContext) -> Period | None:
    count, vague = parse_number(match["n"])
    span = period_around(shift_day(context.anchor, match["u"], -count), match["u"])
    if not vague:
        return span
    # A few is two to five.
    first = shift_day(context.anchor, match["u"], -count - 2)
    return Period(first, shift_day(context.anchor, match["u"], -count + 2), "span", "vague")


def _ahead(match: re.Match[str], context: TimeContext) -> Period | None:
    count, _ = parse_number(match["n"])
    return period_around(shift_day(context.anchor, match["u"], count), match["u"])


def _half_ago(match: re.Match[str], context: TimeContext) -> Period | None:
    if match["u"].casefold() == "year":
        day = context.anchor - relativedelta(months=6)
        return month_period(day.year, day.month)
    return week_period(context.anchor - timedelta(14))


def _and_a_half_ago(match: re.Match[str], context: TimeContext) -> Period | None:
    count, _ = parse_number(match["n"])
    day = context.anchor - relativedelta(months=12 * count + 6)
    return month_period(day.year, day.month)


def _past_units(match: re.Match[str], context: TimeContext) -> Period | None:
    count, vague = parse_number(match["n"] or "one")
    return Period(
        shift_day(context.anchor, match["u"], -count),
        context.anchor + timedelta(1),
        "span",
        "vague" if vague else "relative",
    )


def _from_date(match: re.Match[str], context: TimeContext) -> Period | None:
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


def _since(match: re.Match[str], context: TimeContext) -> Period | None:
    start = parse_date(match["date"], context)
    if start is None:
        return None
    stop = context.anchor + timedelta(1)
    return Period(start.first, stop, "span", "absolute") if start.first < stop else None


def _vague(days: int) -> Callable[[re.Match[str], TimeContext], Period | None]:
    return lambda match, context: Period(
        context.anchor - timedelta(days), context.anchor + timedelta(1), "span", "vague"
    )


def _within_running(match: re.Match[str], context: TimeContext) -> Period | None:
    running = period_around(context.anchor, match["u"])
    if match["w"].casefold().startswith("later"):
        first = context.anchor + timedelta(1)
        return Period(first, running.stop, "span") if first < running.stop else None
    return Period(running.first, context.anchor + timedelta(1), "span")


def _which_holiday(match: re.Match[str], context: TimeContext) -> Period | None:
    name, which = match["h"], match["which"].casefold()
    now = context.anchor
    if which == "this":
        return day_period(holiday_date(name, now.year))
    days = [holiday_date(name, year) for year in range(now.year - 1, now.year + 2)]
    if which == "next":
        return day_period(min(day for day in days if day > now))
    return day_period(max(day for day in days if day < now))


def _weekend_of(match: re.Match[str], context: TimeContext) -> Period | None:
    day = parse_date(match["date"], context)
    return weekend_period(day.first) if day is not None and day.grain == "day" else None


_MONTH_WORDS = "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
_HOLIDAY_WORDS = (
    "christmas year years thanksgiving easter friday valentine valentines halloween independence patrick patricks"
    " mother mothers father fathers labor labour memorial"
)
_DATE_WORDS = f"{DIGIT} {_MONTH_WORDS} {_HOLIDAY_WORDS}"
_DAY_WORDS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
_UNIT_WORDS = (
    "day days night nights week weeks weekend weekends fortnight fortnights month months year years decade decades"
    " quarter quarters"
)
_SEASON_WORDS = "spring summer autumn fall winter"
_PERIOD_WORDS = "week weekend month year quarter decade"

_WHICH = r"(?P<which>last|past|previous|this|current|next|coming|following)"
COUNT = rf"(?P<n>{_NUMBER}|the)"

RULES: tuple[_Rule, ...] = (
    _rule(rf"\b{DATE}(?!\w|-\d)", _plain_date, _DATE_WORDS),
    _rule(r"(?<!\w)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", _iso_month, DIGIT),
    _rule(
        rf"\b(?:in|during|throughout|of|by|until|till|around) (?P<m>{MONTH})(?! (?:the )?\d)", _in_month, _MONTH_WORDS
    ),
    _rule(
        rf"\b(?:the )?(?P<part>early|mid|late|beginning of|start of|middle of|end of)[ -](?:in )?(?P<date>{MONTH}(?:,? {YEAR})?|{YEAR})",
        _part_of_period,
        "early mid late beginning start middle end",
    ),
    _rule(r"\b(?:the )?(?:early |mid[- ]?|late )?(?P<n>(?:19|20)\d0|[2-9]0)['’]?s\b", _decade, DIGIT),
    _rule(
        rf"\b(?:(?P<which>last|past|previous|this|next|coming|in|during|over)(?: the)? )?(?P<s>spring|summer|autumn|fall|winter)\b(?:,? (?:of )?(?P<y>{YEAR}))?",
        _season_of,
        _SEASON_WORDS,
    ),
    _rule(
        rf"\b(?:the )?(?P<n>first|second|third|fourth|last) (?P<u>{DAY_NAME}|weekend|week|day) (?:of|in) (?P<date>{MONTH}(?:,? {YEAR})?)",
        _nth_of,
        "first second third fourth last",
    ),
    _rule(
        rf"\b(?:between|from) (?P<a>{DAY}|{DATE}) (?:and|to|until|till|through) (?P<b>{DATE})",
        _range,
        "between from",
    ),
    _rule(
        rf"\b(?P<a>{DAY}) ?(?:-|–|to|and) ?(?P<b>{DAY}) (?:of )?(?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
        _days_of_month,
        DIGIT,
    ),
    _rule(
        rf"\b(?P<m>{MONTH}) (?P<a>{DAY}) ?(?:-|–|to) ?(?P<b>{DAY})(?!\d)(?:,? (?P<y>{YEAR}))?",
        _days_of_month,
        DIGIT,
    ),
    _rule(r"\bq(?P<q>[1-4]) (?:of )?(?P<y>(?:19|20)\d\d)\b", _quarter_of, DIGIT),
    _rule(rf"\b(?:the )?week of (?P<date>{DATE})", _week_of, "week"),
    _rule(rf"\b(?:the )?weekend of (?P<date>{DATE})", _weekend_of, "weekend"),
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
        rf"\b(?P<day>yesterday|today|tomorrow|{DATE})(?:,)? at (?P<h>\d{{1,2}})(?::(?P<min>\d\d))?(?: ?(?P<half>[ap]\.?m\b))?",
        _clock,
        DIGIT,
    ),
    _rule(
        r"\bat (?P<h>\d{1,2})(?::(?P<min>\d\d))?(?: ?(?P<half>[ap]\.?m\b))? (?P<day>yesterday|today|tomorrow)\b",
        _clock,
        DIGIT,
    ),
    _rule(rf"\b(?:the |this )?{_WHICH} (?P<u>week|weekend|month|year|quarter|decade)\b", _which_unit, _PERIOD_WORDS),
    _rule(rf"\b(?:on )?{_WHICH} (?P<d>{DAY_NAME})", _which_weekday, _DAY_WORDS),
    _rule(
        r"\b(?:on )?(?P<which>)(?P<d>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
        _which_weekday,
        _DAY_WORDS,
    ),
    _rule(r"\bon (?P<which>)(?P<d>mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?", _which_weekday, _DAY_WORDS),
    _rule(rf"\b(?:the )?(?P<d>{DAY_NAME}) before last\b(?! \w+day\b)", _weekday_before_last, _DAY_WORDS),
    _rule(
        rf"\b(?:the )?(?P<u>week|weekend|month|year) before last\b(?! (?:{DAY_NAME}|{MONTH}|{HOLIDAY}|week|weekend|month|year|night|spring|summer|autumn|fall|winter))",
        _unit_before_last,
        _PERIOD_WORDS,
    ),
    _rule(r"\b(?:the )?(?P<u>week|weekend|month|year) after next\b", _unit_after_next, _PERIOD_WORDS),
    _rule(rf"\b(?P<which>last|this|next|past) (?P<m>{MONTH})(?! \d)", _which_month, _MONTH_WORDS),
    _rule(
        rf"\b(?:about |around |almost |over |roughly )?(?P<n>{_NUMBER}) (?P<u>{UNIT}) (?:ago|back|earlier)\b",
        _ago,
        "ago back earlier",
    ),
    _rule(rf"\bin (?P<n>{_NUMBER}) (?P<u>{UNIT})(?:['’] time)?\b", _ahead, _UNIT_WORDS),
    _rule(rf"\b(?P<n>{_NUMBER}) (?P<u>{UNIT}) from (?:now|today)\b", _ahead, _UNIT_WORDS),
    _rule(r"\bhalf an? (?P<u>year|month) ago\b", _half_ago, "ago"),
    _rule(rf"\b(?P<n>{_NUMBER}) (?:years? and a half|and a half years) ago\b", _and_a_half_ago, "ago"),
    _rule(
        rf"\b(?:for |over |in |during |within )?the (?:past|last) (?P<n>{_NUMBER}) (?P<u>{UNIT})\b",
        _past_units,
        "past last",
    ),
    _rule(
        r"\b(?:for|over|in|during|within) the (?:past|last) (?P<n>)(?P<u>week|month|year|decade)\b",
        _past_units,
        "past last",
    ),
    _rule(
        rf"\b{COUNT} (?P<u>{UNIT}|{DAY_NAME}s?) (?P<side>before|after|prior to|following|preceding) (?P<date>{DATE})",
        _from_date,
        "before after prior following preceding",
    ),
    _rule(rf"\bsince (?P<date>{DATE})", _since, "since"),
    _rule(r"\b(?:recently|lately|these days|of late)\b", _vague(30), "recently lately days late"),
    _rule(r"\bthe other (?:day|night|evening)\b", _vague(7), "other"),
    _rule(r"\b(?:the other week)\b", _vague(21), "other"),
    _rule(r"\b(?P<w>earlier|later) (?:this|in the) (?P<u>week|month|year)\b", _within_running, "earlier later"),
    _rule(rf"\b(?P<which>last|this|next) (?P<h>{HOLIDAY})", _which_holiday, _HOLIDAY_WORDS),
    _rule(rf"\b(?:on )?{DAY_NAME},? (?:on )?(?P<date>{DATE})(?!\w|-\d)", _dated_weekday, _DAY_WORDS),
    _rule(
        rf"\b(?:on )?(?:{_WHICH} )?(?P<d>monday|tuesday|wednesday|thursday|friday|saturday|sunday) (?P<p>morning|afternoon|evening|night)\b",
        _part_of_weekday,
        "morning afternoon evening night",
    ),
    _rule(
        r"\b(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?:t|\s)(?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?(?P<zone>z|[+-]\d\d:?\d\d)?(?!\w)",
        _iso_moment,
        DIGIT,
    ),
)

COUNTED = re.compile(
    rf"(?i)\b{COUNT}\s+(?P<u>{UNIT}|{DAY_NAME}s?)\s+(?P<side>before|after|prior\s+to|following|preceding)\s+(?:the\s+)?$"
)
