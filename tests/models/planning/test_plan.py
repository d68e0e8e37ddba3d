"""What a model needs and how fast it would be, before it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.runtime.synthetic_gguf import LLAMA_8B, QWEN3_30B_A3B, Shape
from models.bundled import BundledLanguageModel
from models.flash.residency import NotEnoughMemory, least_budget, plan_residency, spread_evenly
from models.gguf.footprint import cache_bytes, recommended_cache
from models.gguf.header import GgufLayout, TensorPlace, read_layout
from models.machine.memory_use import available_bytes, resident_bytes, total_bytes
from models.planning.plan import estimate, plan
from models.planning.speed import Machine, Rate, disk_rate, measure

FAST = Machine({2: Rate(8e9, 16e9)}, 2e9, 0)


def layout_of(shape: Shape) -> GgufLayout:
    """The layout that a file of this shape would have."""
    from benchmarks.runtime.synthetic_gguf import _size

    at, tensors = 4096, []
    for name, dims, kind in shape.tensors():
        tensors.append(TensorPlace(name, dims, kind, Path("model.gguf"), at, _size(dims, kind)))
        at = -(-(at + tensors[-1].size) // 32) * 32
    kind = shape.architecture
    fields = {
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


def test_a_model_that_fits_stays_in_memory() -> None:
    made = plan(DENSE, FAST, 8_000_000_000)
    assert made.mode == "resident" and made.streamed == made.read_each == 0
    assert made.weights < made.needs < 8_000_000_000
    # 4 GB at 8 GB/s.
    assert 1.5 < made.tokens_per_second < 2.0 and made.cache_kind == "f16"


def test_one_of_twice_the_memory_is_streamed_within_it() -> None:
    made = plan(DENSE, FAST, 2_100_000_000, context=1024)
    assert made.mode == "streamed" and made.needs <= 2_100_000_000 and made.cache_kind == "q8_0"
    assert made.hot + made.streamed == pytest.approx(made.weights, rel=0.001)
    assert made.tokens_per_second == pytest.approx(2e9 / made.streamed, rel=0.05)
    slower = plan(DENSE, Machine(FAST.rates, 1e9, 0), 2_100_000_000, context=1024)
    assert slower.tokens_per_second < made.tokens_per_second


def test_of_a_mixture_only_what_the_router_picks_is_read() -> None:
    made = plan(MIXTURE, FAST, 6_000_000_000, context=1024)
    assert made.mode == "streamed" and made.streamed == 0 and made.experts > 4_000_000_000
    assert 0 < made.read_each < made.weights * 0.05


def test_too_little_memory_says_what_would_do() -> None:
    made = plan(DENSE, FAST, 300_000_000, context=1024)
    assert made.mode == "too large" and made.tokens_per_second == 0
    assert plan(DENSE, FAST, made.needs, context=1024).mode == "streamed"
    assert plan(DENSE, FAST, made.needs - 1_000_000, context=1024).mode == "too large"


def test_layers_go_to_a_gpu_as_far_as_its_memory_goes() -> None:
    assert plan(DENSE, FAST, 8_000_000_000).gpu_layers == 0
    assert plan(DENSE, Machine(FAST.rates, 2e9, 2_000_000_000), 8_000_000_000).gpu_layers in range(5, 20)
    assert plan(DENSE, Machine(FAST.rates, 2e9, 40_000_000_000), 8_000_000_000).gpu_layers == LLAMA_8B.layers + 1


@pytest.mark.parametrize(
    ("size", "share", "mode"),
    [(2e9, 1.0, "resident"), (8e9, 1.0, "streamed"), (30e9, 0.1, "streamed"), (90e9, 1.0, "too large")],
)
def test_a_model_that_is_not_here_is_estimated(size: float, share: float, mode: str) -> None:
    made = estimate(int(size), share, 2, FAST, 4_000_000_000, 4096)
    assert made.mode == mode
    assert (made.tokens_per_second > 0) == (mode != "too large")


@pytest.mark.parametrize("layout", [DENSE, MIXTURE], ids=["dense", "mixture"])
def test_every_budget_from_the_least_on_is_kept(layout: GgufLayout) -> None:
    least = least_budget(layout)
    with pytest.raises(NotEnoughMemory):
        plan_residency(layout, least - 1)
    before = -1
    for step in range(12):
        budget = least + (layout.weight_bytes - least) * step // 10
        kept = plan_residency(layout, budget)
        held = kept.hot_bytes + kept.ring_bytes + kept.expert_bytes
        assert held <= budget
        places = [tensor.name for tensor in (*kept.hot, *kept.streamed, *kept.experts, *kept.mapped)]
        assert sorted(places) == sorted(tensor.name for tensor in layout.tensors), "each is somewhere, once"
        assert kept.hot_bytes + kept.expert_bytes >= before
        before = kept.hot_bytes + kept.expert_bytes
    assert kept.everything


def test_what_stays_is_spread_over_the_model() -> None:
    tensors = [tensor for tensor in DENSE.tensors if ".ffn_" in tensor.name and tensor.size > 1 << 20]
    kept = spread_evenly(tensors, sum(tensor.size for tensor in tensors) // 2)
    first = [tensor for tensor in kept if tensor in tensors[: len(tensors) // 2]]
    assert abs(len(first) - len(kept) / 2) <= 1


def test_a_cache_that_would_push_weights_out_is_kept_small() -> None:
    assert recommended_cache(DENSE, 4096, 20_000_000_000) == "f16"
    assert recommended_cache(DENSE, 4096, 3_000_000_000) == "q8_0"
    assert cache_bytes(DENSE, 4096, "q8_0") < 0.54 * cache_bytes(DENSE, 4096, "f16")
    assert cache_bytes(DENSE, 1000, "f16") == 1000 * LLAMA_8B.layers * LLAMA_8B.kv_heads * LLAMA_8B.wide * 2 * 2


def test_the_machine_is_measured(language_model: BundledLanguageModel) -> None:
    layout = read_layout(language_model.path)
    machine = measure([tensor.kind for tensor in layout.tensors], 1, language_model.path)
    kinds = {tensor.kind for tensor in layout.tensors}
    assert set(machine.rates) == kinds
    for rate in machine.rates.values():
        assert 1e7 < rate.single < 1e12 and rate.batch > rate.single
    assert machine.disk > 1e6
    assert machine.rate(99).single == min(rate.single for rate in machine.rates.values())
    assert disk_rate(Path("/nowhere")) == 0.0


def test_memory_is_told_in_sensible_sizes() -> None:
    assert 1e6 < resident_bytes() < available_bytes() + resident_bytes() <= total_bytes() * 1.1
