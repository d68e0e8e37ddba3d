"""Facts as a person sees them: a sentence, when it held, and the words that say so."""

from __future__ import annotations

from secondme.api import FactView
from secondme.errors import NothingFound, UsageError
from secondme.facts import Fact, contradictions, facts
from secondme.recall import Scored, hit
from storage.store import Store

VERDICTS = ("", "kept", "rejected")


def fact_views(store: Store, *, about: str, day: str, known_at: str, contradicted: bool = False) -> list[FactView]:
    """Facts of live spans: those that hold on a day, or with "" all."""
    found = facts(store.facts.statements(about=about, known_at=known_at))
    if contradicted:
        found = contradictions(found)
    return _views(store, [one for one in found if not day or one.holds(day)])


def judge(store: Store, fact_id: str, verdict: str) -> list[FactView]:
    """Keep what a person makes of a fact; returns all that is known of its subject in this relation."""
    if verdict not in VERDICTS:
        raise UsageError(f"There is no verdict {verdict}.", f"There are: {', '.join(VERDICTS[1:])}.")
    named = store.facts.one(fact_id)
    if len(named) != 1:
        raise NothingFound(
            f"{'Several facts begin' if named else 'No fact begins'} with {fact_id}.", "`secondme facts` lists them."
        )
    one = named[0]
    same = [
        other.id
        for other in store.facts.statements(about=one.subject)
        if (other.relation, other.object, other.subject) == (one.relation, one.object, one.subject)
    ]
    store.facts.judge([one.id, *same], verdict)
    related = store.facts.statements(about=one.subject)
    return _views(store, facts([other for other in related if other.relation == one.relation]))


def _views(store: Store, found: list[Fact]) -> list[FactView]:
    ids = [one.statements[0].span_id for one in found] + [one.closed_by.span_id for one in found if one.closed_by]
    spans = store.spans.by_id(list(dict.fromkeys(ids)))
    views = []
    for one in found:
        first = one.statements[0]
        span = spans[first.span_id]
        closing = one.closed_by
        views.append(
            FactView(
                id=one.id,
                sentence=one.sentence(),
                subject=one.subject,
                relation=one.relation,
                object=one.object_name,
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                stance=one.stance,
                confidence=one.confidence,
                statements=len(one.statements),
                span_id=first.span_id,
                quote=" ".join(span.span.text[first.start : first.end].split()),
                source=hit(Scored(span, 0.0, ())).location(),
                closed_by=" ".join(spans[closing.span_id].span.text[closing.start : closing.end].split())
                if closing
                else "",
            )
        )
    return views
