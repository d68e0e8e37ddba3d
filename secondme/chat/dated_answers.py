"""Answers that are a date, read off the best passages: "when" needs no model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.api import AskEvent
from secondme.chat.answer_text import clauses_that_answer
from secondme.chat.moved_days import moved_day, says_moved
from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.reader import Reading
from secondme.chat.told_times import distance, last_day, times_by_clause, times_of
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.weekly import weekly_days
from secondme.facts.tongues import tongue_of
from secondme.text.sentences import stem_set
from secondme.text.timex.calendar import Grain, Lean
from secondme.text.timex.expressions import TimeExpression, expressions, format_interval
from secondme.text.timex.lean import lean_of, tells_what_is_over
from secondme.text.timex.names import WEEKDAYS
from secondme.text.timex.query import FOREIGN_WHEN
from secondme.text.tongues import tongue

NEAR = 3
"""Best sentences in which a date is looked for."""
LONGEST_STAY = timedelta(days=62)
NAMED_BY_CLAUSES = 2
"""Words of the question that clauses of a rambling sentence hold whose days alone are read."""
NEAR_MOVED = 8
"""Among so many it is looked for whether what is asked about was moved."""
_WHEN = re.compile(
    r"(?i)(?:^|[,;:–—])\W*(?:(?:and|so|but|then|ok|okay|hey|tell me|remind me)\b\W*)*"
    r"(?:(?:since|from|by|until|till) )?when\b"
    r"|\b(?:what|which|whit) (?:exact |actual )?(?:date|day|week|weekend|month|year(?! (?:am|is|are) \w+(?: \w+)? in\b)"
    r"|weekday)\b"
    # Named, a date is asked for; in "how did we celebrate the date of …" something else is.
    r"|^(?!\W*(?:(?:and|so|but|or|then|ok|okay)\b\W*)*(?:how|who|whose|why|where|did|does|do|has|have|is|are|can"
    r"|what did)\b).*\b(?:date|deadline)\b"
    r"(?! (?:night|with)\b)|\bday of the week\b|\blast day (?:for|to|is)\b"
)
_WEEKDAY_ASKED = re.compile(r"(?i)\b(?:what|which|whit) (?:week)?day\b|\bday of the week\b")
_LIMIT_ASKED = re.compile(
    r"(?i)\b(?:deadline|due|latest|last day|(?:by|until|till?) (?:when|what|which)|must|(?:has|have|needs?) to)\b"
    r"(?<!did i have to)(?<!did we have to)"
)
"""What asks until when there is time: the day was to come when it was told."""
_END_ASKED = re.compile(
    r"(?i)\b(?:leav(?:e|es|ing)|back|returns?|(?:go|goes|going|come|comes|coming) home|ends?|ending|finish(?:es|ing)?"
    r"|over|depart(?:s|ing)?|check(?:s|ing)? ?out)\b"
)
"""What asks for the end of a stay that was told with its first day and how long it lasts."""
_ENDS = re.compile(r"(?i)\b(?:ends?|ending|finish(?:es|ing)?|over|until|till) (?:in|on|at|by|the|\d|[a-z]+\b)")
"""Tells of the end of what comes again till then."""
_LIMIT = re.compile(r"(?i)\b(?:by|before|until|till|no later than|due|latest)\s+(?:on\s+)?(?:the\s+)?$")
"""Before a day: "lent in the spring, back by Easter" is due at Easter."""
_BEGINS_AS_LIMIT = re.compile(r"(?i)(?:by|before|until|till)\b")
_UNIT_ASKED = re.compile(r"(?i)\b(?:what|which|whit) (?:exact |actual )?(year|month)\b")
_WEEKDAY = re.compile(rf"(?i)\b(?:{'|'.join(WEEKDAYS)})(?=s?\b)")
_AHEAD = re.compile(
    r"(?i)\b(?:is|are|am|does|do|will|shall|when['’]?s|deadline|due|must|next|ha(?:s|ve) to|needs? to)\b"
)
"""A question of what is to come, or of what always is."""
_PAST = re.compile(
    r"(?i)\b(?:did|was|were|had)\b|^(?!.*\b(?:do|does|will|shall|next)\b).*\b(?:have|has)(?! (?:\w+ )?to\b| got to\b)\b"
)
_SAID_TO_COME = re.compile(
    r"(?i)\b(?:did|has|have|had) \w+ (?:say|said|tell|told|think|reckon|promise|promised|mention|mentioned|want|mean)\b"
    r".*(?:\b(?:would|will|going to|to|should|s?hed|theyd|id|wed)\b|['’](?:d|ll)\b)"
)
"""A question of what was to come when it was said: "when did she say she'd pay"."""
_FOREIGN_PAST = re.compile(
    r"(?i)\b(?:war(?:en|st|t)?|wurden?|hatten?|gestern|était|étais|étaient|hier|fue|era|estuve|estaba|ayer)\b"
    r"|\b(?:habe?n?|hat|bin|ist|sind)\b.*\b(?:\w*ge\w+(?:t|en)|\w+iert|(?:be|ver|er|zer|ent)\w{3,}(?:t|en))\b"
    r"|\b(?:ai|a|as|avons|avez|ont|suis|est|sommes|sont)(?:-\w+)? (?:\w+ ){0,2}?"
    r"(?:\w+é|fait|dit|mis|pris|eu|vu|lu|venu|reçu|perdu|vendu|parti|sorti|fini|choisi|ouvert|né|mort)e?s?\b"
    r"|\b(?:ha|he|has|han|hemos) \w+(?:ado|ido|to|cho)\b"
    r"|\w(?:é|ó|í|aron|ieron)\b(?<!\bqué)|[了昨]|过(?![来去年])"
)
"""Verbs of what is over in German, French and Spanish: a simple past, or an auxiliary with a participle ("ist" alone is
of now); and the particles of Chinese that are no part of another word ("过来", come over)."""
_NEXT = re.compile(r"(?i)\bnext\b")
_DENIES = re.compile(
    r"(?i)\b(?:not|cannot|cant|wont|isnt|arent|no longer|cancell?ed|called off|is off|fell through)\b|n['’]t\b"
)
_NOT_WEEKLY = re.compile(rf"(?i)\b(?:next|date|month|year|last|first|{'|'.join(WEEKDAYS)})\b")
"""A question of one of the days on which something comes again."""
_SINCE_DAY = re.compile(rf"(?i)since (?:last |this )?(?:{'|'.join(WEEKDAYS)})\b")


class DatedAnswer:
    """Answers when something was with the day that the best sentence names: models miscount days."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the question does not ask for a date that was found, or a large model may find a better one."""
        # The question itself has to ask for it: that the question before did says nothing of this one.
        asks = _asks_when(turn.full_question) and (turn.reading.answers or not turn.has_large_model)
        date, span_id = dated_answer(turn.full_question, turn.reading) if asks else ("", "")
        return self._replies.read_off(turn, date, span_id) if date else None


