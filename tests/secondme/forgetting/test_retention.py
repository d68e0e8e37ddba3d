"""The curve of forgetting, and the clock that it runs by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondme.forgetting.lived_days import tick
from secondme.forgetting.retention import (
    CURVES,
    LAYERS,
    PROMOTION,
    RECENT_DAYS,
    THRESHOLD,
    Curve,
    first_strength,
    importance,
    outlook,
    strength_after_recall,
)
from secondme.forgetting.retention_views import standings
from storage.database import Database
from storage.fading import Fading, MemoryState, Strength
from tests.worlds.night_world import world

DAYS = st.floats(0.01, 5000)
STRENGTHS = st.floats(0.5, 100)
EVERY_CURVE = st.sampled_from(list(CURVES.values()))
EVERY_LAYER = st.integers(0, len(LAYERS) - 1)


def held(**changes: object) -> MemoryState:
    """A turn of a chat, a day old."""
    values = {
        "seq": 1, "id": "s", "kind": "chat", "role": "me", "evidence": True, "length": 80, "form": 0, "lived": 0.0,
        "strength": None, "away": False, "faded": False,
    }  # fmt: skip
    return MemoryState(**{**values, **changes})  # type: ignore[arg-type]


@given(DAYS, DAYS, STRENGTHS, STRENGTHS, EVERY_CURVE, EVERY_LAYER)
def test_retention_rises_with_strength_and_falls_with_time(
    days: float, more_days: float, strength: float, more_strength: float, curve: Curve, layer: int
) -> None:
    here = curve.retention(days, strength, layer)
    later = curve.retention(days + more_days, strength, layer)
    assert 0 <= here <= 1
    assert later <= here <= curve.retention(days, strength + more_strength, layer)
    if here > 1e-300 and more_days > 0.1:
        assert later < here or here < 1e-15


@given(STRENGTHS, EVERY_CURVE, EVERY_LAYER)
def test_a_memory_fades_just_when_its_retention_meets_the_threshold(strength: float, curve: Curve, layer: int) -> None:
    days = curve.days_until(THRESHOLD, strength, layer)
    assert abs(curve.retention(days, strength, layer) - THRESHOLD) < 1e-9


class Straight:
    """A toy curve: retention falls by a hundredth a day, whatever the strength."""

    def retention(self, days: float, strength: float, layer: int) -> float:
        """As in Curve."""
        return max(1 - days / 100, 1e-9)

    def days_until(self, threshold: float, strength: float, layer: int) -> float:
        """As in Curve."""
        return 100 * (1 - threshold)


def test_a_new_curve_is_one_entry_and_memories_fade_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CURVES, "straight", Straight())
    with world(tmp_path / "data") as here:
        span = here.keep("The red boat is at the pier.")
        here.index()
        here.night(0, policy="straight")
        for _ in range(12):
            here.night(7, policy="straight")
        standing = standings(here.store, [span], here.clock.now(), "straight")[span]
        assert (standing.retention, standing.faded) == (0.16, False)
        assert standing.fades_at == f"{here.clock.now() + timedelta(days=6):%Y-%m-%d}"
        here.night(7, policy="straight")
        assert here.faded() == {span}


@given(st.integers(1, 30))
def test_each_recall_strengthens_and_some_promote_to_the_next_layer(recalls: int) -> None:
    memory = held()
    for i in range(recalls):
        before = memory.strength or first_strength(memory)
        after = strength_after_recall(memory, float(i), "now")
        assert after.strength == before.strength + 1
        assert after.layer >= before.layer
        memory = held(strength=after, lived=float(i))
    assert memory.strength is not None
    assert memory.strength.layer == min(recalls // PROMOTION, len(LAYERS) - 1)


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
    pinned = Strength(1.0, 0, 0, None, 0.0, "now")
    for memory, policy in ((held(strength=pinned), "strong"), (held(away=True), "strong"), (old, "off")):
        assert outlook(memory, 4000.0, policy).fades_in is None


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
