"""Killed at any moment of a night's training and switching, no broken adapter is used, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.faults.adapter_kills import killed_nights


def test_nights_that_are_killed_at_random_moments_never_leave_a_broken_adapter_in_use(tmp_path: Path) -> None:
    random = Random(11)
    with killed_nights(tmp_path / "home") as nights:
        for _ in range(4):
            nights.kill_once(random)
        nights.finish()
