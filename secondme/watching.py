"""Watched folders: events are hints, a scan is the truth. A folder that is not there is away, its memories stay."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from secondme.clock import Clock, instant
from secondme.ingestion import FileResult, Ingestion, files_below
from storage.records import Folder, KnownFile
from storage.store import Store

DEBOUNCE_SECONDS = 0.4
log = logging.getLogger(__name__)


class FolderScan:
    """Brings what is remembered of a folder in line with what is in it."""

    def __init__(self, store: Store, ingestion: Ingestion, clock: Clock) -> None:
        self._store = store
        self._ingestion = ingestion
        self._clock = clock
        self._seen: dict[str, tuple[int, int, int]] = {}

    def run(self, folder: Folder, me: str) -> Iterator[FileResult]:
        """Look at every file: new and changed ones come in, those that are gone are archived.

        A folder that is missing, or was emptied as an unmounted one looks, is marked away and nothing changes.
        """
        root = Path(folder.path)
        known = {one.uri: one for one in self._store.spans.known_files(folder.id)}
        live = [one for one in known.values() if not one.archived]
        if not root.is_dir() or (live and not any(root.iterdir())):
            if folder.state != "away":
                self._store.folders.set_state(folder.id, "away")
            return
        if folder.state == "away":
            self._store.folders.set_state(folder.id, "watching")
        present: set[str] = set()
        for file, reason in files_below(root):
            uri = str(file)
            present.add(uri)
            if reason:
                yield FileResult(file, "skipped", reasons=(reason,))
            elif not self._unchanged(file, known.get(uri)):
                yield self._ingestion.take_file(file, me=me, folder_id=folder.id, asked=False)
        if not root.is_dir():  # it went away while it was looked at: nothing is gone
            self._store.folders.set_state(folder.id, "away")
            return
        now = instant(self._clock.now())
        for one in live:
            if one.uri not in present and not Path(one.uri).exists():
                self._store.spans.archive_source(one.source_id, now)
                self._store.vectors.forget_loaded()
                yield FileResult(Path(one.uri), "updated")
        self._store.folders.scanned(folder.id, now)

    def _unchanged(self, file: Path, known: KnownFile | None) -> bool:
        """By size, mtime and inode; chat exports and unreadable files are remembered for this run only."""
        try:
            info = file.stat()
        except OSError:
            return False
        stamp = (info.st_size, info.st_mtime_ns, info.st_ino)
        if known is not None:
            return not known.archived and stamp == (known.bytes, known.mtime_ns, known.inode)
        unchanged = self._seen.get(str(file)) == stamp
        self._seen[str(file)] = stamp
        return unchanged


class Watcher(FileSystemEventHandler):
    """Turns file system events into calls of `rescan(folder id)`, once things have been quiet for a moment."""

    def __init__(self, rescan: Callable[[str], None], *, debounce: float = DEBOUNCE_SECONDS) -> None:
        self._rescan = rescan
        self._debounce = debounce
        self._observer: BaseObserver | None = None
        self._roots: dict[str, str] = {}
        self._timers: dict[str, threading.Timer] = {}
        self._lock = threading.Lock()
        self.polling = False
        """True when the system's watches ran out and the folders are looked at every few seconds instead."""

    def watch(self, folder: Folder) -> None:
        """Begin to listen; a folder that is not there is left to the scans."""
        root = Path(folder.path)
        with self._lock:
            self._roots[folder.id] = folder.path
        if not root.is_dir():
            return
        try:
            self._start(Observer()).schedule(self, folder.path, recursive=True)
        except OSError as error:
            # The limit of inotify watches is reached; polling is slower, never wrong.
            log.warning("watching by polling: errno %s", error.errno)
            self.polling = True
            self._observer = None
            self._start(PollingObserver(timeout=5)).schedule(self, folder.path, recursive=True)

    def unwatch(self, folder_id: str) -> None:
        """Stop listening to a folder."""
        with self._lock:
            root = self._roots.pop(folder_id, None)
            timer = self._timers.pop(folder_id, None)
        if timer:
            timer.cancel()
        if self._observer is not None and root is not None:
            for emitter in list(self._observer.emitters):
                if emitter.watch.path == root:
                    self._observer.unschedule(emitter.watch)

    def close(self) -> None:
        """Stop listening to everything."""
        with self._lock:
            for timer in self._timers.values():
                timer.cancel()
            self._timers.clear()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A hint that something happened below a folder."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        places = [str(place) for place in (event.src_path, event.dest_path) if place]
        with self._lock:
            for folder_id, root in self._roots.items():
                if any(place == root or place.startswith(root.rstrip("/") + "/") for place in places):
                    self._later(folder_id)

    def _later(self, folder_id: str) -> None:
        waiting = self._timers.pop(folder_id, None)
        if waiting:
            waiting.cancel()
        timer = threading.Timer(self._debounce, self._rescan, [folder_id])
        timer.daemon = True
        self._timers[folder_id] = timer
        timer.start()

    def _start(self, observer: BaseObserver) -> BaseObserver:
        if self._observer is None:
            self._observer = observer
            observer.start()
        return self._observer
