"""Groups of like vectors, from which the memory tree is built. Rows have length 1; members are row numbers of a
matrix."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float32]
"""Shape (d,)."""
Vectors: TypeAlias = npt.NDArray[np.float32]
"""Shape (n, d)."""
Members: TypeAlias = npt.NDArray[np.int64]
"""Shape (m,)."""

LARGEST_SHARE = 0.6
"""Largest part of the members that one of several groups may get."""
KMEANS_STEPS = 6


def divide(matrix: Vectors, members: Members, groups: int) -> list[Members]:
    """Members in at most so many groups of like ones, at least two, none of more than LARGEST_SHARE of them."""
    found = clusters(matrix[members], members, groups)
    if len(found) < 2 or max(len(group) for group in found) > LARGEST_SHARE * len(members):
        return halves(matrix, members)
    return found


def clusters(vectors: Vectors, members: Members, most: int) -> list[Members]:
    """Spherical k-means of `vectors` (m, d), the rows of `members`, in at most so many groups. It begins farthest first
    from the mean: the same rows give the same groups."""
    centres = [unit(vectors.sum(axis=0))]
    nearest = vectors @ centres[0]
    centres = []
    for _ in range(min(most, len(vectors))):
        centres.append(vectors[int(nearest.argmin())])
        likeness = vectors @ centres[-1]
        nearest = likeness if len(centres) == 1 else np.maximum(nearest, likeness)
    centre = np.stack(centres)
    label = np.zeros(len(vectors), np.int64)
    for _ in range(KMEANS_STEPS):
        label = (vectors @ centre.T).argmax(axis=1)
        sums = np.zeros_like(centre)
        np.add.at(sums, label, vectors)
        centre = np.where(np.abs(sums).sum(axis=1, keepdims=True) > 0, unit_rows(sums), centre)
    return [members[label == number] for number in range(len(centre)) if (label == number).any()]


def halves(matrix: Vectors, members: Members) -> list[Members]:
    """Two groups of like members, each of at least two fifths: divided across the line between the two farthest
    ends."""
    vectors = matrix[members]
    far = vectors[int((vectors @ unit(vectors.sum(axis=0))).argmin())]
    other = vectors[int((vectors @ far).argmin())]
    along = vectors @ (far - other)
    order = np.argsort(-along, kind="stable")
    sorted_along = along[order]
    least = max(1, int(0.4 * len(members)))
    gaps = sorted_along[least - 1 : len(members) - least] - sorted_along[least : len(members) - least + 1]
    cut = least + int(gaps.argmax()) if len(gaps) else len(members) // 2
    return [np.sort(members[order[:cut]]), np.sort(members[order[cut:]])]


def vector_sum(matrix: Vectors, members: Members) -> Vector:
    """The sum of the rows of the members, shape (d,)."""
    total: Vector = matrix[members].sum(axis=0, dtype=np.float32)
    return total


def unit(vector: Vector) -> Vector:
    """The vector with length 1; as it is if its length is nearly 0."""
    length = float(np.sqrt(vector @ vector))
    return vector / np.float32(length) if length > 1e-12 else vector


def unit_rows(vectors: Vectors) -> Vectors:
    """Every row with length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = vectors / np.maximum(lengths, 1e-12)
    return result
