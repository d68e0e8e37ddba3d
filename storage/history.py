"""What happened to a row and what was made from it: reads what runs, answers and summaries recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.chats import message_record
from storage.database import Database
from storage.records import MessageRecord


@dataclass(frozen=True)
class RowChange:
    """A change of a row by a run: what was done, and the columns as they became (None: the row went)."""

    what: str
    after: dict[str, Any] | None
    run_id: str
    cause: str
    at: str
    undone: bool


@dataclass(frozen=True)
class SpanHistory:
    """When what happened to a span; empty where it did not. `models`: embedders that made a vector of it."""

    version: int
    media: str
    recorded_at: str
    archived_at: str
    hidden_at: str
    faded_at: str
    recalled_at: str
    pinned_at: str
    models: tuple[str, ...]


@dataclass(frozen=True)
class Use:
    """An answer that was made from a span, and the question that it answers (empty where that is gone)."""

    message_id: str
    question: str
    at: str
    state: str
    hidden: bool


# A message follows its parent where it has one, else the one before it.
_QUESTION = """coalesce(
    (SELECT q.text FROM messages q WHERE q.id = m.parent_id AND q.role = 'user' AND q.hidden_at IS NULL),
    (SELECT q.text FROM messages q WHERE q.chat_id = m.chat_id AND q.role = 'user' AND q.ordinal < m.ordinal
        AND q.hidden_at IS NULL ORDER BY q.ordinal DESC LIMIT 1), '')"""


class History:
    """Reading what was recorded of single rows."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def changes(self, table: str, key: str) -> list[RowChange]:
        """What runs did to the row with this key, oldest first."""
        rows = self._db.read(
            """SELECT c.what, c.after, r.id, r.cause, r.started_at, r.state = 'undone' AS undone
               FROM run_changes c JOIN runs r ON r.id = c.run_id WHERE c.tbl = ? AND c.key = ? ORDER BY c.id""",
            (table, json.dumps([key], ensure_ascii=False, separators=(",", ":"))),
        )
        return [
            RowChange(
                what=row["what"],
                after=json.loads(row["after"]) if row["after"] else None,
                run_id=row["id"],
                cause=row["cause"],
                at=row["started_at"],
                undone=bool(row["undone"]),
            )
            for row in rows
        ]

    def span(self, span_id: str) -> SpanHistory | None:
        """The history of a span, or None when there is none."""
        row = self._db.one(
            """SELECT d.version, d.media, d.recorded_at, s.archived_at, s.hidden_at, s.faded_at, t.recalled_at,
                      t.pinned_at
               FROM spans s JOIN documents d ON d.id = s.document_id LEFT JOIN strengths t ON t.span_id = s.id
               WHERE s.id = ?""",
            (span_id,),
        )
        if row is None:
            return None
        models = self._db.read("SELECT model_id FROM vectors WHERE span_id = ? ORDER BY model_id", (span_id,))
        dated = ("recorded_at", "archived_at", "hidden_at", "faded_at", "recalled_at", "pinned_at")
        return SpanHistory(
            version=row["version"],
            media=row["media"],
            models=tuple(model[0] for model in models),
            **{name: row[name] or "" for name in dated},
        )

    def uses(self, span_id: str) -> list[Use]:
        """Answers that were made from a span, latest first."""
        rows = self._db.read(
            f"""SELECT DISTINCT m.id, {_QUESTION} AS question,
                      m.at, m.state, m.hidden_at IS NOT NULL AS hidden
               FROM provenance p JOIN messages m ON m.id = p.owner_id WHERE p.span_id = ? AND m.state != 'removed'
               ORDER BY m.at DESC, m.id""",
            (span_id,),
        )
        return [Use(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]

    def made_from(self, message_id: str) -> list[str]:
        """Spans that an answer was made from."""
        rows = self._db.read("SELECT DISTINCT span_id FROM provenance WHERE owner_id = ? ORDER BY 1", (message_id,))
        return [row[0] for row in rows]

    def summaries(self, span_id: str) -> list[str]:
        """What the summaries are about (day:…, topic …) that rest on a span."""
        rows = self._db.read(
            """SELECT DISTINCT m.about FROM sentence_sources c JOIN memories m ON m.id = c.memory_id
               WHERE c.span_id = ? AND m.about != '' ORDER BY 1""",
            (span_id,),
        )
        return [row[0] for row in rows]

    def message(self, name: str) -> tuple[MessageRecord, str, str, str] | None:
        """(message, text of the question before it, title of its chat, when it was hidden) by its id or the beginning
        of it, at least 6 characters; None if there is none, or more than one."""
        rows = self._db.read("SELECT * FROM messages WHERE id >= ?1 AND id < ?1 || '~' LIMIT 2", (name,))
        exact = [row for row in rows if row["id"] == name] or (rows if len(rows) == 1 and len(name) >= 6 else [])
        if not exact:
            return None
        row = exact[0]
        question = self._db.value(f"SELECT {_QUESTION} FROM messages m WHERE m.id = ?", (row["id"],))
        title = self._db.value("SELECT title FROM chats WHERE id = ?", (row["chat_id"],))
        return message_record(row), question or "", title or "", row["hidden_at"] or ""

    def spans_of_message(self, message_id: str) -> Sequence[str]:
        """Ids of the spans by which a message is found."""
        return [
            row[0] for row in self._db.read("SELECT id FROM spans WHERE message_id = ? ORDER BY ordinal", (message_id,))
        ]
