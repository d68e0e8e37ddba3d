"""A signal to stop that several reasons give."""

from __future__ import annotations

import threading
from collections.abc import Callable


class AnyOf(threading.Event):
    """Is set as soon as one of these reasons holds, which are asked each time."""

    def __init__(self, *reasons: Callable[[], bool]) -> None:
        super().__init__()
        self._reasons = reasons

    def is_set(self) -> bool:
        """Whether it was set, or a reason holds."""
        return super().is_set() or any(reason() for reason in self._reasons)
