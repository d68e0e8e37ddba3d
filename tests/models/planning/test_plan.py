"""What a model needs and how fast it would be, before it is loaded."""

from __future__ import annotations

import pytest

from benchmarks.runtime.synthetic_gguf import LLAMA_8B
from models.planning.plan import estimate, plan
from models.planning.speed import Machine, Rate
from tests.models.gguf.layouts import DENSE, MIXTURE

FAST = Machine({2: Rate(8e9, 16e9)}, 2e9, 0)


def test_a_model_that_fits_stays_in_memory() -> None:
    made = plan(DENSE, FAST, 8_000_000_000)
    assert made.mode == "resident" and made.streamed == made.read_each == 0
    assert made.weights < made.needs < 8_000_000_000
    # 4 GB at 8 GB/s.
    assert 1.5 < made.tokens_per_second < 2.0 and made.cache_kind == "f16"


def test_a_model_of_twice_the_memory_is_streamed_within_it() -> None:
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
