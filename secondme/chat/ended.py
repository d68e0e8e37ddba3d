"""Which spans say what a later statement ended: they support nothing that is said of now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from secondme.facts.identity import Identities
from secondme.facts.intervals import judged
from secondme.facts.relations import Relation, all_relations, relation
from secondme.facts.relations.relation import as_written, by_stems
from secondme.text.terms import content_stems
from storage.store import Store

_PLANS = frozenset({"appointment", "comes"})
BEGINNING = 4
"""Letters with which all words of a stem begin."""


def ended_spans(
    store: Store, names: Sequence[str], day: str, spans: Iterable[str], *, of_plans: bool = True
) -> frozenset[str]:
    """Those of the spans (ids) whose facts hold no more on a day, but of those that tell something that still holds.

    `names`: those by which the person is called. `of_plans`: whether the day of a plan is asked for; of one that was
    moved, the rest still holds ("interview with Ms Orr on the 25th at ten").

    Only what the spans state and what can end it is read: of things that
    someone may have many of (likes, pets), what ends one of them or is its opposite.
    """
    stated = [row for row in store.facts.of_spans(list(spans)) if of_plans or row.relation not in _PLANS]
    if not stated:
        return frozenset()
    changing = _final()
    ends: dict[str, list[str]] = {}
    against: dict[str, list[str]] = {}
    for row in stated:
        kind = relation(row.relation)
        words = [word[:BEGINNING] for word in content_stems(row.object)] or [row.object]
        if not _by_words(kind):
            changing.add(kind.name)
        else:
            ends.setdefault(kind.name, []).extend(words)
            if row.ends:  # whether it ends anything depends on what was said to hold
                against.setdefault(kind.name, []).extend(words)
        if kind.opposite:
            against.setdefault(kind.opposite, []).extend(words)
    who = Identities(store.facts.aliases(), names)
    rows = store.facts.that_may_end(
        sorted({key for row in stated for key in who.keys(who.of(row.subject))}),
        sorted({row.span_id for row in stated}),
        whole=sorted(changing),
        ends=ends,
        against=against,
    )
    found = judged(store, who, rows)
    over = {row.span_id for fact in found if fact.valid_to and fact.valid_to <= day for row in fact.statements}
    current = {row.span_id for fact in found if fact.holds(day) for row in fact.statements}
    return frozenset({row.span_id for row in stated} & (over - current))


def _by_words(kind: Relation) -> bool:
    """Whether a relation has many things at a time, which are the same where their words are."""
    return kind.many and kind.identity in (as_written, by_stems)


def _final() -> set[str]:
    """The relations after which nothing holds: death."""
    return {one.name for one in all_relations() if one.final}
