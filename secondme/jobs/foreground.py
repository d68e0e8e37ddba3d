"""Whether a person waits for something now; background work asks before each step."""

from __future__ import annotations

import threading
from types import TracebackType


class Foreground:
    """A gate: `with foreground:` stands around what a person waits for; `wait` returns when no person waits."""

    def __init__(self) -> None:
        self._waiting = 0
        self._quiet = threading.Condition()

    def __enter__(self) -> None:
        with self._quiet:
            self._waiting += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._quiet:
            self._waiting -= 1
            self._quiet.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until no person waits, so many seconds at most; returns whether that was reached."""
        if not self._waiting:
            return True
        with self._quiet:
            return self._quiet.wait_for(lambda: not self._waiting, seconds)
