"""What the last look at each file saw: the stamp that tells whether it changed, and why it was not taken in."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from storage.database import Database
from storage.records import FileRecord


class Files:
    """One row for each file that was looked at, by path."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, records: Sequence[FileRecord]) -> None:
        """Keep what was seen; it replaces what was seen before."""
        with self._db.transaction() as tx:
            tx.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(r.path, r.folder_id, r.bytes, r.mtime_ns, r.inode, r.state, r.reason, r.seen_at) for r in records],
            )

    def drop(self, paths: Sequence[str]) -> None:
        """These files are there no more."""
        with self._db.transaction() as tx:
            tx.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])

    def stamps(self, folder_id: str, below: str = "") -> dict[str, tuple[int, int, int]]:
        """(bytes, mtime in ns, inode) by path of a folder's files, or of those at or below one path."""
        if below:
            rows = self._db.read(
                """SELECT path, bytes, mtime_ns, inode FROM files
                   WHERE folder_id = ? AND (path = ? OR (path >= ? AND path < ?))""",
                (folder_id, below, f"{below}/", f"{below}0"),  # 0 follows / in every collation by bytes
            )
        else:
            rows = self._db.read("SELECT path, bytes, mtime_ns, inode FROM files WHERE folder_id = ?", (folder_id,))
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def one(self, path: str) -> FileRecord | None:
        """What was last seen of one file."""
        row = self._db.one("SELECT * FROM files WHERE path = ?", (path,))
        return _record(row) if row else None

    def troubled(self, *, states: Sequence[str] = ("skipped", "failed"), limit: int = -1) -> list[FileRecord]:
        """Files that were not taken in, and why, failures first."""
        marks = ",".join("?" * len(states))
        rows = self._db.read(
            f"SELECT * FROM files WHERE state != 'indexed' AND state IN ({marks}) ORDER BY state, path LIMIT ?",
            (*states, limit),
        )
        return [_record(row) for row in rows]

    def noted(self, limit: int = -1) -> list[FileRecord]:
        """Files that were taken in with something to be known: parts that were not read, keys that were masked."""
        rows = self._db.read(
            "SELECT * FROM files WHERE reason != '' AND state = 'indexed' ORDER BY path LIMIT ?", (limit,)
        )
        return [_record(row) for row in rows]

    def counts(self, folder_id: str) -> dict[str, int]:
        """Number of a folder's files by state."""
        rows = self._db.read("SELECT state, count(*) FROM files WHERE folder_id = ? GROUP BY state", (folder_id,))
        return {row[0]: row[1] for row in rows}

    def trouble_count(self) -> int:
        """Number of files that could not be read."""
        return int(self._db.value("SELECT count(*) FROM files WHERE state != 'indexed' AND state = 'failed'"))

    def retry(self, paths: Sequence[str] = ()) -> int:
        """Have failed files read again at the next look, all or these; returns how many."""
        with self._db.transaction() as tx:
            if not paths:
                return tx.execute(
                    "UPDATE files SET mtime_ns = -1 WHERE state != 'indexed' AND state = 'failed'"
                ).rowcount
            return sum(tx.execute("UPDATE files SET mtime_ns = -1 WHERE path = ?", (path,)).rowcount for path in paths)


def _record(row: sqlite3.Row) -> FileRecord:
    return FileRecord(
        row["path"],
        row["folder_id"],
        row["bytes"],
        row["mtime_ns"],
        row["inode"],
        row["state"],
        row["reason"],
        row["seen_at"],
    )
