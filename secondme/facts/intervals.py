"""What holds now and what held then: intervals, made from statements each time they are asked for.

Of a relation that holds one value at a time a later statement closes the interval of an earlier one; an older statement that
arrives late is born closed; the same again is support. None of this depends on the order in which statements arrived,
because nothing of it is stored.

What a person corrected by hand outranks what was known when he did, and what he rejected counts no more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

from secondme.facts.identity import Identities
from secondme.facts.relations import RELATIONS, reading
from secondme.text.terms import content_stems
from storage.facts import StatementRow, Verdict
from storage.store import Store

Outcome: TypeAlias = Literal["added", "update", "contradiction", "support"]
PERSON = "person"
"""The extractor of what someone wrote by hand."""
_TASTES = frozenset(("likes", "dislikes", "owns", "allergic_to", "studies"))
_PLACES = frozenset(("lives_in", "from", "works_at"))
_PHONE_DIGITS = 9
"""The last digits of a number tell it apart; what is before may be left out."""


@dataclass(frozen=True)
class Fact:
    """That a relation held from `valid_from` to `valid_to` (days; empty: still), and the statements that say so.

    `stance`: said, or hearsay: then it holds of what `told_by` said, not of the subject. `closed_by`: the statement that
    ended it.
    """

    subject: str
    subject_name: str
    relation: str
    object: str
    object_name: str
    valid_from: str
    valid_to: str
    stance: str
    told_by: str
    statements: tuple[StatementRow, ...]
    closed_by: StatementRow | None = None

    @property
    def id(self) -> str:
        """The first statement's."""
        return self.statements[0].id

    @property
    def confidence(self) -> float:
        """That of its statements together, as if each erred by itself."""
        doubt = 1.0
        for one in self.statements:
            doubt *= 1 - one.confidence
        return round(1 - doubt, 3)

    def holds(self, day: str) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)

    def sentence(self) -> str:
        """It as a sentence."""
        return stated(self.statements[0], self.subject_name, self.object_name)


def stated(row: StatementRow, subject: str = "", thing: str = "") -> str:
    """A statement as a sentence, under these names instead of its own."""
    said = f"{subject or row.subject_name} {reading(row.relation, thing or row.object_name)}"
    return f"{row.told_by} said: {said}" if row.stance == "hearsay" else said


def same(relation: str, key: str) -> str:
    """By what an object is known again in other words: tastes by their stems, a place without its country."""
    if relation in _TASTES:
        return " ".join(content_stems(key)) or key
    if relation in _PLACES:
        return key.partition(",")[0].strip()
    if relation == "phone":
        return re.sub(r"\D", "", key)[-_PHONE_DIGITS:]
    return key


def known(
    store: Store, me: Sequence[str] = (), *, about: Sequence[str] = (), known_at: str = ""
) -> tuple[list[Fact], Identities]:
    """All that is known, or of those whom the names `about` mean, by an instant or now; and who is who.

    `me`: names by which I am called.
    """
    who = Identities(store.facts.aliases(), me)
    keys = [key for name in about for key in who.keys(who.named(name))]
    rows = who.resolved(store.facts.statements(about=keys, known_at=known_at))
    verdicts = [
        replace(
            one,
            subject=who.of(one.subject),
            object=who.of(one.object) if RELATIONS[one.relation].person else one.object,
        )
        for one in store.facts.verdicts()
    ]
    return facts(rows, verdicts), who


def facts(statements: Sequence[StatementRow], verdicts: Collection[Verdict] = ()) -> list[Fact]:
    """Intervals from statements, by subject, relation and time. The result does not depend on their order."""
    believed = _believed(statements, verdicts)
    ordered = sorted(believed, key=lambda one: (one.subject, one.relation, one.stance, one.told_by, *_when(one)))
    kept = {(one.subject, one.relation, same(one.relation, one.object)) for one in verdicts if one.verdict == "kept"}
    found: list[Fact] = []
    for (subject, relation, _, _), group in groupby(
        ordered, lambda one: (one.subject, one.relation, one.stance, one.told_by)
    ):
        members = _outranked(list(group))
        keyed = [(same(relation, one.object), one) for one in members]
        # Of those that a person kept beside others, each is a fact of its own.
        apart = [pair for pair in keyed if RELATIONS[relation].many or (subject, relation, pair[0]) in kept]
        for _, alike in groupby(sorted(apart, key=lambda pair: (pair[0], *_when(pair[1]))), lambda pair: pair[0]):
            found += _runs(list(alike))
        found += _runs([pair for pair in keyed if pair not in apart])
    return _without_opposites(found)


