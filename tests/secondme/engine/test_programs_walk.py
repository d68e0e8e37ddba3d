"""Random calls of five programs show nothing of what each may not see, and nothing that depends on it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.index.words import Words
from storage.visible.words import VisibleWords
from tests.worlds.programs_world import Walk

CALLS = 200
"""The whole number, 20,000, is made by `benchmarks/doors/walk.py`."""


def test_nothing_that_is_excluded_shows_in_text_ids_counts_or_ranking(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        walk = Walk(tmp_path, 1, stack)
        walk.run(CALLS)
        assert walk.problems == []
        assert set(walk.calls) == {"recall", "read", "facts", "ask", "count"}


def test_the_walk_notices_words_that_are_counted_in_all_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_all(self: VisibleWords, stems: Sequence[str], *, faded: bool = False) -> dict[str, int]:
        sql = "SELECT term, count(DISTINCT doc) FROM temp.hot_words WHERE term IN ({marks}) GROUP BY term"
        return dict(tuple(row) for row in self._db.read_in(sql, stems))

    assert VisibleWords.document_frequency is not Words.document_frequency
    monkeypatch.setattr(VisibleWords, "document_frequency", of_all)
    with contextlib.ExitStack() as stack:
        walk = Walk(tmp_path, 2, stack)
        walk.run(60)
        assert any("recall" in problem and "differs" in problem for problem in walk.problems)
