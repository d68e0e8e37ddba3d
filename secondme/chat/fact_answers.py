"""Questions that facts answer: who lives where, works at what, is called what, now or then. No model takes part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from secondme.api import AskEvent
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.clock import instant
from secondme.facts.identity import ME
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.phrases import Pattern, any_of, listed_words
from secondme.facts.relations import Relations, all_relations
from secondme.text.clean import join_words
from secondme.text.timex.names import MONTHS
from secondme.text.timex.query import time_query
from storage.store import Store

MOST = 6
"""Values that an answer names at once."""

PHRASES = {
    "WHO": r"(?P<s>(I|you)\b|(?-i:[A-Z])[\w’'-]+( (?-i:[A-Z])[\w’'-]+)?)",
    "WHOSE": r"(?P<s>my\b|(?-i:[A-Z])[\w-]+( (?-i:[A-Z])[\w-]+)?)('s)?",
    "DO": r"(do|does|did|am|is|was)",
    "NOW": r"(now |currently |still )?",
}
"""What a relation's `questions` may name."""
_ASKED = (
    r"who( is| are|'s) <WHOSE> (?P<kin><KIN>)",
    r"what( is| are|'s) <WHOSE> (?P<kin><KIN>) called",
    r"what( is|'s) <WHOSE> (?P<kin><KIN>)'s name",
    r"what( is|'s) the name of <WHOSE> (?P<kin><KIN>)",
)
"""Questions for who or what a word such as "sister" or "cat" (`Relation.asked`) names."""
_NO_NAMES = "my, the, this, that, it, he, she"
_WHO_IS = Pattern(rf"(?i)\W*who( is|'s) (?P<s>(?!{any_of(_NO_NAMES)}\b)(?-i:<NAME>))")
_TIMES = any_of("""
    in, on, at, since, by, before, after, last, this, now, then, today, these, days, currently, back,
    at the moment, right
""")
_REST = Pattern(
    rf"(?i)[\s,]*({_TIMES}\b|\d|{'|'.join(MONTHS)}"
    r"|spring|summer|autumn|winter|week|month|year|\W)*$"
)
"""What may follow a question: a time, and nothing that narrows it otherwise ("what do I like to cook?")."""


class FactAnswerer:
    """Answers from the facts that hold, or held at the time that the question names."""

    def __init__(self, tools: Tools) -> None:
        self._facts = FactQuestions(tools.store, tools.names)
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where no fact settles the question."""
        fact = self._facts.answer(turn.full_question, turn.now)
        return self._replies.state(turn, fact.text, fact.span_ids) if fact else None


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
        for name, subject, word in _asked(question):
            found = self._holding(name, subject, question, now)
            if found:
                shown = found[:MOST]
                return FactAnswer(
                    _sentence(shown, word), tuple(dict.fromkeys(fact.statements[-1].span_id for fact in shown))
                )
        return None

    def _about(self, name: str, now: datetime) -> FactAnswer | None:
        """Who someone is: what they are to me, then what holds of them."""
        found, who = known_facts(self._store, self._me(), about=(name,))
        about, today = who.meant_by(name), instant(now)[:10]
        held = [fact for fact in found if fact.stance == "said" and fact.holds(today)]
        ties = [fact for fact in held if fact.subject == ME and fact.object == about and fact.kind.person]
        order = all_relations().order
        theirs = sorted((fact for fact in held if fact.subject == about), key=lambda fact: order[fact.relation])
        shown = [*ties[:1], *(fact for fact in theirs if fact.kind.introduces)][:MOST]
        if not shown or about == ME:
            return None
        full_name = ties[0].object_name if ties else theirs[0].subject_name
        parts = [
            f"is your {fact.kind.tie or fact.relation}" if fact in ties else fact.kind.clause(fact.object_name)
            for fact in shown
        ]
        spans = dict.fromkeys(fact.statements[-1].span_id for fact in shown)
        return FactAnswer(f"{full_name} {join_words(parts)}.", tuple(spans))

    def _holding(self, name: str, subject_name: str, question: str, now: datetime) -> list[Fact]:
        """What holds of someone in the relation of a name, now or at the time that the question names."""
        found, who = known_facts(self._store, self._me(), about=(subject_name,))
        subject = who.meant_by(subject_name)
        when = time_query(question, now)
        begins, ends = (instant(moment)[:10] for moment in when.interval) if when.interval else (None, None)
        today = instant(now)[:10]
        held = [fact for fact in found if (fact.subject, fact.relation, fact.stance) == (subject, name, "said")]
        held.sort(key=lambda fact: (fact.valid_from, fact.object))
        if begins is None or ends is None or when.relation != "within":
            return [fact for fact in held if fact.holds(today)]
        return [fact for fact in held if fact.valid_from < ends and (not fact.valid_to or fact.valid_to > begins)]


@cache
def _questions(relations: Relations) -> list[tuple[str, Pattern]]:
    """Patterns of questions, with the relation that answers each."""
    found = []
    for about in relations:
        forms = [*about.questions, *(_ASKED if about.asked else ())]
        phrases = {**PHRASES, "KIN": "|".join(listed_words(about.asked))}
        found += [(about.name, Pattern(rf"(?i)\W*{form}\b", phrases)) for form in forms]
    return found


def _asked(question: str) -> Iterator[tuple[str, str, str]]:
    """(relation, subject as written, word for the tie such as "sister" or nothing) that a question may be about."""
    for name, form in _questions(all_relations()):
        match = form.match(question)
        if match and match["s"].lower() != "you" and _REST.match(question[match.end() :]):
            yield name, match["s"], (match.groupdict().get("kin") or "").lower()


def _sentence(found: Sequence[Fact], word: str) -> str:
    """What holds as one sentence; with the days of it where only one value holds at a time."""
    first = found[0]
    kind = first.kind
    mine = first.subject == ME
    objects = list(dict.fromkeys(fact.object_name for fact in found))
    things = join_words(objects)
    if word:
        whose = "Your" if mine else f"{first.subject_name}’s"
        return f"{whose} {word} {'is' if len(objects) == 1 else 'are'} {things}."
    over = all(fact.valid_to for fact in found)
    reads = kind.reads_past or kind.reads if over else kind.reads_you if mine else kind.reads
    clause = f"{reads} {things}" if over or len(objects) > 1 else kind.clause(things, you=mine)
    text = f"{'You' if mine else first.subject_name} {clause}"
    if len(found) == 1 and not kind.many:
        text += f" (from {first.valid_from} to {first.valid_to})" if over else f" (since {first.valid_from})"
    return f"{text}."
