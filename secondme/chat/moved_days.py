"""The day on which something is now that was moved: from one day to another, by some days, or to a day of its month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.told_times import distance, times_of
from secondme.text.number_words import ONE, VALUES, count
from secondme.text.sentences import stem_set
from secondme.text.timex.expressions import TimeExpression
from secondme.text.timex.names import WEEKDAYS

_MOVED = re.compile(
    r"(?i)\b(?:moved|shifted|bumped|put (?:\w+ ){0,3}?(?:back|off|forward)|brought forward|pushed (?:back|to)|postponed"
    r"|rescheduled|rebooked|delayed"
    r"|changed to|new (?:date|day|slot|time)|instead|extended|extension|more time|can wait|verlängert"
    r"|verschoben|verlegt|vorgezogen|reporté\w*|déplacé\w*|repoussé\w*|décalé\w*|avancé\w*|aplaz\w+"
    r"|pospuest\w+|cambi(?:ó|aron|ado))\b|改到|推迟|提前|延期|変更|になった"
)
_CHANGES = re.compile(
    r"(?i)\b(?:mov(?:ed|es|ing)|shift(?:ed|s|ing)|bump(?:ed|s|ing)|put|brought|push(?:ed|es|ing)|postponed|rescheduled"
    r"|rebooked|delayed|chang(?:ed|es|ing)|switch(?:ed|es|ing)|swapp(?:ed|ing)|goes|going|gone)\b"
)
_COUNT = rf"{'|'.join(ONE)}|\d{{1,2}}|{'|'.join(VALUES)}"
_SHIFTED = re.compile(
    rf"(?i)\b(?P<how>(?:put|pushed|moved|set|knocked|shifted) (?:back|forward|up)|brought forward|postponed|delayed)"
    rf"(?: by)? (?P<n>{_COUNT}) (?P<unit>day|week|fortnight)s?\b"
    rf"|\b(?P<m>{_COUNT}) (?P<each>day|week|fortnight)s? (?P<then>later|earlier|sooner)\b"
    rf"(?! than (?!planned|before|first|originally|expected|we))"
)
"""By how much something was moved."""
_FROM, _TO = re.compile(r"(?i)\bfrom\s+(?:the\s+)?$"), re.compile(r"(?i)[^.;!?]{0,12}?\s(?:on)?to\s+(?:the\s+)?")
_LEAD_IN = re.compile(r"(?i)(?:from|to|on|until|till|in|at|for)?\s*(?:the\s+)?")
"""What may belong to a day: "from the 5th"."""
_NOT = re.compile(r"(?i)\s*,?\s*(?:instead of|rather than|from|not|was)\s+(?:on\s+)?(?:the\s+)?")
"""What stands between the days of what was moved "from Tuesday to Thursday", or "to Thursday instead of Tuesday"."""
_CANNOT = re.compile(
    r"(?i)\b(?:can['’]?t|cannot|couldn['’]?t|won['’]?t) (?:do|make|manage|come|be there|be here|join us)(?: it)?"
    r"(?: on| for)?\s+(?:the\s+)?$"
)
_IS_AWAY = re.compile(
    r"(?i)(?:\b(?:is|are|am|we['’]?re|they['’]?re)|['’]?s|\bim|['’]m)"
    r" (?:away|busy|off|out|ill|full|closed|shut|not around)(?: on)?\s+(?:the\s+)?$"
)
_SO_MOVED = re.compile(r"(?i)[^.;!?]*?\b(?:moved|changed|shifted|switched|instead|now|make it|make that)\b[^.;!?]*")
_SO = re.compile(r"(?i)[^.;!?]*?\b(?:so|but|it['’]?s|we['’]?re|make it|make that|now|until|till)\b[^.;!?]*")
"""Of "the Lion can't do the 3rd so it's the 4th now" and "Nina's away Thursday so we moved it to Friday", what stands
before the days and between them."""
_HINDERED = ((_CANNOT, _SO), (_IS_AWAY, _SO_MOVED))
_FORMERLY = re.compile(r"(?i)\b(?:was|were|used to|before|previously|originally|formerly|first|earlier|had been|old)\b")
_EARLIER = re.compile(r"(?i)forward|up$|earlier|sooner|ahead")
_LATER = re.compile(r"(?i)\b(?:exten\w+|postponed|delayed|later|put (?:back|off)|pushed back|more time)\b")
_BARE_DAY = re.compile(r"(?i)(?:[^\W\d]+ )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)")
_WEEKDAY = re.compile(rf"(?i)(?:{'|'.join(WEEKDAYS)})s?")
_MONTH_DAYS = 31


def says_moved(text: str) -> bool:
    """Whether a sentence says that something is at another time now."""
    return _MOVED.search(text) is not None or _SHIFTED.search(text) is not None


def moved_day(
    question: str, lead: CandidateSentence, found: Sequence[CandidateSentence], stems: set[str]
) -> TimeExpression | str | None:
    """The day of what `lead` says was moved, or for a question of what was before, the day before that: a time, or the
    weekday as it was told, since what is moved may come each week. None where neither is said. `found`: sentences among
    which the day that was told first may be. `stems`: of the question's words."""
    moved = says_moved(lead.text)
    if not moved and not _CHANGES.search(lead.text):
        return None
    said = datetime.fromisoformat(lead.hit.happened_at or "")
    formerly = _FORMERLY.search(question) is not None
    times = [time for time in times_of(lead.text, lead.hit.text, said, "future") if time.kind != "vague"]
    if change := changed_day(lead.text, times):
        time = change[0] if formerly else change[1]
        words = lead.text[time.start : time.end]
        return words[:1].upper() + words[1:] if _WEEKDAY.fullmatch(words) else time
    if not moved:
        return None
    first = _planned(lead, found, stems)
    if first is None or formerly:
        return first
    shift = _shift(lead.text)
    bare = [time for time in times if _BARE_DAY.fullmatch(lead.text[time.start : time.end])]
    if shift is not None and not bare:
        return replace(first, begins=first.begins + shift, ends=first.ends + shift)
    if len(times) == len(bare) == 1:
        return _in_that_month(lead.text, bare[0], first)
    return None


