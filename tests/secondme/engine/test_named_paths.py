"""What a person names that is of the wrong kind is told so, and leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import NothingFound, SecondMeError, UsageError
from secondme.places import Places
from tests.worlds.night_world import WordEmbedder


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    places = Places(*(tmp_path / name for name in ("data", "cache", "config", "logs", "runtime")))
    places.make()
    engine = Engine(places, SystemClock(), embedder=WordEmbedder())
    engine.start()
    yield engine
    engine.close()


def test_a_file_is_not_watched_and_the_remedy_names_the_command_for_it(engine: Engine, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("The kettle is descaled in May.")
    with pytest.raises(UsageError, match="is a file; only folders are watched"):
        engine.watch_add(note)
    with pytest.raises(NothingFound):
        engine.watch_add(tmp_path / "nowhere")


def test_a_file_that_was_read_is_no_trouble_when_it_is_no_export(engine: Engine, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("The kettle is descaled in May.")
    list(engine.ingest([note]))
    with pytest.raises(SecondMeError):
        engine.import_survey(note)
    assert engine.failures(include_skipped=True) == []
    fresh = tmp_path / "fresh.md"
    fresh.write_text("Nobody took this in.")
    with pytest.raises(SecondMeError):
        engine.import_survey(fresh)
    assert [trouble.path for trouble in engine.failures()] == [str(fresh)]


def test_an_id_that_never_was_is_not_said_to_be_erased(engine: Engine) -> None:
    with pytest.raises(NothingFound, match="No passage has the id 'zebra'"):
        engine.passage("zebra")
