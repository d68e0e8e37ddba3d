"""The life of a memory, over a real store: how it fades, what recalled it, what changed it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.places import Places
from tests.secondme.jobs.test_a_new_job import Dimming


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An engine with a job that lets everything fade, and without models."""
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
        where.make()
        made = Engine(where, SystemClock(), more_jobs=[Dimming()])
        made.start()
        yield made
        made.close()


def test_a_memory_tells_how_it_fades_what_was_answered_from_it_and_which_job_changed_it(engine: Engine) -> None:
    source = engine.remember("The spare key hangs behind the kitchen door.")
    span = engine.source(source).passages[0].id
    young = engine.memory(span)
    assert [event.what for event in young.events] == ["kept"]
    assert not young.recallings
    assert young.fades_in is not None and young.fades_in > 14
    values = [value for _, value in young.curve]
    assert values == sorted(values, reverse=True)
    assert values[0] > young.threshold > values[-1]

    list(engine.ask("Where does the spare key hang?"))
    asked = engine.memory(span)
    assert [recalling.question for recalling in asked.recallings] == ["Where does the spare key hang?"]
    assert asked.passage.hit.standing is not None and asked.passage.hit.standing.recalls >= 1
    assert asked.recalled_at

    list(engine.job_run("dim"))
    faded = engine.memory(span)
    assert faded.events[-1].what == "faded"
    assert faded.events[-1].run == engine.runs(1)[0].id
    assert faded.fades_in is None
    engine.undo(faded.events[-1].run)
    assert engine.memory(span).events[-1].undone

    engine.pin(span)
    assert engine.memory(span).events[-1].what == "pinned"
    assert engine.memory(span).fades_in is None


def test_a_branch_is_read_page_by_page_and_all_pages_together_are_the_branch(engine: Engine) -> None:
    for number in range(7):
        engine.remember(f"Note number {number} is about the garden.")
    whole = engine.tree("source", "Notes")
    assert whole.total == len(whole.children) == 7
    pages = [engine.tree("source", "Notes", first=first, limit=3) for first in (0, 3, 6)]
    assert [len(page.children) for page in pages] == [3, 3, 1]
    assert tuple(child for page in pages for child in page.children) == whole.children
    assert {page.total for page in pages} == {7}
