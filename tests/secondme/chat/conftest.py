"""A small memory to talk over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.facts.extraction import learn_job
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.notes import note
from tests.secondme.chat.talk import KEY
from tests.worlds.night_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A memory of a few notes and a table."""
    (tmp_path / "data").mkdir()
    made = World(tmp_path / "data")
    made.keep(KEY, kind="note")
    made.keep("I live in Lisbon.", kind="note")
    made.keep("The harbour was frozen on 3 January 2024.", kind="note")
    source, document, spans = note("Hello Me, are you well?", "Nora", made.clock, "nora")
    made.store.spans.add_version(source, document, spans, source.added_at)
    sheet = tmp_path / "ships.csv"
    sheet.write_text("Month,Ships,Cargo\nJanuary,14,timber\nFebruary,9,herring\n")
    Ingestion(made.store, made.clock, count_tokens=None, max_bytes=10**6).take_file(sheet)
    made.index()
    made.run(learn_job())
    yield made
    made.store.close()
