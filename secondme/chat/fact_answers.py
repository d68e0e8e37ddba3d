"""Questions that facts answer: who lives where, works at what, is called what, now or then. No model takes part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from secondme.api import AskEvent
from secondme.chat.fact_questions import Asked, asked, spelt_out
from secondme.chat.fact_sentences import MOST, FactAnswer, age_on, age_sentence, born_sentence, sentence, stated, whose
from secondme.chat.foreign_facts import foreign_questions, foreign_sentence
from secondme.chat.question_words import IS_MY
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn
from secondme.clock import instant
from secondme.facts.extraction import unread_statements
from secondme.facts.identity import ME, Identities
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.phrases import Pattern, any_of
from secondme.facts.profile import said_tie
from secondme.facts.relations import all_relations, relation
from secondme.facts.starts import start_in_words
from secondme.facts.tie_words import of_one, said_words, word_for
from secondme.text.clean import join_words
from secondme.text.entities import fold_name
from secondme.text.timex.query import time_query
from storage.facts import StatementRow
from storage.store import Store

UNREAD = 40
"""Passages that no job has read yet are read for a question, at most; a job reads them within minutes."""
_NO_NAMES = "my, the, this, that, it, he, she"
_WHO_IS = Pattern(rf"(?i)\W*who( is|'s) (?P<s>(?!{any_of(_NO_NAMES)}\b)(?-i:<NAME>))[\s?!.]*$")
_RELATIVES = frozenset(("child", "parent", "sibling", "relative", "grandparent"))
_STRANGERS = frozenset(("neighbour", "flatmate", "colleague", "doctor", "boss"))
"""Ties that a relative seldom has besides: two people of one name are meant."""
_KINDS = {"charge": "rate", "weigh": "weight"}


class FactAnswerer:
    """Answers from the facts that hold, or held at the time that the question names."""

    def __init__(self, tools: Tools) -> None:
        self._facts = FactQuestions(tools.store, tools.names)
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where no fact settles the question."""
        fact = self._facts.answer(turn.full_question, turn.now)
        return self._replies.state(turn, fact.text, fact.span_ids) if fact else None


_WORK = ("does", "drives")
"""What somebody does who named no trade: "I fix boilers"."""
_PART_OF_NAME = re.compile(r"(?i)\b(?:(?P<first>first|given|christian|fore)|sur|last|family|second)[ -]?name\b")


@dataclass(frozen=True)
class _Known:
    """What is known of someone, who is who, and the day of the question."""

    facts: Sequence[Fact]
    who: Identities
    subject: str
    today: str

    def of(self, name: str) -> list[Fact]:
        """What was said of them in the relation of a name, in order of time."""
        found = [f for f in self.facts if (f.subject, f.relation, f.stance) == (self.subject, name, "said")]
        return sorted(found, key=lambda fact: (fact.valid_from, fact.object))


