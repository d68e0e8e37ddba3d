"""The matrices that are learnt: for each matrix W of a trained layer A (rank, columns) and B (rows, rank).

The trained matrix is W + alpha / rank * B A (Hu et al. 2021). A begins uniform in ±1 / sqrt(columns), B at zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.adapters.base_model import GROUPS, Array, Shape


@dataclass(frozen=True)
class Update:
    """The update of a group of stacked matrices: A of all of them stacked (parts * rank, columns), each one's B."""

    down: Array
    up: tuple[Array, ...]


class LoraLayout:
    """Where the matrices of an adapter lie in one vector, so that an optimizer need not know of them."""

    def __init__(self, shape: Shape, first_layer: int, rank: int, alpha: float) -> None:
        self.shape = shape
        self.layers = range(first_layer, shape.layers)
        self.rank = rank
        self.alpha = alpha
        self._layer_size = 0
        for columns, parts in map(shape.parts, GROUPS):
            self._layer_size += rank * sum(columns + rows for _, rows in parts)

    @property
    def factor(self) -> float:
        """Of the product of the two matrices."""
        return self.alpha / self.rank

    @property
    def size(self) -> int:
        """Numbers in all matrices."""
        return self._layer_size * len(self.layers)

    def begin(self, seed: int, dtype: npt.DTypeLike = np.float32) -> Array:
        """A new vector, that changes nothing yet."""
        vector, random = np.zeros(self.size, dtype), np.random.default_rng(seed)
        for layer in self.layers:
            for update in self.of_layer(vector, layer).values():
                bound = update.down.shape[1] ** -0.5
                update.down[:] = random.uniform(-bound, bound, update.down.shape)
        return vector

    def of_layer(self, vector: Array, layer: int) -> dict[str, Update]:
        """Views into a vector: the updates of a layer's groups."""
        at = (layer - self.layers.start) * self._layer_size
        found = {}
        for group in GROUPS:
            columns, parts = self.shape.parts(group)
            size = len(parts) * self.rank * columns
            down = vector[at : at + size].reshape(-1, columns)
            at += size
            ups = []
            for _, rows in parts:
                ups.append(vector[at : at + rows * self.rank].reshape(rows, self.rank))
                at += rows * self.rank
            found[group] = Update(down, tuple(ups))
        return found

    def matrices(self, vector: Array) -> list[tuple[str, Array, Array]]:
        """(name of the base's tensor, A, B) of every matrix."""
        found = []
        for layer in self.layers:
            for group, update in self.of_layer(vector, layer).items():
                for part, name in enumerate(GROUPS[group]):
                    down = update.down[part * self.rank : (part + 1) * self.rank]
                    found.append((f"blk.{layer}.{name}.weight", down, update.up[part]))
        return found


def merge(base: dict[str, Array], updates: dict[str, Update], factor: float, into: dict[str, Array]) -> None:
    """Write W + factor * B A into `into`, for each group: one product then computes what would take three."""
    for group, update in updates.items():
        merged, at = into[group], 0
        for part, up in enumerate(update.up):
            rank = up.shape[1]
            down = update.down[part * rank : (part + 1) * rank]
            np.matmul(up * up.dtype.type(factor), down, out=merged[at : at + len(up)])
            at += len(up)
        merged += base[group]
