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


def blas_environment(processors: Path = Path("/proc/cpuinfo")) -> dict[str, str]:
    """Variables for a process whose threads each call NumPy's BLAS: one BLAS thread for each of them.

    OpenBLAS takes its AVX2 kernels on AMD's processors with AVX-512. With those of SkylakeX a product of matrices runs
    at 220 GFLOPS a core instead of 117 (EPYC, OpenBLAS 0.3.31).
    """
    found = {"OPENBLAS_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    try:
        text = processors.read_text()
    except OSError:
        return found
    flags = next((set(line.split()) for line in text.splitlines() if line.startswith("flags")), set())
    if "AuthenticAMD" in text and flags >= {"avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"}:
        found["OPENBLAS_CORETYPE"] = "SKYLAKEX"
    return found
