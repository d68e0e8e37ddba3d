"""Recall: candidates by words and by meaning, scored with their neighbours, fused by calibrated scores.

Rank fusion throws the scores away and lost to plain BM25 on the development file; a weighted sum of
z-scores over the pool of candidates did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.protocol import Embedder
from secondme.api import Hit, ScorePart
from secondme.terms import content_stems, content_words, stem, stems
from storage.records import FoundSpan
from storage.store import Store
from storage.words import query_tokens

Floats = npt.NDArray[np.float64]

REACH = 2
"""Neighbours on each side that lend a span their words and meaning."""


@dataclass(frozen=True)
class Weights:
    """How much each signal counts, in z-scores over the pool. Set by hand on the development file."""

    words: tuple[float, float, float] = (1.0, 0.8, 0.6)
    """BM25 of the span alone, of the window of one neighbour on each side, of two."""
    meaning: tuple[float, float, float] = (0.6, 0.4, 0.3)
    """Cosine of the span alone, and means over the windows."""
    section_words: float = 0.3
    section_meaning: float = 0.2
    neighbour: float = 0.2
    """Share of the better direct neighbour's score that is added."""


ALONE = Weights(words=(2.0, 0.2, 0.0), meaning=(1.5, 0.0, 0.0), section_words=0.0, section_meaning=0.0, neighbour=0.05)
"""For passages of texts, which are whole paragraphs: neighbours say less about them than about turns of a chat."""

K1 = 1.2
B = 0.75
CANDIDATES = 120


@dataclass(frozen=True)
class Scored:
    """A span with its fused score and what it is made of."""

    span: FoundSpan
    score: float
    parts: tuple[ScorePart, ...]


