"""`self`: what a person types, and what they read of an adapter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner

from models.protocol.training import TrainingOptions
from secondme.api.door import Door
from secondme.cli.root import cli
from secondme.engine.engine import Engine
from tests.secondme.chat.test_forgotten_words import opened


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine with an adapter that was made from two passages and refused, which the commands open."""
    with opened() as (engine, _):
        ids = []
        for name in ("boat", "lamp"):
            (tmp_path / f"{name}.md").write_text(f"The {name} is kept in the shed.\n")
            list(engine.ingest([tmp_path / f"{name}.md"]))
            ids += [hit.id for hit in engine.recall(f"the {name}", k=1)]
        engine._store.adapters.add(
            "a1", base="SmolLM2-135M", base_digest="9f2c" * 16, parent="", made_at="2026-01-01T03:10:00Z",
            recipe=asdict(TrainingOptions(first_layer=14, epochs=3)), span_ids=ids, fact_ids=["f1"],
        )  # fmt: skip
        engine._store.adapters.finish("a1", "refused", {}, "only 50% of its answers come to an end.")
        monkeypatch.setattr(import_module("secondme.cli.commands.self"), "open_engine", lambda: cast(Door, engine))
        yield engine


def run(*words: str) -> str:
    """What a command that succeeds prints."""
    result = CliRunner().invoke(cli, ["self", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_adapter_is_shown_with_its_recipe_its_base_and_why_it_is_not_used(engine: Engine) -> None:
    assert "1 facts  refused: only 50% of its answers come to an end." in run("list")
    assert "Made from 2 passages: layers from 14, rank 16, epochs 3, for the file 9f2c9f2c9f2c." in run("show", "1")
    assert json.loads(run("show", "1", "--json"))["digest"] == "9f2c" * 16


def test_the_passages_that_it_was_made_from_are_listed_but_those_that_are_forgotten(engine: Engine) -> None:
    assert "The boat is kept in the shed." in run("show", "1", "--passages")
    boat = next(source for source in engine.sources() if source.title == "boat.md")
    engine.forget(boat.id)
    shown = run("show", "1", "--passages")
    assert "boat" not in shown
    assert "The lamp is kept in the shed." in shown


def test_what_cannot_be_used_says_why_and_what_is_removed_is_gone(engine: Engine) -> None:
    refused = CliRunner().invoke(cli, ["self", "use", "1"])
    assert refused.exit_code != 0
    assert "only 50% of its answers come to an end" in str(refused.exception) + refused.output
    assert run("remove", "1") == "Adapter 1 is deleted.\n"
    assert engine.adapters() == []
