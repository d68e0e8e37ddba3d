"""Which spans say what a later statement ended: they support nothing that is said of now."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.facts.intervals import known_facts
from storage.store import Store


def ended_spans(store: Store, names: Sequence[str], day: str) -> frozenset[str]:
    """Ids of the spans whose facts hold no more on a day, but of those that tell something that still holds."""
    found, _ = known_facts(store, names)
    over = {row.span_id for fact in found if fact.valid_to and fact.valid_to <= day for row in fact.statements}
    current = {row.span_id for fact in found if fact.holds(day) for row in fact.statements}
    return frozenset(over - current)
