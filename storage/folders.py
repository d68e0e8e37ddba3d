"""Watched folders."""

from __future__ import annotations

from storage.database import Database
from storage.records import Folder


class Folders:
    """The list of watched folders and their states."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, folder: Folder) -> None:
        """Add a folder; a folder that exists is watched again."""
        with self._db.transaction() as tx:
            tx.execute(
                """INSERT INTO folders(id, path, state, added_at) VALUES (?, ?, ?, ?)
                   ON CONFLICT(id) DO UPDATE SET state = excluded.state""",
                (folder.id, folder.path, folder.state, folder.added_at),
            )

    def all(self) -> list[Folder]:
        """All watched folders by path."""
        return [
            Folder(row["id"], row["path"], row["state"], row["added_at"], row["last_scan_at"], row["missing"])
            for row in self._db.read("SELECT * FROM folders ORDER BY path")
        ]

    def one(self, folder_id: str) -> Folder | None:
        """The folder with this id."""
        return next((folder for folder in self.all() if folder.id == folder_id), None)

    def set_state(self, folder_id: str, state: str, missing: int = 0) -> None:
        """Set watching, paused, away, or asking about `missing` files."""
        with self._db.transaction() as tx:
            tx.execute("UPDATE folders SET state = ?, missing = ? WHERE id = ?", (state, missing, folder_id))

    def set_scanned(self, folder_id: str, now: str) -> None:
        """Record that a scan of the whole folder ended."""
        with self._db.transaction() as tx:
            tx.execute("UPDATE folders SET last_scan_at = ? WHERE id = ?", (now, folder_id))

    def remove(self, folder_id: str) -> None:
        """Stop watching; its sources stay."""
        with self._db.transaction() as tx:
            tx.execute("DELETE FROM folders WHERE id = ?", (folder_id,))
