"""Runs of background jobs: each changed row is recorded as it was and as it became, so that a run can be undone.

A step is one transaction: what it changes and the record of it are committed together, or neither is.
"""

from __future__ import annotations

import base64
import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.database import Database

KEYS: Mapping[str, tuple[str, ...]] = {
    "spans": ("id",),
    "strengths": ("span_id",),
    "memories": ("id",),
    "sentences": ("memory_id", "rank"),
    "sentence_sources": ("memory_id", "rank", "span_id"),
    "trees": ("number",),
    "statements": ("id",),
    "aliases": ("key",),
    "adapters": ("id",),
}
"""Tables that a job may change, with their keys."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class RunRecord:
    """A run. `state`: running, done, stopped (before its end; what it did is kept), failed, undone.

    `counts`: by what was done (faded, merged, made, refused …) how often. `changes`: how many rows it changed.
    """

    id: str
    job: str
    cause: str
    state: str
    started_at: str
    ended_at: str
    undone_at: str
    counts: dict[str, int]
    error: str
    changes: int


@dataclass(frozen=True)
class ChangeRecord:
    """A row that a run changed: what was done (faded, merged, made …), the columns before and after; None: no row."""

    what: str
    table: str
    key: tuple[Any, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Refusal:
    """A sentence that a model wrote and that did not pass the gate."""

    reason: str
    text: str


@dataclass(frozen=True)
class Conflict:
    """A row that was changed after the run: by `run`, a later run, or, if that is empty, by other work."""

    table: str
    key: tuple[Any, ...]
    run: str


@dataclass
class Step:
    """The changes of one step. Without a connection (`tx` None) it is a dry run: they are listed, not made."""

    run_id: str
    tx: sqlite3.Connection | None
    reader: Callable[[str, Sequence[Any]], sqlite3.Row | None]
    listed: list[ChangeRecord] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    touched: list[str] = field(default_factory=list)
    """Ids of spans whose state changed."""

    def count(self, what: str, number: int = 1) -> None:
        """Add to what the run says it did."""
        self.counts[what] = self.counts.get(what, 0) + number

    def update(self, what: str, table: str, key: tuple[Any, ...], values: Values) -> bool:
        """Set columns of a row; False when there is no such row or nothing changes."""
        names = ", ".join(f'"{name}"' for name in values)
        row = self._row(f"SELECT {names} FROM {table} WHERE {_where(table)}", key)
        if row is None or all(row[name] == value for name, value in values.items()):
            return False
        before = {name: row[name] for name in values}
        if self.tx is not None:
            assignments = ", ".join(f'"{name}" = ?' for name in values)
            self.tx.execute(f"UPDATE {table} SET {assignments} WHERE {_where(table)}", (*values.values(), *key))
        self._record(what, table, key, before, dict(values))
        return True

    def insert(self, what: str, table: str, values: Values, sources: Sequence[str] = ()) -> None:
        """Insert a row. `sources`: spans that its text is made from; when they are erased, the record of it goes
        too."""
        key = tuple(values[name] for name in KEYS[table])
        if self.tx is not None:
            names = ", ".join(f'"{name}"' for name in values)
            marks = ", ".join("?" * len(values))
            self.tx.execute(f"INSERT INTO {table}({names}) VALUES ({marks})", tuple(values.values()))
        self._record(what, table, key, None, dict(values), sources)

    def delete(self, what: str, table: str, key: tuple[Any, ...], sources: Sequence[str] = ()) -> bool:
        """Delete a row; False when there is none."""
        row = self._row(f"SELECT * FROM {table} WHERE {_where(table)}", key)
        if row is None:
            return False
        if self.tx is not None:
            self.tx.execute(f"DELETE FROM {table} WHERE {_where(table)}", key)
        self._record(what, table, key, dict(zip(row.keys(), row, strict=True)), None, sources)
        return True

    def refuse(self, reason: str, text: str, sources: Sequence[str]) -> None:
        """Record that a sentence did not pass the gate."""
        self.count("refused")
        if self.tx is not None:
            row = self.tx.execute(
                "INSERT INTO refusals(run_id, reason, text) VALUES (?, ?, ?)", (self.run_id, reason, text)
            )
            self._trace(f"refusal:{row.lastrowid}", sources)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run bookkeeping of the job itself (its queue), which undo leaves as it is."""
        if self.tx is not None:
            self.tx.execute(sql, parameters)

    def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """As `execute`, for many rows."""
        if self.tx is not None:
            self.tx.executemany(sql, parameters)

    def _row(self, sql: str, key: tuple[Any, ...]) -> sqlite3.Row | None:
        if self.tx is None:
            return self.reader(sql, key)
        row: sqlite3.Row | None = self.tx.execute(sql, key).fetchone()
        return row

    def _record(
        self,
        what: str,
        table: str,
        key: tuple[Any, ...],
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        sources: Sequence[str] = (),
    ) -> None:
        self.listed.append(ChangeRecord(what, table, key, before, after))
        if table == "spans":
            self.touched.append(str(key[0]))
        if self.tx is not None:
            row = self.tx.execute(
                "INSERT INTO run_changes(run_id, what, tbl, key, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                (self.run_id, what, table, _dump(key), _dump(before), _dump(after)),
            )
            self._trace(f"change:{row.lastrowid}", sources)

    def _trace(self, owner: str, sources: Sequence[str]) -> None:
        assert self.tx is not None
        self.tx.executemany(
            "INSERT OR IGNORE INTO run_sources VALUES (?, ?)", [(owner, span_id) for span_id in sources]
        )


