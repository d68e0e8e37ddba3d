"""The life of a memory, as a door shows it: put together from its strength, answers, versions and runs."""

from __future__ import annotations

from datetime import datetime

from secondme.api import LifeEvent, MemoryLife, PassageView, Recalling
from secondme.clock import instant
from secondme.forgetting.retention import CURVES, OFF, SHOWN_WHEN_OFF, THRESHOLD, Policy, first_strength, outlook
from storage.fading import MemoryState
from storage.store import Store

RECALLINGS = 5
"""Answers that are shown, the latest."""
POINTS = 49
"""Points of the curve."""
SHORTEST, LONGEST = 14.0, 36_500.0
"""Days that the curve shows, at least and at most."""


def memory_life(store: Store, passage: PassageView, now: datetime, policy: Policy) -> MemoryLife:
    """The past and the outlook of the passage. A passage that is archived or hidden has no outlook."""
    span_id = passage.hit.id
    memory = store.fading.of([span_id]).get(span_id)
    curve: tuple[tuple[float, float], ...] = ()
    fades_in = None
    if memory is not None:
        lived = store.fading.lived()
        fades_in = None if memory.faded else outlook(memory, lived, policy).fades_in
        curve = retention_curve(memory, lived, policy)
    strength = memory.strength if memory else None
    return MemoryLife(
        passage=passage,
        curve=curve,
        threshold=THRESHOLD,
        fades_in=fades_in,
        recalled_at=(strength.recalled_at or "") if strength else "",
        recallings=tuple(
            Recalling(row["at"], " ".join((row["question"] or "").split()), row["chat_id"])
            for row in store.chats.answers_from(span_id, RECALLINGS)
        ),
        events=_events(store, span_id, strength.pinned_at if strength else None, instant(now)),
    )


def retention_curve(memory: MemoryState, lived: float, policy: Policy) -> tuple[tuple[float, float], ...]:
    """(days lived from now on, retention) until well after it would fade."""
    strength = memory.strength or first_strength(memory)
    curve = CURVES[SHOWN_WHEN_OFF if policy == OFF else policy]
    age = lived - memory.lived
    left = curve.days_until(THRESHOLD, strength.strength, strength.layer) - age
    span = min(max(left * 1.25, SHORTEST), LONGEST)
    days = [span * point / (POINTS - 1) for point in range(POINTS)]
    return tuple(
        (round(day, 2), round(curve.retention(age + day, strength.strength, strength.layer), 4)) for day in days
    )


def _events(store: Store, span_id: str, pinned_at: str | None, now: str) -> tuple[LifeEvent, ...]:
    found = store.spans.by_id([span_id]).get(span_id)
    events = []
    if found is not None:
        for version in store.spans.versions(found.source_id):
            if version["id"] == found.span.document_id:
                events.append(LifeEvent(version["recorded_at"], "kept"))
            elif version["version"] > found.version:
                events.append(LifeEvent(version["recorded_at"], f"version {version['version']} of its source was read"))
    events += [
        LifeEvent(record.started_at, change.what, record.id, record.state == "undone")
        for record, change in store.runs.of_row("spans", (span_id,))
    ]
    if pinned_at:
        events.append(LifeEvent(pinned_at, "pinned"))
    return tuple(sorted((event for event in events if event.at <= now or event.run), key=lambda event: event.at))
