"""Replies to what the person tells: what was understood, and what it changes. No model takes part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from secondme.api import AskEvent
from secondme.chat.follow_ups.rewriting import asks_anew
from secondme.chat.foreign_facts import foreign_acknowledgement
from secondme.chat.kinds.message_kind import Kind
from secondme.chat.kinds.order_words import order
from secondme.chat.own_words import own_words
from secondme.chat.question_words import pattern
from secondme.chat.told_times import times_by_clause
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.chat.weekly import weekdays_of
from secondme.clock import instant
from secondme.facts.corrections import Correction
from secondme.facts.extraction import unread_statements
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.patterns import statements
from secondme.facts.relations import all_relations, relation
from secondme.facts.relations.relation import HERE
from secondme.facts.starts import start_in_words
from secondme.facts.statement import Statement
from secondme.text.clean import join_words
from secondme.text.sentences import sentences
from secondme.text.timex.expressions import expressions
from secondme.text.timex.lean import tells_what_is_over
from secondme.text.timex.names import WEEKDAYS
from secondme.text.tongues import tongue
from storage.store import Store

UNREAD = 40
"""Spans that the job of facts has not read yet and that are read for an acknowledgement."""
LONGEST_SHOWN = 120
"""Characters of a message that are said again."""
MOST_CLAUSES = 4
_NO_ALARM = "I have no alarm: ask me what you still have to do."
_WOULD_YOU = pattern(r"[,\s]+(would|will|could|can) you( please)?\W*$|[,\s]+please\W*$")
_TO_YOU = (
    (pattern(r"\b(?<!')(i'm|im|i am)\b"), "you are"),
    (pattern(r"\bi was\b"), "you were"),
    (pattern(r"\bi'(?P<end>ve|ll|d)\b"), "you’{end}"),
    (pattern(r"\bi\b"), "you"),
    (pattern(r"\bmy\b"), "your"),
    (pattern(r"\bmine\b"), "yours"),
    (pattern(r"\bmyself\b"), "yourself"),
    (pattern(r"\bme\b"), "you"),
)


class Acknowledgement:
    """Acknowledges what the person tells: with what was understood, else with a word.

    It needs no model, and takes the message from each: a small model would only contradict it.
    """

    def __init__(self, tools: Tools) -> None:
        self._store = tools.store
        self._me = tools.me
        self._names = tools.names
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message asks, orders something else than to keep it, or makes small talk."""
        ordered = order(turn.question)
        tells = turn.kind is Kind.TELLS and not asks_anew(turn.question, turn.full_question)
        if turn.correction is None and not tells and not ordered.keeps:
            return None
        return self.acknowledge(turn)

    def acknowledge(self, turn: Turn) -> Iterator[AskEvent]:
        """The reply to what is told, or off the record."""
        if not turn.remember:
            return self._replies.remark(turn, own_words("off the record", turn.question))
        return self._replies.state(turn, self._text(turn), turn.asked_spans)

    def _text(self, turn: Turn) -> str:
        message = turn.question
        if turn.correction is not None:
            return _corrected(message, turn.correction, turn.now)
        ordered = order(message)
        if ordered.deed == "remind":
            what = second_person(_WOULD_YOU.regex.sub("", ordered.of).rstrip(" .!"))
            return f"Noted as a promise: {what}. {_NO_ALARM}"
        told = ordered.of or message
        understood = acknowledgement(told, self._me(), changes=lambda: self._changes(turn))
        if ordered and len(told) <= LONGEST_SHOWN and not understood.endswith(")."):  # it says nothing of a change
            return f"Noted: {second_person(told.rstrip(' .!'))}."
        if understood:
            return understood
        day = day_named(message, turn.now) if tongue(message) == "en" else ""
        return f"Noted, for {day}." if day else own_words("noted", message)

    def _changes(self, turn: Turn) -> Sequence[tuple[Fact, Fact | None]]:
        return changes(self._store, self._names(), turn.asked_spans, turn.now)


