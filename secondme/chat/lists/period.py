"""What happened, or was said, within a time, which bounds what is listed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.chat.list_question import ListQuestion, Window
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.labels import TO_COME, UNDONE
from secondme.chat.lists.lines import Line, in_window, is_noise, lines_of, without_moved, without_repeats
from secondme.chat.lists.sources import Sources
from secondme.chat.weekly import weekdays_of
from secondme.facts.phrases import Pattern
from secondme.text.terms import content_stems
from secondme.text.timex.names import WEEKDAYS

_LASTING = Pattern(
    r"(?i)\W*(i|we) (really |also |still )*(love|like|hate|enjoy|prefer|dislike|can't stand|want|wish)\b"
)
"""What holds for longer, and did not happen."""
LONGEST_OF_ROUTINES = timedelta(days=8)
"""A longer time is listed without what comes again each week."""


def gather_period(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """Lines of a time in its order."""
    window = asked.window
    if window is None:
        return None if not asked.told_to else _told(sources, asked, now, but)
    topic = set(content_stems(asked.about))
    spans = sources.spans(meaning=asked.text, window=window, now=now, but=but)
    every = lines_of(spans, planned=asked.planned)
    if asked.planned and window.ends - window.begins <= LONGEST_OF_ROUTINES:
        every += _routines(sources, window, now, but)
    lines = [line for line in (every if asked.said else without_moved(every)) if line.within(window, said=asked.said)]
    lines = [line for line in lines if not is_noise(line)]
    if topic:
        lines = [line for line in lines if topic & line.topic()]
    if asked.said:
        by = asked.told_by.lower()
        lines = [line for line in lines if (by in line.span.span.speaker.lower().split() if by else line.mine)]
        lines = [line for line in lines if not asked.told_to or sources.told(line, asked.told_to)]
    elif asked.planned:
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        lines = [line for line in lines if _is_ahead(line, window, today)]
    else:
        past = window.ends <= now + timedelta(days=1)
        lines = [line for line in lines if not _LASTING.match(line.text.replace("’", "'"))]
        lines = [line for line in lines if not (past and not line.times and TO_COME.search(line.text))]
    days = days_of(window)
    if not lines:
        return Gathered(asked, missing=f"nothing in it is {_of(window.words)} ({days})")
    words = f"{window.words[:1].upper()}{window.words[1:]}"
    named = days if days.lower().startswith(window.words.lower().removeprefix("on ")) else f"{words} ({days})"
    title = "Lately" if window.vague else named
    ordered = sorted(without_repeats(lines), key=lambda line: line.at)
    ordered = ordered if asked.said else [in_window(line, window, planned=asked.planned) for line in ordered]
    return gathered(asked, ordered, title=title, latest=False)


def _routines(sources: Sources, window: Window, now: datetime, but: Sequence[str]) -> list[Line]:
    """What comes again on days of the week within a time, each line at its first such day."""
    days = [window.begins + timedelta(days=away) for away in range((window.ends - window.begins).days or 1)]
    words = [word for day in days for word in (WEEKDAYS[day.weekday()], f"{WEEKDAYS[day.weekday()]}s")]
    found: list[Line] = []
    for line in lines_of(sources.spans(words=words, now=now, but=but)):
        again = weekdays_of(line.text) if line.mine and not UNDONE.search(line.straight) else frozenset()
        if line.times and min(line.times)[0] >= window.ends:
            continue  # "starts on 5 October, Fridays off" is not yet
        on = [day for day in days if day.weekday() in again and day.date() >= now.date()]
        if on:
            begins = on[0].replace(hour=0, minute=0)
            found.append(replace(line, times=((begins, begins + timedelta(days=1)),)))
    return found


def _is_ahead(line: Line, window: Window, today: datetime) -> bool:
    """Whether the last of its times that belong into the window is not over, nor was when it was said today."""
    inside = [time for time in line.times if window.meets(*time)]
    if not inside or inside[-1][1] <= max(today, window.begins):
        return False
    return inside[-1][0] >= today or line.said is None or line.said < today


def _told(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """What was said to someone, at any time."""
    spans = sources.spans(words=[asked.told_to.lower()], meaning=asked.text, now=now, but=but)
    near = [found for span in spans for found in sources.around(span)]
    lines = [line for line in lines_of(sources.once([*spans, *near])) if line.mine and not is_noise(line)]
    lines = [line for line in lines if sources.told(line, asked.told_to)]
    return gathered(asked, lines) if lines else None


def days_of(window: Window) -> str:
    """A time in days: "16 to 22 November 2026"."""
    begins, last = window.begins, window.ends - timedelta(seconds=1)
    if begins.date() == last.date():
        return f"{begins.day} {begins:%B %Y}"
    if (begins.year, begins.month) == (last.year, last.month):
        return f"{begins.day} to {last.day} {last:%B %Y}"
    year = f" {begins.year}" if begins.year != last.year else ""
    return f"{begins.day} {begins:%B}{year} to {last.day} {last:%B %Y}"


def _of(words: str) -> str:
    return words if re.match(r"(?i)(in|on|during|over|from|since|between|at)\b", words) else f"of {words}"
