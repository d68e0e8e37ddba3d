"""What comes again on days of the week, where a sentence tells of several things ("bins Thursdays, paper Friday")."""

from __future__ import annotations

import re

from secondme.text.clean import join_words
from secondme.text.sentences import stem_set
from secondme.text.timex.expressions import named_times
from secondme.text.timex.names import WEEKDAYS

_DAY = "|".join(WEEKDAYS)
_EACH_WEEK = re.compile(
    rf"(?i)\b(?:(?:{_DAY})s|(?:every|each) (?:{_DAY})|(?:bins?|rubbish|recycling|market|wash(?:ing)?|pay|shopping"
    rf"|cleaning|practice|training|delivery) ?days? (?:is|are) (?:now |always )?(?:on )?(?:{_DAY}))\b"
)
_EACH_MONTH = re.compile(
    rf"(?i)\b(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:{_DAY}) (?:of|in) (?:the|every|each) month\b"
)
_DAYS = re.compile(
    rf"(?i)\b(?:(?:every|each) )?(?:{_DAY})s?\b(?: (?:mornings?|afternoons?|evenings?|nights?|lunchtimes?))?"
    r"(?: (?:at |from )?(?:\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?|noon|half (?:past )?\w+)\b)?"
    r"(?:(?<=\w) ?(?:to|till|until|-|–) ?\d{1,2}(?:[.:]\d\d)?(?: ?[ap]m)?\b)?"
)
_GOES_ON = rf"(?:{_DAY})s?,|(?:but|not|only|next|this|from|until)\b|except|start"
_PARTS = re.compile(rf"(?i)[;.]\s|,(?!\s*(?:{_GOES_ON}))")


def part_about(told: str, stems: set[str]) -> str:
    """The part of a sentence, between its commas, that holds most of the words of a question; the sentence itself where
    none does."""
    parts = [part for part in _PARTS.split(told) if part.strip()]
    named = [len(stems & stem_set(part)) for part in parts]
    return parts[named.index(max(named))] if any(named) else told


def weekly_days(told: str, stems: set[str]) -> str:
    """The days of week or month on which what a question names comes again, as told; empty where nothing does."""
    monthly = _EACH_MONTH.search(part_about(told, stems))
    if monthly is not None:
        return f"the {monthly.group()}"
    if not _EACH_WEEK.search(told):
        return ""
    part = part_about(told, stems)
    days = _DAYS.findall(part)
    if not days and not named_times(part):
        # "A new course, counselling at the college, Tuesdays 6 till 9, ends in June"
        parts = [part for part in _PARTS.split(told) if _EACH_WEEK.search(part)]
        days = _DAYS.findall(parts[0]) if len(parts) == 1 else []
    return join_words([day[:1].upper() + day[1:] for day in days])


def weekdays_of(told: str) -> frozenset[int]:
    """The days of the week (0 is Monday) on which something comes again by a sentence."""
    named = [word.lower() for part in _EACH_WEEK.findall(told) for word in re.findall(_DAY, part, re.IGNORECASE)]
    return frozenset(WEEKDAYS.index(name) for name in named)
