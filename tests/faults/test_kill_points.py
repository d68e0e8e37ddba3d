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
from kill_worker import Calendar, HashEmbedder, open_store, perform

from secondme.indexing import Indexer
from secondme.merging import Merging
from secondme.summaries import Balance, Summaries
from storage.database import Database
from storage.faults import CRASH_EXIT_CODE, POINTS
from storage.migrations import MIGRATIONS
from storage.store import Store

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
    for _ in range(2):  # the second recovery finds nothing to do
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
            out = check_runs(store, indexer)
            assert len(store.trees.placeable()) == store.words.span_count() + out
        finally:
            store.close()
    if (home / "migrated" / "secondme.db").exists():
        database = Database(home / "migrated") if not _later(home) else None
        if database is not None:
            assert database.problems() == []
            database.close()


def check_runs(store: Store, indexer: Indexer) -> int:
    """No run is half: each row stands as its last change left it, and the jobs go on. Returns the spans not in recall."""
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
    clock = Calendar(datetime.now(UTC) + timedelta(days=2))
    for job in (Merging(), Summaries(), Balance(indexer.rebalance)):
        perform(store, clock, job)
    indexer.drain()
    assert store.database.problems() == []
    assert store.generations.ids() == set(store.vectors.live_ids())
    held = store.database.value("SELECT count(*) FROM spans WHERE archived_at IS NULL AND hidden_at IS NULL")
    return int(held) - store.words.span_count()


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


JOB_COMMITS = {
    "merge": (1, 1, 1),
    "rebalance": (2, 5, 2),
    "summaries": (3, 6, 3),
    "learn": (4, 7, 4),
    "forget": (5, 8, 7),
}
"""By job, which pass of beginning a run, of a step and of a run's end is its own in the worker."""


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("job", JOB_COMMITS)
def test_killed_at_a_commit_of_any_job_no_run_is_half_and_the_job_goes_on(job: str, side: str, tmp_path: Path) -> None:
    log = tmp_path / "points.log"
    for which, number in zip(("run", "step", "finish"), JOB_COMMITS[job], strict=True):
        home = tmp_path / which
        home.mkdir()
        point = f"{which}.{side}_commit:{number}"
        done = run_worker(home, SECONDME_CRASH_AT=point, SECONDME_CRASH_LOG=str(log))
        assert done.returncode == CRASH_EXIT_CODE, f"{point} was never reached: {done.stderr[-500:]}"
        connection = sqlite3.connect(home / "data" / "secondme.db")
        latest = connection.execute("SELECT job FROM runs ORDER BY rowid DESC").fetchall()
        connection.close()
        expected = job if (which, side) != ("run", "before") and which != "finish" else None
        assert expected is None or latest[0][0] == job
        check_recovered(home, done.stdout)


def test_every_point_in_the_sources_is_listed_and_the_other_way_round() -> None:
    used: set[str] = set()
    for file in [*ROOT.glob("storage/*.py"), *ROOT.glob("secondme/*.py")]:
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r'crash_point\("([\w.]+)"\)', text))
        for name in re.findall(r'\.transaction\("(\w+)"\)', text):
            used |= {f"{name}.before_commit", f"{name}.after_commit"}
    assert used == set(POINTS)
