"""Watched folders: what a person asks of them, and the scans that keep them right."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from secondme.api import FolderStatus, Survey
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, SecondMeError, UsageError
from secondme.folders.scan import FolderScan
from secondme.folders.watcher import Watcher
from secondme.ids import derived_id
from secondme.ingest.intake import Intake
from secondme.ingest.walk import Rules, files_below, uri_of
from secondme.jobs.priority import give_way_to_others
from secondme.readers.registry import Unsupported, format_of
from secondme.readers.sandbox import size_limit
from secondme.text.clean import clean
from secondme.text.collation import collation_key
from storage.database import StoreError
from storage.records import Folder
from storage.store import Store

NONE_WATCHED = "`secondme watch list` shows what is."
log = logging.getLogger(__name__)


class WatchedFolders:
    """The folders that keep themselves indexed. Scans run on background threads, one at a time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        intake: Intake,
        *,
        me: Callable[[], Sequence[str]],
        on_change: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._intake = intake
        self._me = me
        self._on_change = on_change
        self._scan = FolderScan(store, clock)
        self._watcher = Watcher(self._hinted)
        self._closing = threading.Event()
        self._waiting: Counter[str] = Counter()
        self._count = threading.Lock()

    # --- what a person asks -------------------------------------------------------------------------

    def add(self, path: Path) -> FolderStatus:
        """Watch a folder: index it now, in the background, and keep it right."""
        root = path.expanduser().absolute()
        if root.is_file():
            raise UsageError(
                f"{clean(str(root), keep_newlines=False)} is a file; only folders are watched.",
                "`secondme ingest` takes a file in.",
            )
        if not root.is_dir():
            raise NothingFound(f"There is no folder {clean(str(root), keep_newlines=False)}.", "Check the path.")
        data = self._store.folder.resolve()
        if data.is_relative_to(root.resolve()) or root.resolve().is_relative_to(data):
            raise UsageError(
                f"{clean(str(root), keep_newlines=False)} holds Second Me's own data.", "Watch a folder beside it."
            )
        for watched in self._store.folders.all():
            other = Path(watched.path)
            if other != root and (other.is_relative_to(root) or root.is_relative_to(other)):
                raise UsageError(
                    f"{clean(watched.path, keep_newlines=False)} is watched already, and one lies in the other.",
                    "Remove that one first (`secondme watch remove`); its memories stay.",
                )
        folder = Folder(derived_id("folder", str(root)), str(root), "watching", instant(self._clock.now()))
        self._store.folders.add(folder)
        self._watcher.watch(folder)
        self.look(folder.id)
        return self.status_of(folder)

    def statuses(self) -> list[FolderStatus]:
        """Watched folders with their states."""
        return [
            self.status_of(folder)
            for folder in sorted(self._store.folders.all(), key=lambda folder: collation_key(folder.path))
        ]

    def pause(self, path: Path) -> FolderStatus:
        """Look at a folder no more until it is resumed."""
        folder = self.find(path)
        self._store.folders.set_state(folder.id, "paused")
        self._watcher.unwatch(folder.id)
        self._on_change()
        return self._again(folder)

    def resume(self, path: Path) -> FolderStatus:
        """Keep a paused folder right again, beginning with a look at all of it."""
        folder = self.find(path)
        self._store.folders.set_state(folder.id, "watching")
        self._watcher.watch(folder)
        self.look(folder.id)
        return self._again(folder)

    def rescan(self, path: Path | None) -> list[FolderStatus]:
        """Look at one folder, or at all, now."""
        folders = [self.find(path)] if path is not None else self._store.folders.all()
        for folder in folders:
            self.look(folder.id)
        return [self.status_of(folder) for folder in folders]

    def confirm(self, path: Path) -> FolderStatus:
        """So much of a folder is gone that a person was asked: yes, its memories may fade."""
        folder = self.find(path)
        if folder.state not in ("asking", "away"):
            raise UsageError(f"Nothing of {clean(folder.path, keep_newlines=False)} waits for an answer.", NONE_WATCHED)
        if not Path(folder.path).is_dir():
            raise UsageError(
                f"{clean(folder.path, keep_newlines=False)} is not there at all.",
                "`secondme watch remove --purge` erases what it brought.",
                "Its memories stay.",
            )
        self.look(folder.id, accept_missing=True)
        return self._again(folder)

    def find(self, path: Path) -> Folder:
        """The watched folder at a path. Raises NothingFound."""
        root = str(path.expanduser().absolute())
        folder = next((watched for watched in self._store.folders.all() if root == watched.path), None)
        if folder is None:
            raise NothingFound(f"{clean(root, keep_newlines=False)} is not watched.", NONE_WATCHED)
        return folder

    def forget(self, folder: Folder) -> None:
        """Stop watching; what it brought stays."""
        self._watcher.unwatch(folder.id)
        with self._intake.writing:
            self._store.folders.remove(folder.id)
        self._on_change()

    def status_of(self, folder: Folder) -> FolderStatus:
        """A folder as doors see it."""
        counts = self._store.files.counts(folder.id)
        return FolderStatus(
            id=folder.id,
            path=clean(folder.path, keep_newlines=False),
            state="polling" if folder.state == "watching" and self._watcher.polling else folder.state,
            files=counts.get("indexed", 0),
            last_scan=folder.last_scan_at,
            skipped=counts.get("skipped", 0),
            failed=counts.get("failed", 0),
            missing=folder.missing,
        )

    @property
    def polling(self) -> bool:
        """Whether the system's watches ran out."""
        return self._watcher.polling

    # --- scans --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Watch and look at every folder that is not paused, in the background."""
        for folder in self._store.folders.all():
            if folder.state != "paused":
                self._watcher.watch(folder)
                self.look(folder.id)

    def look_everywhere(self) -> None:
        """Look at every folder, as is done each hour."""
        for folder in self._store.folders.all():
            self.look(folder.id)

    def look_for_lost(self) -> None:
        """Notice folders that went away, came back, or were replaced, and watch them anew."""
        for folder in self._store.folders.all():
            if folder.state == "paused" or self._closing.is_set():
                continue
            there = Path(folder.path).is_dir()
            self._watcher.watch(folder)
            if there == (folder.state == "away"):
                self.look(folder.id)

    def look(self, folder_id: str, *, accept_missing: bool = False) -> None:
        """Look at a whole folder in the background."""
        self._begin(folder_id, [], accept_missing)

    def busy(self) -> bool:
        """Whether a scan waits or runs."""
        return bool(self._waiting.total())

    def close(self) -> None:
        """End the scan in hand after the file in hand, and listen no more."""
        self._closing.set()
        self._watcher.close()

    def _hinted(self, folder_id: str, paths: list[str]) -> None:
        self._begin(folder_id, paths, accept_missing=False)

    def _begin(self, folder_id: str, paths: list[str], accept_missing: bool) -> None:
        with self._count:
            # A look at the whole folder that still waits will see everything that this one would.
            if not accept_missing and self._waiting[f"{folder_id} all"]:
                return
            key = f"{folder_id} some" if paths else f"{folder_id} all"
            self._waiting[key] += 1

        def work() -> None:
            give_way_to_others()
            try:
                self._run(folder_id, paths, accept_missing, key)
            finally:
                with self._count:
                    self._waiting["running"] -= 1
                self._on_change()

        threading.Thread(target=work, name="scan", daemon=True).start()

    def _run(self, folder_id: str, paths: list[str], accept_missing: bool, key: str) -> None:
        with self._intake.writing:
            with self._count:
                self._waiting[key] -= 1
                self._waiting["running"] += 1
            folder = self._store.folders.one(folder_id)
            if folder is None or folder.state == "paused" or self._closing.is_set():
                return
            ingestion = self._intake.ingestion()
            try:
                results = self._scan.run(folder, ingestion, self._me(), paths=paths, accept_missing=accept_missing)
                self._scan.work_through(results, self._intake, self._closing)
            except (StoreError, SecondMeError, OSError) as error:
                # The next look tries again; the status shows when the last one ended.
                log.error("a scan failed: %s", type(error).__name__)
            self._watcher.watch(folder)

    def _again(self, folder: Folder) -> FolderStatus:
        return self.status_of(self._store.folders.one(folder.id) or folder)


def survey(path: Path, max_bytes: int) -> Survey:
    """What a folder holds, without reading more than names and sizes: a dry run of watching or taking it in."""
    root = path.expanduser().absolute()
    if not root.exists():
        raise NothingFound(f"There is no file or folder {clean(str(root), keep_newlines=False)}.", "Check the path.")
    files: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    for met in files_below(str(root), Rules(str(root))):
        if met.reason:
            skipped[met.reason] += 1
            continue
        try:
            file_format = format_of(Path(met.path), b"")
        except Unsupported as error:
            skipped[str(error)] += 1
            continue
        if met.stamp[0] > size_limit(file_format, max_bytes):
            skipped["larger than the limit (setting ingest.max_bytes)"] += 1
            continue
        files[file_format.name] += 1
        sizes[file_format.name] += met.stamp[0]
    kinds = tuple((kind, count, sizes[kind]) for kind, count in files.most_common())
    return Survey(
        clean(uri_of(str(root)), keep_newlines=False), files.total(), sizes.total(), kinds, tuple(skipped.most_common())
    )
