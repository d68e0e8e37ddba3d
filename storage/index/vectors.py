"""Vectors, kept in SQLite as float32 and searched exactly in memory when no index can answer."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from storage.database import Database
from storage.records import OutboxRow

Matrix = npt.NDArray[np.float32]
TokenMatrix = npt.NDArray[np.int8]


class Vectors:
    """Unit vectors of spans for one embedding model. Dot product is cosine similarity.

    Those of hot spans are searched in memory as float32; those of faded ones, when they are asked for, as int8.
    """

    def __init__(self, database: Database, model_id: str, dimension: int) -> None:
        self._db = database
        self.model_id = model_id
        self.dimension = dimension
        self._lock = threading.Lock()
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._matrix: Matrix = np.empty((0, dimension), np.float32)
        self._loaded = False
        self._cold: _Cold | None = None

    def use(self, model_id: str, dimension: int) -> None:
        """Store and search the vectors of another model from now on; those of the model before stay in SQLite."""
        with self._lock:
            self.model_id, self.dimension = model_id, dimension
        self.forget_loaded()

    def put(self, span_ids: Sequence[str], vectors: Matrix, tokens: Sequence[TokenMatrix] = ()) -> None:
        """Store vectors, shape (len(span_ids), dimension); spans erased meanwhile are skipped.

        `tokens`: of each span the vectors of its tokens, int8 (tokens, width), or nothing at all.
        """
        of_tokens = tokens or [np.empty((0, 0), np.int8)] * len(span_ids)
        with self._db.transaction("vectors") as tx:
            tx.executemany(
                """INSERT OR REPLACE INTO vectors(span_id, model_id, vector) SELECT id, ?, ? FROM spans WHERE id = ?""",
                [
                    (self.model_id, vector.astype(np.float32).tobytes(), span_id)
                    for span_id, vector in zip(span_ids, vectors, strict=True)
                ],
            )
            tx.executemany(
                """INSERT OR REPLACE INTO token_vectors(span_seq, model_id, width, vectors)
                   SELECT seq, ?, ?, ? FROM spans WHERE id = ?""",
                [
                    (self.model_id, matrix.shape[1], matrix.tobytes(), span_id)
                    for span_id, matrix in zip(span_ids, of_tokens, strict=True)
                    if matrix.size
                ],
            )
        with self._lock:
            if self._loaded:
                self._append(span_ids, vectors)

    def get(self, span_ids: Iterable[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Vectors of these spans, from memory or from SQLite; spans without a vector are left out."""
        missing = list(span_ids)
        found: dict[str, npt.NDArray[np.float32]] = {}
        with self._lock:
            if self._loaded:
                found = {key: self._matrix[self._rows[key]].copy() for key in missing if key in self._rows}
                missing = [key for key in missing if key not in found]
        sql = "SELECT span_id, vector FROM vectors WHERE model_id = ? AND span_id IN ({marks})"
        for span_id, blob in self._db.read_in(sql, missing, (self.model_id,)):
            found[span_id] = np.frombuffer(blob, np.float32)
        return found

    def stacked(self, span_ids: Sequence[str]) -> tuple[list[int], Matrix]:
        """Places within `span_ids` of those that have a vector, and their vectors in this order, shape (places, d)."""
        with self._lock:
            if self._loaded:
                rows = [self._rows.get(span_id, -1) for span_id in span_ids]
                if -1 not in rows:
                    return list(range(len(rows))), self._matrix[rows]
        vectors = self.get(span_ids)
        places = [i for i, span_id in enumerate(span_ids) if span_id in vectors]
        if not places:
            return [], np.empty((0, self.dimension), np.float32)
        return places, np.stack([vectors[span_ids[i]] for i in places])

    def without_tokens(self, limit: int) -> list[OutboxRow]:
        """Spans that came with a vector, but without vectors of their tokens. `seq`: the span's row number."""
        rows = self._db.read(
            """SELECT s.seq, s.id, s.text, s.heading, s.speaker FROM derivations q JOIN spans s ON s.seq = q.span_seq
               WHERE q.stage = 'tokens' ORDER BY q.span_seq LIMIT ?""",
            (limit,),
        )
        return [OutboxRow(row[0], row[1], "upsert", row[2], row[3], row[4], True) for row in rows]

    def put_tokens(self, rows: Sequence[OutboxRow], tokens: Sequence[TokenMatrix]) -> None:
        """Store the vectors of spans' tokens, int8, shape (tokens, width) each, and take the spans out of the queue."""
        with self._db.transaction("vectors") as tx:
            tx.executemany(
                "INSERT OR REPLACE INTO token_vectors SELECT seq, ?, ?, ? FROM spans WHERE seq = ?",
                [
                    (self.model_id, matrix.shape[1], matrix.tobytes(), row.seq)
                    for row, matrix in zip(rows, tokens, strict=True)
                    if matrix.size
                ],
            )
            tx.executemany(
                "DELETE FROM derivations WHERE stage = 'tokens' AND span_seq = ?", [(row.seq,) for row in rows]
            )

    def tokens(self, seqs: Sequence[int]) -> tuple[list[int], list[int], TokenMatrix]:
        """Row numbers of the spans that have vectors of their tokens, how many each has, and all of them in this order,
        int8, shape (tokens, width)."""
        sql = "SELECT span_seq, width, vectors FROM token_vectors WHERE model_id = ? AND span_seq IN ({marks})"
        rows = [tuple(row) for row in self._db.read_in(sql, seqs, (self.model_id,))]
        width = rows[0][1] if rows else 0  # one model has one width
        matrix = np.frombuffer(b"".join(row[2] for row in rows), np.int8).reshape(-1, max(width, 1))
        return [row[0] for row in rows], [len(row[2]) // width for row in rows], matrix

    def live_ids(self) -> list[str]:
        """Ids of hot spans (live, not faded) that have a vector, sorted."""
        rows = self._db.read(
            """SELECT v.span_id FROM vectors v JOIN spans s ON s.id = v.span_id
               WHERE v.model_id = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL AND s.faded_at IS NULL
               ORDER BY v.span_id""",
            (self.model_id,),
        )
        return [row[0] for row in rows]

    def count(self) -> int:
        """Number of hot spans that have a vector."""
        return int(
            self._db.value(
                """SELECT count(*) FROM vectors v JOIN spans s ON s.id = v.span_id
                   WHERE v.model_id = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL AND s.faded_at IS NULL""",
                (self.model_id,),
            )
        )

    def search(self, query: npt.NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """(span id, cosine) of the nearest hot spans, nearest first, exactly. About 24 ms for 100,000."""
        with self._lock:
            self._load()
            # A question that was embedded just before the model changed finds nothing by meaning.
            if not self._ids or len(query) != self.dimension:
                return []
            scores = self._matrix[: len(self._ids)] @ query
            count = min(limit, len(scores))
            best = np.argpartition(-scores, count - 1)[:count]
            ranked = sorted(((float(scores[i]), self._ids[i]) for i in best), key=lambda hit: (-hit[0], hit[1]))
        return [(span_id, score) for score, span_id in ranked]

    def search_faded(self, query: npt.NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """(span id, cosine to within .01) of the nearest faded spans, nearest first. Reads them when first asked."""
        cold = self._cold
        if cold is None:
            rows = (
                (row[0], row[1])
                for row in self._db.read(
                    """SELECT v.span_id, v.vector FROM vectors v JOIN spans s ON s.id = v.span_id
                       WHERE v.model_id = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL
                       AND s.faded_at IS NOT NULL AND s.merged_into IS NULL ORDER BY s.seq""",
                    (self.model_id,),
                )
            )
            cold = self._cold = _Cold(list(rows), self.dimension)
        return cold.search(query, limit)

    def refresh(self, span_ids: Sequence[str]) -> None:
        """Take spans that faded out of memory, and put spans that came back into it, without reading the others
        again."""
        self._cold = None
        with self._lock:
            if not self._loaded:
                return
            hot: dict[str, bytes] = {
                row[0]: row[1]
                for row in self._db.read_in(
                    """SELECT v.span_id, v.vector FROM vectors v JOIN spans s ON s.id = v.span_id
                       WHERE v.model_id = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL AND s.faded_at IS NULL
                       AND s.id IN ({marks})""",
                    list(span_ids),
                    (self.model_id,),
                )
            }
            for span_id in span_ids:
                if span_id not in hot and span_id in self._rows:
                    self._take_out(span_id)
            back = [span_id for span_id in hot if span_id not in self._rows]
            if back:
                self._append(back, np.stack([np.frombuffer(hot[span_id], np.float32) for span_id in back]))

    def _take_out(self, span_id: str) -> None:
        """Take a row out; the last row takes its place."""
        row, last = self._rows.pop(span_id), self._ids.pop()
        if last != span_id:
            self._matrix[row] = self._matrix[len(self._ids)]
            self._ids[row] = last
            self._rows[last] = row

    def forget_loaded(self) -> None:
        """Drop the vectors in memory, since spans were hidden, archived, restored or erased; they are read again when
        needed."""
        self._cold = None
        with self._lock:
            self._loaded = False
            self._ids, self._rows = [], {}
            self._matrix = np.empty((0, self.dimension), np.float32)

    def _load(self) -> None:
        if self._loaded:
            return
        rows = self._db.read(
            """SELECT v.span_id, v.vector FROM vectors v JOIN spans s ON s.id = v.span_id
               WHERE v.model_id = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL AND s.faded_at IS NULL
               ORDER BY s.seq""",
            (self.model_id,),
        )
        self._ids = [row[0] for row in rows]
        self._rows = {span_id: i for i, span_id in enumerate(self._ids)}
        joined = np.frombuffer(b"".join(row[1] for row in rows), np.float32)
        self._matrix = joined.reshape(-1, self.dimension).copy()
        self._loaded = True

    def _append(self, span_ids: Sequence[str], vectors: Matrix) -> None:
        fresh = [i for i, span_id in enumerate(span_ids) if span_id not in self._rows]
        needed = len(self._ids) + len(fresh)
        if needed > len(self._matrix):
            grown = np.empty((max(needed, 2 * len(self._matrix), 1024), self.dimension), np.float32)
            grown[: len(self._ids)] = self._matrix[: len(self._ids)]
            self._matrix = grown
        for i, span_id in enumerate(span_ids):
            row = self._rows.get(span_id)
            if row is None:
                row = len(self._ids)
                self._rows[span_id] = row
                self._ids.append(span_id)
            self._matrix[row] = vectors[i]


class _Cold:
    """Vectors of faded spans, a byte a component: a quarter of the memory, and searched seldom."""

    BLOCK = 16384

    def __init__(self, rows: Sequence[tuple[str, bytes]], dimension: int) -> None:
        self._ids = [row[0] for row in rows]
        self._matrix = np.empty((len(rows), dimension), np.int8)
        self._scale = np.empty(len(rows), np.float32)
        for i, (_, blob) in enumerate(rows):
            vector = np.frombuffer(blob, np.float32)
            most = max(float(np.abs(vector).max()), 1e-9)
            self._matrix[i] = np.rint(vector * (127 / most))
            self._scale[i] = most / 127

    def search(self, query: Matrix, limit: int) -> list[tuple[str, float]]:
        """(span id, cosine) of the nearest, nearest first."""
        if not self._ids:
            return []
        blocks = range(0, len(self._ids), self.BLOCK)
        scores = np.concatenate([self._matrix[i : i + self.BLOCK].astype(np.float32) @ query for i in blocks])
        scores *= self._scale
        count = min(limit, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        ranked = sorted(((float(scores[i]), self._ids[i]) for i in best), key=lambda hit: (-hit[0], hit[1]))
        return [(span_id, score) for score, span_id in ranked]
