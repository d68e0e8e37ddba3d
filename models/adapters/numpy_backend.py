"""Computes a training with NumPy on the processor, a thread for each example of a step.

The gradients of examples are added in their order, so that the same training gives the same adapter, bit for bit,
whichever thread was faster and however often it was killed.

JAX 0.10 was tried: its matrix products are as fast as those of NumPy's BLAS with the right kernel (240 GFLOPS a core
with AVX-512), and it takes 500 MB more on disk.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.adapters.backend import Backend, FrozenRow
from models.adapters.base_model import Array, BaseModel, LayerWeights, Shape
from models.adapters.lora import LoraLayout, merge
from models.adapters.loss import Head, loss_of_row
from models.adapters.memory import needed_by_numpy
from models.adapters.rows import Row
from models.adapters.scratch import Scratch
from models.adapters.transformer import Computation
from models.adapters.workers import Workers


class NumpyBackend(Backend):
    """Implements `Backend`."""

    needed = staticmethod(needed_by_numpy)

    def __init__(self, shape: Shape, workers: int, memory: int) -> None:
        """As `Backend`; so many workers keep to that memory."""
        self._shape = shape
        self._workers = Workers(workers)
        self._base: list[dict[str, Array]] = []
        self._merged: list[LayerWeights] = []
        self._gradients: list[Array] = []

    def pass_through(self, weights: LayerWeights, passing: Sequence[tuple[Row, Array]]) -> None:
        """As `Backend.pass_through`."""

        def run(number: int, scratch: Scratch) -> None:
            row, state = passing[number]
            computation = Computation(self._shape, row, scratch)
            computation.state(0)[:] = state
            state[:] = computation.forward(weights, 0)

        self._workers.run(run, len(passing))

    def hold(self, model: BaseModel, lora: LoraLayout) -> None:
        """As `Backend.hold`."""
        self._lora = lora
        self._head = Head(model.output_norm(), model.output(), self._shape.epsilon)
        for layer in lora.layers:
            weights = model.layer(layer)
            # The model's own matrices are kept as float16: quantized values need no more.
            self._base.append({group: matrix.astype(np.float16) for group, matrix in weights.matrices.items()})
            self._merged.append(weights)

    def gradient(self, vector: Array, rows: Sequence[FrozenRow], total: float) -> tuple[float, Array]:
        """As `Backend.gradient`."""
        while len(self._gradients) < len(rows):
            self._gradients.append(np.zeros_like(vector))
        losses = [0.0] * len(rows)
        self._workers.run(lambda number, _: self._merge(vector, number), len(self._merged))

        def run(number: int, scratch: Scratch) -> None:
            losses[number] = self._row(vector, rows[number], self._gradients[number], total, scratch)

        self._workers.run(run, len(rows))
        found = self._gradients[0]
        for more in self._gradients[1 : len(rows)]:
            found += more
        return sum(losses), found

    def close(self) -> None:
        """End the threads."""
        self._workers.close()

    def _merge(self, vector: Array, number: int) -> None:
        updates = self._lora.of_layer(vector, self._lora.layers[number])
        merge(self._base[number], updates, self._lora.factor, self._merged[number].matrices)

    def _row(self, vector: Array, frozen: FrozenRow, gradient: Array, total: float, scratch: Scratch) -> float:
        """Loss and gradient of an example."""
        computation = Computation(self._shape, frozen.row, scratch)
        computation.state(0)[:] = frozen.states
        for slot, weights in enumerate(self._merged):
            computation.forward(weights, slot)
        last = computation.state(len(self._merged))
        loss = loss_of_row(self._head, frozen.row, last, computation.gradient(), frozen.anchors, total, scratch)
        for slot in reversed(range(len(self._merged))):
            layer = self._lora.layers[slot]
            computation.backward(
                self._merged[slot],
                slot,
                self._lora.of_layer(vector, layer),
                self._lora.of_layer(gradient, layer),
                self._lora.factor,
                lowest=slot == 0,
            )
        return loss
