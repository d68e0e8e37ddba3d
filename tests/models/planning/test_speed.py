"""How fast this machine computes and reads."""

from __future__ import annotations

from pathlib import Path

from models.bundled import BundledLanguageModel
from models.gguf.header import read_layout
from models.planning.speed import disk_rate, measure


def test_the_machine_is_measured(language_model: BundledLanguageModel) -> None:
    layout = read_layout(language_model.path)
    machine = measure([tensor.kind for tensor in layout.tensors], 1, language_model.path)
    kinds = {tensor.kind for tensor in layout.tensors}
    assert set(machine.rates) == kinds
    for rate in machine.rates.values():
        # A build without a matrix kernel for a kind multiplies column by column, and gains nothing from many.
        assert 1e7 < rate.single < 1e12 and rate.batch > 0.7 * rate.single
    assert machine.disk > 1e6
    assert machine.rate(99).single == min(rate.single for rate in machine.rates.values())
    assert disk_rate(Path("/nowhere")) == 0.0