class Recall:
    """Finds spans for a query. Writes nothing."""

    def __init__(
        self, store: Store, embedder: Embedder | None, *, exact_below: int, weights: Weights | None = None
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._exact_below = exact_below
        self._weights = weights or Weights()

    def search(
        self, query: str, k: int, *, evidence_only: bool = False, exclude_source: str | None = None
    ) -> list[Scored]:
        """The k best live spans, best first; equal scores in order of id.

        `evidence_only` leaves out what never supports an answer (the assistant's words, bare questions).
        `exclude_source` leaves out one source, such as the chat that asks.
        """
        tokens = content_words(query_tokens(query))
        by_words = dict(self._store.words.search(tokens, CANDIDATES))
        vector = self._embedder.embed([query])[0] if self._embedder is not None and query.strip() else None
        near = self._near(vector)
        seeds = list(by_words) + self._store.spans.seqs([span_id for span_id, _ in near])
        pool = sorted(self._store.spans.around(list(dict.fromkeys(seeds)), REACH), key=_place)
        if not pool:
            return []
        signals = self._signals(pool, [stem(token) for token in tokens], vector)
        total = self._fuse(pool, signals)
        order = sorted(range(len(pool)), key=lambda i: (-total[i], pool[i].span.id))
        hits: list[Scored] = []
        for i in order:
            found = pool[i]
            if evidence_only and not found.span.evidence:
                continue
            if exclude_source is not None and found.source_id == exclude_source:
                continue
            parts = tuple(ScorePart(name, round(float(values[i]), 4)) for name, values in signals.items())
            hits.append(Scored(found, float(total[i]), parts))
            if len(hits) == k:
                break
        return hits

    def closeness(self, query: str, sentences: Sequence[str]) -> list[float]:
        """How near each sentence is to the query: cosine, plus the share of the query's words that it holds."""
        wanted = set(content_stems(query))
        shares = [len(wanted & set(stems(one))) / max(len(wanted), 1) for one in sentences]
        if self._embedder is None or not sentences:
            return shares
        vectors = self._embedder.embed([query, *sentences])
        return [share + float(vector @ vectors[0]) for share, vector in zip(shares, vectors[1:], strict=True)]

    def _near(self, vector: npt.NDArray[np.float32] | None) -> list[tuple[str, float]]:
        if vector is None:
            return []
        vectors = self._store.vectors
        if self._store.generations.state == "ready" and self._store.words.span_count() > self._exact_below:
            answer = self._store.generations.search(vector, CANDIDATES)
            if answer is not None:
                return answer
        return vectors.search(vector, CANDIDATES)

    def _signals(
        self, pool: Sequence[FoundSpan], query: Sequence[str], vector: npt.NDArray[np.float32] | None
    ) -> dict[str, Floats]:
        """Each signal as an array over the pool."""
        n = len(pool)
        adjacency = _neighbours(pool)
        frequency = self._store.words.document_frequency(query) if query else {}
        total_spans = max(self._store.words.span_count(), 1)
        counts = np.zeros((n, len(query)))
        lengths = np.zeros(n)
        position = {term: j for j, term in enumerate(query)}
        for i, found in enumerate(pool):
            # A file's name says what it is about; that of a chat says who talks, as the speaker does.
            about = found.title if found.kind == "file" else found.span.speaker
            words = stems(f"{about} {found.span.heading} {found.span.text}")
            lengths[i] = len(words)
            for word in words:
                j = position.get(word)
                if j is not None:
                    counts[i, j] += 1
        seen = np.array([frequency.get(term, 0) for term in query], float)
        idf = np.log(1 + (total_spans - seen + 0.5) / (seen + 0.5))
        signals: dict[str, Floats] = {}
        cosine = np.zeros(n)
        known = np.zeros(n, bool)
        if vector is not None:
            vectors = self._store.vectors.get([found.span.id for found in pool])
            for i, found in enumerate(pool):
                mine = vectors.get(found.span.id)
                if mine is not None:
                    cosine[i] = float(mine @ vector)
                    known[i] = True
        for reach in range(REACH + 1):
            window_counts, window_lengths = _window(counts, adjacency, reach), _window(lengths, adjacency, reach)
            mean = max(float(window_lengths.mean()), 1.0)
            norm = K1 * (1 - B + B * window_lengths / mean)
            signals[f"words±{reach}"] = (
                (idf * window_counts * (K1 + 1) / (window_counts + norm[:, None])).sum(axis=1) if query else np.zeros(n)
            )
            present = np.maximum(_window(known.astype(float), adjacency, reach), 1)
            signals[f"meaning±{reach}"] = _window(cosine, adjacency, reach) / present
        sections = [(found.span.document_id, found.span.section) for found in pool]
        signals["section words"] = _best_in(sections, signals["words±1"])
        signals["section meaning"] = _best_in(sections, cosine)
        return signals

    def _fuse(self, pool: Sequence[FoundSpan], signals: dict[str, Floats]) -> Floats:
        """Weighted sums of z-scores, then a share of the better neighbour's."""
        turns = np.array([bool(found.span.speaker) for found in pool])
        scaled = {name: _z(values) for name, values in signals.items()}
        total: Floats = np.where(turns, _sum(self._weights, scaled), _sum(ALONE, scaled))
        better = np.full(len(pool), -np.inf)
        for left, right in _neighbours(pool):
            better[left] = max(better[left], total[right])
            better[right] = max(better[right], total[left])
        share = np.where(turns, self._weights.neighbour, ALONE.neighbour)
        lent: Floats = share * np.where(np.isfinite(better), better, 0.0)
        return total + lent


def _sum(w: Weights, scaled: dict[str, Floats]) -> Floats:
    total: Floats = w.section_words * scaled["section words"] + w.section_meaning * scaled["section meaning"]
    for reach in range(REACH + 1):
        total = total + w.words[reach] * scaled[f"words±{reach}"] + w.meaning[reach] * scaled[f"meaning±{reach}"]
    return total


def hit(scored: Scored) -> Hit:
    """A scored span as doors see it."""
    found, span = scored.span, scored.span.span
    return Hit(
        id=span.id,
        text=span.text,
        source_id=found.source_id,
        title=found.title,
        uri=found.uri,
        kind=found.kind,
        start=span.start,
        end=span.end,
        line=span.line,
        heading=span.heading,
        speaker=span.speaker,
        role=span.role,
        happened_at=span.happened_at,
        precision=span.precision,
        score=scored.score,
        parts=scored.parts,
    )


def _place(found: FoundSpan) -> tuple[str, int]:
    return found.span.document_id, found.span.ordinal


def _neighbours(pool: Sequence[FoundSpan]) -> list[tuple[int, int]]:
    """Pairs of positions in the (sorted) pool that stand next to each other in a document and section."""
    return [
        (i, i + 1)
        for i in range(len(pool) - 1)
        if pool[i].span.document_id == pool[i + 1].span.document_id
        and pool[i + 1].span.ordinal - pool[i].span.ordinal == 1
        and pool[i].span.section == pool[i + 1].span.section
    ]


def _window(values: Floats, pairs: Sequence[tuple[int, int]], reach: int) -> Floats:
    """Sums over each position and its neighbours up to `reach` steps away, along rows of `values`."""
    if reach == 0 or not pairs:
        return values
    linked = np.zeros(len(values), bool)  # linked[i]: i and i + 1 are neighbours
    linked[[left for left, _ in pairs]] = True
    total = values.copy()
    joined = linked.copy()
    for step in range(1, reach + 1):
        # joined[i]: positions i … i + step are one unbroken run
        if step > 1:
            joined[:-1] = joined[:-1] & np.roll(linked, -(step - 1))[:-1]
            joined[-1] = False
        starts = np.flatnonzero(joined[: len(values) - step])
        total[starts] += values[starts + step]
        total[starts + step] += values[starts]
    return total


def _best_in(groups: Sequence[tuple[str, int]], values: Floats) -> Floats:
    best: dict[tuple[str, int], float] = {}
    for group, value in zip(groups, values, strict=True):
        best[group] = max(best.get(group, -np.inf), float(value))
    return np.array([best[group] for group in groups])


def _z(values: Floats) -> Floats:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values)
