"""The invented year: its beginning is lived, and comes out the same twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.worlds.night_world import WordEmbedder
from tests.worlds.year import ME, Year

PLACES = ("spans", "statements", "strengths", "nights", "runs", "messages")


def two_weeks(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the store holds of the first two weeks."""
    year = Year(home, embedder=WordEmbedder(), talks=False)
    year.engine.set_setting("model.path", "none")
    year.live(date(2025, 12, 5))
    read = year.engine._store.database.read
    assert [fact.sentence for fact in year.engine.facts(about="me") if fact.relation == "lives_in"] == [
        f"{ME} lives in Ghent"
    ]
    found = {table: [tuple(row) for row in read(f"SELECT * FROM {table}")] for table in PLACES}
    year.close()
    return found


def test_two_years_begin_alike(tmp_path: Path) -> None:
    home = tmp_path / "noor"
    first = two_weeks(home)
    home.rename(tmp_path / "before")
    assert two_weeks(home) == first
    assert len(first["nights"]) == 13
    assert len(first["spans"]) > 80
