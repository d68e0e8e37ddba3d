from __future__ import annotations

from pathlib import Path

from tests.faults.pull_kills import killed_pulls, run_kills


def test_a_pull_killed_at_any_point_goes_on_and_ends_with_the_right_files(tmp_path: Path) -> None:
    with killed_pulls(tmp_path / "home") as pulls:
        hit, finished = run_kills(pulls, kills=20, seed=7)
    assert hit == 20
    assert finished >= 1
