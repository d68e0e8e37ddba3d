"""What holds now and what held then: intervals, made from statements each time they are asked for.

Where only one value holds at a time, a later statement closes the interval of an earlier statement; an older statement
that arrives late is born closed; the same again is support. None of this depends on the order in which statements
arrived, because nothing of it is stored.

What a person corrected by hand outranks what was known at that time, and what a person rejected counts no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

from secondme.facts.identity import Identities
from secondme.facts.plans import in_force
from secondme.facts.relations import Relation, relation
from secondme.facts.relations.relation import ENDED_KIND
from secondme.facts.relations.tastes import by_favourite, with_kinds
from secondme.facts.starts import ENDED_FOR_CERTAIN, is_plan, start_in_words
from secondme.text.entities import fold_name
from storage.facts import StatementRow, Verdict
from storage.store import Store

Outcome: TypeAlias = Literal["added", "update", "contradiction", "support"]
PERSON = "person"
"""The extractor of what someone wrote by hand."""
_OPPOSED = 3
"""`ends` of a statement that stands for the opposite: who hates something from then on likes it no longer."""


@dataclass(frozen=True)
class Fact:
    """That a relation held from `valid_from` to `valid_to` (days; empty: still), and the statements that say so.

    `stance`: said, or hearsay: then it holds of what `told_by` said, not of the subject.
    `closed_by`: the statement that ended it.
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
        """The id of its first statement."""
        return self.statements[0].id

    @property
    def kind(self) -> Relation:
        """All that is known of its relation."""
        return relation(self.relation)

    @property
    def confidence(self) -> float:
        """The confidence of its statements together, as if each erred by itself."""
        doubt = 1.0
        for row in self.statements:
            doubt *= 1 - row.confidence
        return round(1 - doubt, 3)

    def holds(self, day: str) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (not self.valid_to or day < self.valid_to)

    def planned(self, day: str) -> bool:
        """Whether it is still to come on a day, and someone said that it will."""
        return self.valid_from > day and is_plan(self.statements[0])

    @property
    def since(self) -> str:
        """When it began, if somebody said so: "2015", "March 2026", "3 May 2026"; else empty."""
        return next((start_in_words(row) for row in self.statements if row.precision.startswith("told")), "")

    def sentence(self, day: str = "") -> str:
        """The fact as a sentence; on a day before it holds, as the plan that it is then."""
        first = self.statements[0]
        if day and self.planned(day):
            return f"{self.subject_name} {self.kind.plan(self.object_name)}{start_in_words(first)}"
        return row_sentence(first, self.subject_name, self.kind.shown(self.object_name, first, day))


def row_sentence(row: StatementRow, subject: str = "", thing: str = "") -> str:
    """A statement as a sentence, under these names instead of its own."""
    sentence = f"{subject or row.subject_name} {relation(row.relation).clause(thing or row.object_name)}"
    return f"{row.told_by} said: {sentence}" if row.stance == "hearsay" else sentence


def known_facts(
    store: Store,
    me: Sequence[str] = (),
    *,
    about: Sequence[str] = (),
    known_at: str = "",
    also: Sequence[StatementRow] = (),
) -> tuple[list[Fact], Identities]:
    """All facts, or those of whom the names `about` mean, as they were known at an instant or are now; and who is who.

    `me`: names by which I am called. `also`: statements that are not stored yet.
    """
    who = Identities(store.facts.aliases(), me)
    keys = [key for name in about for key in who.keys(who.meant_by(name))]
    fresh = [row for row in also if not keys or {row.subject, row.object} & set(keys)]
    return judged(store, who, [*store.facts.statements(about=keys, known_at=known_at), *fresh]), who


def judged(store: Store, who: Identities, statements: Sequence[StatementRow]) -> list[Fact]:
    """The facts that statements make, with the verdicts of the person about them."""
    verdicts = [
        replace(
            verdict,
            subject=who.of(verdict.subject),
            object=who.of(verdict.object) if relation(verdict.relation).person else verdict.object,
        )
        for verdict in store.facts.verdicts()
    ]
    return facts(who.resolve(statements), verdicts)


