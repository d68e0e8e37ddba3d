"""What memory holds, as a door shows it: sources and passages; and what a person takes out of it or pins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from secondme.adapters.personal import PersonalAdapters
from secondme.api import Dependents, PassageView, Pinned, Removal, Restored, SourceDetail, SourceSummary, SourceVersion
from secondme.chat.whole_memory import WholeMemory
from secondme.clock import Clock, instant
from secondme.engine.hanging import dependents
from secondme.engine.live_settings import LiveSettings
from secondme.errors import NothingFound, UsageError
from secondme.forgetting.reinforcement import pin
from secondme.forgetting.retention_views import with_standing
from secondme.ingest.walk import uri_of
from secondme.recall.hits import plain_hit
from secondme.recall.links import keywords, related_memories, tags
from secondme.runtimes.configured import ConfiguredModels
from secondme.text.clean import clean
from storage.records import Folder
from storage.removal import Target
from storage.store import Store

PASSAGE_CONTEXT = 8
"""Spans that are shown before and after a passage."""
FIRST_PASSAGES = 5
"""Passages that are shown of a source."""
ANSWERS_HIDDEN = "answers hidden"
"""Whether answers that an older release left visible were hidden with what they were made from."""


class Library:
    """Finds sources and passages, hides and erases them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        settings: LiveSettings,
        *,
        runtimes: ConfiguredModels,
        whole: WholeMemory,
        adapters: PersonalAdapters,
        writing: AbstractContextManager[Any],
        discard_index: Callable[[], None],
        on_written: Callable[[], None],
    ) -> None:
        """`writing` is held while anything is erased; `discard_index` drops what was derived, to be built again."""
        self._store = store
        self._clock = clock
        self._settings = settings
        self._runtimes = runtimes
        self._whole = whole
        self._adapters = adapters
        self._writing = writing
        self._discard_index = discard_index
        self._on_written = on_written

    # --- looking ------------------------------------------------------------------------------------

    def sources(self, *, include_gone: bool, limit: int) -> list[SourceSummary]:
        """Sources, newest first: all, or the first `limit`."""
        return [_summary(row) for row in self._store.spans.sources(include_gone=include_gone, limit=limit)]

    def source(self, target: str) -> SourceDetail:
        """A source with its versions and first passages. Raises NothingFound, UsageError."""
        found = self._target(target)
        rows = self._store.spans.sources(include_gone=True, only=found.id)
        if not rows:
            raise NothingFound("This is a message, not a source.", "`secondme sources` lists sources.")
        summary = _summary(rows[0])
        versions = self._store.spans.versions(found.id)
        latest = versions[0] if versions else None
        seen = self._store.files.one(summary.uri) if summary.kind == "file" else None
        first = self._store.spans.of_document(latest["id"], 0, FIRST_PASSAGES - 1) if latest else []
        return SourceDetail(
            summary=summary,
            title=latest["title"] if latest else summary.title,
            author=latest["author"] if latest else "",
            language=latest["language"] if latest else "",
            media=latest["media"] if latest else "",
            happened_at=(latest["happened_at"] or "") if latest else "",
            state=seen.state if seen else "",
            reason=seen.reason if seen else "",
            versions=tuple(
                SourceVersion(row["version"], row["recorded_at"], row["bytes"], row["spans"]) for row in versions
            ),
            passages=tuple(plain_hit(span) for span in first if span.live),
            tables=tuple(f"{sheet.name}: {sheet.rows:,} rows" for sheet in self._store.sheets.of_source(found.id)),
        )

    def passage(self, span_id: str) -> PassageView:
        """A span in its document. Raises NothingFound."""
        found = self._store.spans.by_id([span_id]).get(span_id) or self._store.spans.with_prefix(span_id)
        if found is None:
            raise NothingFound(
                f"No passage has the id '{clean(span_id, keep_newlines=False)}'.",
                "It may have been erased; `secondme recall QUERY --json` prints ids.",
            )
        span = found.span
        around = self._store.spans.of_document(
            span.document_id, span.ordinal - PASSAGE_CONTEXT, span.ordinal + PASSAGE_CONTEXT
        )
        lines = [
            (near.span.ordinal, f"{near.span.speaker}: {near.span.text}" if near.span.speaker else near.span.text)
            for near in around
        ]
        now, policy = self._clock.now(), self._settings.policy()
        return PassageView(
            hit=with_standing(self._store, [plain_hit(found)], now, policy)[0],
            before="".join(f"{text}\n\n" for ordinal, text in lines if ordinal < span.ordinal),
            after="".join(f"\n\n{text}" for ordinal, text in lines if ordinal > span.ordinal),
            version=found.version,
            archived=not found.live,
            keywords=keywords(self._store, span.text),
            tags=tags(self._store, span.id),
            related=related_memories(self._store, found, self._settings.me_names()),
        )

    # --- taking out ---------------------------------------------------------------------------------

    def hide(self, target: str, *, dry_run: bool) -> Removal:
        """Hide a source, chat, message or note from recall."""
        found = self._target(target)
        removal = self._removal(found, dry_run=dry_run, hidden=False)
        if not dry_run:
            self._store.removal.hide(found, instant(self._clock.now()))
            self._store.vectors.forget_loaded()
            self._on_written()
        return removal

    def dependents(self, target: str) -> Dependents:
        """What would be hidden or erased with a source, chat, message or note."""
        return dependents(self._store, self._target(target))

    def hide_older_answers(self) -> None:
        """Hide, once for each database, the answers that an older release left visible when it hid their sources."""
        if self._store.database.fact(ANSWERS_HIDDEN) is None:
            self._store.removal.hide_derived()
            self._store.database.set_fact(ANSWERS_HIDDEN, "yes")

    def restore(self, target: str) -> Restored:
        """Show again what was hidden."""
        found = self._target(target)
        spans = self._store.removal.unhide(found)
        self._store.vectors.forget_loaded()
        self._on_written()
        return Restored(found.id, spans)

    def purge(self, target: str, *, dry_run: bool) -> Removal:
        """Erase a source, chat, message or note from every store."""
        found = self._target(target)
        removal = self._removal(found, dry_run=dry_run)
        if not dry_run:
            self.erase([found])
        return removal

    def erase(self, targets: Sequence[Target]) -> None:
        """Erase from every store; a search of every byte of the data folder then finds nothing."""
        with self._writing:
            # What models have read goes first, so that a crash leaves none of it, and again for what they read
            # meanwhile; their processes, which hold it in memory, end with it.
            self._runtimes.forget_states()
            self._store.removal.erase(list(targets), instant(self._clock.now()))
            self._store.vectors.forget_loaded()
            self._discard_index()
            self._whole.cache.erase()
            self._adapters.sweep()
        self._on_written()

    def erase_folder(self, folder: Folder, unwatch: Callable[[Folder], None]) -> Removal:
        """Erase all sources of a watched folder, which is no longer watched."""
        targets = self._store.removal.sources_of_folder(folder.id)
        reached = [self._store.removal.reach(target) for target in targets]
        unwatch(folder)
        if targets:
            self.erase(targets)
        spans, answers = (sum(getattr(reach, name) for reach in reached) for name in ("spans", "answers"))
        return Removal(folder.path, len(targets), spans, 0, answers, False)

    def pin(self, target: str, *, pinned: bool) -> Pinned:
        """Pin or unpin a passage by its id, or all passages of a source."""
        if self._store.spans.by_id([target]):
            spans = [target]
        else:
            found = self._target(target)
            rows = self._store.spans.of_source(found.id) if found.kind == "source" else []
            spans = [span.id for span, archived in rows if not archived]
        count = pin(self._store, spans, self._clock.now(), pinned=pinned)
        self._on_written()
        return Pinned(target, count, pinned)

    def _target(self, text: str) -> Target:
        path = uri_of(str(Path(text).expanduser().absolute())) if text else ""
        found = self._store.removal.find(text) or self._store.removal.find(path)
        if not found:
            raise NothingFound(
                f"Nothing is called {clean(text, keep_newlines=False)!r}.", "`secondme sources` lists what there is."
            )
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} things are called {clean(text, keep_newlines=False)!r}.",
                "Give the id of the one that you mean.",
            )
        return found[0]

    def _removal(self, target: Target, *, dry_run: bool, hidden: bool = True) -> Removal:
        reach = self._store.removal.reach(target, hidden=hidden)
        notes = ("Snapshots exported before still hold it.",)
        return Removal(target.id, reach.sources, reach.spans, reach.messages, reach.answers, dry_run, notes)


def _state(row: Any) -> str:
    """Whether a source is live, away, archived or hidden."""
    if row["hidden_at"]:
        return "hidden"
    if row["archived_at"]:
        return "archived"
    return "away" if row["away"] else "live"


def _summary(row: Any) -> SourceSummary:
    return SourceSummary(
        id=row["id"],
        kind=row["kind"],
        title=row["title"],
        uri=row["uri"],
        state=_state(row),
        spans=row["spans"],
        pending=row["pending"],
        added_at=row["added_at"],
        versions=row["versions"],
    )
