"""Tells who watches the engine that something has changed."""

from __future__ import annotations

import threading


class Changes:
    """A counter of changes that threads can wait on, until everything closes."""

    def __init__(self) -> None:
        self.closing = threading.Event()
        self._changed = threading.Condition()
        self._count = 0

    def notify(self) -> None:
        """Something has changed."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    @property
    def count(self) -> int:
        """How many changes there were."""
        return self._count

    def wait(self, seen: int, seconds: float) -> None:
        """Wait until there are more changes than `seen`, so many seconds at most."""
        with self._changed:
            if self._count == seen:
                self._changed.wait(timeout=seconds)

    def wait_next(self, seconds: float) -> None:
        """Wait for the next change, so many seconds at most."""
        with self._changed:
            self._changed.wait(timeout=seconds)
