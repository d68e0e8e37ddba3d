"""What an answer used is held more strongly, and what had faded comes back; pins hold for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from secondme.clock import instant
from secondme.forgetting.retention import first_strength, recalled
from storage.store import Store


def reinforce(store: Store, span_ids: Sequence[str], now: datetime) -> list[str]:
    """These spans were recalled for an answer; returns the ids of those that had faded and are back."""
    held = store.fading.of(span_ids)
    lived = store.fading.lived()
    back = store.fading.put([(one.id, recalled(one, lived, instant(now))) for one in held.values()], revive=True)
    if back:
        store.vectors.changed(back)
    return back


def pin(store: Store, span_ids: Sequence[str], now: datetime, *, pinned: bool) -> int:
    """Pinned spans never fade, and faded ones among them come back; unpinned ones fade as all do. Returns how many."""
    held = store.fading.of(span_ids)
    strengths = [
        (one.id, replace(one.strength or first_strength(one), pinned_at=instant(now) if pinned else None))
        for one in held.values()
    ]
    back = store.fading.put(strengths, revive=pinned)
    if back:
        store.vectors.changed(back)
    return len(held)
