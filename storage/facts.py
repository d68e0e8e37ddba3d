"""Statements: that someone said, at an offset of a span, that a relation holds from a day on, or no longer. Nothing here is
ever closed or overwritten: intervals are made from statements when they are asked for (`secondme.facts`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Database

COLUMNS = (
    "id", "subject", "subject_name", "relation", "object", "object_name", "span_id", "start", "end", "stance", "told_by",
    "ends", "valid_from", "precision", "recorded_at", "confidence", "extractor", "verdict",
)  # fmt: skip


@dataclass(frozen=True)
class StatementRow:
    """A statement. `subject` and `object` are folded keys, the names as written; `start` and `end` offsets in the span's text.

    `stance`: said, or hearsay, told by `told_by`. `ends`: that the relation no longer holds. `valid_from`: a day (ISO date);
    `precision`: what it comes from: told (a time in the text), said (when it was said), recorded. `recorded_at`: when it was
    taken in. `verdict`: what a person made of it: empty, kept (both hold), rejected.
    """

    id: str
    subject: str
    subject_name: str
    relation: str
    object: str
    object_name: str
    span_id: str
    start: int
    end: int
    stance: str
    told_by: str
    ends: int
    valid_from: str
    precision: str
    recorded_at: str
    confidence: float
    extractor: str
    verdict: str


@dataclass(frozen=True)
class Unread:
    """A span that was not read for statements yet. `recorded_at`: when its document was taken in."""

    seq: int
    id: str
    text: str
    speaker: str
    role: str
    happened_at: str | None
    precision: str
    recorded_at: str


class Facts:
    """Reading statements; they are written in steps of runs."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def waiting(self, limit: int, after: int = 0) -> list[Unread]:
        """Live spans with a speaker that were not read yet, oldest first, beyond row number `after`."""
        rows = self._db.read(
            """SELECT s.seq, s.id, s.text, s.speaker, s.role, s.happened_at, s.precision,
                      CASE WHEN s.message_id IS NULL THEN d.recorded_at ELSE s.happened_at END
               FROM derivations q JOIN spans s ON s.seq = q.span_seq JOIN documents d ON d.id = s.document_id
               WHERE q.stage = 'facts' AND q.span_seq > ? ORDER BY q.span_seq LIMIT ?""",
            (after, limit),
        )
        return [Unread(*row) for row in rows]

    def count(self) -> int:
        """How many wait."""
        return int(self._db.value("SELECT count(*) FROM derivations WHERE stage = 'facts'"))

    def statements(self, *, about: str = "", known_at: str = "") -> list[StatementRow]:
        """Statements of live spans that nobody rejected: of one subject or object, or all; known by an instant, or now."""
        conditions = ["s.archived_at IS NULL AND s.hidden_at IS NULL AND f.verdict != 'rejected'"]
        values: list[str] = []
        if about:
            conditions.append("(f.subject = ? OR f.object = ?)")
            values += [about, about]
        if known_at:
            conditions.append("f.recorded_at <= ?")
            values.append(known_at)
        rows = self._db.read(
            f"""SELECT f.* FROM statements f JOIN spans s ON s.id = f.span_id WHERE {" AND ".join(conditions)}
                ORDER BY f.subject, f.relation, f.valid_from, f.recorded_at, f.id""",
            values,
        )
        return [StatementRow(**{name: row[name] for name in COLUMNS}) for row in rows]

    def one(self, name: str) -> list[StatementRow]:
        """Statements whose id is this or begins so."""
        rows = self._db.read("SELECT * FROM statements WHERE id = ?1 OR id LIKE ?1 || '%' LIMIT 3", (name,))
        return [StatementRow(**{column: row[column] for column in COLUMNS}) for row in rows]

    def existing(self, ids: Sequence[str]) -> set[str]:
        """Those of the statements that are known: a span may be read again, as after a snapshot was brought in."""
        return {row[0] for row in self._db.read_in("SELECT id FROM statements WHERE id IN ({marks})", list(ids))}

    def judge(self, ids: Sequence[str], verdict: str) -> None:
        """What a person made of statements outlasts every run and every reading again."""
        with self._db.transaction() as tx:
            tx.executemany("UPDATE statements SET verdict = ? WHERE id = ?", [(verdict, one) for one in ids])
