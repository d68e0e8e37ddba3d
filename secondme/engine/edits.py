"""What a person changes of single memories: a note is written anew, and one memory is merged into another."""

from __future__ import annotations

from collections.abc import Callable

from secondme.clock import Clock, instant
from secondme.consolidation.merging import MergeByHand
from secondme.errors import NothingFound, UsageError
from secondme.ingest.notes import edited_note, note_text
from secondme.ingest.secrets import settle
from secondme.jobs.job import Run
from secondme.text.clean import clean
from storage.records import FoundSpan
from storage.store import Store

_GONE = "This memory is no longer there as it was.", "Choose it again."


class Edits:
    """Changes memories; each change keeps what was before, and can be taken back."""

    def __init__(self, store: Store, clock: Clock, on_written: Callable[[], None]) -> None:
        """`on_written` is called when something is to be indexed anew."""
        self._store = store
        self._clock = clock
        self._on_written = on_written

    def note_text(self, span_id: str) -> str:
        """All words of the version of a note that a passage is of. Raises NothingFound; UsageError where it is of no
        note."""
        found = self._of_note(span_id)
        rows = self._store.spans.of_source(found.source_id)
        return note_text([row for row, _ in rows if row.document_id == found.span.document_id])

    def edit_note(self, span_id: str, text: str, secrets: str) -> str:
        """Write a note anew; returns the id of its first passage. Raises NothingFound, UsageError, SecretFound."""
        found = self._live(self._of_note(span_id))
        text = settle(clean(text).strip(), secrets)
        if not text:
            raise UsageError("The note is empty.", "Say what to remember, or forget the note.")
        version = 1 + max(row["version"] for row in self._store.spans.versions(found.source_id))
        now = instant(self._clock.now())
        source, document, spans = edited_note(text, found, version, now)
        self._store.spans.add_version(source, document, spans, now)
        self._store.vectors.forget_loaded()
        self._on_written()
        return spans[0].id

    def merge(self, span_id: str, into: str) -> str:
        """Let one memory stand for another too; returns the run, which can be undone. Raises NothingFound, UsageError.

        The one that is merged keeps its row and its source, and comes back when the other leaves.
        """
        folded, kept = self._live(self._found(span_id)), self._live(self._found(into))
        if folded.span.id == kept.span.id:
            raise UsageError("A memory cannot be merged into itself.", "Mark one, and choose another.")
        run = Run(self._store, self._clock, MergeByHand.name)
        for _ in run.perform(MergeByHand(folded.span.id, kept.span.id), "person"):
            pass
        self._on_written()
        return run.id

    def _of_note(self, span_id: str) -> FoundSpan:
        found = self._found(span_id)
        if found.kind != "note":
            raise UsageError("Only notes are edited here.", "Change the file, and it is read again; correct a fact.")
        return found

    def _found(self, span_id: str) -> FoundSpan:
        found = self._store.spans.by_id([span_id]).get(span_id)
        if found is None:
            raise NothingFound(*_GONE)
        return found

    def _live(self, found: FoundSpan) -> FoundSpan:
        if not found.live:
            raise NothingFound(*_GONE)
        return found