def _believed(statements: Sequence[StatementRow], verdicts: Collection[Verdict]) -> list[StatementRow]:
    """Statements that nobody rejected. What is said again after the verdict counts again; what is only read again not."""
    rejected = {
        (one.subject, one.relation, same(one.relation, one.object)): one.at
        for one in verdicts
        if one.verdict == "rejected"
    }
    if not rejected:
        return list(statements)
    found = []
    for one in statements:
        at = rejected.get((one.subject, one.relation, same(one.relation, one.object)))
        if at is None or one.extractor == PERSON or (one.precision != "recorded" and one.valid_from > at):
            found.append(one)
    return found


def _outranked(members: list[StatementRow]) -> list[StatementRow]:
    """Without what was said before a person corrected it, from the day on from which the correction holds."""
    corrections = [one for one in members if one.extractor == PERSON]
    if not corrections or RELATIONS[members[0].relation].many:
        return members
    return [
        one
        for one in members
        if one.extractor == PERSON
        or not any(
            mend.valid_from <= one.valid_from
            and (one.precision == "recorded" or one.valid_from <= mend.recorded_at[:10])
            for mend in corrections
        )
    ]


def _when(one: StatementRow) -> tuple[str, str, str]:
    return one.valid_from, one.recorded_at, one.id


def _runs(statements: Sequence[tuple[str, StatementRow]]) -> Iterator[Fact]:
    """Intervals of one relation in order of time: each lasts until another object, or an end, is stated."""
    held: Fact | None = None
    held_key = ""
    for key, one in statements:
        if held is not None and held_key == key and not one.ends:
            held = replace(held, statements=(*held.statements, one))
            continue
        if held is not None and (not one.ends or held_key == key):
            yield replace(held, valid_to=one.valid_from, closed_by=one)
            held = None
        if not one.ends:
            held_key = key
            held = Fact(
                one.subject, one.subject_name, one.relation, one.object, one.object_name, one.valid_from, "", one.stance,
                one.told_by, (one,),
            )  # fmt: skip
    if held is not None:
        yield held


def _without_opposites(found: Sequence[Fact]) -> list[Fact]:
    """Who dislikes something from a day on likes it no longer, and the other way round."""
    by_key: dict[tuple[str, ...], list[Fact]] = {}
    for fact in found:
        by_key.setdefault(_about(fact, fact.relation), []).append(fact)
    closed = []
    for fact in found:
        opposite = RELATIONS[fact.relation].opposite
        later = [
            other
            for other in by_key.get(_about(fact, opposite), ())
            if other.valid_from > fact.valid_from and (not fact.valid_to or other.valid_from < fact.valid_to)
        ]
        if later:
            first = min(later, key=lambda other: other.valid_from)
            fact = replace(fact, valid_to=first.valid_from, closed_by=first.statements[0])
        closed.append(fact)
    return closed


def _about(fact: Fact, relation: str) -> tuple[str, ...]:
    return fact.subject, relation, same(fact.relation, fact.object), fact.stance, fact.told_by


def contradictions(found: Sequence[Fact]) -> list[Fact]:
    """Facts that another statement about the same closed, rather than a statement that they ended."""
    return [fact for fact in found if fact.closed_by is not None and not fact.closed_by.ends]


def outcome(row: StatementRow, others: Sequence[StatementRow]) -> Outcome:
    """What a statement is to those that are known of its subject in its relation and the opposite one."""
    mine = same(row.relation, row.object)
    relation = RELATIONS[row.relation]
    alike = [one for one in others if one.relation == row.relation and not one.ends]
    if row.ends:
        return "update" if any(same(one.relation, one.object) == mine for one in alike) else "added"
    if any(same(one.relation, one.object) == mine for one in alike):
        return "support"
    if any(one.relation == relation.opposite and same(row.relation, one.object) == mine for one in others):
        return "contradiction"
    if relation.many or not alike:
        return "added"
    if any(one.valid_from == row.valid_from for one in alike):
        return "contradiction"
    return "update"
