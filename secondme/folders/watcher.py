"""Listening to watched folders. Events are only hints at what to look at, once it has been quiet for a moment."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import DirModifiedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from storage.records import Folder

DEBOUNCE_SECONDS = 0.4
LONGEST_SECONDS = 4.0
"""A folder in which something changes all the time is looked at this often."""
MANY = 2000
"""With more hints than this the whole folder is looked at."""
POLL_SECONDS = 5
_IDLE = ("opened", "closed_no_write")
log = logging.getLogger(__name__)

Rescan = Callable[[str, list[str]], None]
"""(folder id, paths to look at, or none of them for the whole folder)."""


class Watcher(FileSystemEventHandler):
    """Turns file system events into calls of `rescan`, on threads of its own."""

    def __init__(self, rescan: Rescan, *, debounce: float = DEBOUNCE_SECONDS) -> None:
        self._rescan = rescan
        self._debounce = debounce
        self._observer: BaseObserver | None = None
        self._watches: dict[str, tuple[str, tuple[int, int], ObservedWatch]] = {}
        self._hints: dict[str, set[str]] = {}
        self._since: dict[str, float] = {}
        self._timers: dict[str, threading.Timer] = {}
        self._lock = threading.Lock()
        self._overflow = _Overflow(self._look_everywhere)
        for name in ("watchdog.observers.inotify", "watchdog.observers.inotify_c"):
            logging.getLogger(name).addHandler(self._overflow)
        self.polling = False
        """True when the system's watches ran out and the folders are looked at every few seconds instead."""

    def watch(self, folder: Folder) -> None:
        """Begin to listen; again when another folder stands at the path now. A missing folder is left to the scans."""
        try:
            info = Path(folder.path).stat()
        except OSError:
            self.unwatch(folder.id)
            return
        identity = (info.st_dev, info.st_ino)
        held = self._watches.get(folder.id)
        if held is not None and held[1] == identity and held[0] == folder.path:
            return
        self.unwatch(folder.id)
        try:
            watch = self._started(Observer).schedule(self, folder.path, recursive=True)
        except OSError as error:
            # The limit of inotify watches or instances is reached; polling is slower, never wrong.
            log.warning("watching by polling: errno %s", error.errno)
            watch = self._poll(folder.path)
        with self._lock:
            self._watches[folder.id] = (folder.path, identity, watch)

    def unwatch(self, folder_id: str) -> None:
        """Stop listening to a folder."""
        with self._lock:
            held = self._watches.pop(folder_id, None)
            timer = self._timers.pop(folder_id, None)
            self._hints.pop(folder_id, None)
            self._since.pop(folder_id, None)
        if timer:
            timer.cancel()
        if held is not None and self._observer is not None:
            try:
                self._observer.unschedule(held[2])
            except (KeyError, OSError):
                log.info("a watch had ended by itself")

    def close(self) -> None:
        """Stop listening to everything."""
        for name in ("watchdog.observers.inotify", "watchdog.observers.inotify_c"):
            logging.getLogger(name).removeHandler(self._overflow)
        with self._lock:
            for timer in self._timers.values():
                timer.cancel()
            self._timers.clear()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A hint that something happened below a folder."""
        if event.event_type in _IDLE or isinstance(event, DirModifiedEvent):
            return
        places = [os.fsdecode(place) for place in (event.src_path, event.dest_path) if place]
        with self._lock:
            for folder_id, (root, _, _) in self._watches.items():
                inside = [place for place in places if place == root or place.startswith(root.rstrip("/") + "/")]
                if inside:
                    self._later(folder_id, inside)

    def _look_everywhere(self) -> None:
        """Events were lost: every folder is looked at whole."""
        with self._lock:
            for folder_id, (root, _, _) in self._watches.items():
                self._later(folder_id, [root])

    def _later(self, folder_id: str, places: list[str]) -> None:
        """Call when it was quiet for a moment, or when it never is. The lock is held."""
        hints = self._hints.setdefault(folder_id, set())
        hints.update(places)
        now = time.monotonic()
        since = self._since.setdefault(folder_id, now)
        waiting = self._timers.pop(folder_id, None)
        if waiting:
            waiting.cancel()
        delay = min(self._debounce, max(0.0, since + LONGEST_SECONDS - now))
        timer = threading.Timer(delay, self._fire, [folder_id])
        timer.daemon = True
        self._timers[folder_id] = timer
        timer.start()

    def _fire(self, folder_id: str) -> None:
        with self._lock:
            self._timers.pop(folder_id, None)
            self._since.pop(folder_id, None)
            hints = self._hints.pop(folder_id, set())
        if hints:
            self._rescan(folder_id, [] if len(hints) > MANY else sorted(hints))

    def _poll(self, path: str) -> ObservedWatch:
        self.polling = True
        failed, self._observer = self._observer, None
        if failed is not None:
            failed.stop()
        observer = self._started(lambda: PollingObserver(timeout=POLL_SECONDS))
        for folder_id, (root, identity, _) in list(self._watches.items()):
            self._watches[folder_id] = (root, identity, observer.schedule(self, root, recursive=True))
        return observer.schedule(self, path, recursive=True)

    def _started(self, make: Callable[[], BaseObserver]) -> BaseObserver:
        if self._observer is None:
            self._observer = make()
            self._observer.start()
        return self._observer


class _Overflow(logging.Handler):
    """Notices that the system's event queue overflowed: watchdog says so in its log only."""

    def __init__(self, lost: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._lost = lost

    def emit(self, record: logging.LogRecord) -> None:
        """A line of watchdog's log."""
        if "overflow" in record.getMessage():
            self._lost()
