"""Hiding a source or a message, which can be undone, and erasing it with everything that it alone supported."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from dataclasses import dataclass
from typing import Literal

from storage.database import Database
from storage.memories import erase_sentences
from storage.runs import erase_traces
from storage.spans import enqueue
from storage.trees import withdraw


@dataclass(frozen=True)
class Target:
    """What to remove: a source (file, import, chat or note) or one message of a chat held here."""

    kind: Literal["source", "message"]
    id: str
    label: str


@dataclass(frozen=True)
class Reach:
    """What a removal touches. `answers`: messages of the assistant that were made from the removed spans."""

    sources: int
    spans: int
    messages: int
    answers: int


SPANS_OF = {
    "source": "document_id IN (SELECT id FROM documents WHERE source_id = ?)",
    "message": "message_id = ?",
}


class Removal:
    """Forget and purge."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, text: str) -> list[Target]:
        """Targets named by id, by the beginning of an id (8 characters or more), by path or by title."""
        rows = self._db.read(
            """SELECT 'source' AS kind, id, title FROM sources WHERE id = ?1 OR uri = ?1
               UNION ALL SELECT 'message', id, role FROM messages WHERE id = ?1
               UNION ALL SELECT 'source', r.id, r.title FROM spans s JOIN documents d ON d.id = s.document_id
                   JOIN sources r ON r.id = d.source_id WHERE s.id = ?1 AND s.message_id IS NULL
               UNION ALL SELECT 'message', s.message_id, s.role FROM spans s
                   WHERE s.id = ?1 AND s.message_id IS NOT NULL""",
            (text,),
        )
        if not rows and len(text) >= 8:
            rows = self._db.read(
                """SELECT 'source' AS kind, id, title FROM sources WHERE substr(id, 1, length(?1)) = ?1
                   UNION ALL SELECT 'message', id, role FROM messages WHERE substr(id, 1, length(?1)) = ?1""",
                (text,),
            )
        if not rows:
            rows = self._db.read(
                "SELECT 'source' AS kind, id, title FROM sources WHERE title = ? AND title != ''", (text,)
            )
        unique = {(row["kind"], row["id"]): Target(row["kind"], row["id"], row["title"]) for row in rows}
        return list(unique.values())

    def sources_of_folder(self, folder_id: str) -> list[Target]:
        """All sources that a watched folder brought."""
        rows = self._db.read("SELECT id, title FROM sources WHERE folder_id = ?", (folder_id,))
        return [Target("source", row["id"], row["title"]) for row in rows]

    def reach(self, target: Target, *, hidden: bool = True) -> Reach:
        """What removing this would touch; without `hidden` only what is shown, which is what hiding it would hide."""
        mine, shown = SPANS_OF[target.kind], "" if hidden else " AND hidden_at IS NULL"
        sources = self._db.value(f"SELECT count(*) FROM sources WHERE id = ?{shown}", (target.id,))
        spans = self._db.value(f"SELECT count(*) FROM spans WHERE {mine}{shown}", (target.id,))
        of_target = "chat_id" if target.kind == "source" else "id"
        in_shown_chat = "" if hidden else " AND chat_id NOT IN (SELECT id FROM sources WHERE hidden_at IS NOT NULL)"
        messages = self._db.value(
            f"SELECT count(*) FROM messages WHERE {of_target} = ?{shown}{in_shown_chat}", (target.id,)
        )
        answers = self._db.read(answers_sql(mine, hidden=hidden), (target.id, target.id))
        return Reach(sources, spans, messages, len(answers))

    def hide(self, target: Target, now: str) -> None:
        """Take the target, and the answers that were made from it, out of recall and out of every list.

        `unhide` undoes it exactly.
        """
        table = "sources" if target.kind == "source" else "messages"
        with self._db.transaction("hide") as tx:
            _hide_spans(tx, SPANS_OF[target.kind], target.id, now)
            tx.execute(f"UPDATE {table} SET hidden_at = ? WHERE id = ? AND hidden_at IS NULL", (now, target.id))
            _hide_derived(tx)

    def unhide(self, target: Target) -> int:
        """Bring a hidden target back, with the answers that were made from it; returns how many spans are hidden no
        longer.

        An answer that was made from something else too that is still hidden comes back with that.
        """
        table = "sources" if target.kind == "source" else "messages"
        hidden = "SELECT count(*) FROM spans WHERE hidden_at IS NOT NULL"
        with self._db.transaction("hide") as tx:
            row = tx.execute(f"SELECT hidden_at FROM {table} WHERE id = ?", (target.id,)).fetchone()
            if row is None or row["hidden_at"] is None:
                return 0
            before = tx.execute(hidden).fetchone()[0]
            # Only what this forget hid: a message forgotten earlier within the chat stays hidden.
            when = row["hidden_at"]
            _show_spans(tx, SPANS_OF[target.kind], target.id, when)
            tx.execute(f"UPDATE {table} SET hidden_at = NULL WHERE id = ?", (target.id,))
            for message_id in _answers(tx, target):
                _show_spans(tx, SPANS_OF["message"], message_id, when)
                tx.execute("UPDATE messages SET hidden_at = NULL WHERE id = ? AND hidden_at = ?", (message_id, when))
            _hide_derived(tx)
            return int(before - tx.execute(hidden).fetchone()[0])

    def hide_derived(self) -> None:
        """Hide what was made from hidden spans. Older releases did not."""
        with self._db.transaction("hide") as tx:
            _hide_derived(tx)

    def erase(self, targets: list[Target], now: str) -> None:
        """Delete rows, words, vectors and derived answers, then the bytes they leave in the file and its log.

        The caller must throw the index generations away: Chroma and tantivy keep deleted rows in their files.
        Backups made before migrations are deleted, since they hold the text too.
        """
        with self._db.transaction("erase") as tx:
            for target in targets:
                _erase(tx, target, now)
            # SQLite may use row numbers again: after a crash no older word index may be trusted.
            tx.execute("DELETE FROM word_generations")
        shutil.rmtree(self._db.backups, ignore_errors=True)
        self._db.forget_free_bytes()


