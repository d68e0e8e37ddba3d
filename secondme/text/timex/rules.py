"""The rules: which phrases are time expressions, and which function finds the period that each means.

To add a rule, add an entry to `RULES`: a pattern, a function in `absolute` or `relative` that resolves a match to a
Period (or None when the phrase is no date), and the words of which a text needs at least one for the rule to be tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from secondme.text.timex import absolute, relative
from secondme.text.timex.calendar import (
    Period,
    TimeContext,
)
from secondme.text.timex.dates import DATE, DAY, DAY_NAME, HOLIDAY, MONTH, YEAR
from secondme.text.timex.names import ANY_MONTH, ANY_SHORT_WEEKDAY, ANY_WEEKDAY, SHORT_WEEKDAYS, WEEKDAYS

_Rule: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str], TimeContext], "Period | None"], frozenset[str]]

_NUMBER = (
    r"(?:\d{1,3}|a\s+couple(?:\s+of)?|couple(?:\s+of)?|a\s+few|few|several|some|an?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)

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


_MONTH_WORDS = ANY_MONTH.replace("|", " ")

_HOLIDAY_WORDS = (
    "christmas year years thanksgiving easter friday valentine valentines halloween independence patrick patricks"
    " mother mothers father fathers labor labour memorial boxing bonfire fawkes hogmanay burns anzac australia waitangi"
    " canada bastille"
)

_DATE_WORDS = f"{DIGIT} {_MONTH_WORDS} {_HOLIDAY_WORDS}"

_DAY_WORDS = " ".join([*WEEKDAYS, *SHORT_WEEKDAYS, "tues", "thur", "thurs"])

_UNIT_WORDS = (
    "day days night nights week weeks weekend weekends fortnight fortnights month months year years decade decades"
    " quarter quarters"
)

_SEASON_WORDS = "spring summer autumn fall winter"

_PERIOD_WORDS = "week weekend month year quarter decade"

_WHICH = r"(?P<which>last|past|previous|this|current|next|coming|following)"

COUNT = rf"(?P<n>{_NUMBER}|the)"

_AFTER_DAY = (
    r"\s+(?:at|with|in|from|for|but|so|then|because|we|i|he|she|they|it|instead|if|when|as|or|now|not|this|next"
    r"|before|after|until|till|by|unless|please|actually|latest|already|again|too)\b"
)
"""What follows "the 24th" where it is a day: no noun."""

RULES: tuple[_Rule, ...] = (
    _rule(rf"\b{DATE}(?!\w|-\d)", absolute.plain_date, _DATE_WORDS),
    _rule(r"(?<!\w)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\d-])", absolute.iso_month, DIGIT),
    _rule(
        r"\b(?:in|during|throughout|of|by|until|till|around|from|starting|beginning)"
        rf" (?P<m>{MONTH})(?! (?:the )?\d)",
        absolute.named_month,
        _MONTH_WORDS,
    ),
    _rule(
        r"\b(?:the )?(?P<part>early|mid|late|beginning of|start of|middle of|end of)[ -](?:in )?"
        rf"(?P<date>{MONTH}(?:,? {YEAR})?|{YEAR})",
        absolute.third_of_period,
        "early mid late beginning start middle end",
    ),
    _rule(r"\b(?:the )?(?:early |mid[- ]?|late )?(?P<n>(?:19|20)\d0|[2-9]0)['’]?s\b", absolute.decade, DIGIT),
    _rule(
        r"\b(?:(?P<which>last|past|previous|this|next|coming|in|during|over)(?: the)? )?"
        rf"(?P<s>{_SEASON_WORDS.replace(' ', '|')})\b(?:,? (?:of )?(?P<y>{YEAR}))?",
        absolute.season,
        _SEASON_WORDS,
    ),
    _rule(
        rf"\b(?:the )?(?P<n>first|second|third|fourth|last) (?P<u>{DAY_NAME}|weekend|week|day) (?:of|in) "
        rf"(?P<date>{MONTH}(?:,? {YEAR})?)",
        absolute.nth_in_month,
        "first second third fourth last",
    ),
    _rule(
        rf"\b(?:between|from) (?P<a>{DAY}|{DATE}) (?:and|to|until|till|through) (?P<b>{DATE})",
        absolute.date_range,
        "between from",
    ),
    _rule(
        rf"\b(?P<a>{DAY}) ?(?:-|–|to|and) ?(?P<b>{DAY}) (?:of )?(?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
        absolute.days_of_month,
        DIGIT,
    ),
    _rule(
        rf"\b(?P<m>{MONTH}) (?P<a>{DAY}) ?(?:-|–|to) ?(?P<b>{DAY})(?!\d)(?:,? (?P<y>{YEAR}))?",
        absolute.days_of_month,
        DIGIT,
    ),
    _rule(r"\bq(?P<q>[1-4]) (?:of )?(?P<y>(?:19|20)\d\d)\b", absolute.quarter_of_year, DIGIT),
    _rule(rf"\b(?:the )?week of (?P<date>{DATE})", absolute.week_of_date, "week"),
    _rule(rf"\b(?:the )?weekend of (?P<date>{DATE})", absolute.weekend_of_date, "weekend"),
    _rule(r"\btoday\b", relative.days_away(0), "today"),
    _rule(r"\byesterday\b", relative.days_away(-1), "yesterday"),
    _rule(r"\btomorrow\b", relative.days_away(1), "tomorrow"),
    _rule(r"\b(?:the )?day before yesterday\b", relative.days_away(-2), "yesterday"),
    _rule(r"\b(?:the )?day after tomorrow\b", relative.days_away(2), "tomorrow"),
    _rule(r"\btonight\b", relative.tonight, "tonight"),
    _rule(
        r"\b(?P<d>this|yesterday|tomorrow) (?P<p>morning|afternoon|evening|night)\b",
        relative.part_of_day,
        "morning afternoon evening night",
    ),
    _rule(r"\b(?P<d>last) (?P<p>night|evening)\b", relative.part_of_day, "morning afternoon evening night"),
    _rule(
        rf"\b(?P<day>yesterday|today|tomorrow|{DATE})(?:,)? at "
        r"(?P<h>\d{1,2})(?::(?P<min>\d\d))?(?: ?(?P<half>[ap]\.?m\b))?",
        relative.clock_time,
        DIGIT,
    ),
    _rule(
        r"\bat (?P<h>\d{1,2})(?::(?P<min>\d\d))?(?: ?(?P<half>[ap]\.?m\b))? (?P<day>yesterday|today|tomorrow)\b",
        relative.clock_time,
        DIGIT,
    ),
    _rule(
        rf"\b(?:the |this )?{_WHICH} (?P<u>week|weekend|month|year|quarter|decade)\b",
        relative.adjacent_unit,
        _PERIOD_WORDS,
    ),
    _rule(rf"\b(?:on )?{_WHICH} (?P<d>{DAY_NAME})", relative.adjacent_weekday, _DAY_WORDS),
    _rule(
        rf"\b(?:on )?(?P<which>)(?P<d>{ANY_WEEKDAY})\b",
        relative.adjacent_weekday,
        _DAY_WORDS,
    ),
    _rule(rf"\bon (?P<which>)(?P<d>{ANY_SHORT_WEEKDAY}|sun)\b\.?", relative.adjacent_weekday, _DAY_WORDS),
    _rule(rf"\b(?:the )?(?P<d>{DAY_NAME}) before last\b(?! \w+day\b)", relative.weekday_before_last, _DAY_WORDS),
    _rule(
        r"\b(?:the )?(?P<u>week|weekend|month|year) before last\b"
        rf"(?! (?:{DAY_NAME}|{MONTH}|{HOLIDAY}|week|weekend|month|year|night|{_SEASON_WORDS.replace(' ', '|')}))",
        relative.unit_before_last,
        _PERIOD_WORDS,
    ),
    _rule(r"\b(?:the )?(?P<u>week|weekend|month|year) after next\b", relative.unit_after_next, _PERIOD_WORDS),
    _rule(rf"\b(?P<which>last|this|next|past) (?P<m>{MONTH})(?! \d)", relative.adjacent_month, _MONTH_WORDS),
    _rule(
        rf"\b(?:exactly )?(?P<n>{_NUMBER}) (?P<u>weeks?|months?|years?) ago (?:today|to the day)\b",
        relative.units_ago_to_the_day,
        "ago",
    ),
    _rule(
        rf"\b(?:about |around |almost |over |roughly )?(?P<n>{_NUMBER}) (?P<u>{UNIT}) (?:ago|back|earlier)\b",
        relative.units_ago,
        "ago back earlier",
    ),
    _rule(rf"\bin (?P<n>{_NUMBER}) (?P<u>{UNIT})(?:['’] time)?\b", relative.units_ahead, _UNIT_WORDS),
    _rule(rf"\b(?P<n>{_NUMBER}) (?P<u>{UNIT}) from (?:now|today)\b", relative.units_ahead, _UNIT_WORDS),
    _rule(
        rf"\b(?P<n>{_NUMBER}) (?P<u>{UNIT}) from (?:the )?(?P<day>tomorrow|{DAY_NAME}|{DATE})(?!\w|-\d)",
        relative.units_from_day,
        _UNIT_WORDS,
    ),
    _rule(
        rf"\b(?P<n>{_NUMBER}) (?P<u>weeks?|fortnights?) on (?P<day>{DAY_NAME})", relative.units_from_day, _UNIT_WORDS
    ),
    _rule(
        rf"\b(?P<n>{_NUMBER}) (?P<u>weeks?|fortnights?) (?P<day>today|tomorrow)\b", relative.units_from_day, _UNIT_WORDS
    ),
    _rule(
        rf"\b(?:on )?(?P<day>{ANY_WEEKDAY}|tomorrow|today) (?P<n>)(?P<u>week|fortnight)\b",
        relative.units_from_day,
        "week fortnight",
    ),
    _rule(
        r"\b(?:on|by|till|until|before|from|since|for|it['’]s|now|latest|to) the "
        r"(?P<d>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th))"
        rf"(?=\W*$|[,.;:!?)–—]|{_AFTER_DAY})",
        relative.day_of_month,
        DIGIT,
    ),
    _rule(r"\bhalf an? (?P<u>year|month) ago\b", relative.half_unit_ago, "ago"),
    _rule(rf"\b(?P<n>{_NUMBER}) (?:years? and a half|and a half years) ago\b", relative.years_and_a_half_ago, "ago"),
    _rule(
        rf"\b(?:for |over |in |during |within )?the (?:past|last) (?P<n>{_NUMBER}) (?P<u>{UNIT})\b",
        relative.past_units,
        "past last",
    ),
    _rule(
        r"\b(?:for|over|in|during|within) the (?:past|last) (?P<n>)(?P<u>week|month|year|decade)\b",
        relative.past_units,
        "past last",
    ),
    _rule(
        rf"\b{COUNT} (?P<u>{UNIT}|{DAY_NAME}s?) (?P<side>before|after|prior to|following|preceding) (?P<date>{DATE})",
        relative.counted_from_date,
        "before after prior following preceding",
    ),
    _rule(rf"\bsince (?P<date>{DATE})", absolute.since_date, "since"),
    _rule(r"\b(?:recently|lately|these days|of late)\b", relative.vague_past(30), "recently lately days late"),
    _rule(r"\bthe other (?:day|night|evening)\b", relative.vague_past(7), "other"),
    _rule(r"\b(?:the other week)\b", relative.vague_past(21), "other"),
    _rule(
        r"\b(?P<w>earlier|later) (?:this|in the) (?P<u>week|month|year)\b",
        relative.part_of_running_unit,
        "earlier later",
    ),
    _rule(rf"\b(?P<which>last|this|next) (?P<h>{HOLIDAY})", relative.adjacent_holiday, _HOLIDAY_WORDS),
    _rule(rf"\b(?:on )?{DAY_NAME},? (?:on )?(?P<date>{DATE})(?!\w|-\d)", absolute.dated_weekday, _DAY_WORDS),
    _rule(
        rf"\b(?:on )?(?:{_WHICH} )?(?P<d>{ANY_WEEKDAY}) (?P<p>morning|afternoon|evening|night)\b",
        relative.part_of_weekday,
        "morning afternoon evening night",
    ),
    _rule(
        r"\b(?P<date>(?:19|20)\d\d-\d\d-\d\d)(?:t|\s)(?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?"
        r"(?P<zone>z|[+-]\d\d:?\d\d)?(?!\w)",
        absolute.iso_moment,
        DIGIT,
    ),
)

COUNTED = re.compile(
    rf"(?i)\b{COUNT}\s+(?P<u>{UNIT}|{DAY_NAME}s?)\s+(?P<side>before|after|prior\s+to|following|preceding)\s+(?:the\s+)?$"
)
