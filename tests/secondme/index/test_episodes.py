"""Episodes: cut where the subject changes, and nothing is left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from secondme.index.episodes import SHORTEST, episodes


def test_episodes_are_cut_where_the_subject_changes() -> None:
    dice = np.random.default_rng(1)
    subjects = dice.normal(size=(3, 32))
    rows = np.concatenate([subject + 0.3 * dice.normal(size=(12, 32)) for subject in subjects])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cuts = [first for first, _ in episodes(rows.astype(np.float32))]
    assert {12, 24} <= {min((12, 24), key=lambda true: abs(true - cut)) for cut in cuts if cut}
    assert all(min(abs(cut - true) for true in (0, 12, 24)) <= 2 for cut in cuts if cut in (11, 12, 13, 23, 24, 25))


@given(st.integers(0, 60), st.integers(0, 1000))
def test_episodes_cover_everything_once(count: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    found = episodes(rows)
    assert [i for first, end in found for i in range(first, end)] == list(range(count))
    assert all(end - first >= SHORTEST for first, end in found) or len(found) <= 1
