"""Finding spans that say the same: MinHash signatures in four bands, stored for every span that was compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storage.database import Database

Words = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Claim:
    """A live span as merging compares it."""

    seq: int
    id: str
    document_id: str
    text: str
    speaker: str
    role: str
    evidence: bool
    happened_at: str
    precision: str
    words: Words
    merged: bool
    pinned: bool


_CLAIM = """
    SELECT s.seq, s.id, s.document_id, s.text, s.speaker, s.role, s.evidence,
           coalesce(s.happened_at, '') AS happened_at, s.precision, a.words,
           s.merged_into IS NOT NULL AS merged, t.pinned_at IS NOT NULL AS pinned
    FROM spans s JOIN annotations a ON a.span_seq = s.seq LEFT JOIN strengths t ON t.span_id = s.id
    WHERE s.archived_at IS NULL AND s.hidden_at IS NULL
"""


class Duplicates:
    """Signatures of spans, and the queue of spans that were not compared yet."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def waiting(self, limit: int, after: int = 0) -> list[int]:
        """Row numbers of annotated spans that were not compared yet, oldest first, beyond `after`."""
        rows = self._db.read(
            """SELECT q.span_seq FROM derivations q JOIN annotations a ON a.span_seq = q.span_seq
               WHERE q.stage = 'merge' AND q.span_seq > ? ORDER BY q.span_seq LIMIT ?""",
            (after, limit),
        )
        return [row[0] for row in rows]

    def count(self) -> int:
        """How many spans wait."""
        return int(self._db.value("SELECT count(*) FROM derivations WHERE stage = 'merge'"))

    def claims(self, seqs: Sequence[int]) -> dict[int, Claim]:
        """Live spans by row number."""
        return {
            row["seq"]: Claim(
                seq=row["seq"],
                id=row["id"],
                document_id=row["document_id"],
                text=row["text"],
                speaker=row["speaker"],
                role=row["role"],
                evidence=bool(row["evidence"]),
                happened_at=row["happened_at"],
                precision=row["precision"],
                words=np.frombuffer(row["words"], np.int32),
                merged=bool(row["merged"]),
                pinned=bool(row["pinned"]),
            )
            for row in self._db.read_in(f"{_CLAIM} AND s.seq IN ({{marks}})", seqs)
        }

    def put_signatures(self, signatures: Mapping[int, tuple[int, int, int, int]]) -> None:
        """Store signatures of spans by row number. They are derived: no run records them."""
        with self._db.transaction() as tx:
            tx.executemany(
                "INSERT OR REPLACE INTO signatures SELECT seq, ?, ?, ?, ? FROM spans WHERE seq = ?",
                [(*bands, seq) for seq, bands in signatures.items()],
            )

    def with_signature(self, signature: Sequence[int], before: int, limit: int) -> list[int]:
        """Row numbers below `before` that share a band with this signature (a, b, c, d)."""
        rows = self._db.read(
            """SELECT span_seq FROM signatures WHERE a = ?1 AND span_seq < ?5
               UNION SELECT span_seq FROM signatures WHERE b = ?2 AND span_seq < ?5
               UNION SELECT span_seq FROM signatures WHERE c = ?3 AND span_seq < ?5
               UNION SELECT span_seq FROM signatures WHERE d = ?4 AND span_seq < ?5 ORDER BY span_seq LIMIT ?6""",
            (*signature, before, limit),
        )
        return [row[0] for row in rows]
