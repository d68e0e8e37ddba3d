"""Bringing what is remembered of a watched folder in line with what is in it. Events are hints, this is the truth."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from secondme.clock import Clock, instant
from secondme.ignoring import IGNORE_FILES, Met, Rules, Stamp, files_below, uri_of
from secondme.ingestion import BATCH_FILES, FileResult, Ingestion, move_file
from storage.records import Folder
from storage.store import Store


class FolderScan:
    """Looks at a watched folder, whole or in part: by size, mtime and inode, then by content."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._erased: dict[str, Stamp] = {}
        self.total = 0
        """Files that the scan in hand has to read, move or let fade."""

    def run(
        self,
        folder: Folder,
        ingestion: Ingestion,
        me: Iterable[str],
        *,
        paths: Sequence[str] = (),
        accept_missing: bool = False,
    ) -> Iterator[FileResult]:
        """New and changed files come in, moved ones keep their memories, those that are gone are archived.

        `paths`: look at these only (files or folders below it). A folder that is missing, or was emptied as an
        unmounted one looks, is marked away and nothing changes. When more than half of its files are gone at once
        nothing fades until it is run with `accept_missing`: the folder's state is then `asking`.
        """
        root = folder.path
        if not self._there(folder) and not (accept_missing and Path(root).is_dir()):
            if folder.state != "away":
                self._store.folders.set_state(folder.id, "away")
            return
        held = sum(self._store.files.counts(folder.id).values())
        targets = _outermost(root, paths)
        known: dict[str, Stamp] = {}
        unlisted: list[str] = []
        present: set[str] = set()
        fresh: list[Met] = []
        for target in targets or [root]:
            known.update(self._store.files.stamps(folder.id, uri_of(target) if targets else ""))
            rules = Rules.down_to(root, str(Path(target).parent)) if targets else Rules(root)
            for met in files_below(target, rules, unlisted) if rules is not None else ():
                present.add(met.uri)
                if known.get(met.uri) != met.stamp and self._erased.get(met.uri) != met.stamp:
                    fresh.append(met)
        gone = self._gone(known.keys() - present, unlisted)
        self.total = len(fresh) + len(gone)
        yield from self._moves(folder, known, gone, fresh)
        for met, result in _paired(fresh, ingestion, me, folder.id, gone):
            if result.outcome == "skipped" and self._store.files.one(met.uri) is None:
                self._erased[met.uri] = met.stamp
            yield result
        if not Path(root).is_dir():  # it went away while it was looked at: nothing is gone
            self._store.folders.set_state(folder.id, "away")
            return
        yield from self._fade(folder, gone, held, accept_missing)
        if not targets:
            self._store.folders.scanned(folder.id, instant(self._clock.now()))

    def _there(self, folder: Folder) -> bool:
        try:
            with os.scandir(folder.path) as entries:
                if next(entries, None) is not None:
                    return True
        except OSError:
            return False
        return not self._store.files.counts(folder.id).get("indexed")

    def _gone(self, missing: Iterable[str], unlisted: Sequence[str]) -> set[str]:
        """Paths that are really not there: what lies below a folder that could not be listed is not known."""
        hidden = tuple(f"{uri_of(path)}/" for path in unlisted)
        return {uri for uri in missing if not uri.startswith(hidden)} if hidden else set(missing)

    def _moves(self, folder: Folder, known: dict[str, Stamp], gone: set[str], fresh: list[Met]) -> Iterator[FileResult]:
        """Files that are at another path with the same inode, size and mtime: no byte of them is read."""
        if not gone or not fresh:
            return
        by_stamp = {known[uri]: uri for uri in gone}
        moved = [
            (old, met)
            for met in fresh
            if (old := by_stamp.get(met.stamp)) and met.uri not in known and not met.reason and _like(old, met.uri)
        ]
        for begin in range(0, len(moved), BATCH_FILES):
            with self._store.spans.batch():
                for old, met in moved[begin : begin + BATCH_FILES]:
                    move_file(self._store, old, met, folder.id)
            for old, met in moved[begin : begin + BATCH_FILES]:
                gone.discard(old)
                yield FileResult(Path(met.path), "moved")
        left = {met.uri for _, met in moved}
        fresh[:] = [met for met in fresh if met.uri not in left]

    def _fade(self, folder: Folder, gone: set[str], held: int, accept_missing: bool) -> Iterator[FileResult]:
        """Archive what is gone, unless it is so much that a person is asked first."""
        now = instant(self._clock.now())
        asking = bool(gone) and (folder.state == "asking" or 2 * len(gone) > held)
        if asking and not accept_missing:
            self._store.folders.set_state(folder.id, "asking", len(gone))
            return
        ordered = sorted(gone)
        for begin in range(0, len(ordered), BATCH_FILES):
            batch = ordered[begin : begin + BATCH_FILES]
            with self._store.spans.batch():
                for uri in batch:
                    for source_id in self._store.spans.source_ids(uri):
                        self._store.spans.archive_source(source_id, now)
                self._store.files.drop(batch)
            for uri in batch:
                yield FileResult(Path(uri), "removed")
        if gone:
            self._store.vectors.forget_loaded()
        if folder.state in ("away", "asking"):
            self._store.folders.set_state(folder.id, "watching")


def _paired(
    fresh: Sequence[Met], ingestion: Ingestion, me: Iterable[str], folder_id: str, gone: set[str]
) -> Iterator[tuple[Met, FileResult]]:
    yield from zip(fresh, ingestion.take_files(fresh, me=me, folder_id=folder_id, gone=gone), strict=True)


def _outermost(root: str, paths: Sequence[str]) -> list[str]:
    """Paths below the root without those that lie in another; empty for all of it.

    An ignore file that changed means its whole folder.
    """
    wanted: set[str] = set()
    for path in paths:
        here = Path(path)
        wanted.add(str(here.parent if here.name in IGNORE_FILES else here))
    if root in wanted:
        return []
    kept: list[str] = []
    for path in sorted(wanted):
        if not (kept and path.startswith(f"{kept[-1]}/")):
            kept.append(path)
    return kept


def _like(old: str, new: str) -> bool:
    """Whether a moved file is read by the same reader as before."""
    return Path(old).suffix.lower() == Path(new).suffix.lower()
