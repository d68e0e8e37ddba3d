"""One engine for each data folder: an operating system lock, released by the kernel however the process ends."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from secondme.errors import EngineUnavailable


class ProcessLock:
    """An exclusive lock on a file. A stale file means nothing: only a living process holds the lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def acquire(self, timeout: float) -> None:
        """Take the lock, waiting for a leaving holder. Raises EngineUnavailable after `timeout` seconds."""
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    holder = os.pread(self._descriptor, 32, 0).decode(errors="replace").strip()
                    os.close(self._descriptor)
                    raise EngineUnavailable(
                        f"Another engine (process {holder or 'unknown'}) holds {self._path.parent}.",
                        "Close it, or wait until it has finished.",
                    ) from error
                time.sleep(0.05)
            else:
                os.ftruncate(self._descriptor, 0)
                os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)
                return

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def data_refused(data: Path, error: OSError) -> EngineUnavailable:
    """What to say when nothing can be written into the data folder."""
    return EngineUnavailable(
        f"The data folder {data} cannot be written ({error.strerror}).",
        "Make it writable, or name another one with SECONDME_HOME.",
    )
