"""Tiny models with random weights, unquantised, for both architectures."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

VOCABULARY = 96


def write_tiny_model(
    path: Path,
    architecture: str,
    *,
    layers: int = 3,
    width: int = 32,
    heads: int = 4,
    kv_heads: int = 2,
    feed_forward: int = 48,
    seed: int = 3,
    halves: bool = False,
) -> Path:
    """Write a model in float32, without a tokenizer; `halves`: of numbers that float16 holds."""
    random = np.random.default_rng(seed)
    out = gguf.GGUFWriter(path, architecture)
    out.add_name(f"Tiny {architecture}")
    out.add_context_length(512)
    out.add_embedding_length(width)
    out.add_block_count(layers)
    out.add_feed_forward_length(feed_forward)
    out.add_head_count(heads)
    out.add_head_count_kv(kv_heads)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_freq_base(10000.0)
    out.add_rope_dimension_count(width // heads)
    out.add_file_type(0)
    out.add_tokenizer_model("no_vocab")
    out.add_vocab_size(VOCABULARY)

    def add(name: str, *shape: int, around: float = 0.0, spread: float | None = None) -> None:
        wide = shape[-1] ** -0.5 if spread is None else spread
        values = random.normal(around, wide, shape).astype(np.float16 if halves else np.float32)
        out.add_tensor(name, values.astype(np.float32))

    add("token_embd.weight", VOCABULARY, width, spread=1.0)
    add("output_norm.weight", width, around=1.0, spread=0.1)
    keys = width // heads * kv_heads
    for layer in range(layers):
        at = f"blk.{layer}."
        add(at + "attn_norm.weight", width, around=1.0, spread=0.1)
        add(at + "ffn_norm.weight", width, around=1.0, spread=0.1)
        for name, rows in (("attn_q", width), ("attn_k", keys), ("attn_v", keys)):
            add(f"{at}{name}.weight", rows, width)
            if architecture == "qwen2":
                add(f"{at}{name}.bias", rows, spread=0.3)
        add(at + "attn_output.weight", width, width)
        add(at + "ffn_gate.weight", feed_forward, width)
        add(at + "ffn_up.weight", feed_forward, width)
        add(at + "ffn_down.weight", width, feed_forward)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    return path
