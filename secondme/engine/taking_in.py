"""Taking in as a door asks for it: files, folders, exports and notes, and waiting until all of it is indexed."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from secondme.api import Ingested, IngestEvent, Progress, Skipped
from secondme.clock import Clock
from secondme.engine.changes import Changes
from secondme.engine.live_settings import LiveSettings
from secondme.engine.models_in_use import ModelsInUse
from secondme.errors import SecondMeError, UsageError
from secondme.folders.watched import WatchedFolders
from secondme.ids import new_id
from secondme.index.indexer import Indexer, pending_work
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.intake import Intake, progress
from secondme.ingest.notes import note
from secondme.ingest.secrets import settle
from secondme.readers.exports.detect import is_export
from secondme.readers.sandbox import FileReader
from secondme.text.clean import clean
from storage.records import Span
from storage.store import Store

POLL_SECONDS = 0.25
"""How often it is looked whether everything is embedded."""


class TakingIn:
    """Takes in what a person names, and knows what of it still waits for its vectors."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: LiveSettings,
        models: ModelsInUse,
        changes: Changes,
        *,
        indexer: Callable[[], Indexer],
        wait_quiet: Callable[[], None],
        on_written: Callable[[], None],
    ) -> None:
        """`indexer` gives the indexer that runs now; `wait_quiet` returns when no person waits."""
        self._store = store
        self._clock = clock
        self._settings = settings
        self._models = models
        self._changes = changes
        self._indexer = indexer
        self._on_written = on_written
        self.intake = Intake(
            store, clock, make=self._ingestion, me=settings.me_names, wait_quiet=wait_quiet, on_written=on_written
        )

    def files(self, paths: Sequence[Path], me: str | None, *, wait: bool) -> Iterator[IngestEvent]:
        """Take in files and folders; each chat export among them is read as an export."""
        yield from self._with_wait(self._files(paths, me), wait)

    def export(self, path: Path, platform: str, me: str | None, *, wait: bool) -> Iterator[IngestEvent]:
        """Take in a chat export."""
        yield from self._with_wait(self.intake.export(path, platform, me), wait)

    def retry(self, paths: Sequence[Path], folders: WatchedFolders) -> int:
        """Try failed files again in the background, all or these; returns how many."""
        watched, files, count = self.intake.retry(paths)
        for folder_id in watched:
            folders.look(folder_id)
        if files:
            work = threading.Thread(target=lambda: list(self._files(files, None)), name="retry", daemon=True)
            work.start()
        return count

    def remember(self, text: str, secrets: str) -> str:
        """Keep a note of the person; returns its source id. `secrets`: keep or mask what looks like a key, or ask.

        Raises UsageError, SecretFound.
        """
        text = settle(clean(text).strip(), secrets)
        if not text:
            raise UsageError("The note is empty.", "Say what to remember.")
        return self.note(text)[0]

    def note(self, text: str) -> tuple[str, Span]:
        """Keep a note of the person; returns its source id and its first span."""
        source, document, spans = note(text, self._settings.me() or "Me", self._clock, new_id())
        self._store.spans.add_version(source, document, spans, source.added_at)
        self._on_written()
        return source.id, spans[0]

    def program_note(self, text: str, program: str) -> str:
        """Keep a note that a program proposed, as nobody's words; returns its source id."""
        source, document, spans = note(text, "", self._clock, new_id(), program=program)
        self._store.spans.add_version(source, document, spans, source.added_at)
        self._on_written()
        return source.id

    def pending(self) -> int:
        """Spans that wait for something that makes them easier to find."""
        return pending_work(self._store, self._models.embedder)

    def wait_indexed(self) -> Iterator[Progress]:
        """Progress of embedding until nothing is pending; each closes within a quarter of a second."""
        begun = self._clock.monotonic()
        total = self.pending()
        while True:
            pending = self.pending()
            total = max(total, pending)
            if pending == 0 or self._changes.closing.is_set():
                return
            indexer = self._indexer()
            if indexer.away:
                raise SecondMeError(
                    indexer.away.what, indexer.away.remedy, "What was taken in is safe, and is embedded later."
                )
            if indexer.error:
                raise SecondMeError(
                    f"Embedding stopped ({indexer.error}).", "See `secondme doctor`.", "What was taken in is safe."
                )
            yield progress("embedding", total - pending, total, "spans", self._clock.monotonic() - begun)
            self._changes.wait_next(POLL_SECONDS)

    def _files(self, paths: Sequence[Path], me: str | None) -> Iterator[IngestEvent]:
        others = [path for path in paths if not is_export(path)]
        total: Ingested | None = None
        work = [(path, self.intake.export(path, "", me)) for path in paths if path not in others]
        work += [(others[0], self.intake.files(others, me))] if others else []
        for path, events in work:
            try:
                for event in events:
                    if not isinstance(event, Ingested):
                        yield event
                    else:
                        total = _sum(total, event)
            except UsageError as error:
                yield Skipped(clean(str(path), keep_newlines=False), error.what)
                total = _sum(total, Ingested(0, 0, 0, 1, 0, 0.0))
        if total is not None:
            yield total

    def _with_wait(self, events: Iterator[IngestEvent], wait: bool) -> Iterator[IngestEvent]:
        """Events of an intake; with `wait` the last event comes when all of it is embedded."""
        begun = self._clock.monotonic()
        end: Ingested | None = None
        for event in events:
            if isinstance(event, Ingested):
                end = event
            else:
                yield event
        self._on_written()
        if end is None:
            return
        if wait:
            yield from self.wait_indexed()
        yield dataclasses.replace(end, seconds=round(self._clock.monotonic() - begun, 3))

    def _ingestion(self, reading: FileReader) -> Ingestion:
        embedder = self._models.embedder
        return Ingestion(
            self._store,
            self._clock,
            count_tokens=embedder.count_tokens if embedder else None,
            max_bytes=self._settings.now.ingest_max_bytes,
            reading=reading,
        )


def _sum(total: Ingested | None, more: Ingested) -> Ingested:
    if total is None:
        return more
    counts = ("added", "updated", "unchanged", "skipped", "spans", "seconds", "failed")
    return dataclasses.replace(more, **{name: getattr(total, name) + getattr(more, name) for name in counts})
