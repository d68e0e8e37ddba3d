"""Bringing what is remembered of a watched folder in line with what is in it. Events are hints, this is the truth."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from secondme.clock import Clock, instant
from secondme.ingest.file_records import move_file
from secondme.ingest.ingestion import BATCH_FILES, FileResult, Ingestion
from secondme.ingest.intake import Intake
from secondme.ingest.walk import IGNORE_FILES, FileEntry, Rules, Stamp, files_below, folders_below, uri_of
from storage.records import Folder
from storage.store import Store

SHOW_SECONDS = 0.5
"""How often the progress of a scan is shown."""


@dataclass
class _Findings:
    """What a look found: files to read, what was known of their folders, what is gone, and how folders look now."""

    fresh: list[FileEntry] = field(default_factory=list)
    known: dict[str, Stamp] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    digests: dict[str, bytes] = field(default_factory=dict)
    gone_folders: set[str] = field(default_factory=set)


class FolderScan:
    """Looks at a watched folder, whole or in part: by size, mtime and inode, then by content."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
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
    ) -> Generator[FileResult, None, None]:
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
        targets = _outermost(root, paths)
        findings = self._part(folder, targets) if targets else self._whole(folder)
        held = sum(self._store.files.counts(folder.id).values()) if findings.gone else 0
        self.total = len(findings.fresh) + len(findings.gone)
        yield from self._moves(folder, findings.known, findings.gone, findings.fresh)
        yield from ingestion.take_files(findings.fresh, me=me, folder_id=folder.id, gone=findings.gone)
        if not Path(root).is_dir():  # it went away while it was looked at: nothing is gone
            self._store.folders.set_state(folder.id, "away")
            return
        yield from self._fade(folder, findings.gone, held, accept_missing)
        if not targets:
            self._settle(folder, findings)
            self._store.folders.set_scanned(folder.id, instant(self._clock.now()))

    def work_through(
        self, results: Generator[FileResult, None, None], intake: Intake, closing: threading.Event
    ) -> None:
        """Do what `run` yields and show how far it is, until `closing` is set. The caller holds `intake.writing`."""
        with intake.working("looking at watched folders"):
            begun = shown = self._clock.monotonic()
            for done, _ in enumerate(results, start=1):
                now = self._clock.monotonic()
                if now - shown > SHOW_SECONDS:
                    shown = now
                    rate = done / max(now - begun, 0.001)
                    left = max(self.total - done, 0) / rate
                    intake.report(f"reading files ({done:,} of {self.total:,}, {rate:,.0f}/s, {left:,.0f} s left)")
                if closing.is_set():
                    results.close()
                    return

    def _settle(self, folder: Folder, findings: _Findings) -> None:
        """Keep what the folders look like. What still waits, for an answer or to rest, has to be met again."""
        if findings.digests or findings.gone_folders:
            left = self._store.files.unsettled_listings(folder.id) | {
                path.rpartition("/")[0] for path in findings.gone if self._store.files.one(path) is not None
            }
            digests = {path: digest for path, digest in findings.digests.items() if path not in left}
            self._store.files.settle(folder.id, digests, findings.gone_folders - left)

    def _whole(self, folder: Folder) -> _Findings:
        """Every folder below the root; files only of those that do not look as they did when they were settled."""
        findings = _Findings()
        settled = self._store.files.listings(folder.id)
        unlisted: list[str] = []
        for listing in folders_below(folder.path, Rules(folder.path), unlisted):
            uri, digest = uri_of(listing.path), listing.digest()
            before = settled.pop(uri, None)
            if before == digest:
                continue
            known = self._store.files.stamps_within(folder.id, uri) if before is not None else {}
            if listing.names or known:
                findings.digests[uri] = digest
            self._compare(findings, known, listing.files())
        hidden = tuple(f"{uri_of(path)}/" for path in unlisted)
        for uri in settled:  # folders that are there no more
            if not f"{uri}/".startswith(hidden or ("\0",)):
                findings.gone_folders.add(uri)
                self._compare(findings, self._store.files.stamps_within(folder.id, uri), ())
        return findings

    def _part(self, folder: Folder, targets: Sequence[str]) -> _Findings:
        """Files at or below some paths."""
        findings = _Findings()
        unlisted: list[str] = []
        for target in targets:
            rules = Rules.down_to(folder.path, str(Path(target).parent))
            known = self._store.files.stamps(folder.id, uri_of(target))
            self._compare(findings, known, files_below(target, rules, unlisted) if rules is not None else ())
        hidden = tuple(f"{uri_of(path)}/" for path in unlisted)
        if hidden:  # what lies below a folder that could not be listed is not gone
            findings.gone = {uri for uri in findings.gone if not uri.startswith(hidden)}
        return findings

    def _compare(self, findings: _Findings, known: dict[str, Stamp], files: Iterable[FileEntry]) -> None:
        present: set[str] = set()
        for entry in files:
            present.add(entry.uri)
            if known.get(entry.uri) != entry.stamp:
                findings.fresh.append(entry)
        findings.known.update(known)
        findings.gone |= known.keys() - present

    def _there(self, folder: Folder) -> bool:
        try:
            with os.scandir(folder.path) as entries:
                if next(entries, None) is not None:
                    return True
        except OSError:
            return False
        return not self._store.files.counts(folder.id).get("indexed")

    def _moves(
        self, folder: Folder, known: dict[str, Stamp], gone: set[str], fresh: list[FileEntry]
    ) -> Iterator[FileResult]:
        """Files that are at another path with the same inode, size and mtime: no byte of them is read."""
        if not gone or not fresh:
            return
        by_stamp = {known[uri]: uri for uri in gone}
        moved = [
            (old, entry)
            for entry in fresh
            if (old := by_stamp.get(entry.stamp))
            and entry.uri not in known
            and not entry.reason
            and _like(old, entry.uri)
        ]
        for begin in range(0, len(moved), BATCH_FILES):
            with self._store.spans.batch():
                for old, entry in moved[begin : begin + BATCH_FILES]:
                    move_file(self._store, old, entry, folder.id)
            for old, entry in moved[begin : begin + BATCH_FILES]:
                gone.discard(old)
                yield FileResult(Path(entry.path), "moved")
        left = {entry.uri for _, entry in moved}
        fresh[:] = [entry for entry in fresh if entry.uri not in left]

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
