"""Lines of passages: each sentence, list item or row, with the times that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import TypeAlias

from secondme.chat.kinds.message_kind import sentence_asks
from secondme.chat.list_question import Window
from secondme.chat.moved_days import changed_day
from secondme.chat.reader_orders import order_ranges
from secondme.facts.phrases import Pattern
from secondme.text.sentences import sentences
from secondme.text.terms import content_stems, stem
from secondme.text.timex.calendar import Lean
from secondme.text.timex.expressions import TimeExpression, expressions
from secondme.text.timex.lean import CLAUSE, lean_of, tells_what_is_over
from secondme.text.timex.names import WEEKDAYS
from storage.records import FoundSpan

_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+")
_BOX = re.compile(r"\s*[-*+]\s*\[(?P<state>[ xX])\]\s*")
_WORD = re.compile(r"[^\W_]+")
_SPOKEN_TO_COME = re.compile(
    r"(?i)\b(?:will|shall|gonna|going to|have to|has to|need to|needs to|must|should|remind|want to|plan(?:s|ning)? to"
    r"|by|due|deadline|booked|appointment|next|is on|are on|don['’]t forget)\b|['’]ll\b"
)
_PART = re.compile(rf"{CLAUSE.pattern}|\s(?:and|so|but)\s")
_NOISE = Pattern(
    r"(?i)\W*((forget|delete|erase) .*"
    r"|((thanks|thank you|ok|okay|cheers|hello|hi|noted|lol|please|never mind|bye)\W*)+)$"
)
LONGEST_DATE = 5
"""Words of a line that is only a date."""
RAMBLES = 30
"""Words of a sentence of which each clause may speak of another time."""
SHORTEST = 2
"""A sentence of so few words tells something only if all of them have a meaning."""
Interval: TypeAlias = tuple[datetime, datetime]
_EXACT = ("second", "minute", "hour", "day")


@dataclass(frozen=True)
class Line:
    """A sentence, list item or row of a span, whole and in its own words.

    `start` to `end`: where it stands in the span's text. `times`: intervals that it speaks of, but no vague ones.
    `box`: the state of its check box, " " or "x", or empty. `moved_from`: the day on which it is no longer.
    """

    text: str
    span: FoundSpan
    start: int
    end: int
    times: tuple[Interval, ...]
    item: bool = False
    box: str = ""
    moved_from: Interval | None = None

    @property
    def said(self) -> datetime | None:
        """When it was said; None where only a file's own date is known."""
        span = self.span.span
        known = span.happened_at is not None and span.precision in _EXACT
        return datetime.fromisoformat(span.happened_at) if known and span.happened_at else None

    @property
    def at(self) -> datetime:
        """When what it speaks of was or will be; else when it was said."""
        return self.times[0][0] if self.times else self.said or _EARLY

    @property
    def mine(self) -> bool:
        """Whether the person said it."""
        return self.span.span.role == "me"

    @property
    def straight(self) -> str:
        """Its text with straight apostrophes, as patterns have them."""
        return self.text.replace("’", "'")

    def stems(self) -> set[str]:
        """The stems of its words."""
        return {stem(word) for word in _WORD.findall(self.text.lower())}

    def topic(self) -> set[str]:
        """The stems of its words that carry meaning. A name is looked for here: the stem of "Ines" is "in"."""
        return set(content_stems(self.text))

    def within(self, window: Window, *, said: bool = False) -> bool:
        """Whether it belongs into a time. With `said`: whether it was said then; else what it speaks of decides, and
        where it names no time, when it was said."""
        if self.times and not said:
            return any(window.meets(begins, ends) for begins, ends in self.times)
        return self.said is not None and window.begins <= self.said < window.ends


_EARLY = datetime(1, 1, 2, tzinfo=UTC)


def lines_of(spans: Sequence[FoundSpan], *, to_come: bool = False, planned: bool = False) -> list[Line]:
    """The lines of spans in order, headings left out. `to_come`: a day without a year that was spoken of is ahead;
    `planned`: it is where nothing says that it is over."""
    return [line for span in spans for line in _lines(span, to_come=to_come, planned=planned)]


def _lines(found: FoundSpan, *, to_come: bool, planned: bool) -> list[Line]:
    span = found.span
    anchor = _anchor(found)
    lines: list[Line] = []
    # In a text without speakers a line that is only a date, or a heading with one, dates what follows.
    heading = span.heading.rpartition(" > ")[2]
    dated = _times(heading, anchor, "past")[0] if heading and not span.speaker else ()
    orders = set(order_ranges(span.text)) if span.role != "me" else set()
    for sentence in sentences(span.text):
        if (sentence.start, sentence.end) in orders:
            continue
        if not span.speaker and anchor is not None and _is_date(sentence.words, anchor):
            dated = _times(sentence.words, anchor, "past")[0]
            continue
        if sentence.heading:
            continue
        box = _BOX.match(sentence.text)
        text = " ".join((sentence.text[box.end() :] if box else sentence.words).split())
        if not text:
            continue
        parts = _PART.split(text) if span.speaker and len(text.split()) > RAMBLES else [text]
        read = [
            _times(part, anchor, "future" if span.speaker and _ahead(part, to_come, planned) else "past")
            for part in parts
        ]
        times = tuple(time for found_there, _ in read for time in found_there)
        moved_from = next((first for _, first in read if first), None)
        item = box is not None or bool(_ITEM.match(sentence.text))
        state = box["state"].lower() if box else ""
        lines.append(Line(text, found, sentence.start, sentence.end, times or dated, item, state, moved_from))
    return lines


