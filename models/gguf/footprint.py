"""Memory that running a model takes besides its weights, in bytes."""

from __future__ import annotations

from models.gguf.header import BLOCKS, GgufLayout

CACHE_KINDS = {"f16": 1, "q8_0": 8}
"""Types that the attention cache may have, with their ggml numbers."""
PROCESS_BYTES = 130_000_000
"""A child process with llama.cpp and a vocabulary of 50,000 (measured: 118 MB), before weights and cache."""
BATCH_TOKENS = 256
"""Tokens of a prompt that a pass evaluates."""
OUTPUTS = 32
"""The most tokens of a pass whose logits are computed."""
GROWTH_BYTES = 24 << 20
"""Room for what a process accumulates: prompts, drafts, page tables."""
STAGING_BYTES = 128 << 20
"""What llama.cpp needs for the time in which it reads a whole model past the page cache."""


def cache_bytes(layout: GgufLayout, context: int, kind: str) -> int:
    """Attention cache for `context` tokens: keys and values of every layer."""
    layers = int(layout.number("block_count"))
    heads = int(layout.number("attention.head_count", 1))
    found = layout.fields.get(f"{layout.architecture}.attention.head_count_kv")
    kv_heads = sum(int(count) for count in found) if isinstance(found, tuple) else layers * int(found or heads)
    wide = layout.number("embedding_length") / max(1, heads)
    each = layout.number("attention.key_length", wide) + layout.number("attention.value_length", wide)
    weights, size = BLOCKS[CACHE_KINDS[kind]]
    return int(context * kv_heads * each * size / weights)


def compute_bytes(layout: GgufLayout) -> int:
    """About what a pass over `BATCH_TOKENS` needs for intermediate values, and for the logits of `OUTPUTS` tokens."""
    embedding = layout.number("embedding_length")
    wide = max(layout.number("feed_forward_length"), embedding)
    vocabulary = layout.number("vocab_size") or float(str(layout.fields.get("tokenizer.ggml.tokens") or 0))
    return int(4 * BATCH_TOKENS * (6 * embedding + 3 * wide) + 8 * OUTPUTS * vocabulary)


def recommended_cache(layout: GgufLayout, context: int, memory: int) -> str:
    """Type of the attention cache: q8_0 where weights would have to make room for f16.

    q8_0 takes 53 % of the memory, and every byte saved is a byte of weights that is not read again for each token;
    but reading a prompt takes longer (15 s instead of 8 for 1,400 tokens of SmolLM2-135M).
    """
    whole = layout.weight_bytes + PROCESS_BYTES + STAGING_BYTES + GROWTH_BYTES + compute_bytes(layout)
    head = layout.number("attention.key_length") or layout.number("embedding_length") / max(
        1.0, layout.number("attention.head_count", 1)
    )
    if head % 32 or memory <= 0 or whole + cache_bytes(layout, context, "f16") <= memory:
        return "f16"
    return "q8_0"


def layers_on_gpu(layout: GgufLayout, free: int, context: int, kind: str) -> int:
    """How many layers fit into `free` bytes of a GPU; the output counts as a layer."""
    layers = int(layout.number("block_count"))
    room = free - compute_bytes(layout) - STAGING_BYTES
    each = (layout.weight_bytes + cache_bytes(layout, context, kind)) / max(1, layers + 1)
    return max(0, min(layers + 1, int(room / each)))
