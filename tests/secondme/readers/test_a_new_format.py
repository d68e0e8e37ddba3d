"""A format and a chat platform that were added in one place are taken in and recalled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from secondme.api import Ingested
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.places import Places
from secondme.readers import registry, sandbox
from secondme.readers.exports import registry as export_registry
from tests.worlds import toy_formats
from tests.worlds.night_world import WordEmbedder

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine whose limited process knows the toys too."""
    monkeypatch.setattr(sandbox, "CHILD", "tests.worlds.toy_formats")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    places = Places(*(tmp_path / name for name in ("data", "cache", "config", "logs", "runtime")))
    places.make()
    engine = Engine(places, SystemClock(), embedder=WordEmbedder())
    engine.start()
    yield engine
    engine.close()


@pytest.mark.parametrize("confined", [False, True])
def test_a_new_format_is_taken_in_and_recalled(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confined: bool
) -> None:
    monkeypatch.setattr(registry, "FORMATS", toy_formats.formats(confined=confined))
    box = tmp_path / "box.recipes"
    box.write_text("Pancakes with cardamom and plums%Soup of nettles from the meadow")
    *_, ingested = engine.ingest([box])
    assert isinstance(ingested, Ingested)
    assert (ingested.added, ingested.spans) == (1, 2)
    hit = engine.recall("nettles soup", k=1)[0]
    assert (hit.text, hit.place) == ("Soup of nettles from the meadow", "card 2")
    ((name, files, _),) = engine.survey(tmp_path / "box.recipes").kinds
    assert (name, files) == ("recipes", 1)


def test_a_new_chat_platform_is_recognised_taken_in_and_recalled(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_registry, "EXPORTS", toy_formats.EXPORTS)
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "letters.log").write_text("Ana: The loft needs new slates\nTom: I can lend a ladder\n")
    assert engine.import_survey(tmp_path / "post").platform == "pigeon"
    *_, ingested = engine.import_export(tmp_path / "post", me="Ana")
    assert isinstance(ingested, Ingested)
    assert ingested.spans == 2
    hit = engine.recall("who can lend a ladder", k=1)[0]
    assert (hit.speaker, hit.text) == ("Tom", "I can lend a ladder")


def test_import_offers_every_platform_that_is_read() -> None:
    from secondme.cli.commands.ingest import import_

    (chosen,) = (option.type for option in import_.params if option.name == "platform")
    assert isinstance(chosen, click.Choice)
    assert set(chosen.choices) == {export.platform for export in export_registry.EXPORTS}
