"""A layer of a Llama or Qwen2 transformer, forwards and backwards, for a row of T tokens.

    h = norm(x);  x = x + attention(h) O;  h = norm(x);  x = x + (silu(h G) * (h U)) D

The way back gives the gradients of the adapter's matrices and of x; the model's own weights don't change. What the
layer computed stays in the scratch under its `slot`, as far as computing it again would cost more.
"""

from __future__ import annotations

import numpy as np

from models.adapters.attention import attend, attend_back, rotation, turn
from models.adapters.base_model import Array, LayerWeights, Shape
from models.adapters.lora import Update
from models.adapters.rows import Row
from models.adapters.scratch import Scratch


class Computation:
    """The layers over a row, in a worker's scratch."""

    def __init__(self, shape: Shape, row: Row, scratch: Scratch) -> None:
        self._shape = shape
        self._row = row
        self._scratch = scratch
        turns = rotation(shape, row.positions, scratch.dtype)
        self._turns = turns
        self._scaled_turns = turns * turns.real.dtype.type(shape.head**-0.5)

    def state(self, slot: int) -> Array:
        """The states before the layer of a slot, (T, width): fill them before `forward`."""
        return self._scratch.array((slot, "x"), len(self._row), self._shape.width)

    def forward(self, weights: LayerWeights, slot: int) -> Array:
        """Compute a layer on `state(slot)`. Returns the states after it, which are those of the next slot."""
        shape, scratch, length = self._shape, self._scratch, len(self._row)
        state = self.state(slot)
        matrices = weights.matrices
        hidden = norm(state, weights.attention_norm, shape.epsilon, scratch.array("hidden", *state.shape))
        qkv = np.matmul(hidden, matrices["qkv"].T, out=scratch.array("qkv", length, len(matrices["qkv"])))
        if weights.bias is not None:
            qkv += weights.bias
        query, key, value = self._heads(qkv)
        kept_query, kept_key, kept_value = self._kept_heads(slot)
        turn(query, self._scaled_turns, kept_query, halves=shape.halves)
        turn(key, self._turns, kept_key, halves=shape.halves)
        kept_value[:] = value
        attended = scratch.array((slot, "attended"), length, shape.heads, shape.head)
        logsum = scratch.array((slot, "logsum"), shape.heads, length)
        attend(kept_query, kept_key, kept_value, self._row.blocks, attended, logsum, scratch)
        middle = scratch.array((slot, "middle"), *state.shape)
        np.matmul(attended.reshape(length, -1), matrices["output"].T, out=middle)
        middle += state
        norm(middle, weights.feed_forward_norm, shape.epsilon, hidden)
        both = scratch.array((slot, "gate_up"), length, 2 * shape.feed_forward)
        np.matmul(hidden, matrices["gate_up"].T, out=both)
        after = self.state(slot + 1)
        np.matmul(self._gated(both), matrices["down"].T, out=after)
        after += middle
        return after

    def backward(
        self,
        weights: LayerWeights,
        slot: int,
        updates: dict[str, Update],
        gradients: dict[str, Update],
        factor: float,
        *,
        lowest: bool,
    ) -> None:
        """Take the gradient of the layer's result from `gradient`, and leave there that of `state(slot)`.

        Writes the gradients of the layer's `updates` into `gradients`. Of the `lowest` layer nothing else is needed.
        """
        shape, scratch, length = self._shape, self._scratch, len(self._row)
        matrices = weights.matrices
        gradient = self.gradient()
        middle = scratch.array((slot, "middle"), length, shape.width)
        both = scratch.array((slot, "gate_up"), length, 2 * shape.feed_forward)
        # Feed-forward.
        wide = self._gated(both)
        _learn(updates["down"], gradients["down"], wide, gradient, factor)
        back_wide = np.matmul(gradient, matrices["down"], out=scratch.array("back gated", *wide.shape))
        back_both = self._gated_back(both, back_wide)
        hidden = norm(middle, weights.feed_forward_norm, shape.epsilon, scratch.array("hidden", length, shape.width))
        _learn(updates["gate_up"], gradients["gate_up"], hidden, back_both, factor)
        back = np.matmul(back_both, matrices["gate_up"], out=scratch.array("back hidden", length, shape.width))
        _norm_back(middle, weights.feed_forward_norm, shape.epsilon, back, gradient, scratch)
        # Attention.
        attended = scratch.array((slot, "attended"), length, shape.heads, shape.head)
        flat = attended.reshape(length, -1)
        _learn(updates["output"], gradients["output"], flat, gradient, factor)
        back_flat = np.matmul(gradient, matrices["output"], out=scratch.array("back attended", *flat.shape))
        logsum = scratch.array((slot, "logsum"), shape.heads, length)
        heads = self._kept_heads(slot)
        backs = attend_back(*heads, self._row.blocks, logsum, attended, back_flat.reshape(attended.shape), scratch)
        back_qkv = scratch.array("qkv", length, len(matrices["qkv"]))
        query, key, value = self._heads(back_qkv)
        turn(backs[0], self._scaled_turns.conj(), query, halves=shape.halves)
        turn(backs[1], self._turns.conj(), key, halves=shape.halves)
        value[:] = backs[2]
        state = self.state(slot)
        norm(state, weights.attention_norm, shape.epsilon, hidden)
        _learn(updates["qkv"], gradients["qkv"], hidden, back_qkv, factor)
        if not lowest:
            np.matmul(back_qkv, matrices["qkv"], out=back)
            _norm_back(state, weights.attention_norm, shape.epsilon, back, gradient, scratch)

    def gradient(self) -> Array:
        """The gradient of the states on the way back, (T, width)."""
        return self._scratch.array("gradient", len(self._row), self._shape.width)

    def _heads(self, qkv: Array) -> tuple[Array, Array, Array]:
        """Views of the stacked products by head: (H, T, D), (K, T, D), (K, T, D)."""
        shape = self._shape
        heads = qkv.reshape(len(qkv), -1, shape.head).transpose(1, 0, 2)
        keys = shape.heads + shape.kv_heads
        return heads[: shape.heads], heads[shape.heads : keys], heads[keys:]

    def _kept_heads(self, slot: int) -> tuple[Array, Array, Array]:
        shape, length = self._shape, len(self._row)
        return (
            self._scratch.array((slot, "query"), shape.heads, length, shape.head),
            self._scratch.array((slot, "key"), shape.kv_heads, length, shape.head),
            self._scratch.array((slot, "value"), shape.kv_heads, length, shape.head),
        )

    def _gated(self, both: Array) -> Array:
        """silu(gate) * up, in a scratch array."""
        gate, up = np.split(both, 2, axis=1)
        found = self._scratch.array("gated", *gate.shape)
        for rows in _tiles(len(both)):
            _sigmoid(gate[rows], found[rows])
            found[rows] *= gate[rows]
            found[rows] *= up[rows]
        return found

    def _gated_back(self, both: Array, gradient: Array) -> Array:
        """Gradient of the stacked gate and up, from that of silu(gate) * up."""
        gate, up = np.split(both, 2, axis=1)
        found = self._scratch.array("back gate_up", *both.shape)
        back_gate, back_up = np.split(found, 2, axis=1)
        one = both.dtype.type(1)
        for rows in _tiles(len(both)):
            # silu(g) = g s(g) with s the logistic function; its slope is s (1 + g (1 - s)).
            share = _sigmoid(gate[rows], self._scratch.array("sigmoid", *gate[rows].shape))
            through, slope = back_up[rows], back_gate[rows]
            np.multiply(share, gate[rows], out=through)
            np.subtract(one, share, out=slope)
            slope *= gate[rows]
            slope += one
            slope *= share
            slope *= up[rows]
            slope *= gradient[rows]
            through *= gradient[rows]
        return found