def in_window(line: Line, window: Window, *, planned: bool) -> Line:
    """Of a long rambling line the part that speaks of a time; others as they are."""
    if not line.span.span.speaker or len(line.text.split()) <= RAMBLES:
        return line
    anchor = _anchor(line.span)
    for part in _PART.split(line.text):
        times, _ = _times(part, anchor, "future" if _ahead(part, False, planned) else "past")
        if any(window.meets(*time) for time in times):
            return replace(line, text=f"… {part.strip()} …")
    return line


def _ahead(text: str, to_come: bool, planned: bool) -> bool:
    """Whether a day without a date in what was said is ahead."""
    leans = to_come or bool(_SPOKEN_TO_COME.search(text)) or lean_of(text) == "future"
    return leans or (planned and not tells_what_is_over(text))


def _times(text: str, anchor: datetime | None, lean: Lean) -> tuple[tuple[Interval, ...], Interval | None]:
    """The times that a text names, but for vague ones, and apart from them the day from which something was moved."""
    if anchor is None:
        return (), None
    times = [time for time in expressions(text, anchor, lean=lean) if time.kind != "vague"]
    change = changed_day(text, times)
    first = change[0] if change else None
    return tuple((time.begins, time.ends) for time in times if time is not first), _interval(first)


def _interval(time: TimeExpression | None) -> Interval | None:
    return (time.begins, time.ends) if time is not None else None


def _is_date(text: str, anchor: datetime) -> bool:
    """Whether a text is nothing but a day: "16 November 2026", "Monday 3 May:"."""
    if len(text.split()) > LONGEST_DATE or not _times(text, anchor, "past")[0]:
        return False
    rest = text
    for time in reversed(expressions(text, anchor)):
        rest = rest[: time.start] + rest[time.end :]
    return all(word.lower() in WEEKDAYS for word in _WORD.findall(rest))


def _anchor(found: FoundSpan) -> datetime | None:
    """When a span was said, in the time zone in which it was said; a file's own date where there is no other."""
    span = found.span
    if span.happened_at is None:
        return None
    said = datetime.fromisoformat(span.happened_at)
    if span.happened_offset:
        return said.astimezone(timezone(timedelta(minutes=span.happened_offset)))
    return said.astimezone()


def is_noise(line: Line) -> bool:
    """Whether a line tells nothing: a question, thanks, an order, a heading of a table, a word or two."""
    return (
        sentence_asks(line.text)
        or bool(_NOISE.match(line.text))
        or (not line.item and len(line.text.split()) <= SHORTEST and len(line.topic()) < SHORTEST)
        or is_header(line)
    )


def is_header(line: Line | None) -> bool:
    """Whether a line only names the columns of a table."""
    heading = line.span.span.heading if line else ""
    return line is not None and heading != "" and _plain(line.text) == _plain(heading)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def without_moved(lines: Sequence[Line]) -> list[Line]:
    """Lines without those whose day a later one moved: "dinner on Saturday", then "can't do Saturday, it's Sunday"."""
    moves = [line for line in lines if line.moved_from is not None]
    return [line for line in lines if not any(_moves(move, line) for move in moves)]


def _moves(move: Line, line: Line) -> bool:
    if move.moved_from is None or move.said is None or line.said is None or line.said >= move.said:
        return False
    begins, ends = move.moved_from
    on_that_day = any(start < ends and begins < end for start, end in line.times)
    return on_that_day and bool(move.topic() & line.topic() - _stems_of_days())


@cache
def _stems_of_days() -> frozenset[str]:
    return frozenset(stem(word) for word in WEEKDAYS)


def without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Lines of which no other says the same in the same words, nor more of the same place; of equal ones the later."""
    kept: dict[str, Line] = {}
    order: dict[str, int] = {}
    for place, line in enumerate(lines):
        key = _plain(line.text)
        within = [
            other
            for other in lines
            if other.span.span.id == line.span.span.id
            and (other.start, -other.end) < (line.start, -line.end)
            and line.end <= other.end
        ]
        if within:
            continue
        held = kept.get(key)
        if held is None or line.at > held.at:
            kept[key], order[key] = line, place
    return [kept[key] for key in sorted(kept, key=order.__getitem__)]