class FactQuestions:
    """Answers a question from what holds, or held at the time that it names."""

    def __init__(self, store: Store, me: Callable[[], Sequence[str]]) -> None:
        """`me` gives the names by which I am called."""
        self._store = store
        self._me = me

    def answer(self, question: str, now: datetime) -> FactAnswer | None:
        """The answer, or None where this is no such question or nothing was said of it."""
        plain = spelt_out(question)
        part = _PART_OF_NAME.search(plain)
        if part is not None:
            plain = f"{plain[: part.start()]}name{plain[part.end() :]}"
        whom, forms = _WHO_IS.match(plain), tuple(asked(plain))
        forms += tuple(replace(form, relation=told) for form in forms if form.relation == "works_as" for told in _WORK)
        tie = IS_MY.match(plain)
        if not whom and not forms and not tie:
            return self._foreign(question, now)
        unread = unread_statements(self._store, UNREAD)
        if tie:
            return self._is_mine(tie, now, unread)
        if whom:
            return self._about(whom["s"], now, unread)
        of_before = [form for form in forms if form.aim == "before"]
        for form in of_before or forms:  # what is now answers no question of what was before
            for known in self._known(form.subject, now, unread):
                found = self._settled(form, known, plain, now)
                if found is not None and part is not None:
                    return _part_of_name(part, form, known, found)
                if found is not None:
                    return replace(found, text=f"{self._namesakes(known)}{found.text}")
        return None

    def _is_mine(self, asked: re.Match[str], now: datetime, also: Sequence[StatementRow]) -> FactAnswer | None:
        """Whether somebody is my sister, where that is known; None where it is not."""
        tie = all_relations().ties.get(asked["tie"].lower())
        if tie is None:
            return None
        found, who = known_facts(self._store, self._me(), about=(ME,), also=also)
        today, meant = instant(now)[:10], who.meant_by(asked["who"])
        held = [fact for fact in found if fact.subject == ME and fact.relation == tie.name and fact.holds(today)]
        right = [
            fact
            for fact in held
            if meant == who.of(fact.object) and word_for(asked["tie"].lower(), said_words(self._store, fact))
        ]
        return stated(f"Yes: your {asked['tie'].lower()} is {asked['who']}.", right) if right else None

    def _foreign(self, question: str, now: datetime) -> FactAnswer | None:
        """The answer to a question in another language that a rule knows."""
        forms = tuple(foreign_questions(question))
        unread = unread_statements(self._store, UNREAD) if forms else []
        for form in forms:
            for known in self._known(form.asked.subject, now, unread):
                shown = _asked_for(form.asked, known, question, now)
                if form.asked.relation == "age":
                    shown = age_on(known.of("age"), known.of("birthday"), known.today)[:1]
                    shown = [fact for fact in shown if fact.object_name.isdigit()]  # "about 9" is English
                text = foreign_sentence(form, shown, known.today) if shown else ""
                if text:
                    return stated(text, shown)
        return None

    def _known(self, name: str, now: datetime, also: Sequence[StatementRow]) -> Iterator[_Known]:
        """What is known of whom a name may mean: of the name itself, then of the only one whom "my sister" can mean."""
        today = instant(now)[:10]
        kin = re.match(r"(?i)(?:my|our) ([a-z-]+)(?: (\S+))?$", name)
        if kin is None:
            found, who = known_facts(self._store, self._me(), about=(name,), also=also)
            yield _Known(found, who, who.meant_by(name), today)
            return
        mine, who = known_facts(self._store, self._me(), about=(ME,), also=also)
        tie = all_relations().ties.get(kin[1].lower())
        named = {
            fact.object: fact.object_name
            for fact in mine
            if tie
            and fact.relation == tie.name
            and fact.holds(today)
            and word_for(kin[1].lower(), said_words(self._store, fact))
        }
        others = [kin[2]] if kin[2] else list(named.values()) if len(named) == 1 else []
        for other in (f"{ME}/{kin[1].lower()}", *others):
            found, who = known_facts(self._store, self._me(), about=(other,), also=also)
            yield _Known(found, who, who.of(other) if "/" in other else who.meant_by(other), today)

    def _settled(self, form: Asked, known: _Known, question: str, now: datetime) -> FactAnswer | None:
        if form.relation == "age":
            return age_sentence(known.of("age"), known.of("birthday"), known.of("born"), known.today)
        found = known.of(form.relation)
        if form.relation == "born" and not found:
            return born_sentence(known.of("age"), known.of("birthday"))
        if form.slot and found:
            slot = relation(form.relation).slot
            wanted = slot(f"{_KINDS.get(form.slot, form.slot)}: ")
            found = [fact for fact in found if slot(fact.object) == wanted]
        if form.word:
            told = [(fact, said) for fact in found if word_for(form.word, said := said_words(self._store, fact))]
            found = [fact for fact, _ in told]
            if told:
                last = told[-1][1]
                word = word_for(form.word, last)
                only = len({fact.object for fact in found}) == 1
                form = replace(form, word=of_one(word, last) if only else word)
        if form.aim == "before":
            return _before(form, found, known.today)
        if form.aim == "since":
            return _since(form, found, known.today)
        if form.aim == "whether":
            return _whether(form, found, known.today)
        if form.aim == "plan":
            return _plans(found, known.today)
        shown = _at_its_time(found, question, now)[:MOST]
        if not shown and form.relation == "birthday":
            return age_sentence(known.of("age"), [], [], known.today, birthday=True)
        return stated(sentence(shown, form.word, known.today, form.slot), shown) if shown else None

    def _namesakes(self, known: _Known) -> str:
        """Who bears a name, where a relative and somebody else do: what is said of the name may be of either."""
        ties = {
            fact.relation: fact
            for fact in known.facts
            if fact.subject == ME and fact.object == known.subject and fact.kind.person and fact.holds(known.today)
        }
        apart = [fact for name, fact in ties.items() if name in _RELATIVES or name in _STRANGERS]
        if not any(fact.relation in _RELATIVES for fact in apart) or len(apart) < 2:
            return ""
        apart.sort(key=lambda fact: (fact.valid_from, fact.relation))
        both = join_words([f"your {said_tie(self._store, fact)} {fact.object_name}" for fact in apart])
        return f"You know {'two' if len(apart) == 2 else len(apart)}: {both}. "

    def _about(self, name: str, now: datetime, also: Sequence[StatementRow]) -> FactAnswer | None:
        """Who someone is: what they are to me, then what holds of them. Of two of one name, both."""
        found, who = known_facts(self._store, self._me(), about=(name,), also=also)
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
            f"is your {said_tie(self._store, fact)}"
            if fact in ties
            else fact.kind.clause(fact.kind.shown(fact.object_name, fact.statements[0], today))
            for fact in shown
        ]
        both = self._namesakes(_Known(found, who, about, today))
        return stated(f"{both}{full_name} {join_words(parts)}.", shown)