def norm(state: Array, scale: Array, epsilon: float, into: Array) -> Array:
    """Root mean square norm (Zhang and Sennrich 2019) of each token's state, into `into`."""
    np.multiply(state, _inverse_root(state, epsilon), out=into)
    into *= scale
    return into


def _inverse_root(state: Array, epsilon: float) -> Array:
    """1 / sqrt(mean of squares), (T, 1)."""
    squares = np.einsum("td,td->t", state, state)[:, None] / state.dtype.type(state.shape[1])
    found: Array = 1 / np.sqrt(squares + state.dtype.type(epsilon))
    return found


def _norm_back(state: Array, scale: Array, epsilon: float, back: Array, gradient: Array, scratch: Scratch) -> None:
    """Add the gradient of `state` to `gradient`, from `back`, that of its norm; `back` is overwritten."""
    inverse = _inverse_root(state, epsilon)
    back *= scale
    along = np.einsum("td,td->t", back, state)[:, None] * inverse**3 / state.dtype.type(state.shape[1])
    back *= inverse
    gradient += back
    gradient -= np.multiply(state, along, out=scratch.array("along", *state.shape))


def back_through_norm(state: Array, scale: Array, epsilon: float, back: Array) -> Array:
    """Gradient of `state`, from `back`, that of its norm."""
    gradient = np.zeros_like(state)
    _norm_back(state, scale, epsilon, back.copy(), gradient, Scratch(state.dtype))
    return gradient


def _learn(update: Update, gradient: Update, inputs: Array, back: Array, factor: float) -> None:
    """Gradients of A and B of a group, from its inputs (T, columns) and the gradient of its results (T, rows)."""
    rank, scale = update.up[0].shape[1], inputs.dtype.type(factor)
    inner = inputs @ update.down.T
    inner *= scale
    given = np.empty_like(inner)
    at = 0
    for part, up in enumerate(update.up):
        results = back[:, at : at + len(up)]
        columns = slice(part * rank, (part + 1) * rank)
        np.matmul(results, up, out=given[:, columns])
        np.matmul(results.T, inner[:, columns], out=gradient.up[part])
        at += len(up)
    given *= scale
    np.matmul(given.T, inputs, out=gradient.down)


def _sigmoid(values: Array, into: Array) -> Array:
    """The logistic function."""
    np.negative(values, out=into)
    np.exp(into, out=into)
    into += values.dtype.type(1)
    np.reciprocal(into, out=into)
    return into


def _tiles(length: int) -> list[slice]:
    """Rows that stay in the processor's cache while several operations go over them."""
    return [slice(at, at + 32) for at in range(0, length, 32)]
