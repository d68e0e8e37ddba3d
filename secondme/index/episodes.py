"""Episodes of a chat or a long text: cut where what is said changes most (EM-LLM, Fountas et al. 2024).

Surprise is the change of the embedding; a cut is where it exceeds mean + gamma · deviation of a trailing
window. Each cut then moves to the place near it where the two sides are least alike.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

GAMMA = 1.0
WINDOW = 16
SHORTEST = 3
"""Spans of the shortest episode."""
MOVE = 2
CONTEXT = 3
"""Spans whose mean stands for what was said before, and after."""


def episodes(vectors: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """(first, end) of each episode, the end not included, for vectors (n, d) of length 1 in order of time."""
    n = len(vectors)
    if n == 0:
        return []
    change = np.array([_change(vectors, i) for i in range(1, n)])
    cuts = [0]
    for i in range(1, n):
        trail = change[max(0, i - 1 - WINDOW) : i - 1]
        if len(trail) >= SHORTEST and change[i - 1] > trail.mean() + GAMMA * trail.std() and i - cuts[-1] >= SHORTEST:
            near = range(max(cuts[-1] + SHORTEST, i - MOVE), min(n - 1, i + MOVE) + 1)
            best = max(near, key=lambda j: (change[j - 1], -abs(j - i)))
            if best - cuts[-1] >= SHORTEST:
                cuts.append(best)
    if len(cuts) > 1 and n - cuts[-1] < SHORTEST:
        cuts.pop()
    return list(zip(cuts, [*cuts[1:], n], strict=True))


def _change(vectors: npt.NDArray[np.float32], i: int) -> float:
    """One minus the cosine between the means of what stands before i and from i on."""
    before, after = vectors[max(0, i - CONTEXT) : i].sum(axis=0), vectors[i : i + CONTEXT].sum(axis=0)
    lengths = float(np.linalg.norm(before) * np.linalg.norm(after))
    return 1 - float(before @ after) / lengths if lengths > 1e-9 else 0.0