def facts(statements: Sequence[StatementRow], verdicts: Collection[Verdict] = ()) -> list[Fact]:
    """Intervals from statements, by subject, relation and time. The result does not depend on their order."""
    believed = _believed(statements, verdicts)
    ordered = sorted([*believed, *_opposed(believed)], key=lambda row: (*_speech(row), *_when(row)))
    both_hold = {_verdict_key(verdict) for verdict in verdicts if verdict.verdict == "kept"}
    found: list[Fact] = []
    for (subject, name, _, _), group in groupby(ordered, _speech):
        members = in_force(_outranked(list(group)))
        kind = relation(name)
        if kind.slot is by_favourite:
            members = with_kinds(members)
        keyed = _named_in_part([(kind.identity(row.object), row) for row in members])
        # Of those that a person kept beside others, each is a fact of its own.
        apart = [pair for pair in keyed if kind.many or (subject, name, pair[0]) in both_hold]
        for _, alike in groupby(sorted(apart, key=lambda pair: (pair[0], *_when(pair[1]))), lambda pair: pair[0]):
            found += _runs(list(alike))
        rivals: dict[str, list[tuple[str, StatementRow]]] = {}
        for pair in keyed:
            if pair not in apart:
                rivals.setdefault(kind.slot(pair[0]), []).append(pair)
        for of_a_kind in rivals.values():
            found += _runs(of_a_kind)
    return _without_the_dead(_without_what_is_past(found))


def _believed(statements: Sequence[StatementRow], verdicts: Collection[Verdict]) -> list[StatementRow]:
    """Statements that nobody rejected. What is said anew after the verdict counts; what is only read anew does not."""
    rejected = {_verdict_key(verdict): verdict.at for verdict in verdicts if verdict.verdict == "rejected"}
    if not rejected:
        return list(statements)
    found = []
    for row in statements:
        at = rejected.get((row.subject, row.relation, relation(row.relation).identity(row.object)))
        if at is None or row.extractor == PERSON or (row.precision != "recorded" and _said_after(row, at)):
            found.append(row)
    return found


def _said_after(row: StatementRow, at: str) -> bool:
    """Whether it was said after an instant, or after a day."""
    return (row.said_at or row.valid_from) > at if len(at) > len(row.valid_from) else row.valid_from > at


def _verdict_key(verdict: Verdict) -> tuple[str, str, str]:
    return verdict.subject, verdict.relation, relation(verdict.relation).identity(verdict.object)


def _outranked(members: list[StatementRow]) -> list[StatementRow]:
    """Without what was said before a person corrected it, from the day on from which the correction holds."""
    corrections = [row for row in members if row.extractor == PERSON]
    if not corrections or relation(members[0].relation).many:
        return members
    return [
        row
        for row in members
        if row.extractor == PERSON
        or not any(
            correction.valid_from <= row.valid_from
            and (row.precision == "recorded" or not _said_after(row, correction.recorded_at))
            for correction in corrections
        )
    ]


def _speech(row: StatementRow) -> tuple[str, str, str, str]:
    """Of whom, in which relation, and who says so."""
    return row.subject, row.relation, row.stance, row.told_by


def _when(row: StatementRow) -> tuple[str, str, int, bool, str]:
    """By the day from which it holds, within a day by the moment of saying, within a message by its place; a move ends
    one home before it begins the other."""
    return row.valid_from, row.said_at or row.recorded_at, row.start, not row.ends, row.id


def _runs(statements: Sequence[tuple[str, StatementRow]]) -> Iterator[Fact]:
    """Intervals of one relation in order of time: each lasts until another object, or an end, is stated."""
    held: Fact | None = None
    held_key = ""
    over: set[str] = set()
    for key, row in statements:
        if held is not None and held_key == key and not row.ends:
            held = replace(held, statements=(*held.statements, row))
            continue
        if held is not None and (not row.ends or held_key == key or _ends_its_kind(row)):
            yield replace(held, valid_to=row.valid_from, closed_by=_closing(row))
            held = None
        if not row.ends:
            held_key = key
            held = _begun(row)
        elif held is None and row.ends == ENDED_FOR_CERTAIN and relation(row.relation).reads_past and key not in over:
            # Of what ended nobody had said that it began.
            yield replace(_begun(row), valid_from="", valid_to=row.valid_from, closed_by=row)
        over.add(key)
    if held is not None:
        yield held


