"""Killed at any moment, also inside Chroma's own save, nothing acknowledged is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.random_kills import kill_once
from tests.faults.test_kill_points import check_recovered

KILLS = 20
EACH = 5


@pytest.mark.parametrize("first", range(0, KILLS, EACH))
def test_random_kills_lose_nothing(tmp_path: Path, first: int) -> None:
    inside = 0
    for seed in range(first, first + EACH):
        home = tmp_path / str(seed)
        said, in_save = kill_once(home, seed)
        inside += in_save
        check_recovered(home, said)
    assert inside, "none of the kills hit a save of the index"
