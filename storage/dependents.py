"""What hangs on a source or a message: what was made from it, and goes or is hidden with it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Database
from storage.removal import SPANS_OF, Target, answers_sql


@dataclass(frozen=True)
class Row:
    """Something that hangs on it: its id (a span, a message, what a summary is about) and its words."""

    id: str
    text: str


@dataclass(frozen=True)
class Group:
    """How many of a kind, and the first of them."""

    count: int
    first: tuple[Row, ...]


class Dependents:
    """Counts and lists what a removal reaches. `limit`: how many of each kind are listed."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def passages(self, target: Target, limit: int) -> Group:
        """Its spans."""
        return self._group(
            f"SELECT id, text FROM spans WHERE {SPANS_OF[target.kind]} ORDER BY seq", (target.id,), limit
        )

    def answers(self, target: Target, limit: int) -> Group:
        """Answers that were made from its spans, or from such answers."""
        ids = [row[0] for row in self._db.read(answers_sql(SPANS_OF[target.kind]), (target.id, target.id))]
        texts = {
            row[0]: row[1]
            for row in self._db.read_in("SELECT id, text FROM messages WHERE id IN ({marks})", ids[:limit])
        }
        return Group(len(ids), tuple(Row(name, texts[name]) for name in ids[:limit] if name in texts))

    def summaries(self, target: Target, limit: int) -> Group:
        """Summaries with sentences that rest on its spans, and how many these are."""
        return self._group(
            f"""SELECT m.about, count(DISTINCT c.rank) FROM sentence_sources c JOIN memories m ON m.id = c.memory_id
                WHERE c.span_id IN (SELECT id FROM spans WHERE {SPANS_OF[target.kind]}) GROUP BY m.about ORDER BY 1""",
            (target.id,),
            limit,
        )

    def statements(self, target: Target, limit: int) -> Group:
        """Statements of its spans; the text of a row is the id of its span."""
        return self._group(
            f"""SELECT id, span_id FROM statements WHERE span_id IN (SELECT id FROM spans WHERE {SPANS_OF[target.kind]})
                ORDER BY span_id, start""",
            (target.id,),
            limit,
        )

    def vectors(self, target: Target) -> Group:
        """Vectors of its spans: for each embedder, how many."""
        rows = self._db.read(
            f"""SELECT model_id, count(*) FROM vectors WHERE span_id IN
                (SELECT id FROM spans WHERE {SPANS_OF[target.kind]}) GROUP BY 1 ORDER BY 1""",
            (target.id,),
        )
        return Group(sum(row[1] for row in rows), tuple(Row(row[0], f"{row[1]:,}") for row in rows))

    def names(self, target: Target, limit: int) -> Group:
        """Names that nothing else mentions."""
        return self._group(
            f"""SELECT e.key, e.name FROM entities e WHERE e.id IN (SELECT entity FROM mentions WHERE span_seq IN
                    (SELECT seq FROM spans WHERE {SPANS_OF[target.kind]}))
                AND NOT EXISTS (SELECT 1 FROM mentions o JOIN spans s ON s.seq = o.span_seq
                    WHERE o.entity = e.id AND NOT coalesce(s.{SPANS_OF[target.kind]}, 0)) ORDER BY 2""",
            (target.id, target.id),
            limit,
        )

    def hidden_at(self, target: Target) -> str:
        """When it was hidden, or empty."""
        table = "sources" if target.kind == "source" else "messages"
        return self._db.value(f"SELECT hidden_at FROM {table} WHERE id = ?", (target.id,)) or ""

    def about(self, target: Target) -> tuple[str, str, str]:
        """(kind, title or words, when it was taken in or said) of a target."""
        if target.kind == "source":
            row = self._db.one("SELECT kind, title, added_at FROM sources WHERE id = ?", (target.id,))
        else:
            row = self._db.one("SELECT role, text, at FROM messages WHERE id = ?", (target.id,))
        return (row[0], row[1], row[2]) if row is not None else ("", "", "")

    def _group(self, sql: str, parameters: tuple[str, ...], limit: int) -> Group:
        rows = self._db.read(sql, parameters)
        return Group(len(rows), tuple(Row(str(row[0]), str(row[1])) for row in rows[:limit]))
