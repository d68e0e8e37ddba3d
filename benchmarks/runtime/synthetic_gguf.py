"""GGUF files of real shapes with random weights: speed and memory don't depend on the values.

The tokenizer and the chat template are those of the bundled model, so that such a model takes any text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt

from models.gguf.header import BLOCKS

Q4_0, Q4_K, F32 = 2, 12, 0


@dataclass(frozen=True)
class Shape:
    """The shape of a transformer. `wide` is the width of a head; a dense model has 0 `experts`."""

    name: str
    architecture: str
    embedding: int
    feed_forward: int
    layers: int
    heads: int
    kv_heads: int
    wide: int
    experts: int = 0
    experts_used: int = 0
    kind: int = Q4_0
    vocabulary: int = 49152
    context: int = 8192

    def of_bytes(self, size: int) -> Shape:
        """The same shape with the number of layers that comes nearest to a size in bytes."""
        layer = sum(tensor_bytes(dims, kind) for _, dims, kind in self.block(0))
        rest = sum(tensor_bytes(dims, kind) for _, dims, kind in self.ends())
        return replace(self, layers=max(1, round((size - rest) / layer)))

    def block(self, layer: int) -> Iterator[tuple[str, tuple[int, ...], int]]:
        """(name, shape with the fastest dimension first, ggml type) of a layer's tensors."""
        at = f"blk.{layer}."
        query, key = self.heads * self.wide, self.kv_heads * self.wide
        yield at + "attn_norm.weight", (self.embedding,), F32
        yield at + "attn_q.weight", (self.embedding, query), self.kind
        yield at + "attn_k.weight", (self.embedding, key), self.kind
        yield at + "attn_v.weight", (self.embedding, key), self.kind
        yield at + "attn_output.weight", (query, self.embedding), self.kind
        if self.architecture in ("qwen3", "qwen3moe"):
            yield at + "attn_q_norm.weight", (self.wide,), F32
            yield at + "attn_k_norm.weight", (self.wide,), F32
        yield at + "ffn_norm.weight", (self.embedding,), F32
        if self.experts:
            yield at + "ffn_gate_inp.weight", (self.embedding, self.experts), F32
            yield at + "ffn_gate_exps.weight", (self.embedding, self.feed_forward, self.experts), self.kind
            yield at + "ffn_up_exps.weight", (self.embedding, self.feed_forward, self.experts), self.kind
            yield at + "ffn_down_exps.weight", (self.feed_forward, self.embedding, self.experts), self.kind
        else:
            yield at + "ffn_gate.weight", (self.embedding, self.feed_forward), self.kind
            yield at + "ffn_up.weight", (self.embedding, self.feed_forward), self.kind
            yield at + "ffn_down.weight", (self.feed_forward, self.embedding), self.kind

    def ends(self) -> Iterator[tuple[str, tuple[int, ...], int]]:
        """The tensors outside the layers; the output is tied to the embeddings."""
        yield "token_embd.weight", (self.embedding, self.vocabulary), self.kind
        yield "output_norm.weight", (self.embedding,), F32

    def tensors(self) -> Iterator[tuple[str, tuple[int, ...], int]]:
        """Every tensor in the order of the file."""
        yield from self.ends()
        for layer in range(self.layers):
            yield from self.block(layer)


LLAMA_3B = Shape("Llama-3B-like", "llama", 3072, 8192, 28, 24, 8, 128)
LLAMA_8B = Shape("Llama-8B-like", "llama", 4096, 14336, 32, 32, 8, 128)
QWEN3_30B_A3B = Shape("Qwen3-30B-A3B-like", "qwen3moe", 2048, 768, 48, 32, 4, 128, experts=128, experts_used=8)
TINY = Shape("Tiny", "llama", 256, 8192, 6, 4, 2, 64)
TINY_EXPERTS = Shape("Tiny-experts", "qwen3moe", 256, 256, 4, 4, 2, 64, experts=32, experts_used=4)


def write(shape: Shape, path: Path, like: Path, seed: int = 7) -> Path:
    """Write a model of the shape to `path`, unless it is there, with the tokenizer of the GGUF file `like`."""
    if path.exists():
        return path
    part = path.with_suffix(".part")
    out = gguf.GGUFWriter(part, shape.architecture)
    out.add_name(shape.name)
    out.add_context_length(shape.context)
    out.add_embedding_length(shape.embedding)
    out.add_block_count(shape.layers)
    out.add_feed_forward_length(shape.feed_forward)
    out.add_head_count(shape.heads)
    out.add_head_count_kv(shape.kv_heads)
    out.add_key_length(shape.wide)
    out.add_value_length(shape.wide)
    out.add_rope_dimension_count(shape.wide)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_freq_base(100000.0)
    out.add_file_type({Q4_0: 2, Q4_K: 15}[shape.kind])
    out.add_vocab_size(shape.vocabulary)
    if shape.experts:
        out.add_expert_count(shape.experts)
        out.add_expert_used_count(shape.experts_used)
        out.add_expert_feed_forward_length(shape.feed_forward)
    for name, field in gguf.GGUFReader(like).fields.items():
        if name.startswith("tokenizer."):
            value = field.contents()
            kinds = field.types
            out.add_key_value(name, value, kinds[0], sub_type=kinds[-1] if len(kinds) > 1 else None)
    for name, dims, kind in shape.tensors():
        raw: Any = gguf.GGMLQuantizationType(kind)
        out.add_tensor_info(name, list(reversed(dims)), np.dtype(np.float32), tensor_bytes(dims, kind), raw_dtype=raw)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_ti_data_to_file()
    out.close()
    random = np.random.default_rng(seed)
    with part.open("r+b") as file:
        file.seek(0, 2)
        for _, dims, kind in shape.tensors():
            file.write(b"\0" * (-file.tell() % 32))
            file.write(_values(dims, kind, random).data)
    part.replace(path)
    return path


def tensor_bytes(dims: tuple[int, ...], kind: int) -> int:
    """Bytes of a tensor of a ggml type."""
    weights, size = BLOCKS[kind]
    return math.prod(dims) // weights * size


def _values(dims: tuple[int, ...], kind: int, random: np.random.Generator) -> npt.NDArray[np.uint8]:
    """Random quantized weights whose products keep their scale; norms are 1, a router is normal."""
    count = math.prod(dims)
    if kind == F32:
        values = np.ones(count, np.float32) if len(dims) == 1 else random.normal(0, 1, count).astype(np.float32)
        return values.view(np.uint8)
    weights, size = BLOCKS[kind]
    blocks = np.frombuffer(random.bytes(count // weights * size), np.uint8).reshape(-1, size).copy()
    # The scale comes first in a block; nibbles are about uniform in -8..7, with a deviation of 4.6.
    scale = np.array([1.0 / (4.6 * math.sqrt(dims[0]))], np.float16).view(np.uint8)
    blocks[:, :2] = scale
    if kind == Q4_K:
        blocks[:, 2:4] = 0
    return blocks.reshape(-1)
