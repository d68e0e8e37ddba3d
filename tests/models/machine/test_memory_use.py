from __future__ import annotations

from models.machine.memory_use import available_bytes, resident_bytes, total_bytes


def test_figures_of_memory_are_plausible() -> None:
    assert 1e6 < resident_bytes() < available_bytes() + resident_bytes() <= total_bytes() * 1.1
