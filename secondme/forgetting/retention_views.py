"""How strongly memories are held, as a person sees it: strength, layer, and the day on which each fades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from secondme.api import Hit, Standing
from secondme.forgetting.retention import LAYERS, Policy, outlook
from storage.store import Store


def standings(store: Store, span_ids: Sequence[str], now: datetime, policy: Policy) -> dict[str, Standing]:
    """How memories stand, by span id."""
    lived = store.fading.lived()
    found: dict[str, Standing] = {}
    for memory in store.fading.of(span_ids).values():
        stands = outlook(memory, lived, policy)
        strength = memory.strength
        fades = stands.fades_in is not None and not memory.faded
        found[memory.id] = Standing(
            strength=round(stands.strength, 2),
            retention=round(stands.retention, 3),
            layer=LAYERS[stands.layer],
            importance=round(stands.importance, 2),
            recalls=strength.recalls if strength else 0,
            pinned=strength is not None and strength.pinned_at is not None,
            faded=memory.faded,
            fades_at=f"{now + timedelta(days=max(stands.fades_in or 0.0, 0.0)):%Y-%m-%d}" if fades else "",
        )
    return found


def with_standing(store: Store, hits: Sequence[Hit], now: datetime, policy: Policy) -> list[Hit]:
    """Hits with how strongly each is held, and with the other sources that say the same."""
    ids = [hit.id for hit in hits]
    standing = standings(store, ids, now, policy)
    merged = store.fading.merged_into(ids)
    spans = store.spans.by_id([span_id for group in merged.values() for span_id in group])
    titles = {
        hit_id: tuple(dict.fromkeys(spans[span_id].title for span_id in group if span_id in spans))
        for hit_id, group in merged.items()
    }
    return [replace(hit, standing=standing.get(hit.id), also=titles.get(hit.id, ())) for hit in hits]
