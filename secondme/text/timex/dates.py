"""Dates that are written out: a day and a month, perhaps with a year, or a holiday."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from secondme.text.timex.calendar import (
    Period,
    TimeContext,
    day_number,
    day_period,
    holiday_date,
    month_number,
    month_period,
    nearest_date,
    year_period,
)
from secondme.text.timex.names import ANY_MONTH, ANY_SHORT_WEEKDAY, ANY_WEEKDAY

MONTH = rf"(?:{ANY_MONTH})\b\.?"
DAY_NAME = rf"(?:{ANY_WEEKDAY}|{ANY_SHORT_WEEKDAY})\b\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d\b"
HOLIDAY = (
    r"(?:christmas(?:\s+(?:eve|day))?|new\s+year['’]?s(?:\s+(?:eve|day))?"
    r"|thanksgiving(?:\s+day)?|easter(?:\s+(?:sunday|monday))?"
    r"|good\s+friday|valentine['’]?s(?:\s+day)?|halloween|independence\s+day"
    r"|the\s+4th\s+of\s+july|st\.?\s+patrick['’]?s\s+day"
    r"|boxing\s+day|bonfire\s+night|guy\s+fawkes(?:\s+(?:night|day))?|hogmanay|burns\s+night"
    r"|(?:anzac|australia|waitangi|canada|bastille)\s+day"
    r"|mother['’]?s\s+day|father['’]?s\s+day|labou?r\s+day|memorial\s+day)"
)
DATE = (
    rf"(?:(?:the\s+)?{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?"
    rf"|{MONTH}\s+(?:the\s+)?{DAY}(?!\d|:)(?:,?\s+{YEAR})?"
    rf"|{MONTH},?\s+(?:of\s+)?{YEAR}"
    rf"|\d{{4}}-\d\d-\d\d"
    rf"|{YEAR}/\d\d?/\d\d?"
    rf"|\d{{1,2}}\.\d{{1,2}}\.{YEAR}"
    rf"|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)\b"
    rf"|{HOLIDAY}(?:,?\s+{YEAR})?"
    rf"|{YEAR}"
    rf"|{MONTH})"
)

_PARTS_OF_DATE = (
    re.compile(rf"(?i)(?:the\s+)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?$"),
    re.compile(rf"(?i)(?P<m>{MONTH})\s+(?:the\s+)?(?P<d>{DAY})(?:,?\s+(?P<y>{YEAR}))?$"),
    re.compile(rf"(?i)(?P<m>{MONTH}),?\s+(?:of\s+)?(?P<y>{YEAR})$"),
    re.compile(r"(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)$"),
    re.compile(rf"(?P<y>{YEAR})/(?P<n>\d\d?)/(?P<d>\d\d?)$"),
    re.compile(rf"(?P<d>\d{{1,2}})\.(?P<n>\d{{1,2}})\.(?P<y>{YEAR})$"),
    re.compile(r"(?P<n>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)$"),
    re.compile(rf"(?i)(?P<h>{HOLIDAY})(?:,?\s+(?P<y>{YEAR}))?$"),
    re.compile(rf"(?P<y>{YEAR})$"),
    re.compile(rf"(?i)(?P<m>{MONTH})$"),
)


def parse_date(text: str, context: TimeContext) -> Period | None:
    """What a date as `DATE` matches it means."""
    for pattern in _PARTS_OF_DATE:
        match = pattern.match(text.strip())
        if match is not None:
            return date_from_parts(match.groupdict(), context)
    return None


def date_from_parts(parts: Mapping[str, str | None], context: TimeContext) -> Period | None:
    """A date from its parts: y(ear), m(onth's name), n(umber of the month), d(ay), h(oliday)."""
    year = int(parts.get("y") or 0)
    if len(parts.get("y") or "") == 2:
        year += 2000 if year < 70 else 1900
    holiday, day_text = parts.get("h"), parts.get("d")
    if holiday:
        return day_period(
            holiday_date(holiday, year) if year else nearest_date(lambda y: holiday_date(holiday, y), context),
            "absolute",
        )
    month = month_number(parts["m"] or "") if parts.get("m") else int(parts.get("n") or 0)
    if not month and not parts.get("n"):
        return year_period(year, "absolute")
    if not day_text:
        return month_period(year or nearest_date(lambda y: date(y, month, 1), context).year, month, "absolute")
    day = day_number(day_text)
    return day_period(
        date(year, month, day) if year else nearest_date(lambda y: date(y, month, day), context), "absolute"
    )