class Runs:
    """The record of runs, and undo."""

    def __init__(self, database: Database, on_spans: Callable[[Sequence[str]], None]) -> None:
        """`on_spans` gets the ids of spans that faded or came back, after the commit."""
        self._db = database
        self._on_spans = on_spans

    def begin(self, run_id: str, job: str, cause: str, now: str) -> None:
        """Record that a run begins. `cause`: schedule, or person."""
        with self._db.transaction("run") as tx:
            tx.execute(
                """INSERT INTO runs(id, job, cause, state, started_at, counts, error)
                   VALUES (?, ?, ?, 'running', ?, '{}', '')""",
                (run_id, job, cause, now),
            )

    @contextlib.contextmanager
    def step(self, run_id: str) -> Iterator[Step]:
        """One step of a run: a write transaction. What it counted is added to the run's counts."""
        with self._db.transaction("step") as tx:
            step = Step(run_id, tx, self._db.one)
            yield step
            if step.counts:
                counts = json.loads(tx.execute("SELECT counts FROM runs WHERE id = ?", (run_id,)).fetchone()[0])
                for what, number in step.counts.items():
                    counts[what] = counts.get(what, 0) + number
                tx.execute("UPDATE runs SET counts = ? WHERE id = ?", (json.dumps(counts), run_id))
        if step.touched:
            self._on_spans(step.touched)

    @contextlib.contextmanager
    def dry_step(self) -> Iterator[Step]:
        """A step that changes nothing; what it would change is in its `listed`."""
        yield Step("", None, self._db.one)

    def finish(self, run_id: str, state: str, now: str, error: str = "") -> None:
        """Record that a run ends. A run that changed and counted nothing leaves only the time of the job's success."""
        with self._db.transaction("finish") as tx:
            empty = tx.execute(
                """SELECT counts = '{}' AND ? = '' AND NOT EXISTS (SELECT 1 FROM run_changes WHERE run_id = r.id)
                   FROM runs r WHERE id = ?""",
                (error, run_id),
            ).fetchone()
            if empty is not None and empty[0]:
                tx.execute("DELETE FROM runs WHERE id = ?", (run_id,))
            else:
                tx.execute(
                    "UPDATE runs SET state = ?, ended_at = ?, error = ? WHERE id = ?", (state, now, error, run_id)
                )
            self._record_job(tx, run_id, state, now, error)

    def _record_job(self, tx: sqlite3.Connection, run_id: str, state: str, now: str, error: str) -> None:
        job = run_id.partition("/")[0]
        tx.execute("INSERT OR IGNORE INTO jobs(name, state, error) VALUES (?, 'on', '')", (job,))
        tx.execute("UPDATE jobs SET last_start = ?, error = ? WHERE name = ?", (now, error, job))
        if state == "done":
            tx.execute("UPDATE jobs SET last_success = ? WHERE name = ?", (now, job))

    def recover(self, now: str) -> int:
        """Mark runs that a crash cut short as stopped: what they did stays and can be undone. Returns how many."""
        with self._db.transaction() as tx:
            return tx.execute(
                "UPDATE runs SET state = 'stopped', ended_at = ? WHERE state = 'running'", (now,)
            ).rowcount

    def trim(self, before: str) -> int:
        """Forget runs that began before an instant; they can no longer be undone. Returns how many."""
        if self._db.one("SELECT 1 FROM runs WHERE started_at < ?", (before,)) is None:
            return 0
        with self._db.transaction() as tx:
            return tx.execute("DELETE FROM runs WHERE started_at < ? AND state != 'running'", (before,)).rowcount

    # --- jobs ---------------------------------------------------------------------------------------

    def job(self, name: str) -> tuple[str, str, str]:
        """(state: on or paused, last success, last error) of a job."""
        row = self._db.one("SELECT state, last_success, error FROM jobs WHERE name = ?", (name,))
        return (row[0], row[1] or "", row[2]) if row else ("on", "", "")

    def set_job(self, name: str, state: str) -> None:
        """Pause a job, or let it go on."""
        with self._db.transaction() as tx:
            tx.execute("INSERT OR IGNORE INTO jobs(name, state, error) VALUES (?, ?, '')", (name, state))
            tx.execute("UPDATE jobs SET state = ? WHERE name = ?", (state, name))

    # --- reading ------------------------------------------------------------------------------------

    def all(self, limit: int = 50) -> list[RunRecord]:
        """The latest runs, newest first."""
        return [self._record(row) for row in self._runs("1 ORDER BY started_at DESC, id DESC LIMIT ?", (limit,))]

    def one(self, name: str) -> list[RunRecord]:
        """Runs whose id is this, or begins with it (also after the job's name)."""
        rows = self._runs("id = ?1 OR id LIKE ?1 || '%' OR id LIKE '%/' || ?1 || '%' ORDER BY id LIMIT 3", (name,))
        exact = [row for row in rows if row["id"] == name]
        return [self._record(row) for row in exact or rows]

    def changes(self, run_id: str, limit: int = -1) -> list[ChangeRecord]:
        """What a run changed, in order."""
        rows = self._db.read("SELECT * FROM run_changes WHERE run_id = ? ORDER BY id LIMIT ?", (run_id, limit))
        return [_change(row) for row in rows]

    def of_row(self, table: str, key: tuple[Any, ...]) -> list[tuple[RunRecord, ChangeRecord]]:
        """The runs that changed a row, and how, in order."""
        rows = self._db.read("SELECT * FROM run_changes WHERE tbl = ? AND key = ? ORDER BY id", (table, _dump(key)))
        runs = {row["run_id"]: self.one(row["run_id"]) for row in rows}
        return [(runs[row["run_id"]][0], _change(row)) for row in rows if runs[row["run_id"]]]

    def refusals(self, run_id: str, limit: int = -1) -> list[Refusal]:
        """Sentences of a run that did not pass the gate."""
        rows = self._db.read("SELECT reason, text FROM refusals WHERE run_id = ? ORDER BY id LIMIT ?", (run_id, limit))
        return [Refusal(row[0], row[1]) for row in rows]

    def undone_keys(self, table: str, what: str) -> set[str]:
        """First parts of the keys of rows whose change a person undid: no job makes it again."""
        rows = self._db.read(
            """SELECT DISTINCT c.key FROM run_changes c JOIN runs r ON r.id = c.run_id
               WHERE r.state = 'undone' AND c.tbl = ? AND c.what = ?""",
            (table, what),
        )
        return {str(json.loads(row[0])[0]) for row in rows}

    def _runs(self, where: str, parameters: Sequence[Any]) -> list[sqlite3.Row]:
        return self._db.read(
            f"SELECT *, (SELECT count(*) FROM run_changes WHERE run_id = runs.id) AS changes FROM runs WHERE {where}",
            parameters,
        )

    @staticmethod
    def _record(row: sqlite3.Row) -> RunRecord:
        return RunRecord(
            id=row["id"],
            job=row["job"],
            cause=row["cause"],
            state=row["state"],
            started_at=row["started_at"],
            ended_at=row["ended_at"] or "",
            undone_at=row["undone_at"] or "",
            counts=json.loads(row["counts"]),
            error=row["error"],
            changes=row["changes"],
        )

    # --- undoing ------------------------------------------------------------------------------------

    def undo(self, run_id: str, now: str) -> tuple[int, list[Conflict]]:
        """Restore every row that a run changed, byte for byte, in one transaction: (rows restored, []).

        If a row was changed since in another way, nothing is undone: (0, those rows). A row that is already as it was
        before the run is left alone.
        """
        touched: list[str] = []
        with self._db.transaction("undo") as tx:
            rows = tx.execute("SELECT * FROM run_changes WHERE run_id = ? ORDER BY id DESC", (run_id,)).fetchall()
            conflicts = self._conflicts(tx, run_id, rows)
            if conflicts:
                return 0, conflicts
            tx.execute("PRAGMA defer_foreign_keys = ON")
            for row in rows:
                change = _change(row)
                _restore(tx, change)
                if change.table == "spans":
                    touched.append(str(change.key[0]))
            if any(row["tbl"] == "trees" for row in rows):
                _enqueue_unplaced(tx)
            tx.execute("UPDATE runs SET state = 'undone', undone_at = ? WHERE id = ?", (now, run_id))
        if touched:
            self._on_spans(touched)
        return len(rows), []

    @staticmethod
    def _conflicts(tx: sqlite3.Connection, run_id: str, rows: Sequence[sqlite3.Row]) -> list[Conflict]:
        """Rows that are now neither as the run left them nor as it found them. `rows`: its changes, newest first."""
        found: dict[tuple[str, str], Conflict] = {}
        seen: set[tuple[str, str, str]] = set()
        for row in rows:  # only the last change of each column of a row has to be in place
            change = _change(row)
            columns = "|".join(change.after) if change.after is not None and change.before is not None else "*"
            mark = (row["tbl"], row["key"], columns)
            if mark in seen or (row["tbl"], row["key"], "*") in seen:
                continue
            seen.add(mark)
            current = tx.execute(f"SELECT * FROM {change.table} WHERE {_where(change.table)}", change.key).fetchone()
            if not (_has_values(current, change.after) or _has_values(current, change.before)):
                later = tx.execute(
                    """SELECT r.id FROM run_changes c JOIN runs r ON r.id = c.run_id
                       WHERE c.tbl = ? AND c.key = ? AND c.id > ? AND c.run_id != ? AND r.state != 'undone'
                       ORDER BY c.id DESC""",
                    (row["tbl"], row["key"], row["id"], run_id),
                ).fetchone()
                found[(row["tbl"], row["key"])] = Conflict(change.table, change.key, later[0] if later else "")
        return list(found.values())


