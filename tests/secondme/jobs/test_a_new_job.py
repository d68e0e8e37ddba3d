"""A job is added in a single place, and is listed, previewed, run, logged and undone like the built-in ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.api import Progress, RunDetail
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.jobs.job import Job, Run
from secondme.places import Places


class Dimming(Job):
    """Lets every memory fade, whatever its age."""

    name = "dim"
    title = "Let every memory fade"
    short = True

    def steps(self, run: Run) -> Iterator[Progress]:
        spans = [
            span.id
            for row in run.store.spans.sources(include_gone=False)
            for span, _ in run.store.spans.of_source(row["id"])
        ]
        for done, span_id in enumerate(spans, start=1):
            with run.step() as step:
                step.update("faded", "spans", (span_id,), {"faded_at": run.now.isoformat()})
                step.count("faded")
            yield Progress("dimming", done, len(spans), "memories")


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An engine with the new job."""
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
        where.make()
        made = Engine(where, SystemClock(), more_jobs=[Dimming()])
        made.start()
        yield made
        made.close()


def test_a_new_job_is_listed_previewed_run_logged_and_undone(engine: Engine) -> None:
    engine.remember("The spare key hangs behind the kitchen door.")
    assert engine.jobs()[-1].name == "dim"

    preview = list(engine.job_run("dim", dry_run=True))[-1]
    assert isinstance(preview, RunDetail)
    assert [change.what for change in preview.changes] == ["faded"]
    assert engine.status().faded == 0

    done = list(engine.job_run("dim"))
    assert isinstance(done[0], Progress) and isinstance(done[-1], RunDetail)
    run = done[-1].summary
    assert (run.state, dict(run.counts)) == ("done", {"faded": 1})
    assert engine.status().faded == 1
    assert engine.runs(1)[0].id == run.id

    assert engine.undo(run.id).rows == 1
    assert engine.status().faded == 0
