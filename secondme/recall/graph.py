"""The graph of the best candidates, and a walk over it that starts from them (HippoRAG 2's personalised PageRank).

Spans are linked by names and rare words that they share, by likeness and by standing next to each other. Only
candidates take part, so that its cost does not grow with the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

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
Steps: TypeAlias = tuple[Callable[[Floats], Floats], Floats]
"""Where a walk, shape (n,), goes in one step, and 1 for each span that has no links of the kind, else 0. The links are
few, so they are kept as pairs: the square of all spans took most of a recall's time."""
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
    walk = start
    for _ in range(STEPS):
        # What a span without links of a kind would send along them stays with it.
        moved = sum(share * (step(walk) + walk * stays) for share, (step, stays) in zip(SHARES, steps, strict=True))
        walk = DAMPING * start + (1 - DAMPING) * moved
    result: Floats = np.log(walk + 1e-6) + np.log(n)
    return result


def by_words(words: Sequence[npt.NDArray[np.int32]], n: int) -> Steps:
    """Steps from span to word to span, over words that two or more but few spans share."""
    lengths = np.array([len(numbers) for numbers in words], np.int64)
    everything = np.concatenate(words) if n else np.empty(0, np.int32)
    numbers, columns = np.unique(everything, return_inverse=True)
    cells = np.unique(np.repeat(np.arange(n), lengths) * max(len(numbers), 1) + columns)
    rows, columns = cells // max(len(numbers), 1), cells % max(len(numbers), 1)
    spans_with = np.bincount(columns, minlength=len(numbers))
    rare = (spans_with >= 2) & (spans_with <= max(RARE * n, 2))
    rows, columns = rows[rare[columns]], columns[rare[columns]]
    links = np.log(1 + n / spans_with[columns])
    out = (links / np.bincount(rows, links, n)[rows]).astype(np.float64)
    back = links / np.bincount(columns, links, len(numbers))[columns]

    def step(walk: Floats) -> Floats:
        at_words = np.bincount(columns, walk[rows] * out, len(numbers))
        return np.bincount(rows, at_words[columns] * back, n).astype(np.float64)

    return step, (np.bincount(rows, minlength=n) == 0).astype(float)


def by_likeness(vectors: npt.NDArray[np.float32]) -> Steps:
    """Steps to the LIKE nearest spans by how much their cosine exceeds LEAST_LIKENESS."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0)
    if len(vectors) > LIKE:
        least = np.partition(likeness, -LIKE, axis=1)[:, -LIKE]
        likeness[likeness < least[:, None]] = 0
    rows, columns = np.nonzero(likeness > LEAST_LIKENESS)
    links = likeness[rows, columns].astype(np.float64) - LEAST_LIKENESS
    return _steps(rows, columns, links, len(vectors))


def by_place(adjacent: Sequence[tuple[int, int]], n: int) -> Steps:
    """Steps to the neighbours in a text or chat."""
    pairs = np.array([*adjacent, *((right, left) for left, right in adjacent)], np.int64).reshape(-1, 2)
    return _steps(pairs[:, 0], pairs[:, 1], np.ones(len(pairs)), n)


def _steps(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], links: Floats, n: int) -> Steps:
    """Steps along links of a weight, from rows to columns."""
    out = (links / np.bincount(rows, links, n)[rows]).astype(np.float64)

    def step(walk: Floats) -> Floats:
        return np.bincount(columns, walk[rows] * out, n).astype(np.float64)

    return step, (np.bincount(rows, minlength=n) == 0).astype(float)
