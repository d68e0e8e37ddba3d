"""Attention over blocks of tokens, forwards and backwards.

Scores are computed again for the way back instead of being kept (FlashAttention, Dao et al. 2022): what a row takes
grows with its length, not with the square of it. Shapes: H heads, K heads of keys and values, T tokens, D numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.adapters.base_model import Array, Shape
from models.adapters.rows import Block
from models.adapters.scratch import Scratch


def rotation(shape: Shape, positions: npt.NDArray[np.int64], dtype: npt.DTypeLike) -> Array:
    """The turns of rotary embedding (RoPE, Su et al. 2021) at positions: complex numbers of shape (T, D / 2)."""
    angles = positions[:, None] * np.array(shape.frequencies)[None]
    found: Array = np.exp(1j * angles).astype(np.complex64 if np.dtype(dtype) == np.float32 else np.complex128)
    return found


def turn(source: Array, by: Array, into: Array, *, halves: bool) -> None:
    """Turn the pairs of each head, (…, T, D) → (…, T, D); for the way back `by` is conjugated."""
    if not halves:
        np.multiply(source.view(by.dtype), by, out=into.view(by.dtype))
        return
    half = by.shape[-1]
    first, second = source[..., :half], source[..., half:]
    into[..., :half] = first * by.real - second * by.imag
    into[..., half:] = second * by.real + first * by.imag


def attend(
    query: Array, key: Array, value: Array, blocks: Sequence[Block], into: Array, logsum: Array, scratch: Scratch
) -> None:
    """Write attention into `into` (T, H, D), and the logarithm of each token's sum of scores into `logsum` (H, T).

    `query` (H, T, D) is scaled already; `key` and `value` are (K, T, D).
    """
    kv_heads, _, wide = key.shape
    for block in blocks:
        asked = _grouped(query, block, kv_heads, "query", scratch)
        keys, values = _seen(key, block, "key", scratch), _seen(value, block, "value", scratch)
        scores = _scores(asked, keys, block, scratch)
        most = scores.max(-1, keepdims=True)
        scores -= most
        np.exp(scores, out=scores)
        total = scores.sum(-1, keepdims=True)
        found = np.matmul(scores, values, out=scratch.array("found", kv_heads, asked.shape[1], wide))
        found /= total
        size = block.end - block.begin
        into[block.begin : block.end] = found.reshape(-1, size, wide).transpose(1, 0, 2)
        logsum[:, block.begin : block.end] = (most + np.log(total)).reshape(-1, size)


def attend_back(
    query: Array,
    key: Array,
    value: Array,
    blocks: Sequence[Block],
    logsum: Array,
    attended: Array,
    gradient: Array,
    scratch: Scratch,
) -> tuple[Array, Array, Array]:
    """Gradients of query, key and value, from the `gradient` of what was `attended`, both (T, H, D)."""
    kv_heads, _, wide = key.shape
    back_query = scratch.array("back query", *query.shape)
    back_key, back_value = scratch.array("back key", *key.shape), scratch.array("back value", *value.shape)
    back_key[:] = 0
    back_value[:] = 0
    inner = np.einsum("thd,thd->ht", gradient, attended)
    by_head = gradient.transpose(1, 0, 2)
    for block in blocks:
        asked = _grouped(query, block, kv_heads, "query", scratch)
        given = _grouped(by_head, block, kv_heads, "given", scratch)
        keys, values = _seen(key, block, "key", scratch), _seen(value, block, "value", scratch)
        shares = _scores(asked, keys, block, scratch)
        within = slice(block.begin, block.end)
        shares -= logsum[:, within].reshape(kv_heads, -1, 1)
        np.exp(shares, out=shares)
        _spread(np.matmul(shares.transpose(0, 2, 1), given), back_value, block)
        back = np.matmul(given, values.transpose(0, 2, 1), out=scratch.array("back scores", *shares.shape))
        back -= inner[:, within].reshape(kv_heads, -1, 1)
        back *= shares
        asking = np.matmul(back, keys, out=scratch.array("found", *asked.shape))
        back_query[:, within] = asking.reshape(query.shape[0], -1, wide)
        _spread(np.matmul(back.transpose(0, 2, 1), asked), back_key, block)
    return back_query, back_key, back_value


def _grouped(heads: Array, block: Block, kv_heads: int, name: str, scratch: Scratch) -> Array:
    """A block's tokens of all heads, (H, T, D) → (K, H / K * tokens, D)."""
    found = scratch.array(name, len(heads), block.end - block.begin, heads.shape[2])
    found[:] = heads[:, block.begin : block.end]
    return found.reshape(kv_heads, -1, heads.shape[2])


def _seen(heads: Array, block: Block, name: str, scratch: Scratch) -> Array:
    """The keys or values that a block sees, (K, tokens, D)."""
    if block.own == block.prefix:
        return heads[:, : block.end]
    found = scratch.array(name, len(heads), block.prefix + block.end - block.own, heads.shape[2])
    found[:, : block.prefix] = heads[:, : block.prefix]
    found[:, block.prefix :] = heads[:, block.own : block.end]
    return found


def _spread(gradient: Array, into: Array, block: Block) -> None:
    """Add the gradient of what a block sees where it came from."""
    into[:, : block.prefix] += gradient[:, : block.prefix]
    into[:, block.own : block.end] += gradient[:, block.prefix :]


def _scores(asked: Array, keys: Array, block: Block, scratch: Scratch) -> Array:
    """Scores of a block, (K, H / K * tokens, tokens that it sees); what comes later is -inf."""
    kv_heads, rows, _ = asked.shape
    size = block.end - block.begin
    scores = np.matmul(asked, keys.transpose(0, 2, 1), out=scratch.array("scores", kv_heads, rows, keys.shape[1]))
    later = np.triu(np.full((size, size), -np.inf, scores.dtype), 1)
    scores.reshape(kv_heads, -1, size, keys.shape[1])[..., -size:] += later
    return scores
