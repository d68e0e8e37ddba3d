"""The engine: the one façade over store, models and memory. Every door calls it; it is the only writer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler

from models.protocol import Embedder, LanguageModel
from secondme import __version__
from secondme.api import (
    AskEvent,
    Chat,
    ChatSummary,
    Failed,
    FolderStatus,
    Hit,
    Ingested,
    IngestEvent,
    PassageView,
    Problem,
    Progress,
    Removal,
    Restored,
    Skipped,
    SourceSummary,
    Status,
    TreeView,
)
from secondme.chat import Conversation
from secondme.clock import Clock, instant
from secondme.errors import NothingFound, SecondMeError, UsageError
from secondme.forest import tree
from secondme.ids import derived_id, new_id
from secondme.indexing import Indexer, pending_work
from secondme.ingestion import FileResult, Ingestion, files_below
from secondme.notes import note
from secondme.places import Places
from secondme.recall import Recall, Scored, hit
from secondme.runtimes import Runtimes
from secondme.settings import Settings, load, save, value_of
from secondme.snapshot import export_snapshot, import_snapshot
from secondme.terms import stems
from secondme.text import clean
from secondme.watching import FolderScan, Watcher
from storage.records import Folder
from storage.removal import Target
from storage.store import Store

PASSAGE_CONTEXT = 8
log = logging.getLogger(__name__)


class Engine:
    """Implements `secondme.door.Door` in the engine's own process."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        *,
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
        runtimes: Runtimes | None = None,
        max_pages: int | None = None,
    ) -> None:
        """Open the store and start background work. `embedder` and `model` stand in for the configured ones.

        Raises StoreError, ModelError or SecondMeError with a remedy.
        """
        self._places = places
        self._clock = clock
        self._settings, self._warnings = load(places.config_file)
        self._runtimes = runtimes or Runtimes(places)
        self._embedder = embedder or self._runtimes.embedder()
        self._given_model = model
        self._store = Store(
            places.data,
            model_id=self._embedder.model_id if self._embedder else "none",
            dimension=self._embedder.dimension if self._embedder else 1,
            sync_threshold=self._settings.index_sync_threshold,
            max_pages=max_pages,
            analyse=stems,
            words_above=self._settings.index_exact_below,
        )
        self._changed = threading.Condition()
        self._changes = 0
        self._activity = ""
        self._writing = threading.Lock()
        self._recall = Recall(self._store, self._embedder, exact_below=self._settings.index_exact_below)
        self._conversation = Conversation(
            self._store,
            clock,
            self._recall,
            self._model,
            me=lambda: self._settings.me_name,
            read_seconds=lambda: self._settings.answer_read_seconds,
            max_tokens=lambda: self._settings.answer_max_tokens,
            on_written=self._written,
            small=lambda: self._given_model is None and self._runtimes.small_model(self._settings),
        )
        self._indexer = Indexer(self._store, self._embedder, on_change=self._notify)
        self._scan = FolderScan(self._store, self._ingestion(), clock)
        self._watcher = Watcher(self._rescan)
        self._closing = threading.Event()
        self._scheduler = BackgroundScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}, timezone="UTC"
        )

    def start(self) -> None:
        """Recover what a crash left, then begin indexing and watching in the background."""
        self._conversation.recover()
        self._store.outbox.unpark()
        if self._embedder is not None:
            self._store.outbox.enqueue_unembedded(self._embedder.model_id)
        self._indexer.start()
        threading.Thread(target=self._watch_all, name="watch-start", daemon=True).start()
        self._scheduler.add_job(self._rescan_all, "interval", hours=1, id="rescan")
        self._scheduler.start()

    def close(self) -> None:
        """Stop everything after the step in hand, and close the index and the database cleanly."""
        self._closing.set()
        self._scheduler.shutdown(wait=False)
        self._watcher.close()
        with self._writing:
            self._indexer.close()
            self._runtimes.close()
            self._store.close()

    def busy(self) -> bool:
        """Whether work is pending that the engine must not leave."""
        return self._conversation.answering() or self._writing.locked() or self._pending() > 0 or bool(self._activity)

    # --- status -------------------------------------------------------------------------------------

    def status(self) -> Status:
        """The engine at a glance."""
        counts = self._store.outbox.counts(self._store.vectors.model_id)
        model = self._model()
        problems = [Problem("settings", warning, "") for warning in self._warnings]
        problems += [Problem("models", p.what, p.remedy) for p in self._runtimes.problems()]
        if self._embedder is None and not problems:
            problems.append(Problem("embedder", "There is no embedder: recall finds words only.", ""))
        if counts.parked:
            problems.append(
                Problem(
                    "index", f"{counts.parked} spans could not be embedded.", "They are tried again at the next start."
                )
            )
        if self._watcher.polling:
            problems.append(
                Problem(
                    "folders",
                    "The system's file watches ran out; folders are looked at every few seconds instead.",
                    "Raise fs.inotify.max_user_watches.",
                )
            )
        small = counts.embedded <= self._settings.index_exact_below
        index = {"closed": "exact", "ready": "exact" if small else "ready", "rebuilding": "rebuilding"}
        pending = self._pending()
        activity = self._activity or ("embedding" if pending else "")
        return Status(
            version=__version__,
            rung="words-only" if self._embedder is None else "full" if model else "no-model",
            model=clean(model.name, keep_newlines=False) if model else "",
            embedder=self._embedder.model_id if self._embedder else "",
            spans=counts.spans,
            embedded=counts.embedded if self._embedder else 0,
            pending=pending,
            sources=counts.sources,
            chats=counts.chats,
            notes=counts.notes,
            index=index[self._store.generations.state] if self._embedder else "off",
            folders=tuple(self.watch_list()),
            activity=activity,
            problems=tuple(problems),
            me=self._settings.me_name,
            welcomed=self._store.database.fact("welcomed") == "yes",
        )

    def watch_status(self) -> Iterator[Status]:
        """The status now and after each change, at least every two seconds so that a closed door is noticed."""
        while not self._closing.is_set():
            seen = self._changes
            yield self.status()
            self._closing.wait(0.25)
            with self._changed:
                if self._changes == seen:
                    self._changed.wait(timeout=2)

    def _pending(self) -> int:
        return pending_work(self._store, self._embedder)

    def _notify(self) -> None:
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def _written(self) -> None:
        self._indexer.wake()
        self._notify()

    # --- taking in ----------------------------------------------------------------------------------

    def ingest(self, paths: Sequence[Path], *, me: str | None = None, wait: bool = True) -> Iterator[IngestEvent]:
        """Take in files and folders; each file is acknowledged by itself."""
        begun = self._clock.monotonic()
        missing = [path for path in paths if not path.exists()]
        if missing:
            yield Failed(
                f"There is no file or folder {clean(str(missing[0]), keep_newlines=False)}.",
                "Check the path and try again.",
                "Nothing was taken in.",
            )
            return
        counts = dict.fromkeys(("added", "updated", "unchanged", "skipped"), 0)
        spans = 0
        with self._writing:
            self._activity = "reading files"
            try:
                files = [entry for path in paths for entry in files_below(path.absolute())]
                if not files:
                    yield Failed(
                        f"There are no files in {clean(str(paths[0]), keep_newlines=False)}.",
                        "Name a folder with text, Markdown, source code or chat files.",
                    )
                    return
                ingestion = self._ingestion()
                shown = begun
                for i, (file, reason) in enumerate(files, start=1):
                    result = (
                        FileResult(file, "skipped", reasons=(reason,))
                        if reason
                        else ingestion.take_file(file, me=me or self._settings.me_name)
                    )
                    counts[result.outcome] += 1
                    spans += result.spans
                    self._indexer.wake()
                    for why in result.reasons:
                        yield Skipped(clean(str(file), keep_newlines=False), why)
                    now = self._clock.monotonic()
                    if now - shown > 0.1 or i == len(files):
                        shown = now
                        yield _progress("reading", i, len(files), "files", now - begun)
            finally:
                self._activity = ""
        self._written()
        if wait:
            yield from self.wait_indexed()
        seconds = round(self._clock.monotonic() - begun, 3)
        yield Ingested(
            counts["added"], counts["updated"], counts["unchanged"], counts["skipped"], spans=spans, seconds=seconds
        )

    def wait_indexed(self) -> Iterator[Progress]:
        """Progress of embedding until nothing is pending; each closes within a quarter of a second."""
        begun = self._clock.monotonic()
        total = self._pending()
        while True:
            pending = self._pending()
            total = max(total, pending)
            if pending == 0 or self._closing.is_set():
                return
            if self._indexer.error:
                raise SecondMeError(
                    f"Embedding stopped ({self._indexer.error}).",
                    "See `secondme doctor`.",
                    "What was taken in is safe.",
                )
            yield _progress("embedding", total - pending, total, "spans", self._clock.monotonic() - begun)
            with self._changed:
                self._changed.wait(timeout=0.25)

    def remember(self, text: str) -> str:
        """Keep a note spoken by me; returns its source id."""
        text = clean(text).strip()
        if not text:
            raise UsageError("The note is empty.", "Say what to remember.")
        source, document, spans = note(text, self._settings.me_name or "Me", self._clock, new_id())
        self._store.spans.add_version(source, document, spans, source.added_at)
        self._written()
        return source.id

    def _ingestion(self) -> Ingestion:
        return Ingestion(
            self._store,
            self._clock,
            count_tokens=self._embedder.count_tokens if self._embedder else None,
            max_bytes=self._settings.ingest_max_bytes,
        )

    # --- asking -------------------------------------------------------------------------------------

    def ask(self, question: str, *, chat_id: str | None = None, remember: bool = True) -> Iterator[AskEvent]:
        """Answer in a chat."""
        return self._conversation.ask(question, chat_id=chat_id, remember=remember)

    def stop(self, message_id: str) -> None:
        """Stop an answer."""
        self._conversation.stop(message_id)

    def recall(self, query: str, *, k: int = 10, include_assistant: bool = True, explain: bool = False) -> list[Hit]:
        """The k best spans."""
        if k < 1:
            raise UsageError("k must be at least 1.")
        found = self._recall.search(
            clean(query), k, evidence_only=not include_assistant, asked_at=self._clock.now(), explain=explain
        )
        return [hit(scored) for scored in found]

    def tree(self, by: str = "topic", node: str = "") -> TreeView:
        """What is below a node."""
        return tree(self._store, by, node)

    def rebalance(self) -> Iterator[Progress]:
        """Build the memory tree anew."""
        return self._indexer.rebalance()

    def chats(self) -> list[ChatSummary]:
        """Chats held here, latest first."""
        return [ChatSummary(c.id, c.title, c.messages, c.started_at, c.last_at) for c in self._store.chats.all()]

    def chat(self, chat_id: str) -> Chat:
        """One chat with its messages."""
        return self._conversation.open(chat_id)

    def passage(self, span_id: str) -> PassageView:
        """A span in its document."""
        found = self._store.spans.by_id([span_id]).get(span_id)
        if found is None:
            raise NothingFound("This passage is no longer in memory.", "It was purged.")
        span = found.span
        around = self._store.spans.of_document(
            span.document_id, span.ordinal - PASSAGE_CONTEXT, span.ordinal + PASSAGE_CONTEXT
        )
        lines = [
            (one.span.ordinal, f"{one.span.speaker}: {one.span.text}" if one.span.speaker else one.span.text)
            for one in around
        ]
        return PassageView(
            hit=hit(Scored(found, 0.0, ())),
            before="".join(f"{text}\n\n" for ordinal, text in lines if ordinal < span.ordinal),
            after="".join(f"\n\n{text}" for ordinal, text in lines if ordinal > span.ordinal),
            version=found.version,
            archived=not found.live,
        )

    # --- taking out ---------------------------------------------------------------------------------

    def forget(self, target: str, *, dry_run: bool = False) -> Removal:
        """Hide from recall; `restore` undoes it."""
        found = self._target(target)
        removal = self._removal(found, dry_run=dry_run)
        if not dry_run:
            self._store.removal.hide(found, instant(self._clock.now()))
            self._store.vectors.forget_loaded()
            self._written()
        return removal

    def restore(self, target: str) -> Restored:
        """Undo a forget."""
        found = self._target(target)
        spans = self._store.removal.unhide(found)
        self._store.vectors.forget_loaded()
        self._written()
        return Restored(found.id, spans)

    def purge(self, target: str, *, dry_run: bool = False) -> Removal:
        """Erase from every store."""
        found = self._target(target)
        removal = self._removal(found, dry_run=dry_run)
        if not dry_run:
            self._erase([found])
        return removal

    def _erase(self, targets: list[Target]) -> None:
        with self._writing:
            self._store.removal.erase(targets, instant(self._clock.now()))
            self._store.vectors.forget_loaded()
            self._indexer.discard_index()
            # The model's process may still hold the text in its cache.
            self._runtimes.close()
        self._written()

    def _target(self, text: str) -> Target:
        path = str(Path(text).expanduser().absolute()) if text else ""
        found = self._store.removal.find(text) or self._store.removal.find(path)
        if not found:
            raise NothingFound(
                f"Nothing is called {clean(text, keep_newlines=False)!r}.", "`secondme sources` lists what there is."
            )
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} things are called {clean(text, keep_newlines=False)!r}.", "Name one by its id."
            )
        return found[0]

    def _removal(self, target: Target, *, dry_run: bool) -> Removal:
        reach = self._store.removal.reach(target)
        notes = ("Snapshots exported before still hold it.",)
        return Removal(target.id, reach.sources, reach.spans, reach.messages, reach.answers, dry_run, notes)

    def sources(self, *, include_gone: bool = False) -> list[SourceSummary]:
        """All sources, newest first."""
        return [
            SourceSummary(
                id=row["id"],
                kind=row["kind"],
                title=row["title"],
                uri=row["uri"],
                state="hidden"
                if row["hidden_at"]
                else "archived"
                if row["archived_at"]
                else "away"
                if row["away"]
                else "live",
                spans=row["spans"],
                pending=row["pending"],
                added_at=row["added_at"],
                versions=row["versions"],
            )
            for row in self._store.spans.sources(include_gone=include_gone)
        ]

    # --- watched folders ----------------------------------------------------------------------------

    def watch_add(self, path: Path) -> FolderStatus:
        """Watch a folder: index it now, in the background, and keep it right."""
        root = path.expanduser().absolute()
        if not root.is_dir():
            raise NothingFound(f"There is no folder {clean(str(root), keep_newlines=False)}.", "Check the path.")
        folder = Folder(derived_id("folder", str(root)), str(root), "watching", instant(self._clock.now()))
        self._store.folders.add(folder)
        self._watcher.watch(folder)
        threading.Thread(target=self._rescan, args=[folder.id], name="rescan", daemon=True).start()
        return self._folder_status(folder)

    def watch_list(self) -> list[FolderStatus]:
        """Watched folders."""
        return [self._folder_status(folder) for folder in self._store.folders.all()]

    def watch_remove(self, path: Path, *, purge: bool = False) -> Removal | None:
        """Stop watching. Memories stay, or with `purge` are erased."""
        root = str(path.expanduser().absolute())
        folder = next((one for one in self._store.folders.all() if root == one.path), None)
        if folder is None:
            raise NothingFound(
                f"{clean(root, keep_newlines=False)} is not watched.", "`secondme watch list` shows what is."
            )
        self._watcher.unwatch(folder.id)
        targets = self._store.removal.sources_of_folder(folder.id) if purge else []
        reached = [self._store.removal.reach(target) for target in targets]
        with self._writing:
            self._store.folders.remove(folder.id)
        if targets:
            self._erase(targets)
        self._notify()
        if not purge:
            return None
        return Removal(root, len(targets), sum(r.spans for r in reached), 0, sum(r.answers for r in reached), False)

    def _folder_status(self, folder: Folder) -> FolderStatus:
        state = "polling" if folder.state == "watching" and self._watcher.polling else folder.state
        files = self._store.folders.file_count(folder.id)
        return FolderStatus(folder.id, clean(folder.path, keep_newlines=False), state, files, folder.last_scan_at)

    def _watch_all(self) -> None:
        for folder in self._store.folders.all():
            if folder.state != "paused":
                self._watcher.watch(folder)
                self._rescan(folder.id)

    def _rescan_all(self) -> None:
        for folder in self._store.folders.all():
            self._rescan(folder.id)

    def _rescan(self, folder_id: str) -> None:
        """Scan one folder if it is still watched. Runs on background threads: nothing may escape."""
        folder = next((one for one in self._store.folders.all() if one.id == folder_id), None)
        if folder is None or folder.state == "paused" or self._closing.is_set():
            return
        with self._writing:
            if self._closing.is_set():
                return
            self._activity = "looking at watched folders"
            try:
                for result in self._scan.run(folder, self._settings.me_name):
                    if result.outcome != "skipped":
                        self._indexer.wake()
                    if self._closing.is_set():
                        return
            except Exception as error:  # the next scan tries again; the status shows the folder's last scan
                log.error("a scan failed: %s", type(error).__name__)
            finally:
                self._activity = ""
        self._written()

    # --- settings -----------------------------------------------------------------------------------

    def setting(self, key: str) -> str:
        """Value of a setting as text."""
        return value_of(self._settings, key)

    def set_setting(self, key: str, value: str) -> None:
        """Change a setting, in force at once."""
        save(self._places.config_file, key, value)
        self.reload()

    def reload(self) -> None:
        """Read the settings file again."""
        before = self._settings
        self._settings, self._warnings = load(self._places.config_file)
        if _model_settings(before) != _model_settings(self._settings):
            self._runtimes.close()
        self._notify()

    def set_welcomed(self) -> None:
        """The welcome was answered or skipped."""
        self._store.database.set_fact("welcomed", "yes")
        self._notify()

    def _model(self) -> LanguageModel | None:
        return self._given_model or self._runtimes.language_model(self._settings)

    # --- snapshots ----------------------------------------------------------------------------------

    def snapshot_export(self, path: Path) -> Iterator[Progress]:
        """Write everything that is truth to one file."""
        return export_snapshot(self._store, path)

    def snapshot_import(self, path: Path) -> Iterator[Progress]:
        """Bring a snapshot into this empty store."""
        with self._writing:
            yield from import_snapshot(self._store, path)
            self._store.vectors.forget_loaded()
            if self._embedder is not None:
                self._store.outbox.enqueue_unembedded(self._embedder.model_id)
            self._indexer.discard_index()
        self._written()

    def problems(self) -> list[str]:
        """What the database's own checks find."""
        return self._store.database.problems()


def _model_settings(settings: Settings) -> tuple[str, int, int]:
    return settings.model_path, settings.model_context, settings.model_threads


def _progress(stage: str, done: int, total: int, unit: str, seconds: float) -> Progress:
    rate = done / seconds if seconds > 0 else 0.0
    left = (total - done) / rate if rate > 0 else None
    return Progress(stage, done, total, unit, round(rate, 1), None if left is None else round(left, 1))
