"""How strongly memories are held, as a person sees it: strength, layer, and the day on which each fades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.api import Hit, Standing
from secondme.forgetting.retention import LAYERS, Policy, outlook
from storage.store import Store


def standings(store: Store, span_ids: Sequence[str], now: datetime, policy: Policy) -> dict[str, Standing]:
    """By span id, how memories stand."""
    lived = store.fading.lived()
    found: dict[str, Standing] = {}
    for one in store.fading.of(span_ids).values():
        stands = outlook(one, lived, policy)
        held = one.strength
        fades = stands.fades_in is not None and not one.faded
        found[one.id] = Standing(
            strength=round(stands.strength, 2),
            retention=round(stands.retention, 3),
            layer=LAYERS[stands.layer],
            importance=round(stands.importance, 2),
            recalls=held.recalls if held else 0,
            pinned=held is not None and held.pinned_at is not None,
            faded=one.faded,
            fades_at=f"{now + timedelta(days=max(stands.fades_in or 0.0, 0.0)):%Y-%m-%d}" if fades else "",
        )
    return found


def with_standing(store: Store, hits: Sequence[Hit], now: datetime, policy: Policy) -> list[Hit]:
    """Hits with how strongly each is held, and with the other sources that say the same."""
    ids = [one.id for one in hits]
    known = standings(store, ids, now, policy)
    merged = store.fading.merged_into(ids)
    others = store.spans.by_id([span_id for group in merged.values() for span_id in group])
    return [
        replace(
            one,
            standing=known.get(one.id),
            also=tuple(dict.fromkeys(others[span_id].title for span_id in merged.get(one.id, ()) if span_id in others)),
        )
        for one in hits
    ]
