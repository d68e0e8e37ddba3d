"""Working so that whoever waits for an answer does not notice."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

_NICE = 10


def gentle() -> None:
    """Let this thread give way to others: Linux schedules threads, other systems only processes."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