def path_key(uri: str) -> str:
    """The key by which a purged file's path is recognised; the path cannot be read from it."""
    return f"path:{hashlib.sha256(uri.encode()).hexdigest()}"


def content_key(sha256: str) -> str:
    """The key by which a purged file's content is recognised."""
    return f"content:{sha256}"


def _keys_of_file(tx: sqlite3.Connection, source_id: str) -> list[str]:
    """Keys by which a purged file is recognised if it is moved, or found elsewhere."""
    uri = tx.execute("SELECT uri FROM sources WHERE id = ? AND kind = 'file'", (source_id,)).fetchone()
    contents = tx.execute("SELECT DISTINCT sha256 FROM documents WHERE source_id = ? AND bytes > 0", (source_id,))
    return [path_key(uri[0]), *(content_key(row[0]) for row in contents.fetchall())] if uri else []


def answers_sql(mine: str, *, hidden: bool = True) -> str:
    """Ids of the assistant's messages, outside the target, that were made from its spans, or from answers that were.

    The oldest comes first. Without `hidden` those are left out that are hidden already, by themselves or with their
    chat.
    """
    shown = (
        ""
        if hidden
        else "AND m.hidden_at IS NULL AND m.chat_id NOT IN (SELECT id FROM sources WHERE hidden_at IS NOT NULL)"
    )
    return f"""WITH RECURSIVE reached(id) AS (
                   SELECT id FROM spans WHERE {mine}
                   UNION SELECT s.id FROM reached JOIN provenance p ON p.span_id = reached.id
                       JOIN spans s ON s.message_id = p.owner_id)
               SELECT DISTINCT m.id FROM reached JOIN provenance p ON p.span_id = reached.id
               JOIN messages m ON m.id = p.owner_id
               WHERE ?2 NOT IN (m.chat_id, m.id) AND m.state != 'removed' {shown} ORDER BY m.at, m.id"""


def _answers(tx: sqlite3.Connection, target: Target) -> list[str]:
    return [row[0] for row in tx.execute(answers_sql(SPANS_OF[target.kind]), (target.id, target.id)).fetchall()]


def _hide_spans(tx: sqlite3.Connection, mine: str, owner: str, now: str) -> None:
    enqueue(tx, "delete", f"{mine} AND archived_at IS NULL AND hidden_at IS NULL", (owner,))
    tx.execute(f"UPDATE spans SET hidden_at = ? WHERE {mine} AND hidden_at IS NULL", (now, owner))


def _show_spans(tx: sqlite3.Connection, mine: str, owner: str, when: str) -> None:
    """Show the spans that were hidden at an instant."""
    enqueue(tx, "upsert", f"{mine} AND hidden_at = ? AND archived_at IS NULL", (owner, when))
    tx.execute(f"UPDATE spans SET hidden_at = NULL WHERE {mine} AND hidden_at = ?", (owner, when))


