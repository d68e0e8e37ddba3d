"""When something that comes again is next, and how old somebody is whose birthday was since it was told.

The days that were told make the answer, not how near a sentence comes. No model takes part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from secondme.api import AskEvent, Hit
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import Wanted, question_form
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.weekly import part_about
from secondme.text.number_words import VALUES
from secondme.text.terms import STOP_WORDS, stem, words_of
from secondme.text.timex.calendar import Lean
from secondme.text.timex.expressions import expressions, format_interval
from secondme.text.timex.names import WEEKDAYS

_ASKS_NEXT = re.compile(r"(?i)^(?!.*\b(?:year|month|week)\b).*\bnext\b")
_ASKS_A_DAY = re.compile(
    r"(?i)\bwhen(?:['’]?s)?\b|\b(?:what|which)(?:['’]?s)? (?:\w+ )?(?:date|day)(?:['’]?s)?\b|\bdate\b"
)
_DAY_NAME = "|".join(WEEKDAYS)
_WEEKLY = re.compile(rf"(?i)\b(?:every|each) (?P<one>{_DAY_NAME})\b|\b(?:on )?(?P<many>{_DAY_NAME})s\b")
_MONTHLY = re.compile(
    rf"(?i)\b(?P<nth>first|second|third|fourth|last) (?P<day>{_DAY_NAME}) (?:of|in) (?:the|every|each) month\b"
)
_NO_MORE = re.compile(r"(?i)\b(?:not|(?:is|are)n['’]?t|no longer|instead of|except)\b[^,.;!?]*$|\bfrom\W*$")
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_TYPE_WORDS = frozenset(
    map(stem, "next date day dates when what which old age many year years now today turn whats how have has".split())
)
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(VALUES)})(?![\w:.,/-]*\d)"
_TURNS = re.compile(
    rf"(?i)(?:\b(?:turns?|turning|will be|becomes?|(?:wird|werde)(?: (?:er|sie|es|ich))?|cumple|cumplirá|passe à"
    rf"|passera à|aura|fête ses|comes number)|['’]ll be|满) ?{_N}"
)
_IS_OLD = re.compile(
    rf"(?i)\b(?:is|are|am|has|have|ist|bin|hat|tiene|tengo|a|ai|今年)(?: (?:now|just|jetzt|ahora))? ?{_N}"
    r"(?=[\s,.;!]*(?:$|[,.;!]|now|years?|yrs|jahre?|años|ans|岁|and|but|und|et|y|jetzt|maintenant))"
)
_OF_ANOTHER_TIME = re.compile(
    r"(?i)\b(?:will|was|were|before|then|turns?|wird|war|waren|sera|était|étais|tendrá|tenía|era)\b|那时|当时"
)
"""A question of an age at another time than now."""
_NEXT = re.compile(r"(?i)\bnext\b")
_LEANS: tuple[Lean, ...] = ("past", "future")
ANNOUNCED = 8
"""Best sentences among which texts may announce what is next."""
YEAR = timedelta(days=365)
_BIRTHDAY = re.compile(r"(?i)\bbirthday\b|geburtstag|cumpleaños|anniversaire|生日")


class NextTime:
    """Answers with the next day of what comes again, and with the age that was reached since it was told."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the question asks for neither, or no day was told of whom or what it names."""
        if turn.has_large_model:
            return None
        question = turn.full_question
        asks_age = question_form(question).wanted is Wanted.AGE and not _OF_ANOTHER_TIME.search(question)
        now = turn.now.astimezone()
        if not asks_age and not (_ASKS_NEXT.search(question) and _ASKS_A_DAY.search(question)):
            return None
        for hit in _told_of(question, [found.hit for found in turn.evidence.candidates]):
            said = datetime.fromisoformat(hit.happened_at or "").astimezone()
            age = age_since(hit.text, said, now) if asks_age else None
            day = None if asks_age else next_day(part_about(hit.text, _asked_about(question)), said, now)
            if age is not None:
                return self._replies.read_off(turn, str(age), hit.id)
            if day is not None:
                begins = now.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0)
                return self._replies.read_off(turn, format_interval(begins, begins + timedelta(days=1), "day"), hit.id)
        written = None if asks_age else next_written(turn.full_question, turn.reading.sentences, now)
        return self._replies.read_off(turn, *written) if written else None


