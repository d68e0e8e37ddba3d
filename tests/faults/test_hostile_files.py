"""Nothing that is in a file takes the engine down, holds it up, or goes unmentioned."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.clock import SystemClock
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.walk import files_below
from secondme.readers.sandbox import FileReader
from storage.store import Store
from tests.faults.hostile_files import bombs, mutated, odd_files, seeds
from tests.worlds.documents import MADE

MUTATIONS = 12


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "data").mkdir()
    made = Store(tmp_path / "data", model_id="none", dimension=1)
    yield made
    made.close()


@pytest.fixture
def ingestion(store: Store) -> Iterator[Ingestion]:
    reading = FileReader(cpu_seconds=3)
    yield Ingestion(store, SystemClock(), count_tokens=None, max_bytes=20_000_000, reading=reading)
    reading.close()


def test_bombs_are_refused_and_named(store: Store, ingestion: Ingestion, tmp_path: Path) -> None:
    folder = tmp_path / "bombs"
    folder.mkdir()
    for name, data in bombs(share=10):
        (folder / name).write_bytes(data)
    odd = odd_files(folder)
    met = list(files_below(str(folder)))
    begun = time.monotonic()
    results = list(ingestion.take_files(met))
    assert len(results) == len(met)
    assert time.monotonic() - begun < 300
    named = {Path(file.path).name: file.reason for file in store.files.troubles()}
    refused = """
        zeros.docx zeros.xlsx zeros.epub many.odt laughs.docx laughs.pptx laughs.odt laughs.epub outside.docx deep.json
        noise.pdf noise.txt empty.docx empty.pdf
        """
    for name in (*refused.split(), *odd):
        assert named.get(name), name
    assert "root:" not in "".join(row[0] for row in store.database.read("SELECT text FROM spans"))
    taken = {Path(row[0]).name for row in store.database.read("SELECT uri FROM sources")}
    assert taken | set(named) == {Path(file.uri).name for file in met}
    # The engine itself: whatever a bomb took, it took in the other process.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3_000_000


@pytest.mark.parametrize("name", sorted(seeds()))
def test_a_mutated_file_is_read_or_named(store: Store, ingestion: Ingestion, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "mutated"
    folder.mkdir()
    source = random.Random(name)
    for number in range(MUTATIONS):
        (folder / f"{number} {name}").write_bytes(mutated(seeds()[name], source))
    met = list(files_below(str(folder)))
    results = list(ingestion.take_files(met))
    assert len(results) == MUTATIONS
    for result in results:
        assert result.outcome in ("added", "unchanged", "failed", "skipped")
        assert result.outcome != "failed" or result.reasons
    assert store.database.problems() == []


def test_a_reader_that_dies_costs_one_file(ingestion: Ingestion, tmp_path: Path) -> None:
    good = MADE / "lighthouse.pdf"
    assert ingestion.take_file(good).outcome == "added"
    process = ingestion._reading._process
    assert process is not None
    process.kill()
    process.wait()
    other = tmp_path / "again.pdf"
    other.write_bytes(good.read_bytes() + b"\n%x")
    assert ingestion.take_file(other).outcome == "added"


def test_a_reader_that_takes_too_much_is_stopped(store: Store, tmp_path: Path) -> None:
    reading = FileReader(memory_bytes=400_000_000, cpu_seconds=1)
    ingestion = Ingestion(store, SystemClock(), count_tokens=None, max_bytes=10**8, reading=reading)
    large = tmp_path / "large.json"
    large.write_bytes(b"[" + b'{"a": [1, 2, 3, 4, 5, 6]},' * 1_500_000 + b"1]")
    (result,) = ingestion.take_files(files_below(str(large)))
    reading.close()
    assert result.outcome == "failed"
    assert "memory" in result.reasons[0] or "seconds" in result.reasons[0] or "crashed" in result.reasons[0]