def erase_traces(tx: sqlite3.Connection, span_ids: str, parameters: Sequence[Any]) -> None:
    """Erase what runs recorded of spans that are erased. `span_ids`: a SELECT of their ids."""
    for owner, table in (("change", "run_changes"), ("refusal", "refusals")):
        tx.execute(
            f"""DELETE FROM {table} WHERE id IN
                (SELECT CAST(substr(owner, {len(owner) + 2}) AS INTEGER) FROM run_sources
                 WHERE owner LIKE '{owner}:%' AND span_id IN ({span_ids}))""",
            parameters,
        )
    tx.execute(
        f"""DELETE FROM run_changes WHERE tbl IN ('spans', 'strengths')
            AND key IN (SELECT json_array(id) FROM spans WHERE id IN ({span_ids}))""",
        parameters,
    )
    tx.execute(f"DELETE FROM run_sources WHERE span_id IN ({span_ids})", parameters)


def _has_values(row: sqlite3.Row | None, values: dict[str, Any] | None) -> bool:
    """Whether a row has these values; None stands for no row."""
    if row is None or values is None:
        return row is None and values is None
    return all(row[name] == value for name, value in values.items())


def _restore(tx: sqlite3.Connection, change: ChangeRecord) -> None:
    where = _where(change.table)
    if change.before is None:
        tx.execute(f"DELETE FROM {change.table} WHERE {where}", change.key)
    elif change.after is None:
        names = ", ".join(f'"{name}"' for name in change.before)
        marks = ", ".join("?" * len(change.before))
        tx.execute(f"INSERT OR IGNORE INTO {change.table}({names}) VALUES ({marks})", tuple(change.before.values()))
    else:
        assignments = ", ".join(f'"{name}" = ?' for name in change.before)
        tx.execute(f"UPDATE {change.table} SET {assignments} WHERE {where}", (*change.before.values(), *change.key))


