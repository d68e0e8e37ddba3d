"""Computes a training with MLX, on the graphics processor of Apple's chips.

The examples of a step are computed one after another: one fills the processor, and two would take twice the memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.adapters.backend import Backend, FrozenRow
from models.adapters.base_model import Array, BaseModel, LayerWeights, Shape
from models.adapters.lora import LoraLayout
from models.adapters.memory import MLX_BYTES, PROCESS_BYTES, needed_by_mlx
from models.adapters.mlx_transformer import MlxHead, MlxLayer, MlxTransformer, MlxUpdates
from models.adapters.rows import Row


class MlxBackend(Backend):
    """Implements `Backend`."""

    needed = staticmethod(needed_by_mlx)

    def __init__(self, shape: Shape, workers: int, memory: int) -> None:
        """As `Backend`; there is one worker."""
        import mlx.core

        self._mx: Any = mlx.core
        # Beyond it MLX lets go of the arrays that it keeps to use again.
        mlx.core.set_memory_limit(memory - PROCESS_BYTES - MLX_BYTES)
        self._shape = shape
        self._layers: list[MlxLayer] = []

    def pass_through(self, weights: LayerWeights, passing: Sequence[tuple[Row, Array]]) -> None:
        """As `Backend.pass_through`."""
        transformer = MlxTransformer(self._shape)
        layer = transformer.layer_of(weights)
        for row, state in passing:
            state[:] = np.array(transformer.layer(layer, transformer.places(row), self._mx.array(state)))

    def hold(self, model: BaseModel, lora: LoraLayout) -> None:
        """As `Backend.hold`."""
        self._lora = lora
        self._transformer = MlxTransformer(self._shape, lora.factor)
        self._head = MlxHead(self._mx.array(model.output_norm()), self._mx.array(model.output()))
        self._layers = [self._transformer.layer_of(model.layer(layer)) for layer in lora.layers]
        self._gradient = np.zeros(lora.size, np.float32)

    def gradient(self, vector: Array, rows: Sequence[FrozenRow], total: float) -> tuple[float, Array]:
        """As `Backend.gradient`."""
        self._gradient[:] = 0
        updates = [self._updates(vector, layer) for layer in self._lora.layers]
        return sum(self._row(updates, row, total) for row in rows), self._gradient

    def close(self) -> None:
        """As `Backend.close`."""
        self._layers.clear()
        self._mx.clear_cache()

    def _row(self, updates: Sequence[MlxUpdates], frozen: FrozenRow, total: float) -> float:
        """Loss of an example; its gradient is added to that of the step."""
        mx, transformer = self._mx, self._transformer
        places = transformer.places(frozen.row)
        states = [mx.array(frozen.states).astype(mx.float32)]
        for weights, update in zip(self._layers, updates, strict=True):
            states.append(transformer.layer(weights, places, states[-1], update))
            mx.eval(states[-1])
        loss, gradient = transformer.loss(self._head, frozen, states.pop(), total)
        for slot in reversed(range(len(self._layers))):
            gradient, found = transformer.layer_back(
                self._layers[slot], places, states.pop(), updates[slot], gradient, lowest=slot == 0
            )
            self._add(self._lora.layers[slot], found)
        return loss

    def _updates(self, vector: Array, layer: int) -> MlxUpdates:
        """A layer's updates for MLX."""
        array = self._mx.array
        return {
            group: (array(update.down), [array(up) for up in update.up])
            for group, update in self._lora.of_layer(vector, layer).items()
        }

    def _add(self, layer: int, found: MlxUpdates) -> None:
        """Add the gradients of a layer's updates to those of the step."""
        for group, into in self._lora.of_layer(self._gradient, layer).items():
            down, ups = found[group]
            into.down[:] += np.array(down)
            for up, its in zip(into.up, ups, strict=True):
                up[:] += np.array(its)
