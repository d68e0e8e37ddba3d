"""Killing the worker at seeded random moments, and in the middle of Chroma's own saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

WORKER = Path(__file__).with_name("kill_worker.py")
LINES = 150
"""The worker says about so many lines."""
SAVED_FILES = frozenset({"data_level0.bin", "header.bin", "length.bin", "link_lists.bin", "index_metadata.pickle"})


class _KillOnSave(FileSystemEventHandler):
    """Kills a process at the n-th event of the files that Chroma saves its graph in."""

    def __init__(self, pid: int, count: int) -> None:
        self._pid = pid
        self._left = count
        self.killed = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A file of the index was written."""
        if event.event_type in ("created", "modified") and Path(os.fsdecode(event.src_path)).name in SAVED_FILES:
            self._left -= 1
            if self._left == 0:
                self.killed = True
                os.kill(self._pid, signal.SIGKILL)


def kill_once(home: Path, seed: int) -> tuple[str, bool]:
    """Run the worker and kill it: (what it had said, whether that was inside a save). Even seeds kill in saves."""
    random = Random(seed)
    (home / "data" / "index").mkdir(parents=True)
    worker = subprocess.Popen(
        [sys.executable, "-P", str(WORKER), str(home)],
        env={**os.environ, "PYTHONPATH": str(WORKER.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    watcher = _KillOnSave(worker.pid, random.randrange(1, 30) if seed % 2 == 0 else -1)
    observer = Observer()
    observer.schedule(watcher, str(home / "data" / "index"), recursive=True)
    observer.start()
    said: list[str] = []
    last = random.randrange(1, LINES)
    assert worker.stdout is not None
    guard = threading.Timer(120, worker.kill)
    guard.start()
    for line in worker.stdout:
        if line.endswith("\n"):  # a line that the kill cut off acknowledges nothing
            said.append(line)
        if seed % 2 and len(said) == last:
            worker.kill()
    worker.wait()
    guard.cancel()
    observer.stop()
    observer.join()
    return "".join(said), watcher.killed
