"""How strongly each span is held, how long it has lived, and which spans are hot.

Time lived is not time on the clock: `nights` counts days on which the memory was in use, in steps that a clock's
jump does not widen. A span was born in the first night whose `upto` reaches its row number.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from storage.database import Database


@dataclass(frozen=True)
class Strength:
    """How strongly a span is held, after all recalls and pins. `lived`: days lived when it was last recalled, or
    born."""

    strength: float
    layer: int
    recalls: int
    recalled_at: str | None
    lived: float
    pinned_at: str | None


@dataclass(frozen=True)
class MemoryState:
    """A live span as forgetting weighs it. `lived`: days lived when it was born, or last recalled."""

    seq: int
    id: str
    kind: str
    role: str
    evidence: bool
    length: int
    form: int
    lived: float
    strength: Strength | None
    away: bool
    """Whether its watched folder is not there now, or asks what became of its files."""
    faded: bool


_STATES = """
    SELECT s.seq, s.id, r.kind, s.role, s.evidence, length(s.text) AS length, coalesce(a.form, 0) AS form,
           t.strength, t.layer, t.recalls, t.recalled_at, t.lived, t.pinned_at,
           coalesce(f.state IN ('away', 'asking'), 0) AS away, s.faded_at IS NOT NULL AS faded
    FROM spans s JOIN documents d ON d.id = s.document_id JOIN sources r ON r.id = d.source_id
    LEFT JOIN folders f ON f.id = r.folder_id LEFT JOIN annotations a ON a.span_seq = s.seq
    LEFT JOIN strengths t ON t.span_id = s.id
    WHERE s.archived_at IS NULL AND s.hidden_at IS NULL
"""


class Fading:
    """Strengths and days lived."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def last_night(self) -> tuple[str, float] | None:
        """(instant, days lived) of the latest night."""
        row = self._db.one("SELECT at, lived FROM nights ORDER BY number DESC LIMIT 1")
        return None if row is None else (row[0], row[1])

    def add_night(self, at: str, lived: float) -> None:
        """Record that so many days were lived at this instant; all spans up to the newest are born."""
        with self._db.transaction("night") as tx:
            tx.execute(
                "INSERT INTO nights(at, lived, upto) SELECT ?, ?, coalesce((SELECT max(seq) FROM spans), 0)",
                (at, lived),
            )

    def lived(self) -> float:
        """Days lived until now."""
        night = self.last_night()
        return night[1] if night else 0.0

    def hot(self, after: int, limit: int) -> list[MemoryState]:
        """Hot spans with row numbers beyond `after`, in order."""
        return self._states(
            self._db.read(f"{_STATES} AND s.faded_at IS NULL AND s.seq > ? ORDER BY s.seq LIMIT ?", (after, limit))
        )

    def of(self, span_ids: Sequence[str]) -> dict[str, MemoryState]:
        """These live spans, hot or faded."""
        return {
            state.id: state for state in self._states(self._db.read_in(f"{_STATES} AND s.id IN ({{marks}})", span_ids))
        }

    def _states(self, rows: Iterable[sqlite3.Row]) -> list[MemoryState]:
        """Rows of _STATES, each with the night in which it was born: the first whose `upto` reaches its row number."""
        nights = self._db.read("SELECT upto, lived FROM nights ORDER BY number")
        reached = list(accumulate((row[0] for row in nights), max))
        now = nights[-1][1] if nights else 0.0
        found = []
        for row in rows:
            strength = None
            if row["strength"] is not None:
                strength = Strength(
                    row["strength"], row["layer"], row["recalls"], row["recalled_at"], row["lived"], row["pinned_at"]
                )
            night = bisect_left(reached, row["seq"])
            born = nights[night][1] if night < len(nights) else now
            found.append(
                MemoryState(
                    seq=row["seq"],
                    id=row["id"],
                    kind=row["kind"],
                    role=row["role"],
                    evidence=bool(row["evidence"]),
                    length=row["length"],
                    form=row["form"],
                    lived=max(born, strength.lived) if strength else born,
                    strength=strength,
                    away=bool(row["away"]),
                    faded=bool(row["faded"]),
                )
            )
        return found

    def put(self, strengths: Sequence[tuple[str, Strength]], *, revive: bool) -> list[str]:
        """Store strengths of spans; with `revive` the faded spans among them come back. Returns the ids of those.

        No run records it: it follows from what a person did, asked or pinned.
        """
        with self._db.transaction("recalled") as tx:
            back = []
            for span_id, strength in strengths:
                tx.execute(
                    """INSERT OR REPLACE INTO strengths
                           (span_id, strength, layer, recalls, recalled_at, lived, pinned_at)
                       SELECT id, ?, ?, ?, ?, ?, ? FROM spans WHERE id = ?""",
                    (
                        strength.strength,
                        strength.layer,
                        strength.recalls,
                        strength.recalled_at,
                        strength.lived,
                        strength.pinned_at,
                        span_id,
                    ),
                )
                if revive:
                    revived = tx.execute(
                        """UPDATE spans SET faded_at = NULL
                           WHERE id = ? AND faded_at IS NOT NULL AND merged_into IS NULL""",
                        (span_id,),
                    ).rowcount
                    back += [span_id] * revived
        return back

    def promises_until(self, seqs: Sequence[int]) -> dict[int, str]:
        """By row number, the end of the latest time that a span mentions."""
        rows = self._db.read_in(
            "SELECT span_seq, max(ends_at) FROM span_times WHERE span_seq IN ({marks}) GROUP BY span_seq", seqs
        )
        return {row[0]: row[1] for row in rows}

    def due_after(self, now: str, limit: int) -> list[tuple[int, str]]:
        """(row number, end of the mentioned time) of spans in which I mention a time to come, the soonest first."""
        rows = self._db.read(
            """SELECT t.span_seq, max(t.ends_at) FROM span_times t JOIN spans s ON s.seq = t.span_seq
               WHERE t.begins_at >= ? AND s.role = 'me' AND s.archived_at IS NULL AND s.hidden_at IS NULL
               GROUP BY t.span_seq ORDER BY 2 LIMIT ?""",
            (now[:10], limit),
        )
        return [(row[0], row[1]) for row in rows]

    def merged_into(self, span_ids: Sequence[str]) -> dict[str, list[str]]:
        """By span id, the ids of spans that were merged into it."""
        found: dict[str, list[str]] = {}
        sql = "SELECT merged_into, id FROM spans WHERE merged_into IN ({marks}) ORDER BY seq"
        for into, span_id in self._db.read_in(sql, list(span_ids)):
            found.setdefault(into, []).append(span_id)
        return found