def _ends_its_kind(row: StatementRow) -> bool:
    """Whether a statement ends whatever holds of its kind: "the wedding is off"."""
    return row.object.endswith(f": {ENDED_KIND}")


def _without_what_is_past(found: Sequence[Fact]) -> list[Fact]:
    """What lasts to a day only, such as an appointment, ends on it."""
    return [
        replace(fact, valid_to=last)
        if fact.kind.lasts and not fact.valid_to and (last := fact.kind.lasts(fact.statements[-1])) > fact.valid_from
        else fact
        for fact in found
    ]


def _begun(row: StatementRow) -> Fact:
    return Fact(
        row.subject, row.subject_name, row.relation, row.object, row.object_name, row.valid_from, "",
        row.stance, row.told_by, (row,),
    )  # fmt: skip


def _named_in_part(keyed: Sequence[tuple[str, StatementRow]]) -> list[tuple[str, StatementRow]]:
    """What ends is the only thing held that its words are part of: "sold the Golf" ends "old blue Golf"."""
    held = {key for key, row in keyed if not row.ends}
    found = []
    for key, row in keyed:
        if row.ends and key not in held:
            words = set(key.split())
            meant = [other for other in held if words and (words < set(other.split()) or words > set(other.split()))]
            key = meant[0] if len(meant) == 1 else key
        found.append((key, row))
    return found


def _opposed(statements: Sequence[StatementRow]) -> Iterator[StatementRow]:
    """For what has an opposite, an end of the opposite: who dislikes something from a day on likes it no longer."""
    for row in statements:
        opposite = relation(row.relation).opposite
        if opposite and not row.ends:
            yield replace(row, relation=opposite, ends=_OPPOSED)


def _closing(row: StatementRow) -> StatementRow:
    """The statement that closed a fact, as it was made."""
    return replace(row, relation=relation(row.relation).opposite, ends=0) if row.ends == _OPPOSED else row


def _without_the_dead(found: Sequence[Fact]) -> list[Fact]:
    """Who died lives and works nowhere since, and is nobody's partner."""
    deaths = {fact.subject: fact for fact in found if fact.kind.final and fact.stance == "said"}
    by_name = {fold_name(subject): death for subject, death in deaths.items()}
    closed = []
    for fact in found:
        death = deaths.get(fact.subject)
        ended = death is not None and fact.kind.of_the_living and fact.valid_from <= death.valid_from
        if fact.kind.widows and not ended:
            death = by_name.get(fold_name(fact.object))
            ended = death is not None
        if death is not None and ended and not fact.valid_to:
            # "my husband Stan died in 2011" says today of whom I was married to.
            over = max(fact.valid_from, death.valid_from)
            fact = replace(fact, valid_to=over, closed_by=death.statements[0])
        closed.append(fact)
    return closed


def contradictions(found: Sequence[Fact]) -> list[Fact]:
    """Facts that another statement about the same closed, rather than a statement that they ended."""
    return [
        fact
        for fact in found
        if fact.closed_by is not None
        and not fact.closed_by.ends
        and not is_plan(fact.closed_by)
        and not relation(fact.closed_by.relation).final
    ]


def outcome(row: StatementRow, others: Sequence[StatementRow]) -> Outcome:
    """What a statement is to those that are known of its subject in its relation and the opposite relation."""
    kind = relation(row.relation)
    mine = kind.identity(row.object)
    alike = [other for other in others if other.relation == row.relation and not other.ends]
    repeated = any(kind.identity(other.object) == mine for other in alike)
    if row.ends:
        return "update" if repeated else "added"
    if repeated:
        return "support"
    if any(other.relation == kind.opposite and kind.identity(other.object) == mine for other in others):
        return "contradiction"
    if kind.many or not alike:
        return "added"
    if any(other.valid_from == row.valid_from for other in alike):
        return "contradiction"
    return "update"
