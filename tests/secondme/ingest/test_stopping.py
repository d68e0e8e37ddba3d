"""Taking in a folder can be stopped: what was not read yet stays out."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from secondme.clock import FixedClock
from secondme.ingest.ingestion import BATCH_SECONDS, FileResult, Ingestion
from secondme.ingest.walk import files_below
from storage.store import Store

FILES = 40


class SlowClock(FixedClock):
    """Each look at it takes as long as a batch may."""

    def __init__(self) -> None:
        super().__init__(datetime(2026, 6, 1, tzinfo=UTC))
        self._passed = 0.0

    def monotonic(self) -> float:
        self._passed += BATCH_SECONDS
        return self._passed


def test_who_stops_a_folder_keeps_what_was_read_and_gets_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"note {number}.md").write_text(f"Shelf {number} holds jars.")
    home = tmp_path / "home"
    home.mkdir()
    store = Store(home, model_id="none", dimension=4)
    ingestion = Ingestion(store, SlowClock(), count_tokens=None, max_bytes=10**6)
    taking = cast("Generator[FileResult]", ingestion.take_files(files_below(str(folder))))
    assert next(taking).outcome == "added"
    taking.close()
    assert 1 <= len(store.spans.sources(include_gone=True)) <= 3
