"""What running a model takes beside its weights; bytes."""

from __future__ import annotations

from models.gguf import BLOCKS, GgufLayout

CACHE_KINDS = {"f16": 1, "q8_0": 8}
"""Types that the attention cache may have, with their ggml numbers."""
PROCESS_BYTES = 130_000_000
"""A child process with llama.cpp and a vocabulary of 50,000 (measured: 118 MB), before weights and cache."""
GROWTH_BYTES = 24 << 20
"""Room for what a process gathers while it runs: prompts, drafts, page tables."""
STAGING_BYTES = 128 << 20
"""What llama.cpp needs for a while when it reads a whole model past the page cache."""
MAPPED_ROWS_BYTES = 16 << 20
"""Pages of an embedding that are looked up before they are given back."""


def cache_bytes(layout: GgufLayout, context: int, kind: str) -> int:
    """Attention cache for `context` tokens: keys and values of every layer."""
    layers = int(layout.number("block_count"))
    heads = int(layout.number("attention.head_count", 1))
    found = layout.fields.get(f"{layout.architecture}.attention.head_count_kv")
    kv_heads = sum(int(one) for one in found) if isinstance(found, tuple) else layers * int(found or heads)
    wide = layout.number("embedding_length") / max(1, heads)
    each = layout.number("attention.key_length", wide) + layout.number("attention.value_length", wide)
    weights, size = BLOCKS[CACHE_KINDS[kind]]
    return int(context * kv_heads * each * size / weights)


def compute_bytes(layout: GgufLayout, batch: int, outputs: int) -> int:
    """About what a pass over `batch` tokens needs for its intermediate values, `outputs` of them with logits."""
    embedding = layout.number("embedding_length")
    wide = max(layout.number("feed_forward_length"), embedding)
    vocabulary = layout.number("vocab_size") or float(str(layout.fields.get("tokenizer.ggml.tokens") or 0))
    return int(4 * batch * (6 * embedding + 3 * wide) + 8 * outputs * vocabulary)


def recommended_cache(layout: GgufLayout, context: int, memory: int) -> str:
    """Type of the attention cache: the smaller one where weights would have to make room for the larger.

    Quantized it takes 53 % of the memory; the answers of the bundled model stay as they are for most questions
    (see docs/flash.md), and every byte saved is a byte of weights that is not read again for each token.
    """
    whole = layout.weight_bytes + PROCESS_BYTES + STAGING_BYTES + GROWTH_BYTES + compute_bytes(layout, 512, 32)
    head = layout.number("attention.key_length") or layout.number("embedding_length") / max(
        1.0, layout.number("attention.head_count", 1)
    )
    if head % 32 or memory <= 0 or whole + cache_bytes(layout, context, "f16") <= memory:
        return "f16"
    return "q8_0"