def _told_of(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """What the person told that names all of what the question is about, the newest first."""
    asked = _asked_about(question)
    told = [hit for hit in hits if hit.role == "me" and hit.happened_at]
    named = [hit for hit in told if asked and asked <= {stem(word) for word in words_of(hit.text)}]
    return sorted(named, key=lambda hit: hit.happened_at or "", reverse=True)


def next_written(question: str, found: Sequence[CandidateSentence], now: datetime) -> tuple[str, str] | None:
    """The first day from `now` of what several texts announce as the next, and the id of its span: of the minutes of
    two meetings only one names that which is still to come. None where no two texts do."""
    asked = _asked_about(question)
    days: list[tuple[datetime, datetime, str]] = []
    announced = [one for one in found[:ANNOUNCED] if _NEXT.search(one.text) and not one.hit.speaker]
    for one in announced:
        around = f"{one.text} {one.hit.heading} {one.hit.title}"
        if not asked or not asked <= {stem(word) for word in words_of(around)}:
            continue
        written = datetime.fromisoformat(one.hit.happened_at).astimezone() if one.hit.happened_at else now
        for lean in _LEANS:
            times = expressions(one.text, written, lean=lean)
            days += [(time.begins, time.ends, one.hit.id) for time in times if time.grain in ("day", "hour")]
    ahead = sorted(day for day in days if now <= day[1] and day[0] - now < YEAR / 2)
    if not ahead or len({span_id for *_, span_id in days}) < 2:
        return None
    begins = ahead[0][0].replace(hour=0, minute=0)
    return format_interval(begins, begins + timedelta(days=1), "day"), ahead[0][2]


def _asked_about(question: str) -> set[str]:
    return {stem(word) for word in words_of(question) if word not in STOP_WORDS} - _TYPE_WORDS


def next_day(text: str, said: datetime, now: datetime) -> date | None:
    """The next day from `now` of what comes again by a text that was said then.

    A day that it names, or else the next of its rhythm; None where it names no rhythm.
    """
    # "not on Mondays any more" names a rhythm that is over.
    weekly = next((day for day in _WEEKLY.finditer(text) if not _NO_MORE.search(text[: day.start()])), None)
    monthly = _MONTHLY.search(text)
    if weekly is None and monthly is None:
        return None
    today = now.date()
    times = [time for time in expressions(text, said, lean="future") if time.kind != "vague"]
    if monthly is not None:
        times = [time for time in times if not monthly.start() <= time.start < monthly.end()]
    named = [time.begins.date() for time in times if time.grain == "day"]
    for week in (time for time in times if time.grain == "week"):
        # "every Monday, but next week on Thursday"
        other = re.search(rf"(?i)\b(?:{_DAY_NAME})\b", text[week.end :])
        if other:
            # The weekday alone was read as one of the week of the telling.
            named = [day for day in named if day >= week.begins.date()]
            named.append(week.begins.date() + timedelta(days=WEEKDAYS.index(other.group().lower())))
    ahead = [day for day in named if day >= today]
    if ahead:
        return min(ahead)
    if monthly is not None:
        return _nth_weekday(monthly["nth"].lower(), WEEKDAYS.index(monthly["day"].lower()), today)
    name = (weekly["one"] or weekly["many"]).lower() if weekly else ""
    return today + timedelta(days=(WEEKDAYS.index(name) - today.weekday()) % 7)


def _nth_weekday(nth: str, weekday: int, today: date) -> date:
    """The first day from today that is the nth such weekday of its month."""
    month = today.replace(day=1)
    while True:
        after = (month + timedelta(days=31)).replace(day=1)
        first = month + timedelta(days=(weekday - month.weekday()) % 7)
        days = [first + timedelta(weeks=week) for week in range(5)]
        of_month = [day for day in days if day < after]
        day = of_month[_NTH.get(nth, -1)]
        if day >= today:
            return day
        month = after


def age_since(text: str, said: datetime, now: datetime) -> int | None:
    """How old somebody is by a text that says which age they reach on a day, or how old they are and when they have
    their birthday; None where it names no such day."""
    turns = _TURNS.search(text)
    old = _IS_OLD.search(text)
    times = expressions(text, said, lean="future")
    days = [time.begins.date() for time in times if time.grain == "day" and time.begins.date() > said.date()]
    if len(days) != 1 or not (turns or (old and _BIRTHDAY.search(text))):
        return None
    reached = _number(turns["n"]) if turns else _number(old["n"]) + 1 if old else 0
    day, today = days[0], now.date()
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return reached + years


def _number(word: str) -> int:
    return int(word) if word.isdigit() else VALUES[word.lower()]
