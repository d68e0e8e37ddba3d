"""Questions that facts answer: who lives where, works at what, is called what, now or then. No model takes part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from secondme.api import AskEvent
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.clock import instant
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known
from secondme.facts.lexicon import NAME
from secondme.facts.patterns import statements
from secondme.facts.relations import RELATIONS, reading, tie
from secondme.facts.statement import Statement
from secondme.text.clean import listed
from secondme.text.timex.query import time_query
from storage.store import Store

MOST = 6
"""So many values are named at once."""

_WHO = r"(?P<s>(?:I|you)\b|(?-i:[A-Z])[\w’'-]+(?: (?-i:[A-Z])[\w’'-]+)?)"
_WHOSE = r"(?P<s>my\b|(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z])[\w-]+)?)(?:['’]s)?"
_DO = r"(?:do|does|did|am|is|was)"
_NOW = r"(?:now |currently |still )?"
_KIN = {
    "spouse": "wife|husband|partner|girlfriend|boyfriend",
    "child": "daughter|son|child|children|kids",
    "parent": "mother|father|mum|mom|dad",
    "sibling": "sister|brother|siblings",
    "boss": "boss|manager",
    "doctor": "doctor|dentist",
    "pet": "pet|cat|dog|rabbit|parrot|hamster|horse",
}
_FORMS: dict[str, tuple[str, ...]] = {
    "lives_in": (
        rf"where {_DO} {_WHO} {_NOW}(?:live|living)",
        rf"(?:which|what) (?:city|town) {_DO} {_WHO} {_NOW}liv(?:e|ing) in",
    ),
    "from": (rf"where {_DO} {_WHO} (?:come )?from",),
    "works_at": (
        rf"where {_DO} {_WHO} {_NOW}work(?:ing)?",
        rf"who {_DO} {_WHO} {_NOW}work(?:ing)? for",
        rf"(?:which|what) company {_DO} {_WHO} {_NOW}work(?:ing)? (?:for|at)",
    ),
    "works_as": (
        rf"what {_DO} {_WHO} do for (?:a living|work)",
        rf"what(?: is|['’]s) {_WHOSE} (?:job|profession|occupation)",
    ),
    "studies": (rf"what {_DO} {_WHO} study(?:ing)?",),
    "age": (rf"how old (?:am|is|was) {_WHO}",),
    "birthday": (rf"when(?: is|['’]s) {_WHOSE} birthday",),
    "phone": (rf"what(?: is| are|['’]s) {_WHOSE} (?:phone |mobile |telephone )?numbers?",),
    "email": (rf"what(?: is| are|['’]s) {_WHOSE} e-?mail(?: address(?:es)?)?",),
    "likes": (rf"what {_DO} {_WHO} (?:like|love|enjoy)",),
    "dislikes": (rf"what {_DO} {_WHO} (?:hate|dislike)", rf"what (?:don|doesn)['’]t {_WHO} like"),
    "allergic_to": (rf"what (?:am|is) {_WHO} allergic to",),
    "speaks": (rf"(?:which|what) languages? {_DO} {_WHO} speak",),
    **{
        relation: (
            rf"who(?: is| are|['’]s) {_WHOSE} (?P<kin>{words})",
            rf"what(?: is| are|['’]s) {_WHOSE} (?P<kin>{words}) called",
            rf"what(?: is|['’]s) {_WHOSE} (?P<kin>{words})['’]s name",
            rf"what(?: is|['’]s) the name of {_WHOSE} (?P<kin>{words})",
        )
        for relation, words in _KIN.items()
    },
}
_QUESTIONS = [(relation, re.compile(rf"(?i)\W*{form}\b")) for relation, forms in _FORMS.items() for form in forms]
_WHO_IS = re.compile(rf"(?i)\W*who(?: is|['’]s) (?P<s>(?!my\b|the\b|this\b|that\b|it\b|he\b|she\b)(?-i:{NAME}))")
_REST = re.compile(r"(?i)[\s,]*(?:(?:in|on|at|since|by|before|after|last|this|now|then|today|these|days|currently|back|at the moment|right)\b|\d|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|week|month|year|\W)*$")  # fmt: skip
"""What may follow a question: a time, and nothing that narrows it otherwise ("what do I like to cook?")."""


class FactAnswerer:
    """Answers from the facts that hold, or held at the time that the question names."""

    def __init__(self, tools: Tools) -> None:
        self._facts = FactQuestions(tools.store, tools.names)
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where no fact settles the question."""
        fact = self._facts.answer(turn.question, turn.now)
        return self._replies.state(turn, fact.text, fact.span_ids) if fact else None


