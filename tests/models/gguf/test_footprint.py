"""What a model takes besides its weights."""

from __future__ import annotations

from benchmarks.runtime.synthetic_gguf import LLAMA_8B
from models.gguf.footprint import cache_bytes, recommended_cache
from tests.models.gguf.layouts import DENSE


def test_a_cache_that_would_push_weights_out_is_kept_small() -> None:
    assert recommended_cache(DENSE, 4096, 20_000_000_000) == "f16"
    assert recommended_cache(DENSE, 4096, 3_000_000_000) == "q8_0"
    assert cache_bytes(DENSE, 4096, "q8_0") < 0.54 * cache_bytes(DENSE, 4096, "f16")
    assert cache_bytes(DENSE, 1000, "f16") == 1000 * LLAMA_8B.layers * LLAMA_8B.kv_heads * LLAMA_8B.wide * 2 * 2
