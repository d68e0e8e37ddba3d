"""A layer of a Llama or Qwen2 transformer and the loss in MLX, which makes the gradients itself.

As `transformer.py` and `loss.py` have it, but the update is computed beside the model's matrix, not merged into it: MLX
would make a gradient of the whole merged matrix. A layer is computed again on the way back, and one is evaluated at a
time: left to itself MLX holds several at once (in a whole step's graph six portions of logits), and memory must be
known beforehand. mlx-lm's layers are not used: they know neither branches that share a prefix, nor the order of a
GGUF's rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from models.adapters.attention import rotation
from models.adapters.backend import FrozenRow
from models.adapters.base_model import Array, LayerWeights, Shape
from models.adapters.loss import TOKENS_AT_ONCE
from models.adapters.rows import Row

MlxArray: TypeAlias = Any
"""An array of MLX, float32; the module is imported only where it computes."""
MlxUpdates: TypeAlias = dict[str, tuple[MlxArray, list[MlxArray]]]
"""A layer's updates: of each group A of all matrices stacked (parts * rank, columns), and each one's B."""


@dataclass(frozen=True)
class Places:
    """Where the tokens of a row stand: their turns, (T, D / 2), and which tokens each of them sees, (T, T)."""

    cosines: MlxArray
    sines: MlxArray
    seen: MlxArray


@dataclass(frozen=True)
class MlxLayer:
    """A layer's weights, as `LayerWeights`."""

    matrices: dict[str, MlxArray]
    bias: MlxArray | None
    attention_norm: MlxArray
    feed_forward_norm: MlxArray


@dataclass(frozen=True)
class MlxHead:
    """As `loss.Head`."""

    scale: MlxArray
    output: MlxArray


