"""Killed at any named point, nothing acknowledged is lost and the index comes back equal to SQLite."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secondme.clock import FixedClock
from secondme.consolidation.merging import Merging
from secondme.consolidation.summaries import Balance, Summaries
from secondme.index.indexer import Indexer
from storage.database import Database
from storage.faults import CRASH_EXIT_CODE, POINTS
from storage.migrations import MIGRATIONS
from storage.store import Store
from tests.faults.kill_worker import HashEmbedder, open_store, perform

WORKER = Path(__file__).with_name("kill_worker.py")
ROOT = Path(__file__).parent.parent.parent


def run_worker(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The worker, to its end or its death."""
    return subprocess.run(
        [sys.executable, "-P", str(WORKER), str(home)],
        env={**os.environ, "PYTHONPATH": str(WORKER.parent), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def check_recovered(home: Path, said: str) -> None:
    """Every acknowledged span that was not purged is there, SQLite is sound, the index holds SQLite's ids."""
    acknowledged = {line.split()[1] for line in said.splitlines() if line.startswith("ack ")}
    purging = "purging" in said
    for recovery in range(2):  # the second recovery finds nothing to do
        store = open_store(home / "data")
        try:
            indexer = Indexer(store, HashEmbedder())
            indexer.drain()
            held = set(store.spans.by_id(sorted(acknowledged)))
            lost = acknowledged - held
            assert not lost or purging, f"{len(lost)} acknowledged spans are lost"
            assert len(lost) in (0, 41) or not purging, "a purge is whole or did not happen"
            assert store.database.problems() == []
            assert store.generations.ids() == set(store.vectors.live_ids())
            assert store.words.span_count() == len(store.vectors.live_ids())
            assert store.outbox.count() == 0
            assert store.trees.problems() == []
            assert store.trees.queue_length() == 0
            if recovery == 0:
                check_runs(store, indexer)
            held = store.database.value(
                "SELECT count(*) FROM spans WHERE archived_at IS NULL AND hidden_at IS NULL AND evidence = 1"
            )
            assert len(store.trees.placeable()) == held
        finally:
            store.close()
    if (home / "migrated" / "secondme.db").exists():
        database = Database(home / "migrated") if not _later(home) else None
        if database is not None:
            assert database.problems() == []
            database.close()


def check_runs(store: Store, indexer: Indexer) -> None:
    """No run is half: each row stands as its last change left it, and the jobs go on."""
    store.runs.recover("now")
    last: dict[tuple[str, tuple[object, ...]], dict[str, object] | None] = {}
    for record in reversed(store.runs.all(1000)):
        assert record.state in ("done", "stopped", "undone")
        for change in store.runs.changes(record.id) if record.state != "undone" else []:
            if change.table in ("memories", "trees"):
                last[(change.table, change.key)] = change.after
    for (table, key), after in last.items():
        name = "id" if table == "memories" else "number"
        row = store.database.one(f"SELECT * FROM {table} WHERE {name} = ?", key)
        if table == "memories":
            assert (row is None) == (after is None)
        elif row is not None and after is not None:
            assert row["state"] == after["state"]
    clock = FixedClock(datetime.now(UTC) + timedelta(days=2))
    for job in (Merging(), Summaries(), Balance(indexer.rebalance)):
        perform(store, clock, job)
    indexer.drain()
    assert store.database.problems() == []
    assert store.generations.ids() == set(store.vectors.live_ids())


def _later(home: Path) -> bool:
    connection = sqlite3.connect(home / "migrated" / "secondme.db")
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    return version > len(MIGRATIONS)


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point_nothing_acknowledged_is_lost(point: str, tmp_path: Path) -> None:
    done = run_worker(tmp_path, SECONDME_CRASH_AT=f"{point}:1")
    assert done.returncode == CRASH_EXIT_CODE, f"{point} was never reached: {done.stderr[-500:]}"
    check_recovered(tmp_path, done.stdout)


JOB_STEPS = {"merge": 1, "rebalance": 5, "summaries": 6, "learn": 7, "people": 8, "forget": 9}
"""By job, which pass of a step's commit is its first in the worker."""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("job", JOB_STEPS)
def test_killed_at_a_step_of_any_job_no_run_is_half_and_the_job_goes_on(job: str, side: str, tmp_path: Path) -> None:
    point = f"step.{side}_commit:{JOB_STEPS[job]}"
    done = run_worker(tmp_path, SECONDME_CRASH_AT=point)
    assert done.returncode == CRASH_EXIT_CODE, f"{point} was never reached: {done.stderr[-500:]}"
    connection = sqlite3.connect(tmp_path / "data" / "secondme.db")
    latest = connection.execute("SELECT job FROM runs ORDER BY rowid DESC").fetchone()
    connection.close()
    assert latest[0] == job
    check_recovered(tmp_path, done.stdout)


def test_every_point_in_the_sources_is_listed_and_the_other_way_round() -> None:
    used: set[str] = set()
    for file in [*ROOT.glob("storage/**/*.py"), *ROOT.glob("secondme/**/*.py")]:
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r'crash_point\("([\w.]+)"\)', text))
        for name in re.findall(r'\.transaction\("(\w+)"\)', text):
            used |= {f"{name}.before_commit", f"{name}.after_commit"}
    assert used == set(POINTS)
