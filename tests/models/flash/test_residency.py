"""Which weights stay in memory, under any budget."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.flash.residency import NotEnoughMemory, least_budget, plan_residency, spread_evenly
from models.gguf.header import GgufLayout, read_layout
from tests.models.gguf.layouts import DENSE, MIXTURE


def test_a_budget_below_the_least_is_refused(dense: Path, mixture: Path) -> None:
    for path in (dense, mixture):
        layout = read_layout(path)
        with pytest.raises(NotEnoughMemory):
            plan_residency(layout, least_budget(layout) - 1)


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