def _in_that_month(told: str, bare: TimeExpression, first: TimeExpression) -> TimeExpression:
    """A day without a month: the nearest such day to that which was told first, an earlier one only where the words
    speak of no delay."""
    later = _LATER.search(told) is not None
    for away in range(1, _MONTH_DAYS + 1):
        for step in (1,) if later else (1, -1):
            begins = first.begins.replace(hour=0, minute=0) + timedelta(days=away * step)
            if begins.day == bare.begins.day:
                return replace(bare, begins=begins, ends=begins + (bare.ends - bare.begins))
    return bare


def _shift(told: str) -> timedelta | None:
    """By how much something was moved: "put back a week", "two days earlier"."""
    found = _SHIFTED.search(told)
    if found is None:
        return None
    how = found["how"] or found["then"]
    counted = found["n"] or found["m"]
    days = {"day": 1, "week": 7, "fortnight": 14}[(found["unit"] or found["each"]).lower()]
    earlier = _EARLIER.search(how) is not None
    return timedelta(days=days * count(counted)) * (-1 if earlier else 1)


def _planned(lead: CandidateSentence, found: Sequence[CandidateSentence], stems: set[str]) -> TimeExpression | None:
    """The day that was told before `lead` of what the question names, with the most of its words; of several the last
    that was."""
    before = [
        one
        for one in found
        if one is not lead and one.hit.speaker and (one.hit.happened_at or "") < (lead.hit.happened_at or "")
    ]
    latest = sorted(before, key=lambda one: one.hit.happened_at or "", reverse=True)
    named = [one for one in latest if stems & stem_set(one.whole)]
    named.sort(key=lambda one: -len(stems & stem_set(one.whole)))
    # "The op is set. October 12, be there at 6:30": the sentence before it names it.
    named += [one for one in latest if one not in named and one.place and stems & stem_set(one.before)]
    for one in named:
        said = datetime.fromisoformat(one.hit.happened_at or "")
        times = times_of(one.text, one.hit.text, said, "future")
        days = [time for time in times if time.kind != "vague" and time.grain in ("day", "hour", "span")]
        if days:
            day = min(days, key=lambda time: distance(time, one.text, stems))
            return replace(day, ends=day.begins + timedelta(days=1), grain="day") if day.grain == "span" else day
    return None


def changed_day(told: str, times: Sequence[TimeExpression]) -> tuple[TimeExpression, TimeExpression] | None:
    """The day before and the day after of what was moved from one to the other; `times` are those that it names."""
    for first, second in pairwise(times):
        begin, end = _LEAD_IN.match(told, first.start), _LEAD_IN.match(told, second.start)
        assert begin and end
        between = told[first.end : end.end()]
        if any(why.search(told[: begin.end()]) and so.fullmatch(between) for why, so in _HINDERED):
            return first, second
        if not _CHANGES.search(told[: first.start]):
            continue
        if _TO.fullmatch(between) and _FROM.search(told[: begin.end()]):
            return first, second
        if _NOT.fullmatch(between):
            return second, first
    return None