class LateAcknowledgement:
    """Acknowledges what may tell or ask, where memory does not clearly answer it."""

    def __init__(self, acknowledgement: Acknowledgement) -> None:
        self._acknowledgement = acknowledgement

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message surely asks, and where memory answers it."""
        if turn.kind is not Kind.UNSURE or turn.reading.clearly_answers:
            return None
        return self._acknowledgement.acknowledge(turn)


def acknowledgement(
    message: str, me: str, *, changes: Callable[[], Sequence[tuple[Fact, Fact | None]]] = lambda: ()
) -> str:
    """What to say to a message that states something and asks nothing; empty for any other message.

    `changes`: the facts that it tells as memory holds them, each with what held before.
    """
    found = [statement for statement in statements(message, me) if isinstance(statement, Statement)]
    if not found or "?" in message or any(each.stance != "said" or each.calls_off or not each.object for each in found):
        return ""
    if (foreign := foreign_acknowledgement(message, found, changes)) is not None:
        return foreign
    if tongue(message) != "en":  # the clauses below are English
        return ""
    known = {(fact.relation, fact.object_name): (fact, before) for fact, before in changes()}
    clauses = []
    begun = {(each.subject, each.relation) for each in found if not each.ends}
    for statement in found:
        if (statement.ends and (statement.subject, statement.relation) in begun) or statement.object == HERE:
            continue  # what takes its place says so; "here" is where the person lives
        kind_of, mine = relation(statement.relation), statement.subject == ME
        owner, _, kin = statement.subject.partition("/")
        who = "you" if mine else f"your {kin}" if owner == ME else statement.subject
        fact, before = known.get((statement.relation, statement.object), (None, None))
        if statement.ends:
            reads = kind_of.reads_you if mine else kind_of.reads
            clause = f"{who} {_no_longer(reads)} {statement.object}"
        elif statement.planned:
            start = start_in_words(fact.statements[0]) if fact else ""
            if kind_of.reads_plan == "turns":  # a birthday is one day, or in one month
                start = start.replace(" from ", " on " if re.match(r" from \d+ \w", start) else " in ")
            clause = f"{who} {kind_of.plan(statement.object, you=mine)}{start}"
        else:
            tie = _tie_said(message, statement) if mine else ""
            clause = (
                f"your {tie} is {statement.object}" if tie else f"{who} {kind_of.clause(statement.object, you=mine)}"
            )
        if before is not None and not statement.ends:
            value = before.object_name.rpartition(": ")[2]  # without its kind: "biscuit: shortbread"
            clause += f" ({value} until then)" if statement.planned else f" (before: {value})"
        clauses.append(clause)
    return f"Noted: {join_words(list(dict.fromkeys(clauses))[:MOST_CLAUSES])}." if clauses else ""


def _tie_said(message: str, found: Statement) -> str:
    """The word by which a message says who someone is to its speaker ("sister"), where the relation has several."""
    if not relation(found.relation).reads_you.startswith("have the "):
        return ""
    ties = all_relations().ties
    words = re.findall(r"[^\W\d_]+", message[found.start : found.end].lower())
    return next((word for word in words if word in ties and ties[word].name == found.relation), "")


def changes(
    store: Store, me: Sequence[str], span_ids: Sequence[str], now: datetime
) -> Sequence[tuple[Fact, Fact | None]]:
    """The facts that these spans tell, each with what held in its place until then, where only one thing can."""
    today = instant(now)[:10]
    found, _ = known_facts(store, me, also=unread_statements(store, UNREAD))
    told = [fact for fact in found if any(row.span_id in span_ids for row in fact.statements)]
    pairs: list[tuple[Fact, Fact | None]] = []
    for fact in told:
        before = [
            other
            for other in found
            if (other.subject, other.relation, other.stance) == (fact.subject, fact.relation, fact.stance)
            and other is not fact
            and other.valid_from <= today
            and other.object != fact.object
            and fact.kind.slot(other.object) == fact.kind.slot(fact.object)  # a landlord takes no apprentice's place
            and (not other.valid_to or other.valid_to == fact.valid_from)
        ]
        pairs.append((fact, None if fact.kind.many or not before else before[-1]))
    return pairs


def second_person(text: str) -> str:
    """What someone says of themselves as it is said to them: "my key" is "your key"."""
    for rule, words in _TO_YOU:
        text = rule.regex.sub(lambda match, words=words: words.format(**match.groupdict()), text)  # type: ignore[misc]
    return text


def day_named(message: str, now: datetime) -> str:
    """The one day that a message names, with its date, but for the days of what comes again each week; empty where it
    names none or several."""
    found = []
    weekly = {WEEKDAYS[day] for day in weekdays_of(message)}
    for sentence in (part.text for part in sentences(message)):
        if tells_what_is_over(sentence):
            times = times_by_clause(sentence, sentence, now)
        else:
            times = expressions(sentence, now, lean="future")  # "gig on friday" is to come
        found += [time for time in times if sentence[time.start : time.end].lower().rstrip("s") not in weekly]
    days = {time.begins.date() for time in found if time.grain == "day" and time.kind != "vague"}
    return f"{next(iter(days)):%A, %-d %B %Y}" if len(days) == 1 else ""


def _corrected(message: str, correction: Correction, now: datetime) -> str:
    new = correction.new
    if re.search(r"(?i)day$|tomorrow|tonight", new):
        day = day_named(correction.statement, now)
        new = day or new
    both = f"{message} {correction.statement}"  # either may be too short to tell its language
    return own_words("corrected", both, new=new[:1].upper() + new[1:], old=correction.old)


def _no_longer(reads: str) -> str:
    first, _, rest = reads.partition(" ")
    return f"{first} no longer {rest}" if first in ("are", "is", "have", "has") else f"no longer {reads}"
