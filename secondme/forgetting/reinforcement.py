"""Recalls strengthen what an answer used, and bring back what had faded; pins hold for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from secondme.clock import instant
from secondme.forgetting.retention import first_strength, strength_after_recall
from storage.store import Store


def reinforce(store: Store, span_ids: Sequence[str], now: datetime) -> list[str]:
    """Strengthen spans that were recalled for an answer; returns the ids of those that had faded and are back."""
    memories = store.fading.of(span_ids).values()
    lived = store.fading.lived()
    strengths = [(memory.id, strength_after_recall(memory, lived, instant(now))) for memory in memories]
    back = store.fading.put(strengths, revive=True)
    if back:
        store.vectors.refresh(back)
    return back


def pin(store: Store, span_ids: Sequence[str], now: datetime, *, pinned: bool) -> int:
    """Pin or unpin spans; returns how many. Pinned spans never fade, and those of them that had faded come back."""
    memories = store.fading.of(span_ids).values()
    pinned_at = instant(now) if pinned else None
    strengths = [
        (memory.id, replace(memory.strength or first_strength(memory), pinned_at=pinned_at)) for memory in memories
    ]
    back = store.fading.put(strengths, revive=pinned)
    if back:
        store.vectors.refresh(back)
    return len(memories)
