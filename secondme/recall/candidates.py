"""Which spans are scored at all: seeds, what is linked to them, and what is near in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

SEEDS = 100
"""Candidates by words, and as many by meaning."""
REACH = 2
"""Neighbours on each side that come along with a candidate."""
MAXIMUM_BY_TIME = 200
LINKING = 8
"""Best candidates by words, and by meaning, whose names bring others."""
LINKED = 60
COMMON_NAME = 40
"""A name that more spans mention links nothing."""
LONGEST_SEED_TIME = timedelta(days=40)
"""Longer times favour candidates but bring none of their own."""


def best_candidates(hot: Sequence[tuple[int, float]], cold: Sequence[tuple[int, float]]) -> list[int]:
    """Row numbers of the best of both by BM25 score."""
    return [seq for seq, _ in sorted([*hot, *cold], key=lambda hit: (-hit[1], hit[0]))[:SEEDS]]
