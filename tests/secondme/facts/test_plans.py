"""Plans are shown as plans, hold when their day has come, and fall away when they were called off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.secondme.facts.telling import lines


def test_a_plan_is_a_line_of_its_own_until_its_day(tmp_path: Path) -> None:
    said = [("2026-03-01", "I live in Leeds."), ("2026-11-26", "I'm moving to Cork in January.")]
    assert lines(tmp_path, said, "2026-12-20") == ["Ida lives in Leeds", "Ida plans to live in Cork from January 2027"]
    assert lines(tmp_path, said, "2027-01-02") == ["Ida lives in Cork"]


def test_a_plan_moves_to_another_day_or_is_replaced_by_another_plan(tmp_path: Path) -> None:
    said = [
        ("2026-03-01", "I work at Elbe Optics."),
        ("2026-09-01", "I'm starting at Havel Rail on 1 December."),
        ("2026-10-01", "I'll be starting at Spree Media on 1 February instead."),
    ]
    assert "Ida works at Elbe Optics" in lines(tmp_path, said, "2026-12-24")
    assert "Ida works at Spree Media" in lines(tmp_path, said, "2027-02-01")


@pytest.mark.parametrize(
    "text",
    [
        "I might move to Cork in January.",
        "If I get the job I'm moving to Cork in January.",
        "I was going to move to Cork in January.",
        "We're thinking of moving to Cork next year.",
        "I hope I'll be moving to Cork in January.",
        "I'm not moving to Cork in January.",
    ],
)
def test_a_wish_or_a_maybe_is_no_plan(tmp_path: Path, text: str) -> None:
    assert lines(tmp_path, [("2026-11-26", text)], "2027-02-01") == []


@pytest.mark.parametrize("text", ["Moved from Ghent to Oslo on Monday.", "We moved from Ghent to Oslo on Friday."])
def test_where_a_move_began_does_not_make_it_a_plan(tmp_path: Path, text: str) -> None:
    (line,) = lines(tmp_path, [("2026-11-26", text)], "2026-11-27")
    assert line.startswith("Ida lives in Oslo")


def test_a_plan_without_a_day_never_comes_to_pass_by_itself(tmp_path: Path) -> None:
    said = [("2026-03-01", "I live in Leeds."), ("2026-11-26", "I'm moving to Cork.")]
    assert lines(tmp_path, said, "2030-01-01") == ["Ida lives in Leeds", "Ida plans to live in Cork"]
    moved = [*said, ("2027-02-01", "I moved to Cork.")]
    assert lines(tmp_path, moved, "2027-02-02") == ["Ida lives in Cork"]
