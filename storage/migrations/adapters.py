"""Schemas 11 and 13: personal adapters."""

from __future__ import annotations

from sqlite_utils import Database as SqliteDatabase

from storage.migrations.migration import run


def personal_adapters(db: SqliteDatabase) -> None:
    """Adapters that were trained on what memory holds, and the passages that their examples were made from
    (`storage.adapters`). A passage that is erased stays an id here: by it the adapter is known to be unsound."""
    run(
        db,
        """
        CREATE TABLE adapters (
            id TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, state TEXT NOT NULL, base TEXT NOT NULL,
            base_digest TEXT NOT NULL, parent TEXT NOT NULL, made_at TEXT NOT NULL, recipe TEXT NOT NULL,
            figures TEXT NOT NULL DEFAULT '{}', why TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL
        ) STRICT;;
        CREATE TABLE adapter_spans (
            adapter_id TEXT NOT NULL, span_id TEXT NOT NULL, PRIMARY KEY (adapter_id, span_id)
        ) STRICT, WITHOUT ROWID
        """,
    )


def kinds_of_adapters(db: SqliteDatabase) -> None:
    """What an adapter learnt: the facts of a memory, or how its owner writes. One of each kind may be used."""
    run(db, "ALTER TABLE adapters ADD COLUMN kind TEXT NOT NULL DEFAULT 'facts'")
