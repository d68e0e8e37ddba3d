"""Background work runs so that a person who waits for an answer does not notice it."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

_NICE = 10
SWITCH_SECONDS = 0.0005
"""How long a thread may keep Python's lock while another thread wants it. A search gives the lock away at every query,
and with Python's default of 5 ms it waits again and again for the work beside it."""


def give_way_to_others() -> None:
    """Lower the priority of this thread. Only Linux schedules threads; elsewhere nothing happens."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def share_fairly() -> None:
    """Let the threads of this process take turns often, because searches and background work share Python's lock."""
    sys.setswitchinterval(SWITCH_SECONDS)
