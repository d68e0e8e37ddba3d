"""Schema 10: other programs, what they may, what they asked and what they propose."""

from __future__ import annotations

from sqlite_utils import Database as SqliteDatabase

from storage.migrations.migration import run


def programs_calls_and_proposals(db: SqliteDatabase) -> None:
    """Programs with their grants, their calls, and their proposals.

    A purge takes the ids of what it erases out of the calls, and with them the words of the query, if they were kept.
    """
    run(
        db,
        """
        CREATE TABLE programs (
            name TEXT PRIMARY KEY, "grant" TEXT NOT NULL, token_hash TEXT NOT NULL,
            created_at TEXT NOT NULL, paused INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;;
        CREATE TABLE program_calls (
            id INTEGER PRIMARY KEY, program TEXT NOT NULL REFERENCES programs(name) ON DELETE CASCADE,
            at TEXT NOT NULL, tool TEXT NOT NULL, passages INTEGER NOT NULL, bytes INTEGER NOT NULL,
            refusal TEXT NOT NULL, query TEXT NOT NULL
        ) STRICT;;
        CREATE INDEX program_calls_by_program ON program_calls(program, at);;
        CREATE INDEX program_calls_by_time ON program_calls(at);;
        CREATE TABLE program_call_spans (
            call INTEGER NOT NULL REFERENCES program_calls(id) ON DELETE CASCADE, rank INTEGER NOT NULL,
            span_id TEXT NOT NULL REFERENCES spans(id) ON DELETE CASCADE, PRIMARY KEY (call, span_id)
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX program_call_spans_by_span ON program_call_spans(span_id);;
        CREATE TRIGGER program_calls_forget AFTER DELETE ON program_call_spans BEGIN
            UPDATE program_calls SET query = '' WHERE id = old.call;
        END;;
        CREATE TABLE proposals (
            id TEXT PRIMARY KEY, program TEXT NOT NULL, text TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL,
            state TEXT NOT NULL, source_id TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;;
        CREATE INDEX proposals_by_program ON proposals(program, at)
        """,
    )
