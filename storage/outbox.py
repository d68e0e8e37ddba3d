"""Work that remains for a span after it was acknowledged: its vector and its entry in the index.

Each row stands alone and leaves when its own work is finished; a high-water mark would lose rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from storage.database import Database
from storage.records import Counts, OutboxRow

MAX_ATTEMPTS = 3


class Outbox:
    """The queue between SQLite and what is derived from it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def pending(self, limit: int, model_id: str, *, unembedded_only: bool = False) -> list[OutboxRow]:
        """The oldest rows that are not parked; `unembedded_only`: those whose span has no vector yet."""
        condition = "AND o.op = 'upsert' AND v.span_id IS NULL AND s.id IS NOT NULL" if unembedded_only else ""
        rows = self._db.read(
            f"""SELECT o.seq, o.span_id,
                CASE WHEN s.faded_at IS NOT NULL AND v.span_id IS NOT NULL THEN 'delete' ELSE o.op END AS op,
                s.text, s.heading, s.speaker, v.span_id IS NOT NULL AS embedded
                FROM outbox o LEFT JOIN spans s ON s.id = o.span_id
                LEFT JOIN vectors v ON v.span_id = o.span_id AND v.model_id = ?
                WHERE o.parked = 0 {condition} ORDER BY o.seq LIMIT ?""",
            (model_id, limit),
        )
        return [
            OutboxRow(
                seq=row["seq"],
                span_id=row["span_id"],
                op=row["op"] if row["text"] is not None else "delete",
                text=row["text"] or "",
                heading=row["heading"] or "",
                speaker=row["speaker"] or "",
                embedded=bool(row["embedded"]),
            )
            for row in rows
        ]

    def remove(self, seqs: Sequence[int]) -> None:
        """Remove rows whose work is finished. A row that was replaced meanwhile has another number and stays."""
        with self._db.transaction("outbox") as tx:
            tx.executemany("DELETE FROM outbox WHERE seq = ?", [(seq,) for seq in seqs])

    def record_failure(self, seqs: Sequence[int], error: str) -> None:
        """Record a failed attempt for these rows. After the third a row is parked, and `status` shows it."""
        with self._db.transaction() as tx:
            tx.executemany(
                f"""UPDATE outbox SET attempts = attempts + 1, error = ?,
                    parked = attempts + 1 >= {MAX_ATTEMPTS} WHERE seq = ?""",
                [(error, seq) for seq in seqs],
            )

    def unpark(self) -> None:
        """Try parked rows again (at each start)."""
        with self._db.transaction() as tx:
            tx.execute("UPDATE outbox SET parked = 0, attempts = 0 WHERE parked = 1")

    def enqueue_unembedded(self, model_id: str) -> None:
        """Queue every live span without a vector of this model, as after a change of the model."""
        with self._db.transaction() as tx:
            tx.execute(
                """INSERT OR IGNORE INTO outbox(span_id, op) SELECT s.id, 'upsert' FROM spans s
                   WHERE s.archived_at IS NULL AND s.hidden_at IS NULL AND NOT EXISTS
                   (SELECT 1 FROM vectors v WHERE v.span_id = s.id AND v.model_id = ?)""",
                (model_id,),
            )

    def count(self) -> int:
        """Rows that wait, parked ones not counted."""
        return self._db.count("SELECT count(*) FROM outbox WHERE parked = 0")

    def counts(self) -> Counts:
        """How much there is of everything. A span counts as embedded when its row has left the outbox."""
        row = self._db.one(
            """SELECT
                (SELECT spans FROM live_count) AS spans, (SELECT faded FROM live_count) AS faded,
                (SELECT count(*) FROM sources WHERE archived_at IS NULL AND hidden_at IS NULL) AS sources,
                (SELECT count(*) FROM sources WHERE kind = 'chat' AND hidden_at IS NULL) AS chats,
                (SELECT count(*) FROM sources WHERE kind = 'note' AND hidden_at IS NULL) AS notes"""
        )
        assert row is not None
        waiting = self._db.count("SELECT count(*) FROM outbox WHERE op = 'upsert'")
        return Counts(
            spans=row["spans"],
            faded=row["faded"],
            embedded=max(row["spans"] - waiting, 0),
            pending=self.count(),
            parked=self._db.count("SELECT count(*) FROM outbox WHERE parked = 1"),
            sources=row["sources"],
            chats=row["chats"],
            notes=row["notes"],
        )
