"""What holds now and what held then: intervals, made from statements each time they are asked for.

Of a relation that holds one value at a time a later statement closes the interval of an earlier one; an older statement that
arrives late is born closed; the same again is support. None of this depends on the order in which statements arrived,
because nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from secondme.relations import RELATIONS
from storage.facts import StatementRow


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
        reads = RELATIONS[self.relation].reads
        said = f"{self.subject_name} {reads} {self.object_name}"
        return f"{self.told_by} said: {said}" if self.stance == "hearsay" else said


def facts(statements: Sequence[StatementRow]) -> list[Fact]:
    """Intervals from statements, by subject, relation and time. The result does not depend on their order."""
    ordered = sorted(statements, key=lambda one: (one.subject, one.relation, one.stance, one.told_by, *_when(one)))
    found: list[Fact] = []
    for (_, relation, _, _), group in groupby(
        ordered, lambda one: (one.subject, one.relation, one.stance, one.told_by)
    ):
        members = list(group)
        # Of those that a person kept beside others, each is a fact of its own.
        kept = {one.object for one in members if one.verdict == "kept"}
        apart = [one for one in members if RELATIONS[relation].many or one.object in kept]
        for _, same in groupby(sorted(apart, key=lambda one: (one.object, *_when(one))), lambda one: one.object):
            found += _runs(list(same))
        found += _runs([one for one in members if one not in apart])
    return _without_opposites(found)


def _when(one: StatementRow) -> tuple[str, str, str]:
    return one.valid_from, one.recorded_at, one.id


def _runs(statements: Sequence[StatementRow]) -> Iterator[Fact]:
    """Intervals of one relation in order of time: each lasts until another object, or an end, is stated."""
    held: Fact | None = None
    for one in statements:
        if held is not None and held.object == one.object and not one.ends:
            held = replace(held, statements=(*held.statements, one))
            continue
        if held is not None and (not one.ends or held.object == one.object):
            yield replace(held, valid_to=one.valid_from, closed_by=one)
            held = None
        if not one.ends:
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
        by_key.setdefault((fact.subject, fact.relation, fact.object, fact.stance, fact.told_by), []).append(fact)
    closed = []
    for fact in found:
        opposite = RELATIONS[fact.relation].opposite
        later = [
            other
            for other in by_key.get((fact.subject, opposite, fact.object, fact.stance, fact.told_by), ())
            if other.valid_from > fact.valid_from and (not fact.valid_to or other.valid_from < fact.valid_to)
        ]
        if later:
            first = min(later, key=lambda other: other.valid_from)
            fact = replace(fact, valid_to=first.valid_from, closed_by=first.statements[0])
        closed.append(fact)
    return closed


def contradictions(found: Sequence[Fact]) -> list[Fact]:
    """Facts that another statement about the same closed, rather than a statement that they ended."""
    return [fact for fact in found if fact.closed_by is not None and not fact.closed_by.ends]