def dated_answer(question: str, reading: Reading) -> tuple[str, str]:
    """The day that the sentence which answers names, or on which it was said, and the id of its span; empty where it is
    not said by anyone, and for a question that does not ask when."""
    if not _asks_when(question) or not reading.leading:
        return "", ""
    stems = set(reading.form.stems)
    # Of the best sentences the one with most words of the question: every sentence with a day looks like an answer.
    # Where others talk to each other, that would take one's accident for the other's.
    near = reading.sentences[: 1 if reading.of_speaker or reading.puts_right else NEAR]
    counts = [len(stems & stem_set(found.whole)) for found in near]
    most = [found for found, count in zip(near, counts, strict=True) if count == max(counts)]
    most = most if max(counts) else most[:1]
    since = most[0].hit.happened_at or ""
    moved = [
        found
        for found in (near if len(near) < NEAR else reading.sentences[:NEAR_MOVED])
        if says_moved(found.text)
        and found.hit.speaker
        and (found in most or (stems & stem_set(found.whole) and (found.hit.happened_at or "") > since))
    ]
    # Of those the one that says last that the day is another now.
    lead = max(moved, key=lambda found: found.hit.happened_at or "") if moved else most[0]
    if lead.hit.happened_at is None or lead.hit.precision == "mtime" or not lead.hit.speaker:
        return "", ""
    said = datetime.fromisoformat(lead.hit.happened_at)
    begin, end = clauses_that_answer(reading, lead)
    rambles = (begin, end) != (0, len(lead.text)) and len(stems & stem_set(lead.text[begin:end])) >= NAMED_BY_CLAUSES
    # What it stands beside names the day that was.
    told = lead.text[begin:end] if lead in moved or rambles else lead.whole
    if (day := moved_day(question, lead, reading.sentences, stems)) is not None:
        return day if isinstance(day, str) else _written(question, day), lead.hit.id
    has_limit = _LIMIT_ASKED.search(question) is not None
    # "ist auf Montag verschoben": what was moved is to come, though the verb is a participle.
    moved_abroad = lead in moved and tongue(question) != "en" and not _FOREIGN_PAST.search(question)
    lean: Lean = "future" if has_limit or moved_abroad else lean_for(question, told)
    asks_an_end = _END_ASKED.search(question) is not None and _ENDS.search(told) is not None
    if not _NOT_WEEKLY.search(question) and not asks_an_end and (weekly := weekly_days(told, stems)):
        return weekly, lead.hit.id
    if lean == "past" and _AHEAD.search(question) and not _PAST.search(question):
        # The clause with the day may be of what is to come in a sentence of what is over.
        exact = times_by_clause(told, lead.hit.text, said)
    else:
        exact = times_of(told, lead.hit.text, said, lean)
    exact = [time for time in exact if time.kind != "vague"]
    asked = question.casefold()  # what the question names itself ("Studio 2054", "in June") is not what it asks for
    exact = [time for time in exact if told[time.start : time.end].casefold() not in asked] or exact
    if (said_next := _NEXT.search(told)) and _NEXT.search(question):  # "cancelled today, the next one is Monday"
        exact = [time for time in exact if time.start >= said_next.start()] or exact
    if has_limit:
        to_come = [time for time in exact if time.ends > said]
        exact = [time for time in to_come if _is_limit(told, time)] or to_come
    if exact:
        nearest = min(exact, key=lambda time: distance(time, told, reading.form.stems))
        if _WEEKDAY_ASKED.search(question) and nearest.grain != "day":
            # "Thursdays at eight, first one the week after next": the day of the week stands there itself.
            named = {match.group().capitalize() for match in _WEEKDAY.finditer(told)}
            if len(named) == 1:
                return named.pop(), lead.hit.id
        if _SINCE_DAY.match(told, nearest.start):  # when it began is asked for, not how long it lasts
            nearest = replace(nearest, ends=nearest.begins + timedelta(days=1), grain="day")
        if not _PAST.search(question) and _is_denied(nearest, lead, reading.sentences[:NEAR_MOVED], stems):
            return "", ""
        return _written(question, _end_of_stay(question, told, nearest) or nearest), lead.hit.id
    if lean == "future" or not _PAST.search(question):
        ahead = _day_to_come([found.whole for found in reading.sentences if found.hit.id == lead.hit.id], said)
        return (_written(question, ahead), lead.hit.id) if ahead else ("", "")
    # What is told as past happened on the day when it was told.
    return _as_asked(question, said, said + timedelta(days=1), "day"), lead.hit.id


