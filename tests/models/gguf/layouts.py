"""Layouts of models that are published, without their files."""

from __future__ import annotations

from pathlib import Path

from benchmarks.runtime.synthetic_gguf import LLAMA_8B, QWEN3_30B_A3B, Shape, tensor_bytes
from models.gguf.header import GgufLayout, TensorPlace, Value


def layout_of(shape: Shape) -> GgufLayout:
    """The layout that a file of this shape would have."""
    at, tensors = 4096, []
    for name, dims, kind in shape.tensors():
        tensors.append(TensorPlace(name, dims, kind, Path("model.gguf"), at, tensor_bytes(dims, kind)))
        at = -(-(at + tensors[-1].size) // 32) * 32
    prefix = shape.architecture
    fields: dict[str, Value] = {
        "general.architecture": prefix,
        f"{prefix}.block_count": shape.layers,
        f"{prefix}.embedding_length": shape.embedding,
        f"{prefix}.feed_forward_length": shape.feed_forward,
        f"{prefix}.attention.head_count": shape.heads,
        f"{prefix}.attention.head_count_kv": shape.kv_heads,
        f"{prefix}.attention.key_length": shape.wide,
        f"{prefix}.attention.value_length": shape.wide,
        f"{prefix}.context_length": shape.context,
        f"{prefix}.expert_count": shape.experts,
        f"{prefix}.expert_used_count": shape.experts_used,
        f"{prefix}.vocab_size": shape.vocabulary,
    }
    return GgufLayout(fields, tensors, [Path("model.gguf")])


DENSE, MIXTURE = layout_of(LLAMA_8B), layout_of(QWEN3_30B_A3B)
