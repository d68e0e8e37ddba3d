"""The curve of forgetting, and the clock that it runs by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondme.forgetting.lived_days import tick
from secondme.forgetting.retention import (
    LAYERS,
    PROMOTION,
    RECENT_DAYS,
    SCALE,
    THRESHOLD,
    days_until,
    first_strength,
    importance,
    outlook,
    recalled,
    retention,
)
from storage.database import Database
from storage.fading import Fading, Held

DAYS = st.floats(0.01, 5000)
STRENGTHS = st.floats(0.5, 100)
SCALES = st.sampled_from([scale for scales in SCALE.values() for scale in scales])


def held(**changes: object) -> Held:
    """A turn of a chat, a day old."""
    values = {
        "seq": 1, "id": "s", "kind": "chat", "role": "me", "evidence": True, "length": 80, "form": 0, "lived": 0.0,
        "strength": None, "away": False, "faded": False,
    }  # fmt: skip
    return Held(**{**values, **changes})  # type: ignore[arg-type]


@given(DAYS, DAYS, STRENGTHS, STRENGTHS, SCALES)
def test_retention_rises_with_strength_and_falls_with_time(
    days: float, more_days: float, strength: float, more_strength: float, scale: float
) -> None:
    here = retention(days, strength, scale)
    assert 0 <= here <= 1
    assert retention(days + more_days, strength, scale) <= here <= retention(days, strength + more_strength, scale)
    if here > 1e-300 and more_days > 0.1:
        assert retention(days + more_days, strength, scale) < here or here < 1e-15


@given(STRENGTHS, SCALES)
def test_a_memory_fades_just_when_its_retention_meets_the_threshold(strength: float, scale: float) -> None:
    days = days_until(THRESHOLD, strength, scale)
    assert abs(retention(days, strength, scale) - THRESHOLD) < 1e-9


@given(st.integers(1, 30))
def test_each_recall_strengthens_and_some_promote_to_the_next_layer(recalls: int) -> None:
    one = held()
    for i in range(recalls):
        before = one.strength or first_strength(one)
        after = recalled(one, float(i), "now")
        assert after.strength == before.strength + 1
        assert after.layer >= before.layer
        one = held(strength=after, lived=float(i))
    assert one.strength is not None
    assert one.strength.layer == min(recalls // PROMOTION, len(LAYERS) - 1)


def test_notes_matter_more_than_files_and_files_more_than_small_talk() -> None:
    note, file, talk = held(kind="note"), held(kind="file"), held(length=8)
    assert importance(note) > importance(file) > importance(talk) >= 0
    assert importance(held(kind="note", length=900, form=0xFF)) <= 1


def test_young_pinned_and_away_memories_do_not_fade() -> None:
    old = held(length=8)
    gone = outlook(old, 4000.0, "strong").fades_in
    assert gone is not None
    assert gone < 0
    young = outlook(old, RECENT_DAYS - 1, "strong").fades_in
    assert young is not None
    assert young > 0
    pinned = first_strength(old).__class__(1.0, 0, 0, None, 0.0, "now")
    for one, policy in ((held(strength=pinned), "strong"), (held(away=True), "strong"), (old, "off")):
        assert outlook(one, 4000.0, policy).fades_in is None  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.lists(st.floats(-800, 800), min_size=1, max_size=30))
def test_days_lived_never_run_back_or_ahead_of_the_nights(gaps: list[float]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder))
        fading = Fading(database)
        now = night = datetime(2026, 1, 1, tzinfo=UTC)
        tick(fading, now)
        lived = 0.0
        for gap in gaps:
            now += timedelta(milliseconds=round(gap * 86_400_000))  # instants are kept to the millisecond
            since = (now - night) / timedelta(days=1)
            steady = tick(fading, now)
            assert steady == (0 <= since <= 8)
            if 0 <= since < 20 / 24:
                assert fading.lived() == lived
                continue
            assert fading.lived() == pytest.approx(lived + since if steady else lived, abs=1e-6)
            lived, night = fading.lived(), now
        database.close()