def _enqueue_unplaced(tx: sqlite3.Connection) -> None:
    """After an older memory tree is live again: queue the spans that came or went since."""
    tx.execute(
        """INSERT OR IGNORE INTO derivations SELECT 'tree', s.seq FROM spans s
           LEFT JOIN placements p ON p.span_seq = s.seq AND p.tree = (SELECT number FROM trees WHERE state = 'live')
           WHERE (s.archived_at IS NULL AND s.hidden_at IS NULL) != (p.node IS NOT NULL)"""
    )


def _where(table: str) -> str:
    return " AND ".join(f'"{name}" = ?' for name in KEYS[table])


def _change(row: sqlite3.Row) -> ChangeRecord:
    key = json.loads(row["key"])
    return ChangeRecord(row["what"], row["tbl"], tuple(key), _load(row["before"]), _load(row["after"]))


def _dump(value: Any) -> str | None:
    """JSON with bytes as {"base64": …}; numbers keep every digit."""
    if value is None:
        return None
    return json.dumps(value, default=_bytes, ensure_ascii=False, separators=(",", ":"))


def _bytes(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    raise TypeError(type(value).__name__)


def _load(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    loaded: dict[str, Any] = json.loads(text)
    return {
        name: base64.b64decode(value["base64"]) if isinstance(value, dict) else value for name, value in loaded.items()
    }
