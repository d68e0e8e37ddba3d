"""Chats held here: every message is a row before anything is done with it, and while it streams."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from storage.database import Database
from storage.records import ChatRecord, Document, MessageRecord, Source, Span
from storage.spans import put_document, put_source, put_spans
from storage.versions import Versions


class Chats:
    """Chats and their messages."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def start(self, source: Source, document: Document) -> None:
        """Create a chat with its source and its only document; a chat that exists is left as it is."""
        with self._db.transaction() as tx:
            put_source(tx, source)
            put_document(tx, document)
            tx.execute(
                "INSERT OR IGNORE INTO chats(id, title, started_at, last_at) VALUES (?, ?, ?, ?)",
                (source.id, source.title, source.added_at, source.added_at),
            )

    def save(
        self, message: MessageRecord, spans: Sequence[Span], used: Sequence[tuple[str, str]] | None = None
    ) -> None:
        """Insert or update a message with its spans. `used`: (span id, relation) of all that it was made from, in place
        of what was known of that before; None leaves that as it is."""
        with self._db.transaction("message") as tx:
            if tx.execute("SELECT 1 FROM messages WHERE id = ?", (message.id,)).fetchone() is None:
                # What is written last is what is shown.
                tx.execute("UPDATE chats SET leaf_id = NULL WHERE id = ?", (message.chat_id,))
            tx.execute(
                """INSERT INTO messages(id, chat_id, ordinal, role, text, at, state, model, details, parent_id)
                   VALUES (?, ?, (SELECT coalesce(max(ordinal), -1) + 1 FROM messages WHERE chat_id = ?),
                           ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT(id) DO UPDATE SET text = excluded.text, state = excluded.state,
                   model = excluded.model, details = excluded.details WHERE messages.state != 'removed'""",
                (
                    message.id,
                    message.chat_id,
                    message.chat_id,
                    message.role,
                    message.text,
                    message.at,
                    message.state,
                    message.model,
                    message.details,
                    message.parent,
                ),
            )
            tx.execute("UPDATE chats SET last_at = max(last_at, ?) WHERE id = ?", (message.at, message.chat_id))
            if spans and not _is_removed(tx, message.id):
                put_spans(tx, spans)
            if used is None:
                return
            tx.execute("DELETE FROM provenance WHERE owner_id = ?", (message.id,))
            tx.executemany(
                """INSERT OR IGNORE INTO provenance(owner_id, span_id, relation, start, "end")
                   SELECT ?, id, ?, start, "end" FROM spans WHERE id = ?""",
                [(message.id, relation, span_id) for span_id, relation in used],
            )

    def next_ordinal(self, document_id: str) -> int:
        """Ordinal for the next span of a chat's document."""
        return int(
            self._db.value("SELECT coalesce(max(ordinal), -1) + 1 FROM spans WHERE document_id = ?", (document_id,))
        )

    def exists(self, chat_id: str) -> bool:
        """Whether there is such a chat, hidden or not."""
        return self._db.one("SELECT 1 FROM chats WHERE id = ?", (chat_id,)) is not None

    def is_hidden(self, chat_id: str) -> bool:
        """Whether a chat was forgotten."""
        return bool(self._db.value("SELECT count(*) FROM sources WHERE id = ? AND hidden_at IS NOT NULL", (chat_id,)))

    def all(self) -> list[ChatRecord]:
        """Chats that are not hidden, latest first."""
        rows = self._db.read(
            """SELECT c.*, (SELECT count(*) FROM messages m WHERE m.chat_id = c.id AND m.hidden_at IS NULL) AS n
               FROM chats c JOIN sources r ON r.id = c.id WHERE r.hidden_at IS NULL
               ORDER BY c.last_at DESC, c.id DESC"""
        )
        return [
            ChatRecord(
                row["id"], row["title"], row["started_at"], row["last_at"], row["n"], row["archived_at"] is not None
            )
            for row in rows
        ]

    def messages(self, chat_id: str) -> list[MessageRecord]:
        """The messages of the version of a chat that is shown, oldest first; hidden ones are left out."""
        return self.latest_messages(chat_id, 0)[0]

    def latest_messages(self, chat_id: str, last: int) -> tuple[list[MessageRecord], int]:
        """The last so many messages (0: all) of the version that is shown, and how many there are before them."""
        rows = self._db.read(
            "SELECT id, parent_id, role, hidden_at FROM messages WHERE chat_id = ? ORDER BY ordinal", (chat_id,)
        )
        shown = {row["id"] for row in rows if row["hidden_at"] is None}
        versions = Versions([(row["id"], row["parent_id"], row["role"]) for row in rows])
        path = [message_id for message_id in versions.path(self.leaf(chat_id)) if message_id in shown]
        wanted = path[-last:] if last else path
        texts = self._db.read_in("SELECT * FROM messages WHERE id IN ({marks})", wanted)
        records = {row["id"]: message_record(row) for row in texts}
        found = []
        for message_id in wanted:
            others = tuple(other for other in versions.of(message_id) if other in shown)
            record = records[message_id]
            found.append(replace(record, versions=others) if len(others) > 1 else record)
        return found, len(path) - len(wanted)

    def leaf(self, chat_id: str) -> str | None:
        """The last message of the version that is shown, where that is not the message written last."""
        found = self._db.value("SELECT leaf_id FROM chats WHERE id = ?", (chat_id,))
        return None if found is None else str(found)

    def message(self, message_id: str) -> MessageRecord | None:
        """One message that is not hidden."""
        row = self._db.one("SELECT * FROM messages WHERE id = ? AND hidden_at IS NULL", (message_id,))
        return message_record(row) if row is not None else None

    def choose(self, chat_id: str, message_id: str) -> None:
        """Show the version of a chat that goes through this message, with what was written last below it."""
        rows = self._db.read("SELECT id, parent_id, role FROM messages WHERE chat_id = ? ORDER BY ordinal", (chat_id,))
        leaf = Versions([(row["id"], row["parent_id"], row["role"]) for row in rows]).newest_below(message_id)
        with self._db.transaction() as tx:
            newest = rows[-1]["id"] if rows else None
            tx.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (leaf if leaf != newest else None, chat_id))

    def rename(self, chat_id: str, title: str) -> None:
        """Give a chat another title."""
        with self._db.transaction() as tx:
            for table, key in (("chats", "id"), ("sources", "id"), ("documents", "source_id")):
                tx.execute(f"UPDATE {table} SET title = ? WHERE {key} = ?", (title, chat_id))

    def archive(self, chat_id: str, at: str | None) -> None:
        """Put a chat away at an instant, or with None bring it back."""
        with self._db.transaction() as tx:
            tx.execute("UPDATE chats SET archived_at = ? WHERE id = ?", (at, chat_id))

    def answers_from(self, span_id: str, limit: int) -> list[sqlite3.Row]:
        """The latest answers that were made from a span as a passage: at, chat_id, and the question before each."""
        return self._db.read(
            """SELECT m.at, m.chat_id,
                      (SELECT q.text FROM messages q WHERE q.chat_id = m.chat_id AND q.ordinal < m.ordinal
                           AND q.role = 'user' AND q.hidden_at IS NULL ORDER BY q.ordinal DESC LIMIT 1) AS question
               FROM provenance p JOIN messages m ON m.id = p.owner_id
               WHERE p.span_id = ? AND p.relation = 'passage' AND m.hidden_at IS NULL ORDER BY m.at DESC LIMIT ?""",
            (span_id, limit),
        )

    def interrupted_messages(self) -> list[MessageRecord]:
        """Messages that were streaming when the engine died."""
        return [message_record(row) for row in self._db.read("SELECT * FROM messages WHERE state = 'streaming'")]


def message_record(row: sqlite3.Row) -> MessageRecord:
    """A row of `messages` as a MessageRecord."""
    return MessageRecord(
        id=row["id"],
        chat_id=row["chat_id"],
        role=row["role"],
        text=row["text"],
        at=row["at"],
        state=row["state"],
        model=row["model"],
        details=row["details"],
        parent=row["parent_id"],
    )


def _is_removed(tx: sqlite3.Connection, message_id: str) -> bool:
    row = tx.execute("SELECT state FROM messages WHERE id = ?", (message_id,)).fetchone()
    return row is not None and row[0] == "removed"