def _hide_derived(tx: sqlite3.Connection) -> None:
    """Hide each answer that was made from hidden spans, as of the instant at which these were hidden, and so on."""
    while True:
        shown = tx.execute(
            """SELECT m.id, max(s.hidden_at) FROM spans s JOIN provenance p ON p.span_id = s.id
               JOIN messages m ON m.id = p.owner_id
               WHERE s.hidden_at IS NOT NULL AND m.state != 'removed' AND (m.hidden_at IS NULL OR EXISTS
                   (SELECT 1 FROM spans v WHERE v.message_id = m.id AND v.hidden_at IS NULL))
               GROUP BY m.id"""
        ).fetchall()
        if not shown:
            return
        for message_id, when in shown:
            _hide_spans(tx, SPANS_OF["message"], message_id, when)
            tx.execute("UPDATE messages SET hidden_at = ? WHERE id = ? AND hidden_at IS NULL", (when, message_id))


def _erase(tx: sqlite3.Connection, target: Target, now: str) -> None:
    mine = SPANS_OF[target.kind]
    keys: list[str] = []
    stated = tx.execute(
        f"""SELECT DISTINCT subject, relation, object FROM statements
            WHERE span_id IN (SELECT id FROM spans WHERE {mine})""",
        (target.id,),
    ).fetchall()
    for message_id in _answers(tx, target):
        _erase_derived(tx, "message_id = ?", message_id)
        tx.execute("UPDATE messages SET text = '', details = '', state = 'removed' WHERE id = ?", (message_id,))
        tx.execute("DELETE FROM outbox WHERE span_id IN (SELECT id FROM spans WHERE message_id = ?)", (message_id,))
        withdraw(tx, "message_id = ?", message_id)
        tx.execute("DELETE FROM spans WHERE message_id = ?", (message_id,))
    _erase_derived(tx, mine, target.id)
    withdraw(tx, mine, target.id)
    tx.execute(f"DELETE FROM outbox WHERE span_id IN (SELECT id FROM spans WHERE {mine})", (target.id,))
    if target.kind == "message":
        # A chat is named after its first message.
        for table, key in (("chats", "id"), ("sources", "id"), ("documents", "source_id")):
            tx.execute(
                f"""UPDATE {table} SET title = 'Chat' WHERE {key} =
                    (SELECT chat_id FROM messages WHERE id = ? AND ordinal = 0)""",
                (target.id,),
            )
        tx.execute("DELETE FROM spans WHERE message_id = ?", (target.id,))
        # What followed it follows the message before it.
        tx.execute(
            """UPDATE messages SET parent_id = (SELECT coalesce(m.parent_id, (SELECT b.id FROM messages b
                   WHERE b.chat_id = m.chat_id AND b.ordinal < m.ordinal ORDER BY b.ordinal DESC LIMIT 1), '')
                   FROM messages m WHERE m.id = ?1) WHERE parent_id = ?1""",
            (target.id,),
        )
        tx.execute("UPDATE chats SET leaf_id = NULL WHERE leaf_id = ?", (target.id,))
        tx.execute("DELETE FROM messages WHERE id = ?", (target.id,))
    else:
        tx.execute(
            """DELETE FROM memories WHERE id IN (SELECT p.owner_id FROM provenance p WHERE p.span_id IN
               (SELECT s.id FROM spans s JOIN documents d ON d.id = s.document_id WHERE d.source_id = ?))""",
            (target.id,),
        )
        keys = _keys_of_file(tx, target.id)
        tx.execute(
            """DELETE FROM files WHERE path IN (SELECT uri FROM sources WHERE id = ? AND kind = 'file')""", (target.id,)
        )
        # Spans first: their triggers take the words out of the index while the view still shows them.
        tx.execute(f"DELETE FROM spans WHERE {mine}", (target.id,))
        tx.execute("DELETE FROM sources WHERE id = ?", (target.id,))
    # A name that nothing mentions any more is text of what was erased.
    tx.execute("DELETE FROM entities WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE entity = entities.id)")
    # So is a verdict on what nothing states any more.
    tx.executemany(
        """DELETE FROM verdicts WHERE subject = ?1 AND relation = ?2 AND object = ?3 AND NOT EXISTS
           (SELECT 1 FROM statements WHERE subject = ?1 AND relation = ?2 AND object = ?3)""",
        [tuple(row) for row in stated],
    )
    tx.executemany(
        "INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?)", [(key, target.kind, now) for key in (target.id, *keys)]
    )


def _erase_derived(tx: sqlite3.Connection, where: str, parameter: str) -> None:
    """Erase what rests on spans that are about to be erased: sentences of summaries, and what runs recorded of both."""
    ids = f"SELECT id FROM spans WHERE {where}"
    # Spans that were merged into one of them come back.
    tx.execute(f"UPDATE spans SET faded_at = NULL, merged_into = NULL WHERE merged_into IN ({ids})", (parameter,))
    erase_traces(tx, ids, (parameter,))
    erase_sentences(tx, ids, (parameter,))