def _part_of_name(part: re.Match[str], form: Asked, known: _Known, found: FactAnswer) -> FactAnswer:
    """The first name or surname of the one person whom an answer names; of several the answer itself."""
    people = {fact.object_name for fact in known.of(form.relation) if fact.kind.person}
    named = [name for name in people if name in found.text]
    if len(named) != 1:
        return found
    first, _, last = named[0].partition(" ")
    value = first if part["first"] else last
    whose = f"your {form.word}" if form.word else "the one"
    text = f"{whose}'s {part[0]} is {value}." if value else f"{whose} is {first}; nobody told a {part[0]}."
    return replace(found, text=text[0].upper() + text[1:])


def _asked_for(form: Asked, known: _Known, question: str, now: datetime) -> list[Fact]:
    """The facts that answer a question: what holds, what held before or at the time that it names."""
    found = known.of(form.relation)
    then = _at_its_time(found, question, now)
    if form.aim == "before" and time_query(question, now).interval is None:
        past = [fact for fact in found if fact.valid_to and fact.valid_to <= known.today]
        return [max(past, key=lambda fact: (fact.valid_to, fact.valid_from))] if past else []
    if form.aim == "since":
        named = _names(form.named, then) if form.named else then[-1] if then else None
        return [named] if named and named.since else []
    return then[:MOST]


def _at_its_time(found: Sequence[Fact], question: str, now: datetime) -> list[Fact]:
    """What holds now, or held at the time that the question names."""
    when = time_query(question, now)
    begins, ends = (instant(moment)[:10] for moment in when.interval) if when.interval else (None, None)
    if begins is None or ends is None or when.relation != "within" or when.vague:  # "these days" is now
        today = instant(now)[:10]
        return [fact for fact in found if fact.holds(today)]
    return [fact for fact in found if fact.valid_from < ends and (not fact.valid_to or fact.valid_to > begins)]


def _before(form: Asked, found: Sequence[Fact], today: str) -> FactAnswer | None:
    """What held before the value that holds, or before the one that the question names."""
    past = [fact for fact in found if fact.valid_to and fact.valid_to <= today]
    named = _names(form.named, found)
    if form.named and not named:
        return None
    if named:
        past = [fact for fact in past if fact.valid_to <= max(named.valid_from, fact.valid_from) and fact is not named]
    if not past:
        return None
    last = max(past, key=lambda fact: (fact.valid_to, fact.valid_from))
    return stated(sentence([last], form.word, today, form.slot), [last])


def _since(form: Asked, found: Sequence[Fact], today: str) -> FactAnswer | None:
    """Since when something holds, where somebody said so."""
    holding = [fact for fact in found if fact.holds(today)]
    fact = _names(form.named, holding) if form.named else holding[-1] if holding else None
    if fact is None or not fact.since:
        return None
    return stated(sentence([fact], "", today), [fact])


def _plans(found: Sequence[Fact], today: str) -> FactAnswer | None:
    """What is planned, with its day if that was said."""
    ahead = [fact for fact in found if fact.planned(today)]
    if not ahead:
        return None
    mine = ahead[0].subject == ME
    parts = [
        f"{whose(fact)} {fact.kind.plan(fact.object_name, you=mine)}{start_in_words(fact.statements[0])}"
        for fact in ahead
    ]
    return stated(f"{join_words(parts)}.", ahead)


def _whether(form: Asked, found: Sequence[Fact], today: str) -> FactAnswer | None:
    """Yes, or no with what holds instead, or that it ended; nothing where no value of it is known."""
    holding = [fact for fact in found if fact.holds(today)]
    named = _names(form.named, holding)
    if named:
        return stated(f"Yes, {whose(named, lower=True)} {sentence([named], '', today, bare=True)}", [named])
    if holding:
        return stated(
            f"No, {whose(holding[-1], lower=True)} {sentence([holding[-1]], '', today, bare=True)}", holding[-1:]
        )
    over = _names(form.named, [fact for fact in found if fact.valid_to and fact.valid_to <= today])
    if over:
        reads = over.kind.reads_you if over.subject == ME else over.kind.reads
        return stated(f"No, {whose(over, lower=True)} no longer {reads} {over.object_name}.", [over])
    return None


def _names(named: str, found: Sequence[Fact]) -> Fact | None:
    """The last fact whose object a question names."""
    key = fold_name(named)
    return next((fact for fact in reversed(found) if key and fact.kind.identity(fact.object) == key), None)
