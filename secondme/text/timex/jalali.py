"""Dates of the Solar Hijri calendar, in which Persian is written, as days of the Gregorian one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from secondme.text.timex.calendar import Period, TimeContext, day_period, nearest_date

MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
JALALI = re.compile(
    rf"(?<!\w)(?P<d>3[01]|[12]\d|0?[1-9]) (?P<m>{MONTHS})(?: ?ماه)?(?:,? (?:سال )?(?P<y>1[34]\d\d))?(?![\w\u200c])"
    rf"|(?<!\w)(?P<m2>{MONTHS})(?: ?ماه)? (?:سال )?(?P<y2>1[34]\d\d)(?!\w)"
    r"|(?<![\w/])(?P<y3>1[34]\d\d)/(?P<m3>1[0-2]|0?[1-9])/(?P<d3>3[01]|[12]\d|0?[1-9])(?![\w/])"
)
"""A day with its month, a month with its year, a day in digits: "12 خرداد 1403", "خرداد 1403", "1403/03/12"."""
_NUMBERS = {name: number for number, name in enumerate(MONTHS.split("|"), 1)}


def gregorian(year: int, month: int, day: int) -> date:
    """A day of the Solar Hijri calendar, counted by its cycle of 33 years with 8 leap years (right from 1244 to 1531).

    Raises ValueError where there is no such day.
    """
    length = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if not 1 <= day <= length:
        raise ValueError(f"{year}-{month} has no day {day}")
    past = year - 1403  # 1 Farvardin 1403 was 20 March 2024
    leaps = sum(_is_leap(one) for one in range(min(year, 1403), max(year, 1403)))
    first = date(2024, 3, 20) + timedelta(365 * past + (leaps if past > 0 else -leaps))
    return first + timedelta(31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def jalali_period(match: re.Match[str], context: TimeContext) -> Period | None:
    """What a match of `JALALI` means; None where there is no such day."""
    try:
        if match["m2"]:
            month, year = _NUMBERS[match["m2"]], int(match["y2"])
            after = gregorian(year + 1, 1, 1) if month == 12 else gregorian(year, month + 1, 1)
            return Period(gregorian(year, month, 1), after, "month", "absolute")
        if match["y3"]:
            return day_period(gregorian(int(match["y3"]), int(match["m3"]), int(match["d3"])), "absolute")
        month, day = _NUMBERS[match["m"]], int(match["d"])
        if match["y"]:
            return day_period(gregorian(int(match["y"]), month, day), "absolute")
        return day_period(nearest_date(lambda year: gregorian(year - 621, month, day), context))
    except (ValueError, OverflowError):
        return None


def _is_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
