"""Working so that whoever waits for an answer does not notice."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

_NICE = 10
SWITCH_SECONDS = 0.0005
"""How long a thread may keep Python's lock while another wants it. With the default of 5 ms a search, which gives the lock
away at every query, waits again and again for whatever works beside it."""


def gentle() -> None:
    """Let this thread give way to others: Linux schedules threads, other systems only processes."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def share_fairly() -> None:
    """Let threads of this process take turns often. For the engine, where searches and background work share Python's lock."""
    sys.setswitchinterval(SWITCH_SECONDS)