class MlxTransformer:
    """Computes layers of one shape."""

    def __init__(self, shape: Shape, factor: float = 0.0) -> None:
        """`factor`: of the product of an update's two matrices."""
        import mlx.core

        self._mx: Any = mlx.core
        self._shape = shape
        self._factor = factor

    def places(self, row: Row) -> Places:
        """Of a row's tokens."""
        # `mx.fast.rope` counts on from one place; here each branch begins anew behind the prefix.
        turns = rotation(self._shape, row.positions, np.float32)
        return Places(self._mx.array(turns.real), self._mx.array(turns.imag), self._mx.array(seen(row)))

    def layer_of(self, weights: LayerWeights) -> MlxLayer:
        """A layer's weights for MLX."""
        array = self._mx.array
        return MlxLayer(
            {group: array(matrix) for group, matrix in weights.matrices.items()},
            None if weights.bias is None else array(weights.bias),
            array(weights.attention_norm),
            array(weights.feed_forward_norm),
        )

    def layer(self, layer: MlxLayer, places: Places, state: MlxArray, updates: MlxUpdates | None = None) -> MlxArray:
        """The states (T, width) after a layer, from those before it."""
        shape, fast = self._shape, self._mx.fast
        hidden = fast.rms_norm(state, layer.attention_norm, shape.epsilon)
        qkv = self._product("qkv", hidden, layer, updates)
        if layer.bias is not None:
            qkv = qkv + layer.bias
        heads = qkv.reshape(len(state), -1, shape.head).transpose(1, 0, 2)[None]
        values = shape.heads + shape.kv_heads
        query = self._turned(heads[:, : shape.heads], places)
        key = self._turned(heads[:, shape.heads : values], places)
        attended = fast.scaled_dot_product_attention(
            query, key, heads[:, values:], scale=shape.head**-0.5, mask=places.seen
        )
        flat = attended[0].transpose(1, 0, 2).reshape(len(state), -1)
        state = state + self._product("output", flat, layer, updates)
        hidden = fast.rms_norm(state, layer.feed_forward_norm, shape.epsilon)
        gate, up = self._mx.split(self._product("gate_up", hidden, layer, updates), 2, axis=1)
        return state + self._product("down", gate * self._mx.sigmoid(gate) * up, layer, updates)

    def layer_back(
        self,
        layer: MlxLayer,
        places: Places,
        state: MlxArray,
        updates: MlxUpdates,
        gradient: MlxArray,
        *,
        lowest: bool,
    ) -> tuple[MlxArray | None, MlxUpdates]:
        """Gradients of the states before a layer and of its updates, from that of the states after it.

        Of the `lowest` layer that of the states is not needed: it is None.
        """

        def along(updates: MlxUpdates, state: MlxArray) -> MlxArray:
            return (self.layer(layer, places, state, updates) * gradient).sum()

        if lowest:
            found = None, self._mx.grad(along)(updates, state)
        else:
            found = self._mx.grad(along, argnums=(0, 1))(updates, state)[::-1]
        self._mx.eval(found)
        return found

    def loss(self, head: MlxHead, frozen: FrozenRow, state: MlxArray, total: float) -> tuple[float, MlxArray]:
        """The row's part of the mean loss of a step, in nats, as `loss.loss_of_row`, and its gradient (T, width)."""
        mx, row = self._mx, frozen.row
        loss, gradient = 0.0, mx.zeros_like(state)
        weights = (row.weights / total).astype(np.float32)
        learnt, anchored = _portions(np.flatnonzero(~row.anchors)), _portions(np.flatnonzero(row.anchors))
        aims = [partial(self._surprise, head, mx.array(row.targets[chosen, None])) for chosen in learnt]
        aims += [partial(self._divergence, head, mx.array(known)) for known in _portions(frozen.anchors)]
        for chosen, aim in zip(learnt + anchored, aims, strict=True):
            sources = mx.array(row.sources[chosen])
            found, back = mx.value_and_grad(aim)(state[sources], mx.array(weights[chosen]))
            gradient = gradient.at[sources].add(back)
            mx.eval(found, gradient)
            loss += found.item()
        return loss, gradient

    def _product(self, group: str, inputs: MlxArray, layer: MlxLayer, updates: MlxUpdates | None) -> MlxArray:
        """Results (T, rows) of a group of stacked matrices, from its inputs (T, columns)."""
        found = inputs @ layer.matrices[group].T
        if updates is None:
            return found
        down, ups = updates[group]
        inner = self._mx.split(self._factor * (inputs @ down.T), len(ups), axis=1)
        return found + self._mx.concatenate([part @ up.T for part, up in zip(inner, ups, strict=True)], axis=1)

    def _turned(self, heads: MlxArray, places: Places) -> MlxArray:
        """Turn the pairs of each head, (1, heads, T, D), as `attention.turn`."""
        mx = self._mx
        if self._shape.halves:
            first, second = mx.split(heads, 2, axis=-1)
        else:
            first, second = heads[..., ::2], heads[..., 1::2]
        turned = [
            first * places.cosines - second * places.sines,
            second * places.cosines + first * places.sines,
        ]
        return mx.concatenate(turned, axis=-1) if self._shape.halves else mx.stack(turned, axis=-1).reshape(heads.shape)

    def _surprise(self, head: MlxHead, targets: MlxArray, state: MlxArray, weights: MlxArray) -> MlxArray:
        """Cross entropy of the tokens that come next, (n, 1), after states (n, width)."""
        mx, logits = self._mx, self._logits(head, state)
        return (weights * (mx.logsumexp(logits, axis=1) - mx.take_along_axis(logits, targets, axis=1)[:, 0])).sum()

    def _divergence(self, head: MlxHead, anchors: MlxArray, state: MlxArray, weights: MlxArray) -> MlxArray:
        """From the base's distribution, which `anchors` (n, width) give: 0 where nothing has changed."""
        mx = self._mx
        base = anchors @ head.output.T
        base_logs = base - mx.logsumexp(base, axis=1, keepdims=True)
        shares = mx.exp(base_logs)
        own = (shares * base_logs).sum(axis=1)
        # Evaluated first, so that fewer arrays as wide as the vocabulary are held at once.
        mx.eval(shares, own)
        logits = self._logits(head, state)
        return (weights * (own + mx.logsumexp(logits, axis=1) - (shares * logits).sum(axis=1))).sum()

    def _logits(self, head: MlxHead, state: MlxArray) -> MlxArray:
        return self._mx.fast.rms_norm(state, head.scale, self._shape.epsilon) @ head.output.T


def seen(row: Row) -> npt.NDArray[np.bool_]:
    """Which tokens (columns) each token of a row (rows) sees, (T, T): its prefix, and its branch up to itself."""
    found = np.zeros((len(row), len(row)), np.bool_)
    for block in row.blocks:
        found[block.begin : block.end, : block.prefix] = True
        found[block.begin : block.end, block.own : block.end] = True
    return np.tril(found)


def _portions(places: Array) -> list[Array]:
    """Places whose logits are held at once."""
    return [places[at : at + TOKENS_AT_ONCE] for at in range(0, len(places), TOKENS_AT_ONCE)]
