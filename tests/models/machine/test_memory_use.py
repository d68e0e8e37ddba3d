from __future__ import annotations

from models.machine.memory_use import available_bytes, resident_bytes, total_bytes


def test_memory_is_told_in_sensible_sizes() -> None:
    assert 1e6 < resident_bytes() < available_bytes() + resident_bytes() <= total_bytes() * 1.1