class Acknowledgement:
    """Acknowledges a statement about the person. A small model would only contradict it."""

    def __init__(self, tools: Tools) -> None:
        self._me = tools.me
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes off the record, where a large model can answer, or where the message is no plain statement."""
        if not turn.asked_spans or turn.has_large_model:
            return None
        text = acknowledged(turn.question, self._me())
        return self._replies.state(turn, text, turn.asked_spans) if text else None


@dataclass(frozen=True)
class FactAnswer:
    """A sentence, and the spans that say it."""

    text: str
    span_ids: tuple[str, ...]


class FactQuestions:
    """Answers a question from what holds, or held at the time that it names."""

    def __init__(self, store: Store, me: Callable[[], Sequence[str]]) -> None:
        """`me` gives the names by which I am called."""
        self._store = store
        self._me = me

    def answer(self, question: str, now: datetime) -> FactAnswer | None:
        """The answer, or None where this is no such question or nothing was said of it."""
        whom = _WHO_IS.match(question)
        if whom and _REST.match(question[whom.end() :]):
            return self._about(whom["s"], now)
        for relation, subject, word in _asked(question):
            found = self._holding(relation, subject, question, now)
            if found:
                shown = found[:MOST]
                return FactAnswer(
                    _sentence(shown, word), tuple(dict.fromkeys(one.statements[-1].span_id for one in shown))
                )
        return None

    def _about(self, said: str, now: datetime) -> FactAnswer | None:
        """Who someone is: what he is to me, then what holds of him."""
        found, who = known(self._store, self._me(), about=(said,))
        about, today = who.named(said), instant(now)[:10]
        held = [one for one in found if one.stance == "said" and one.holds(today)]
        ties = [one for one in held if one.subject == ME and one.object == about and RELATIONS[one.relation].person]
        order = list(RELATIONS)
        told = sorted((one for one in held if one.subject == about), key=lambda one: order.index(one.relation))
        shown = [*ties[:1], *(one for one in told if one.relation not in ("alias", "phone", "email"))][:MOST]
        if not shown or about == ME:
            return None
        name = ties[0].object_name if ties else told[0].subject_name
        parts = [
            f"is your {tie(one.relation)}" if one in ties else reading(one.relation, one.object_name) for one in shown
        ]
        spans = dict.fromkeys(one.statements[-1].span_id for one in shown)
        return FactAnswer(f"{name} {listed(parts)}.", tuple(spans))

    def _holding(self, relation: str, said: str, question: str, now: datetime) -> list[Fact]:
        found, who = known(self._store, self._me(), about=(said,))
        subject = who.named(said)
        when = time_query(question, now)
        begins, ends = (instant(moment)[:10] for moment in when.interval) if when.interval else (None, None)
        today = instant(now)[:10]
        held = [one for one in found if (one.subject, one.relation, one.stance) == (subject, relation, "said")]
        held.sort(key=lambda one: (one.valid_from, one.object))
        if begins is None or ends is None or when.relation != "within":
            return [one for one in held if one.holds(today)]
        return [one for one in held if one.valid_from < ends and (not one.valid_to or one.valid_to > begins)]


def acknowledged(message: str, me: str) -> str:
    """What to say to a message that tells something and asks nothing; empty for any other. It is learnt by the job `learn`."""
    found = [one for one in statements(message, me) if isinstance(one, Statement)]
    if not found or "?" in message or any(one.ends or one.stance != "said" for one in found):
        return ""
    told = []
    for one in found:
        owner, _, kin = one.subject.partition("/")
        mine = owner == ME and not kin
        who = "you" if mine else f"your {kin}" if kin else one.subject
        told.append(f"{who} {reading(one.relation, one.object, you=mine)}")
    return f"Noted: {listed(list(dict.fromkeys(told)))}."


def _asked(question: str) -> Iterator[tuple[str, str, str]]:
    """(relation, subject as written, word for the tie such as "sister" or nothing) that a question may be about."""
    for relation, form in _QUESTIONS:
        match = form.match(question)
        if match and match["s"].lower() != "you" and _REST.match(question[match.end() :]):
            yield relation, match["s"], (match.groupdict().get("kin") or "").lower()


def _sentence(found: Sequence[Fact], word: str) -> str:
    """What holds as one sentence; with the days of it where it is one thing at a time."""
    first = found[0]
    relation = RELATIONS[first.relation]
    mine = first.subject == ME
    objects = list(dict.fromkeys(one.object_name for one in found))
    things = listed(objects)
    if word:
        return (
            f"{'Your' if mine else f'{first.subject_name}’s'} {word} {'is' if len(objects) == 1 else 'are'} {things}."
        )
    over = all(one.valid_to for one in found)
    reads = _PAST.get(relation.name, relation.reads) if over else relation.reads_you if mine else relation.reads
    said = f"{reads} {things}" if over or len(objects) > 1 else reading(first.relation, things, you=mine)
    text = f"{'You' if mine else first.subject_name} {said}"
    if len(found) == 1 and not relation.many:
        text += f" (from {first.valid_from} to {first.valid_to})" if over else f" (since {first.valid_from})"
    return f"{text}."


_PAST = {"lives_in": "lived in", "works_at": "worked at", "works_as": "worked as", "studies": "studied"}
