"""What a migration is, and how it runs its statements."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database as SqliteDatabase

Migration = Callable[[SqliteDatabase], None]


def run(db: SqliteDatabase, script: str) -> None:
    """Run statements one by one inside the caller's transaction (executescript would commit it)."""
    for statement in script.split(";;"):
        if statement.strip():
            db.conn.execute(statement)
