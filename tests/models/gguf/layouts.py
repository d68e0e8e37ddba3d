"""Layouts of models that are published, without their files."""

from __future__ import annotations

from pathlib import Path

from benchmarks.runtime.synthetic_gguf import LLAMA_8B, QWEN3_30B_A3B, Shape
from models.gguf.header import GgufLayout, TensorPlace, Value


def layout_of(shape: Shape) -> GgufLayout:
    """The layout that a file of this shape would have."""
    from benchmarks.runtime.synthetic_gguf import _size

    at, tensors = 4096, []
    for name, dims, kind in shape.tensors():
        tensors.append(TensorPlace(name, dims, kind, Path("model.gguf"), at, _size(dims, kind)))
        at = -(-(at + tensors[-1].size) // 32) * 32
    kind = shape.architecture
    fields: dict[str, Value] = {
        "general.architecture": kind,
        f"{kind}.block_count": shape.layers,
        f"{kind}.embedding_length": shape.embedding,
        f"{kind}.feed_forward_length": shape.feed_forward,
        f"{kind}.attention.head_count": shape.heads,
        f"{kind}.attention.head_count_kv": shape.kv_heads,
        f"{kind}.attention.key_length": shape.wide,
        f"{kind}.attention.value_length": shape.wide,
        f"{kind}.context_length": shape.context,
        f"{kind}.expert_count": shape.experts,
        f"{kind}.expert_used_count": shape.experts_used,
        f"{kind}.vocab_size": shape.vocabulary,
    }
    return GgufLayout(fields, tensors, [Path("model.gguf")])


DENSE, MIXTURE = layout_of(LLAMA_8B), layout_of(QWEN3_30B_A3B)
