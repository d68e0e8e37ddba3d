"""Periods of phrases that name a date: "early May 2023", "from 3 to 5 June", "the second Sunday of May".

Each function resolves a match of its rule (in `rules`) to a Period, or to None when the phrase is no date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from secondme.text.timex.calendar import (
    Period,
    TimeContext,
    day_number,
    day_period,
    month_period,
    nth_weekday,
    season_period,
    week_period,
    weekday_number,
    weekend_period,
)
from secondme.text.timex.dates import DAY, MONTH, parse_date

_BARE_MONTH = re.compile(rf"(?i){MONTH}")


_AMOUNT = re.compile(
    r"(?i)\s*(?:[%€£]|(?:people|persons|dollars|euros|pounds|bucks|m|metres|meters|km|miles|steps|words|calories|kcal|pieces"
    r"|pages|times|points|years|days|hours|minutes)\b)"
)


_NUMBERED = re.compile(r"(?i)(?:[$€£#]|\b(?:page|room|number|no\.?|chapter|version|flight|bus|line))\s*$")


def plain_date(match: re.Match[str], context: TimeContext) -> Period | None:
    text = match.group()
    if text.isdigit() and (_AMOUNT.match(match.string, match.end()) or _NUMBERED.search(match.string[: match.start()])):
        return None
    bare = _BARE_MONTH.fullmatch(text)
    if bare:
        # Without anything around it, only a name that is no other word, written as a name, is a month.
        if not text[0].isupper() or text.casefold() in ("may", "march", "mar", "jan", "jun", "dec") or len(text) < 4:
            return None
        if text.casefold() in ("april", "june", "august") and not _follows_date_word(match):
            return None
    return parse_date(text, context)


def _follows_date_word(match: re.Match[str]) -> bool:
    """Whether what stands before a month's name makes a date of it."""
    return bool(
        re.search(
            r"(?i)\b(?:in|during|since|by|until|till|of|from|to|and|last|next|this|before|after)\s+$",
            match.string[: match.start()],
        )
    )


def named_month(match: re.Match[str], context: TimeContext) -> Period | None:
    name = match["m"]
    if name.casefold() in ("may", "march", "mar") and not name[0].isupper():
        return None
    return parse_date(name, context)


def third_of_period(match: re.Match[str], context: TimeContext) -> Period | None:
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


def decade(match: re.Match[str], _: TimeContext) -> Period | None:
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


def season(match: re.Match[str], context: TimeContext) -> Period | None:
    name, which = match["s"].casefold(), (match["which"] or "").casefold()
    year = match["y"]
    if year:
        return season_period(name, int(year), "absolute")
    if not which:
        return None
    now = context.anchor
    around = [season_period(name, y) for y in range(now.year - 2, now.year + 2)]
    if which in ("last", "past", "previous"):
        return max((candidate for candidate in around if candidate.stop <= now), key=lambda candidate: candidate.first)
    if which in ("next", "coming"):
        return min((candidate for candidate in around if candidate.first > now), key=lambda candidate: candidate.first)
    running = [candidate for candidate in around if candidate.first <= now < candidate.stop]
    if running:
        return running[0]
    if which == "this":
        return season_period(name, now.year)
    if context.lean == "past":
        return max((candidate for candidate in around if candidate.first <= now), key=lambda candidate: candidate.first)
    return min((candidate for candidate in around if candidate.first > now), key=lambda candidate: candidate.first)


def nth_in_month(match: re.Match[str], context: TimeContext) -> Period | None:
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


def date_range(match: re.Match[str], context: TimeContext) -> Period | None:
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


def days_of_month(match: re.Match[str], context: TimeContext) -> Period | None:
    year = f" {match['y']}" if match["y"] else ""
    last = parse_date(f"{match['b']} {match['m']}{year}", context)
    if last is None or last.grain != "day":
        return None
    first = last.first.replace(day=day_number(match["a"]))
    return Period(first, last.stop, "span", "absolute") if first <= last.first else None


def quarter_of_year(match: re.Match[str], _: TimeContext) -> Period | None:
    first = date(int(match["y"]), 3 * int(match["q"]) - 2, 1)
    return Period(first, first + relativedelta(months=3), "quarter", "absolute")


def iso_month(match: re.Match[str], _: TimeContext) -> Period | None:
    return month_period(int(match["y"]), int(match["m"]), "absolute")


def week_of_date(match: re.Match[str], context: TimeContext) -> Period | None:
    day = parse_date(match["date"], context)
    return week_period(day.first) if day is not None and day.grain == "day" else None


def dated_weekday(match: re.Match[str], context: TimeContext) -> Period | None:
    """ "Friday, May 12": the date says which."""
    day = parse_date(match["date"], context)
    return day if day is not None and day.grain == "day" else None


def iso_moment(match: re.Match[str], context: TimeContext) -> Period | None:
    day = parse_date(match["date"], context)
    if day is None or match["zone"]:
        return day
    hour, minute = int(match["h"]), int(match["min"])
    return Period(day.first, day.stop, "hour", "absolute", (hour, minute, 60, 0)) if hour < 24 and minute < 60 else day


def since_date(match: re.Match[str], context: TimeContext) -> Period | None:
    start = parse_date(match["date"], context)
    if start is None:
        return None
    stop = context.anchor + timedelta(1)
    return Period(start.first, stop, "span", "absolute") if start.first < stop else None


def weekend_of_date(match: re.Match[str], context: TimeContext) -> Period | None:
    day = parse_date(match["date"], context)
    return weekend_period(day.first) if day is not None and day.grain == "day" else None
