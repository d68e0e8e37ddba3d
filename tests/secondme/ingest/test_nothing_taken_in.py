"""What holds no words, or cannot be read, is never counted as taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.clock import SystemClock
from secondme.ingest.ingestion import Ingestion
from storage.store import Store


@pytest.fixture
def ingestion(tmp_path: Path) -> Ingestion:
    home = tmp_path / "home"
    home.mkdir()
    store = Store(home, model_id="none", dimension=4)
    return Ingestion(store, SystemClock(), count_tokens=None, max_bytes=10**6)


@pytest.mark.parametrize(
    ("name", "data", "outcome", "reason"),
    [
        ("empty.txt", b"", "skipped", "it is empty"),
        ("blank.md", b" \n\n\t\n", "skipped", "it holds no text"),
        ("bare.html", b"<html><body><img src=a.png></body></html>", "failed", "it holds no text"),
        ("export.zip", b"PK\x05\x06", "skipped", "`secondme import FILE`"),
        ("data.log", b"\x00\x01\xff\xfe\x00", "failed", "binary"),
    ],
)
def test_a_file_without_words_is_not_added(
    ingestion: Ingestion, tmp_path: Path, name: str, data: bytes, outcome: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = ingestion.take_file(path)
    assert result.outcome == outcome
    assert reason in result.reasons[0]


def test_a_file_whose_words_were_deleted_is_no_longer_in_recall(ingestion: Ingestion, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text("The anchor chain is rusty.")
    assert ingestion.take_file(path).outcome == "added"
    path.write_text("")
    assert ingestion.take_file(path).outcome == "skipped"
    path.write_text("The anchor chain is rusty.")
    assert ingestion.take_file(path).outcome in ("added", "updated")
