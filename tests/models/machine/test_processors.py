from __future__ import annotations

import os

from models.machine.processors import physical_cores


def test_physical_cores_are_counted() -> None:
    assert 1 <= physical_cores() <= (os.cpu_count() or 1)
