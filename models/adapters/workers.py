"""Threads that compute examples, each in its own scratch.

NumPy lets other threads run while it computes, and its BLAS keeps to one thread for each (`blas_environment`).
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from models.adapters.scratch import Scratch


class Workers:
    """So many threads; `close` ends them."""

    def __init__(self, count: int, dtype: npt.DTypeLike = np.float32) -> None:
        self._pool = ThreadPoolExecutor(count, "training")
        self._scratches: queue.SimpleQueue[Scratch] = queue.SimpleQueue()
        for _ in range(count):
            self._scratches.put(Scratch(dtype))

    def run(self, task: Callable[[int, Scratch], None], count: int) -> None:
        """Call `task` for the numbers below `count`, and wait for all. Raises what a task raised."""
        list(self._pool.map(lambda number: self._one(task, number), range(count)))

    def _one(self, task: Callable[[int, Scratch], None], number: int) -> None:
        scratch = self._scratches.get()
        try:
            # exp overflows to infinity where the logistic function is 0, and a training that diverges is told apart by
            # its gradient.
            with np.errstate(over="ignore", invalid="ignore"):
                task(number, scratch)
        finally:
            self._scratches.put(scratch)

    def close(self) -> None:
        """Wait for what is running, and end the threads."""
        self._pool.shutdown()
