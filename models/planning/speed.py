"""How fast this machine computes and reads, measured in about two seconds for `models.planning.plan`.

Run as a program it prints what it measured as JSON, because llama.cpp belongs into a process of its own.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import subprocess
import sys
import time
import types
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.gguf.header import BLOCKS
from models.llama.library import function, gpu_bytes, import_llama_cpp
from models.machine.direct_file import Arena, DirectFile, ReadFailed, extent
from models.protocol import ModelError

_CHUNK = 8 << 20
_WIDE = 4096
_MATRICES = 8
"""Matrices of 16 million weights: together more than any processor's cache holds."""
_COLUMNS = 64
_DISK_SECONDS = 0.6
_MULTIPLIED = {0, 1, 2, 3, 6, 7, 8, 10, 11, 12, 13, 14, 20, 23, 30, 39}


@dataclass(frozen=True)
class Rate:
    """How fast weights of a type are multiplied, in bytes of weights a second."""

    single: float
    """With a single token, as in decoding."""
    batch: float
    """With many tokens, times their number, as in reading a prompt."""


@dataclass(frozen=True)
class Machine:
    """Rates by ggml type, bytes a second of direct reads (0: not measured), and free memory of GPUs in bytes."""

    rates: dict[int, Rate]
    disk: float
    gpu_bytes: int

    def rate(self, kind: int) -> Rate:
        """The rate of a type; of a type that was not measured, the slowest rate."""
        slowest = min(self.rates.values(), key=lambda rate: rate.single, default=Rate(5e9, 5e10))
        return self.rates.get(kind, slowest)


def measure(kinds: Sequence[int], threads: int, path: Path | None) -> Machine:
    """Measure the types `kinds` on so many threads, and the disk that `path` is on. Raises ModelError."""
    asked = json.dumps({"kinds": sorted(set(kinds) & _MULTIPLIED), "threads": threads})
    done = subprocess.run(
        [sys.executable, "-P", "-m", __name__, asked],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"GOMP_SPINCOUNT": "1000", **os.environ},  # as models.child.process has it
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise ModelError("The speed of this machine could not be measured.", "Try again.") from None
    rates = {int(kind): Rate(single, batch) for kind, (single, batch) in found["rates"].items()}
    return Machine(rates, disk_rate(path) if path is not None else 0.0, int(found["gpu_bytes"]))


def disk_rate(path: Path) -> float:
    """Bytes a second of direct reads of a few megabytes in a row, from a random place of a file on.

    0.0 when the file cannot be read.
    """
    try:
        file = DirectFile(path)
    except OSError:
        return 0.0
    arena = Arena(_CHUNK)
    room = max(0, file.size - _CHUNK)
    at, done, began = extent(random.randrange(room + 1), 1)[0], 0, time.perf_counter()
    try:
        while time.perf_counter() - began < _DISK_SECONDS:
            size = min(_CHUNK, file.size - at)
            file.read(at, arena.view[: extent(0, size)[1]])
            done += size
            at = at + _CHUNK if at + _CHUNK <= room else 0
    except ReadFailed:
        return 0.0
    finally:
        file.close()
    return done / (time.perf_counter() - began)


class _Ggml:
    """ggml's functions for graphs of matrix products."""

    def __init__(self) -> None:
        self._functions = types.SimpleNamespace()
        pointer, number = ctypes.c_void_p, ctypes.c_int64
        for name, result, arguments in (
            ("ggml_init", pointer, [_Pool]),
            ("ggml_free", None, [pointer]),
            ("ggml_new_tensor_2d", pointer, [pointer, ctypes.c_int, number, number]),
            ("ggml_mul_mat", pointer, [pointer, pointer, pointer]),
            ("ggml_new_graph", pointer, [pointer]),
            ("ggml_build_forward_expand", None, [pointer, pointer]),
            ("ggml_graph_compute_with_ctx", ctypes.c_int, [pointer, pointer, ctypes.c_int]),
            ("ggml_get_data", pointer, [pointer]),
            ("ggml_nbytes", ctypes.c_size_t, [pointer]),
        ):
            found = function(name)
            found.restype, found.argtypes = result, arguments
            setattr(self._functions, name, found)

    def seconds(self, kind: int, columns: int, matrices: int, threads: int, repeats: int) -> float:
        """Least time of multiplying so many matrices in turn with so many columns: other work only ever adds to it."""
        library = self._functions
        weights, block = BLOCKS[kind]
        size = matrices * (_WIDE * _WIDE // weights * block + 4 * _WIDE * columns + 4096)
        pool = library.ggml_init(_Pool(size + 4 * _WIDE * columns + (64 << 20), None, False))
        try:
            graph = library.ggml_new_graph(pool)
            activations = library.ggml_new_tensor_2d(pool, 0, _WIDE, columns)
            ctypes.memset(library.ggml_get_data(activations), 0, library.ggml_nbytes(activations))
            for _ in range(matrices):
                matrix = library.ggml_new_tensor_2d(pool, kind, _WIDE, _WIDE)
                # Pages that were never written are all the same page, which would be in the cache.
                ctypes.memset(library.ggml_get_data(matrix), 0x11, library.ggml_nbytes(matrix))
                library.ggml_build_forward_expand(graph, library.ggml_mul_mat(pool, matrix, activations))
            times = []
            for _ in range(repeats + 1):
                began = time.perf_counter()
                library.ggml_graph_compute_with_ctx(pool, graph, threads)
                times.append(time.perf_counter() - began)
            return min(times[1:])
        finally:
            library.ggml_free(pool)


class _Pool(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("buffer", ctypes.c_void_p), ("no_alloc", ctypes.c_bool)]


def main() -> None:
    """Measure what the first argument asks for, and print the result."""
    asked = json.loads(sys.argv[1])
    outgoing = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    llama_cpp = import_llama_cpp()
    llama_cpp.llama_backend_init()
    ggml = _Ggml()
    rates = {}
    for kind in asked["kinds"]:
        weights, block = BLOCKS[kind]
        size = _WIDE * _WIDE // weights * block
        single = ggml.seconds(kind, 1, _MATRICES, asked["threads"], 12)
        batch = ggml.seconds(kind, _COLUMNS, 1, asked["threads"], 5)
        rates[kind] = (_MATRICES * size / single, _COLUMNS * size / batch)
    os.write(outgoing, json.dumps({"rates": rates, "gpu_bytes": gpu_bytes(llama_cpp)}).encode())


if __name__ == "__main__":
    main()
