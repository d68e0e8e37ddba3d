"""Periods of the calendar: days, weeks, months, seasons, holidays; and counting from one to another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from secondme.text.timex.names import SHORT_MONTHS, SHORT_WEEKDAYS

Grain: TypeAlias = Literal[
    "century", "year", "season", "quarter", "month", "week", "weekend", "day", "part", "hour", "span"
]
Kind: TypeAlias = Literal["absolute", "relative", "vague"]
Lean: TypeAlias = Literal["past", "future"]


@dataclass(frozen=True)
class Period:
    """The days [first, stop), or `hours` of one day: (hour, minute, length in minutes, 0)."""

    first: date
    stop: date
    grain: Grain
    kind: Kind = "relative"
    hours: tuple[int, int, int, int] | None = None


@dataclass(frozen=True)
class TimeContext:
    """What a phrase is read against: the day it was written, the direction it leans, and days with a name."""

    anchor: date
    lean: Lean
    events: Mapping[str, date]


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2,
    "a few": 3, "few": 3, "several": 4, "some": 3,
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def day_period(day: date, kind: Kind = "relative") -> Period:
    return Period(day, day + timedelta(1), "day", kind)


def week_period(day: date) -> Period:
    monday = day - timedelta(day.weekday())
    return Period(monday, monday + timedelta(7), "week")


def weekend_period(day: date) -> Period:
    """Saturday and Sunday of the week that holds the day."""
    saturday = day - timedelta(day.weekday()) + timedelta(5)
    return Period(saturday, saturday + timedelta(2), "weekend")


def month_period(year: int, month: int, kind: Kind = "relative") -> Period:
    first = date(year, month, 1)
    return Period(first, first + relativedelta(months=1), "month", kind)


def year_period(year: int, kind: Kind = "relative") -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1), "year", kind)


def season_period(name: str, year: int, kind: Kind = "relative") -> Period:
    """A winter has the year of its December."""
    first = date(year, _SEASONS[name], 1)
    return Period(first, first + relativedelta(months=3), "season", kind)


def quarter_period(day: date) -> Period:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(first, first + relativedelta(months=3), "quarter")


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday of a month; -1 is the last."""
    if nth < 0:
        last: date = date(year, month, 1) + relativedelta(months=1) - timedelta(1)
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if day.month != month:
        raise ValueError("there is no such weekday in the month")
    return day


def holiday_date(name: str, year: int) -> date:
    name = re.sub(r"[’']", "", name.casefold())
    name = re.sub(r"\s+", " ", name)
    fixed = {
        "christmas eve": (12, 24), "christmas": (12, 25), "new years eve": (12, 31), "new years": (1, 1),
        "valentines": (2, 14), "halloween": (10, 31), "independence": (7, 4), "the 4th of july": (7, 4),
        "st patricks": (3, 17), "st. patricks": (3, 17), "boxing day": (12, 26), "bonfire night": (11, 5),
        "guy fawkes": (11, 5), "hogmanay": (12, 31), "burns night": (1, 25), "anzac day": (4, 25),
        "australia day": (1, 26), "waitangi day": (2, 6), "canada day": (7, 1), "bastille day": (7, 14),
    }  # fmt: skip
    for beginning, (month, day) in fixed.items():
        if name.startswith(beginning):
            return date(year, month, day)
    if name.startswith("thanksgiving"):
        return nth_weekday(year, 11, 3, 4)
    if name.startswith("mothers"):
        return nth_weekday(year, 5, 6, 2)
    if name.startswith("fathers"):
        return nth_weekday(year, 6, 6, 3)
    if name.startswith("labo"):
        return nth_weekday(year, 9, 0, 1)
    if name.startswith("memorial"):
        return nth_weekday(year, 5, 0, -1)
    offset = -2 if name.startswith("good") else 1 if name.endswith("monday") else 0
    sunday: date = easter(year)
    return sunday + timedelta(offset)


def nearest_date(of_year: Callable[[int], date], context: TimeContext) -> date:
    """The occurrence of a yearly day nearest to the anchor: the last up to it, or the next from it, as `lean` says."""
    # 29 February comes every fourth year, and around some turns of a century only after eight.
    years = range(max(context.anchor.year - 8, 1), min(context.anchor.year + 9, 9999))
    days = [of_year(year) for year in years if date_exists(of_year, year)]
    if context.lean == "past":
        return max(day for day in days if day <= context.anchor)
    return min(day for day in days if day >= context.anchor)


def date_exists(of_year: Callable[[int], date], year: int) -> bool:
    try:
        of_year(year)
    except ValueError:
        return False
    return True


def month_number(name: str) -> int:
    return SHORT_MONTHS.index(name.strip(". ").casefold()[:3]) + 1


def weekday_number(name: str) -> int:
    return SHORT_WEEKDAYS.index(name.strip(". ").casefold()[:3])


def day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    assert digits is not None
    return int(digits.group())


def parse_number(text: str) -> tuple[int, bool]:
    """(number, whether it is vague) of a numeral or a number word."""
    text = " ".join(text.casefold().split())
    if text.isdigit():
        return int(text), False
    return _NUMBERS[text], text in ("a few", "few", "several", "some")


def shift_day(day: date, unit: str, count: int) -> date:
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


def period_around(day: date, unit: str) -> Period:
    """The day, week, weekend, month or year that holds a day, after a unit's name."""
    unit = unit.casefold().rstrip("s")
    if unit in ("day", "night"):
        return day_period(day)
    if unit in ("week", "fortnight"):
        return week_period(day)
    if unit == "weekend":
        return weekend_period(day)
    if unit == "month":
        return month_period(day.year, day.month)
    if unit == "quarter":
        return quarter_period(day)
    if unit == "decade":
        return Period(date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 10, 1, 1), "span")
    return year_period(day.year)
