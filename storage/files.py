"""What the last look at each file saw: the stamp that shows whether it changed, and why it was not taken in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from storage.database import Database
from storage.records import FileRecord


class Files:
    """One row for each file that was looked at, by path."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, records: Sequence[FileRecord]) -> None:
        """Store what was seen; it replaces what was seen before."""
        with self._db.transaction() as tx:
            tx.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(r.path, r.folder_id, r.bytes, r.mtime_ns, r.inode, r.state, r.reason, r.seen_at) for r in records],
            )
            # Every folder that holds files has a listing, so that it is missed when it is gone.
            parents = {(r.folder_id, r.path.rpartition("/")[0]) for r in records if r.folder_id is not None}
            tx.executemany("INSERT OR IGNORE INTO listings VALUES (?, ?, x'')", parents)

    def drop(self, paths: Sequence[str]) -> None:
        """Forget files that are gone."""
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

    def stamps_within(self, folder_id: str, parent: str) -> dict[str, tuple[int, int, int]]:
        """(bytes, mtime in ns, inode) by path of the files directly within one folder."""
        rows = self._db.read(
            """SELECT path, bytes, mtime_ns, inode FROM files WHERE folder_id = ? AND path >= ? AND path < ?
               AND instr(substr(path, ?), '/') = 0""",
            (folder_id, f"{parent}/", f"{parent}0", len(parent) + 2),
        )
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def listings(self, folder_id: str) -> dict[str, bytes]:
        """By path of each folder that holds files: the digest of its listing when all of them were settled, or b""."""
        rows = self._db.read("SELECT path, digest FROM listings WHERE folder_id = ?", (folder_id,))
        return {row[0]: row[1] for row in rows}

    def settle(self, folder_id: str, digests: Mapping[str, bytes], gone: Iterable[str]) -> None:
        """Store the digests of folders in which nothing is left to do, and forget folders that are gone."""
        with self._db.transaction() as tx:
            tx.executemany(
                "INSERT OR REPLACE INTO listings VALUES (?, ?, ?)",
                [(folder_id, path, digest) for path, digest in digests.items()],
            )
            tx.executemany(
                "DELETE FROM listings WHERE folder_id = ? AND path = ?", [(folder_id, path) for path in gone]
            )

    def unsettled_listings(self, folder_id: str) -> set[str]:
        """Folders with files that have to be read again even if nothing changed."""
        rows = self._db.read("SELECT path FROM files WHERE folder_id = ? AND mtime_ns = -1", (folder_id,))
        return {row[0].rpartition("/")[0] for row in rows}

    def one(self, path: str) -> FileRecord | None:
        """What was last seen of a file, or None."""
        row = self._db.one("SELECT * FROM files WHERE path = ?", (path,))
        return _record(row) if row else None

    def troubles(self, *, states: Sequence[str] = ("skipped", "failed"), limit: int = -1) -> list[FileRecord]:
        """Files that were not taken in, and why, failures first."""
        marks = ",".join("?" * len(states))
        rows = self._db.read(
            f"SELECT * FROM files WHERE state != 'indexed' AND state IN ({marks}) ORDER BY state, path LIMIT ?",
            (*states, limit),
        )
        return [_record(row) for row in rows]

    def notes(self, limit: int = -1) -> list[FileRecord]:
        """Files that were taken in with a note: parts that were not read, keys that were masked."""
        rows = self._db.read(
            "SELECT * FROM files WHERE reason != '' AND state = 'indexed' ORDER BY path LIMIT ?", (limit,)
        )
        return [_record(row) for row in rows]

    def counts(self, folder_id: str) -> dict[str, int]:
        """Number of a folder's files by state."""
        rows = self._db.read("SELECT state, count(*) FROM files WHERE folder_id = ? GROUP BY state", (folder_id,))
        return {row[0]: row[1] for row in rows}

    def trouble_counts(self) -> tuple[int, int]:
        """Number of files that could not be read, and of those that were read with a note."""
        failed = self._db.value("SELECT count(*) FROM files WHERE state != 'indexed' AND state = 'failed'")
        noted = self._db.value("SELECT count(*) FROM files WHERE reason != '' AND state = 'indexed'")
        return int(failed), int(noted)

    def retry(self, paths: Sequence[str]) -> None:
        """Have these files read again at the next look."""
        with self._db.transaction() as tx:
            tx.executemany("UPDATE files SET mtime_ns = -1 WHERE path = ?", [(path,) for path in paths])
            tx.executemany(
                "UPDATE listings SET digest = x'' WHERE path = ?", {(path.rpartition("/")[0],) for path in paths}
            )


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
