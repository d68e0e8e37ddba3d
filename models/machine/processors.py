"""The processors of this machine."""

from __future__ import annotations

import os
from pathlib import Path


def physical_cores() -> int:
    """Physical cores of this machine; threads beyond them slow llama.cpp down. Half the CPUs if unknown."""
    cpus = os.cpu_count() or 1
    siblings = {
        path.read_text() for path in Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    }
    return min(len(siblings), cpus) or max(1, cpus // 2)
