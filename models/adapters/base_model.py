"""What a trainer reads of the base model's file: its shape, and its weights layer by layer.

Weights of a GGUF are laid out for llama.cpp's rotary embedding already, so they are taken as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from models.gguf.header import GgufLayout, TensorPlace, read_layout
from models.gguf.weights import read_rows, read_weights
from models.protocol.training import NotTrainable

Array: TypeAlias = npt.NDArray[Any]
"""Floats; float32 but in tests of gradients."""

GROUPS: dict[str, tuple[str, ...]] = {
    "qkv": ("attn_q", "attn_k", "attn_v"),
    "output": ("attn_output",),
    "gate_up": ("ffn_gate", "ffn_up"),
    "down": ("ffn_down",),
}
"""Matrices with the same input are stacked, so that one product computes them."""
HALVES = {"llama": False, "qwen2": True}
"""Architectures: whether rotary embedding turns a head's first half with its second, or neighbours with each other."""
_ANOTHER = "Choose a model of one of these for training; this one answers as before."


@dataclass(frozen=True)
class Shape:
    """The shape of a transformer."""

    architecture: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    head: int
    feed_forward: int
    vocabulary: int
    epsilon: float
    frequencies: tuple[float, ...]
    """Of the rotary embedding, in radians a position, one for each pair of a head."""

    @property
    def halves(self) -> bool:
        """As in HALVES."""
        return HALVES[self.architecture]

    def parts(self, group: str) -> tuple[int, list[tuple[str, int]]]:
        """(columns, [(matrix, rows)]) of a group."""
        query, key, wide = self.heads * self.head, self.kv_heads * self.head, self.feed_forward
        rows = {"attn_q": query, "attn_k": key, "attn_v": key, "attn_output": self.width}
        rows |= {"ffn_gate": wide, "ffn_up": wide, "ffn_down": self.width}
        columns = {"qkv": self.width, "output": query, "gate_up": self.width, "down": wide}
        return columns[group], [(name, rows[name]) for name in GROUPS[group]]

    @property
    def layer_weights(self) -> int:
        """Numbers in the matrices of a layer."""
        return sum(columns * rows for columns, parts in map(self.parts, GROUPS) for _, rows in parts)


@dataclass(frozen=True)
class LayerWeights:
    """A layer's weights: stacked matrices of shape (rows, columns), the biases of q, k and v, and its norms."""

    matrices: dict[str, Array]
    bias: Array | None
    attention_norm: Array
    feed_forward_norm: Array


class BaseModel:
    """The file of a base model. Nothing is held but its header."""

    def __init__(self, path: Path, dtype: npt.DTypeLike = np.float32) -> None:
        """Read the header. Raises ModelError when the file is not sound, NotTrainable when it can't be trained."""
        self.layout = read_layout(path)
        self._places = {place.name: place for place in self.layout.tensors}
        self._dtype = dtype
        self.shape = _shape(self.layout, self._places)

    def layer(self, number: int) -> LayerWeights:
        """The weights of a layer. Raises OSError, ValueError."""
        at = f"blk.{number}."
        matrices = {
            group: np.concatenate([self._read(f"{at}{name}.weight") for name in names])
            for group, names in GROUPS.items()
        }
        biases = [self._places.get(f"{at}{name}.bias") for name in GROUPS["qkv"]]
        bias = None
        if any(biases):
            rows = self.shape.parts("qkv")[1]
            bias = np.concatenate(
                [
                    np.zeros(size, self._dtype) if place is None else read_weights(place).astype(self._dtype)
                    for place, (_, size) in zip(biases, rows, strict=True)
                ]
            )
        return LayerWeights(matrices, bias, self._read(f"{at}attn_norm.weight"), self._read(f"{at}ffn_norm.weight"))

    def embed(self, tokens: npt.NDArray[np.int64]) -> Array:
        """Embeddings of tokens, of shape (tokens, width)."""
        known, places = np.unique(tokens, return_inverse=True)
        return read_rows(self._places["token_embd.weight"], known).astype(self._dtype)[places]

    def output(self) -> Array:
        """The matrix that gives the logits, of shape (vocabulary, width): the embeddings where they are tied."""
        return self._read("output.weight" if "output.weight" in self._places else "token_embd.weight")

    def output_norm(self) -> Array:
        """The norm before the logits."""
        return self._read("output_norm.weight")

    def _read(self, name: str) -> Array:
        return read_weights(self._places[name]).astype(self._dtype, copy=False)


def _shape(layout: GgufLayout, places: dict[str, TensorPlace]) -> Shape:
    architecture = layout.architecture
    title = str(layout.fields.get("general.name") or "This model")
    if architecture not in HALVES or any("_exps" in name for name in places):
        known = " and ".join(HALVES)
        raise NotTrainable(f"{title} is of a kind ({architecture}) that can't be trained; known are {known}.", _ANOTHER)
    width, heads = int(layout.number("embedding_length")), int(layout.number("attention.head_count", 1))
    head = int(layout.number("attention.key_length", width // heads))
    scaling = layout.fields.get(f"{architecture}.rope.scaling.type", "none")
    if scaling != "none" or int(layout.number("rope.dimension_count", head)) != head:
        raise NotTrainable(f"{title} places its tokens in a way that can't be trained.", _ANOTHER)
    frequencies = layout.number("rope.freq_base", 10000.0) ** (-np.arange(0, head, 2) / head)
    if (factors := places.get("rope_freqs.weight")) is not None:
        frequencies = frequencies / read_weights(factors)
    shape = Shape(
        architecture=architecture,
        layers=int(layout.number("block_count")),
        width=width,
        heads=heads,
        kv_heads=int(layout.number("attention.head_count_kv", heads)),
        head=head,
        feed_forward=int(layout.number("feed_forward_length")),
        vocabulary=places["token_embd.weight"].shape[1] if "token_embd.weight" in places else 0,
        epsilon=layout.number("attention.layer_norm_rms_epsilon", 1e-5),
        frequencies=tuple(float(found) for found in frequencies),
    )
    for name, expected in _expected(shape).items():
        found = places.get(name)
        if found is None or found.shape != expected:
            raise NotTrainable(f"{title} has no matrix {name} of the shape that its header tells of.", _ANOTHER)
    return shape


def _expected(shape: Shape) -> dict[str, tuple[int, ...]]:
    """The tensors that must be there, with their shapes, fastest dimension first."""
    found: dict[str, tuple[int, ...]] = {"token_embd.weight": (shape.width, shape.vocabulary)}
    found["output_norm.weight"] = (shape.width,)
    for layer in range(shape.layers):
        for group in GROUPS:
            columns, parts = shape.parts(group)
            found |= {f"blk.{layer}.{name}.weight": (columns, rows) for name, rows in parts}
        found |= {f"blk.{layer}.{name}.weight": (shape.width,) for name in ("attn_norm", "ffn_norm")}
    return found
