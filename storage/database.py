"""The SQLite file: one writer connection, a read connection for each thread, migrations, checkpoints."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database as SqliteDatabase

from storage.faults import crash_point
from storage.migrations import MIGRATIONS, Migration, read_words_again
from storage.tokens.tokenizer import index_text, rules

LARGE_COUNT = 20_000
COUNT_SECONDS = 2.0
"""Counting two million rows takes a tenth of a second, and the status is asked for several times a second."""


CLOSED = ("The memory is closed already.", "Start Second Me again.")


class StoreError(Exception):
    """The store could not be opened or written. `what` happened and the `remedy`, one sentence each."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL: a commit returns after its fsync, which is what an acknowledgement promises.
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    # Deleted bytes are overwritten, so that a purge leaves nothing in free pages.
    "PRAGMA secure_delete = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)


class Database:
    """The application's SQLite file in `folder`. Only one process may hold it for writing."""

    def __init__(
        self, folder: Path, *, migrations: Sequence[Migration] = MIGRATIONS, max_pages: int | None = None
    ) -> None:
        """Open or create the file and bring its schema up to date, after a backup.

        `max_pages` bounds its size (`PRAGMA max_page_count`). Raises StoreError when it cannot be opened.
        """
        self.path = folder / "secondme.db"
        self.backups = folder / "backups"
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers: list[tuple[sqlite3.Connection, threading.Lock]] = []
        self._counts: dict[str, tuple[float, int]] = {}
        self._closed = False
        self.revision = 0
        """Counts up with each commit that may change what memory holds."""
        try:
            self.writer = self._connect()
            if max_pages is not None:
                self.writer.conn.execute(f"PRAGMA max_page_count = {int(max_pages)}")
            self._migrate(migrations)
            self._follow_rules()
        except sqlite3.Error as error:
            raise store_error(error, self.path) from error

    def _connect(self) -> SqliteDatabase:
        connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        # Triggers give the full-text index the words of a text, not the text.
        connection.create_function("words_of", 1, index_text, deterministic=True)
        return SqliteDatabase(connection, execute_plugins=False)

    def _migrate(self, migrations: Sequence[Migration]) -> None:
        version = self.version()
        if version > len(migrations):
            raise StoreError(
                f"The memory in {self.path.parent} was written by a newer Second Me.",
                "Update Second Me and start it again; nothing was changed.",
            )
        for number, migration in enumerate(migrations[version:], start=version + 1):
            if number > 1:
                crash_point("migration.before_backup")
                self.backup(self.backups / f"before-migration-{number}.db")
                crash_point("migration.after_backup")
            with self.writer.atomic():
                migration(self.writer)
                self.writer.conn.execute(f"PRAGMA user_version = {number}")
                crash_point("migration.before_commit")
            crash_point("migration.after_commit")

    def _follow_rules(self) -> None:
        """Make the full-text index anew, whole or not at all, if other rules of words made it."""
        known = self.writer.conn.execute("SELECT name FROM sqlite_master WHERE name = 'word_rules'").fetchone()
        made_by = self.writer.conn.execute("SELECT rules FROM word_rules").fetchone() if known else None
        if made_by is None or made_by[0] == rules():
            return
        with self.transaction() as tx:
            for index in ("spans_fts", "cold_fts"):
                tx.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
            read_words_again(tx, "")
            tx.execute("UPDATE word_rules SET rules = ?", (rules(),))

    def version(self) -> int:
        """Number of migrations that were applied."""
        return int(self.writer.conn.execute("PRAGMA user_version").fetchone()[0])

    def backup(self, target: Path) -> None:
        """Copy the database to `target` by SQLite's backup API: fsynced, mode 0600, replaced whole or not at all."""
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = target.with_suffix(".part")
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_WRONLY, 0o600))
        copy = sqlite3.connect(partial)
        try:
            self.writer.conn.backup(copy)
        finally:
            copy.close()
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)

    @contextlib.contextmanager
    def transaction(self, point: str = "", *, memory: bool = True) -> Iterator[sqlite3.Connection]:
        """One write transaction on the only writer connection; committed and fsynced when the block ends.

        `point` names the crash points around the commit. `memory`: whether it may change what memory holds. Raises
        StoreError when the disk is full, read-only or broken; then nothing of the block was kept.
        """
        with self._lock:
            try:
                with self.writer.atomic():
                    yield self.writer.conn
                    if point:
                        crash_point(f"{point}.before_commit")
            except sqlite3.OperationalError as error:
                raise store_error(error, self.path) from error
            if memory:
                self.revision += 1
            if point:
                crash_point(f"{point}.after_commit")

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Rows of a SELECT, on this thread's own read connection. Raises StoreError once the database is closed."""
        reader: tuple[sqlite3.Connection, threading.Lock] | None = getattr(self._local, "reader", None)
        if reader is None:
            with self._lock:
                if self._closed:
                    raise StoreError(*CLOSED)
                reader = self._local.reader = (self._read_connection(), threading.Lock())
                self._readers.append(reader)
        connection, reads = reader
        try:
            with reads:  # a connection that is closed while it reads takes the process down
                return connection.execute(sql, parameters).fetchall()
        except sqlite3.OperationalError as error:
            raise store_error(error, self.path) from error
        except sqlite3.ProgrammingError as error:
            if self._closed:
                raise StoreError(*CLOSED) from error
            raise

    def _read_connection(self) -> sqlite3.Connection:
        """A new connection that cannot write."""
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA mmap_size = 268435456")
        return connection

    def read_in(self, sql: str, keys: Sequence[Any], before: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """Rows of a SELECT with `IN ({marks})`, which stands for the keys, 500 at a time. `before`: the parameters
        before them."""
        for begin in range(0, len(keys), 500):
            chunk = keys[begin : begin + 500]
            yield from self.read(sql.replace("{marks}", ",".join("?" * len(chunk))), (*before, *chunk))

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The first row of a SELECT, or None."""
        rows = self.read(sql, parameters)
        return rows[0] if rows else None

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    def count(self, sql: str) -> int:
        """A count for display: a large count may be two seconds old."""
        last = self._counts.get(sql)
        now = time.monotonic()
        if last is not None and last[1] > LARGE_COUNT and now - last[0] < COUNT_SECONDS:
            return last[1]
        counted = int(self.value(sql))
        self._counts[sql] = (now, counted)
        return counted

    def fact(self, key: str) -> str | None:
        """A fact about the store itself (its id, whether the welcome was answered)."""
        found: str | None = self.value("SELECT value FROM facts_of_store WHERE key = ?", (key,))
        return found

    def set_fact(self, key: str, value: str) -> None:
        """Store a fact about the store itself."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO facts_of_store VALUES (?, ?)", (key, value))

    def forget_free_bytes(self) -> None:
        """Make deleted text unreadable in the file: merge the word index, then empty the write-ahead log.

        Deleted words stay in old segments of the index until `optimize`, and whole old pages stay in
        the log until it is truncated (measured with SQLite 3.40.1).
        """
        with self._lock:
            with self.transaction() as connection:
                for index in ("spans_fts", "cold_fts"):
                    connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
            crash_point("erase.before_checkpoint")
            self.checkpoint()
            crash_point("erase.after_checkpoint")

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file and truncate it."""
        with self._lock:
            self.writer.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def problems(self) -> list[str]:
        """What SQLite's own checks find: integrity, foreign keys, word index against the spans. Empty is good."""
        found = [row[0] for row in self.read("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"{row[0]} refers to a missing {row[2]}" for row in self.read("PRAGMA foreign_key_check")]
        with self._lock:
            for index in ("spans_fts", "cold_fts"):
                try:
                    self.writer.conn.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
                except sqlite3.DatabaseError:
                    found.append(f"the word index {index} differs from the spans")
        return found

    def close(self) -> None:
        """Checkpoint and close every connection."""
        with self._lock:
            with contextlib.suppress(sqlite3.Error):
                self.checkpoint()
            self._closed = True
            for connection, reads in self._readers:
                with reads:
                    connection.close()
            self._readers.clear()
            self.writer.close()


def store_error(error: sqlite3.Error, path: Path) -> StoreError:
    """The sentence and the remedy for an error of SQLite."""
    text = str(error)
    if "full" in text:
        return StoreError(
            f"The disk that holds {path.parent} is full; what was not acknowledged was not kept.",
            "Free some space and try again; everything acknowledged is safe.",
        )
    if "readonly" in text or "unable to open" in text or "disk I/O" in text:
        return StoreError(
            f"The data folder {path.parent} cannot be written ({text}).",
            "Make it writable, or name another one with SECONDME_HOME.",
        )
    if "malformed" in text or "not a database" in text:
        return StoreError(
            f"The memory file {path} is damaged ({text}).",
            "Nothing was changed; import your latest snapshot into an empty SECONDME_HOME.",
        )
    return StoreError(f"The memory file {path} could not be used ({text}).", "Run `secondme doctor`.")
