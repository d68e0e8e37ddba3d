"""The graph of the best candidates, and a walk over it that starts from them (HippoRAG 2's personalised PageRank).

Spans are linked by names and rare words that they share, by likeness and by standing next to each other. Only
candidates take part, so that its cost does not grow with the store.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from secondme.recall.scores import Floats

DAMPING = 0.7
STEPS = 6
LIKE = 8
"""Links by likeness of each span."""
LEAST_LIKENESS = 0.3
RARE = 0.1
"""Largest share of the candidates that a linking word may occur in."""
SHARES = (0.5, 0.25, 0.15, 0.1)
"""Of a step: by names, by words, by likeness, to neighbours."""


def spread(
    scores: Floats,
    names: Sequence[npt.NDArray[np.int32]],
    words: Sequence[npt.NDArray[np.int32]],
    vectors: npt.NDArray[np.float32],
    adjacent: Sequence[tuple[int, int]],
) -> Floats:
    """Logarithm of the share of a random walk that each of n spans gets, plus log n: shape (n,).

    The walk starts, and starts again, by the `scores`: natural logarithms up to a constant, shape (n,). `names` and
    `words`: numbers of those that each span holds. `vectors`: (n, d), of length 1 or 0. `adjacent`: pairs of positions.
    """
    n = len(scores)
    start = np.exp(scores - scores.max())
    start /= start.sum()
    steps = (by_words(names, n), by_words(words, n), by_likeness(vectors), by_place(adjacent, n))
    # What a span without links of a kind would send along them stays with it.
    kernel = sum(share * (step + np.diag(1 - step.sum(axis=1))) for share, step in zip(SHARES, steps, strict=True))
    walk = start
    for _ in range(STEPS):
        walk = DAMPING * start + (1 - DAMPING) * (walk @ kernel)
    result: Floats = np.log(walk + 1e-6) + np.log(n)
    return result


def by_words(words: Sequence[npt.NDArray[np.int32]], n: int) -> Floats:
    """Steps from span to word to span, over words that two or more but few spans share: rows sum to 1 or 0."""
    lengths = np.array([len(numbers) for numbers in words])
    owners = np.repeat(np.arange(n), lengths)
    everything = np.concatenate(words) if n else np.empty(0, np.int32)
    pairs = np.unique(np.stack([owners, everything.astype(np.int64)]), axis=1)
    _, columns, spans_with = np.unique(pairs[1], return_inverse=True, return_counts=True)
    rare = (spans_with >= 2) & (spans_with <= max(RARE * n, 2))
    links_two = rare[columns]
    if not links_two.any():
        return np.zeros((n, n))
    column_of = np.cumsum(rare) - 1
    links = np.zeros((n, int(rare.sum())), np.float32)
    rows, linking = pairs[0][links_two], columns[links_two]
    links[rows, column_of[linking]] = np.log(1 + n / spans_with[linking])
    out = links / np.maximum(links.sum(axis=1, keepdims=True), 1e-12)
    back = links / np.maximum(links.sum(axis=0, keepdims=True), 1e-12)
    result: Floats = (out @ back.T).astype(np.float64)
    return result


def by_likeness(vectors: npt.NDArray[np.float32]) -> Floats:
    """Steps to the LIKE nearest spans by how much their cosine exceeds LEAST_LIKENESS: rows sum to 1 or 0."""
    likeness = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(likeness, 0)
    if len(vectors) > LIKE:
        least = np.partition(likeness, -LIKE, axis=1)[:, -LIKE][:, None]
        likeness[likeness < least] = 0
    likeness = np.maximum(likeness - LEAST_LIKENESS, 0)
    result: Floats = (
        likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-12) * (likeness.sum(axis=1, keepdims=True) > 0)
    )
    return result


def by_place(adjacent: Sequence[tuple[int, int]], n: int) -> Floats:
    """Steps to the neighbours in a text or chat: rows sum to 1 or 0."""
    steps = np.zeros((n, n))
    for left, right in adjacent:
        steps[left, right] = steps[right, left] = 1.0
    result: Floats = steps / np.maximum(steps.sum(axis=1, keepdims=True), 1.0)
    return result