def _is_denied(
    day: TimeExpression, lead: CandidateSentence, found: Sequence[CandidateSentence], stems: set[str]
) -> bool:
    """Whether the person said later that it is not on that day: "Ilse is ill, I won't go on Saturday"."""
    told = lead.hit.happened_at or ""
    later = [one for one in found if one is not lead and one.hit.role == "me" and (one.hit.happened_at or "") >= told]
    for one in later:
        if not _DENIES.search(one.text) or not (stems | stem_set(lead.text)) & stem_set(one.text):
            continue
        times = times_of(one.text, one.hit.text, datetime.fromisoformat(one.hit.happened_at or ""), "future")
        if any(time.begins < day.ends and day.begins < time.ends for time in times if time.kind != "vague"):
            return True
    return False


def _end_of_stay(question: str, told: str, begins: TimeExpression) -> TimeExpression | None:
    """The last day of what lasts some days, for a question of it: not of "I leave on the 20th for a week" who asks when
    they leave."""
    asked = _END_ASKED.search(question)
    if asked is None:
        return None
    if begins.grain == "span" and begins.ends - begins.begins <= LONGEST_STAY:
        last = begins.ends - timedelta(days=1)
        return replace(begins, begins=last, grain="day")
    return None if stem_set(asked.group()) & stem_set(told) else last_day(told, begins)


def _is_limit(told: str, time: TimeExpression) -> bool:
    """Whether there is time until a day of what is told."""
    begins_so = _BEGINS_AS_LIMIT.match(told, time.start) is not None
    return begins_so or _LIMIT.search(told[: time.start]) is not None


def _day_to_come(told: Sequence[str], said: datetime) -> TimeExpression | None:
    """The day that another sentence of a message names: "They moved the rehearsal. The next is on the 4th." """
    times = (time for text in told for time in expressions(text, said, lean="future"))
    return next((time for time in times if time.grain == "day" and time.kind != "vague" and time.ends > said), None)


def _written(question: str, time: TimeExpression) -> str:
    """A time as the question's language writes it, as exactly as it was asked for."""
    return _in_its_language(question, time) or _as_asked(question, time.begins, time.ends, time.grain)


def _asks_when(question: str) -> bool:
    return bool(_WHEN.search(question) or FOREIGN_WHEN.search(question))


def _in_its_language(question: str, time: TimeExpression) -> str:
    """A day, month or year as the question's language writes it; empty for English, and where that is not known."""
    known = tongue_of(tongue(question))
    if known is None or time.grain not in ("day", "month", "year", "hour"):
        return ""
    clock = f", {time.begins:%H:%M}" if time.grain == "hour" else ""
    return f"{known.start(time.begins.date().isoformat(), time.grain)}{clock}"


def lean_for(question: str, text: str) -> Lean:
    """Whether a day without a date in what answers is over or to come: where the words say nothing of it ("the gig is
    friday"), the question does."""
    if _SAID_TO_COME.search(question):
        return "future"
    if tongue(question) != "en":
        return lean_of(text) if _FOREIGN_PAST.search(question) or _FOREIGN_PAST.search(text) else "future"
    ahead = _AHEAD.search(question) and not _PAST.search(question) and not tells_what_is_over(text)
    return "future" if ahead else lean_of(text)


def _as_asked(question: str, begins: datetime, ends: datetime, grain: Grain) -> str:
    if _WEEKDAY_ASKED.search(question) and grain == "day":
        return f"{begins:%A}, {format_interval(begins, ends, grain)}"
    unit = _UNIT_ASKED.search(question)
    if unit:
        return str(begins.year) if unit[1].casefold() == "year" else f"{begins:%B %Y}"
    return format_interval(begins, ends, grain)
