"""The engine: the one façade over store, models and memory. Every door calls it; it is the only writer."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED
from apscheduler.schedulers.background import BackgroundScheduler

from models.protocol import Embedder, LanguageModel
from secondme import __version__
from secondme.api import (
    AskEvent,
    Chat,
    ChatSummary,
    FactView,
    FileTrouble,
    FolderStatus,
    Hit,
    ImportSurvey,
    Ingested,
    IngestEvent,
    JobStatus,
    PassageView,
    Person,
    Pinned,
    Problem,
    Profile,
    Progress,
    Removal,
    Restored,
    RunDetail,
    RunSummary,
    Skipped,
    SourceDetail,
    SourceSummary,
    SourceVersion,
    Status,
    Survey,
    TreeView,
    Undone,
)
from secondme.chat.conversation import Conversation
from secondme.chat.prompt_cache import KeptReading
from secondme.chat.whole_memory import WholeMemory
from secondme.clock import Clock, instant
from secondme.engine.fact_views import correct, correction, fact_views, judge, people
from secondme.engine.job_list import every_job
from secondme.engine.library import FIRST_PASSAGES, PASSAGE_CONTEXT, source_summary
from secondme.engine.run_log import RunLog
from secondme.engine.snapshot import export_snapshot, import_snapshot
from secondme.engine.status import folder_problems
from secondme.errors import NothingFound, SecondMeError, UsageError
from secondme.facts.profile import edit_line, profile
from secondme.folders.watched import WatchedFolders, survey
from secondme.forgetting.reinforcement import pin
from secondme.forgetting.retention import Policy
from secondme.forgetting.retention_views import with_standing
from secondme.ids import new_id
from secondme.index.forest import tree
from secondme.index.indexer import Indexer, pending_work
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.intake import Intake, progress
from secondme.ingest.notes import note
from secondme.ingest.secrets import settle
from secondme.ingest.walk import uri_of
from secondme.jobs.foreground import Foreground
from secondme.jobs.job import Run
from secondme.jobs.scheduler import JobScheduler
from secondme.places import Places
from secondme.readers.exports.detect import is_export
from secondme.readers.sandbox import Reading
from secondme.recall.hits import Scored, hit
from secondme.recall.links import keywords, related, tags
from secondme.recall.search import Recall
from secondme.runtimes.configured import Runtimes, embedder_settings, model_settings
from secondme.settings import bytes_of, load, save, value_of
from secondme.text.clean import clean
from secondme.text.terms import stems
from storage.removal import Target
from storage.store import Store

JOBS_MINUTES = 10
"""How often it is asked whether a job is due."""
FIRST_JOBS_SECONDS = 30
THINK_SECONDS = 15
"""After the last answer, what was said is read for facts."""
LOST_SECONDS = 10
"""How often it is noticed that a watched folder went away or came back."""
NO_EMBEDDER = "none"
log = logging.getLogger(__name__)


class Engine:
    """Implements `secondme.api.door.Door` in the engine's own process."""

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
        self._given_embedder = embedder
        self._embedder = embedder or self._runtimes.embedder(self._settings)
        self._given_model = model
        self._store = Store(
            places.data,
            model_id=self._embedder.model_id if self._embedder else NO_EMBEDDER,
            dimension=self._embedder.dimension if self._embedder else 1,
            sync_threshold=self._settings.index_sync_threshold,
            max_pages=max_pages,
            analyse=stems,
            words_above=self._settings.index_exact_below,
        )
        self._reloading = threading.Lock()
        self._changed = threading.Condition()
        self._changes = 0
        self._recall = Recall(
            self._store,
            self._embedder,
            exact_below=self._settings.index_exact_below,
            me=self._me_names,
            promote=lambda: self._settings.recall_facts == "on",
        )
        reading = KeptReading(
            lambda: self._places.states / "read.json" if bytes_of(self._settings.model_states) else None,
            self._runtimes.forget_states,
        )
        self._whole = WholeMemory(
            self._store,
            reading,
            names=self._me_names,
            model=self._model,
            allowed=self._may_read_everything,
            small=self._small,
            most_tokens=lambda: (
                self._settings.server_context if self._settings.server_url else self._settings.model_context
            ),
            max_tokens=lambda: self._settings.answer_max_tokens,
        )
        self._conversation = Conversation(
            self._store,
            clock,
            self._recall,
            self._model,
            me=lambda: self._settings.me_name,
            read_seconds=lambda: self._settings.answer_read_seconds,
            max_tokens=lambda: self._settings.answer_max_tokens,
            on_written=self._written,
            small=self._small,
            on_begin=lambda: self._night.begin_answer(),
            names=self._me_names,
            whole=self._whole,
        )
        self._foreground = Foreground()
        self._closing = threading.Event()
        self._indexer = self._new_indexer()
        self._intake = Intake(
            self._store,
            clock,
            make=self._ingestion,
            me=self._me_names,
            wait_quiet=self._wait_quiet,
            on_written=self._written,
        )
        self._folders = WatchedFolders(self._store, clock, self._intake, me=self._me_names, on_change=self._notify)
        self._night = JobScheduler(
            self._store,
            clock,
            every_job(lambda run: self._indexer.rebalance(run), self._policy, self._me_names, self._whole),
            settings=lambda: self._settings,
            model=self._model,
            give_way=self._wait_quiet,
            on_change=self._written,  # what fades or comes back leaves or enters the index
            small=self._small,
        )
        self._runs = RunLog(self._store, clock, self._written)
        self._scheduler = BackgroundScheduler(
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}, timezone="UTC"
        )

    def start(self) -> None:
        """Recover what a crash left, then begin indexing and watching in the background."""
        self._conversation.recover()
        self._night.recover()
        self._store.outbox.unpark()
        if self._embedder is not None:
            self._store.outbox.enqueue_unembedded(self._embedder.model_id)
        self._indexer.start()
        threading.Thread(target=self._folders.start, name="watch-start", daemon=True).start()
        self._scheduler.add_job(self._folders.look_everywhere, "interval", hours=1, id="rescan")
        self._scheduler.add_job(self._folders.look_for_lost, "interval", seconds=LOST_SECONDS, id="lost folders")
        first = self._clock.now() + timedelta(seconds=FIRST_JOBS_SECONDS)
        self._scheduler.add_job(self._consider, "interval", minutes=JOBS_MINUTES, id="jobs", next_run_time=first)
        self._scheduler.add_listener(self._scheduler_failed, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._scheduler.start()

    def _consider(self) -> None:
        """Run jobs that are due, once everything taken in is indexed."""
        if self._pending() == 0:
            self._night.consider()

    def _think(self) -> None:
        """After a chat, read what was said in it for facts (post-thinking, as in Think-in-Memory)."""
        self._night.think()

    @staticmethod
    def _scheduler_failed(event: Any) -> None:
        log.error(
            "the scheduled %s was missed or failed: %s", event.job_id, type(getattr(event, "exception", None)).__name__
        )

    def _policy(self) -> Policy:
        policy: Policy = self._settings.forgetting  # type: ignore[assignment]
        return policy

    def close(self) -> None:
        """Stop everything after the step in hand, and close the index and the database cleanly."""
        self._closing.set()
        self._scheduler.shutdown(wait=False)
        self._night.close()
        self._folders.close()
        with self._intake.writing:
            self._intake.close()
            self._indexer.close()
            self._runtimes.close()
            self._store.close()

    def busy(self) -> bool:
        """Whether work is pending that the engine must not leave."""
        return (
            self._conversation.answering()
            or self._intake.writing.locked()
            or self._folders.busy()
            or self._night.holds_engine
            or (self._pending() > 0 and self._indexer.away is None)
        )

    def _wait_quiet(self) -> None:
        """Return when nobody waits for an answer or a search, or when everything ends."""
        while not self._closing.is_set() and not (self._conversation.wait_quiet(1.0) and self._foreground.wait(1.0)):
            pass

    def _me_names(self) -> list[str]:
        """Names by which chats may call me."""
        return [self._settings.me_name, *(name.strip() for name in self._settings.me_also.split(","))]

    # --- status -------------------------------------------------------------------------------------

    def status(self) -> Status:
        """The engine at a glance."""
        counts = self._store.outbox.counts()
        model, embedder = self._model(), self._embedder
        problems = [Problem("settings", warning, "") for warning in self._warnings]
        problems += [Problem("models", p.what, p.remedy) for p in self._runtimes.problems()]
        away = self._recall.away or self._indexer.away
        if away:
            problems.append(Problem("embedder", f"{away.what} Recall finds words only.", away.remedy))
        if self._embedder is None and not problems:
            problems.append(Problem("embedder", "There is no embedder: recall finds words only.", ""))
        if counts.parked:
            problems.append(
                Problem(
                    "index", f"{counts.parked} spans could not be embedded.", "They are tried again at the next start."
                )
            )
        folders = tuple(self._folders.statuses())
        problems += folder_problems(folders, polling=self._folders.polling)
        small = counts.embedded <= self._settings.index_exact_below
        index = {"closed": "exact", "ready": "exact" if small else "ready", "rebuilding": "rebuilding"}
        pending = self._pending()
        scanning = "looking at watched folders" if self._folders.busy() else ""
        activity = self._intake.activity or scanning or ("embedding" if pending else "")
        return Status(
            version=__version__,
            rung="words-only" if self._embedder is None else "full" if model else "no-model",
            model=clean(model.name, keep_newlines=False) if model else "",
            embedder=clean(self._runtimes.embedder_name(embedder), keep_newlines=False) if embedder else "",
            spans=counts.spans,
            embedded=counts.embedded if self._embedder else 0,
            pending=pending,
            sources=counts.sources,
            chats=counts.chats,
            notes=counts.notes,
            index=index[self._store.generations.state] if self._embedder else "off",
            folders=folders,
            activity=activity,
            problems=tuple(problems),
            me=self._settings.me_name,
            faded=counts.faded,
            job=self._night.activity,
            welcomed=self._store.database.fact("welcomed") == "yes",
            leaving=tuple(self._runtimes.leaving(self._settings)),
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
        yield from self._waited(self._taken_in(paths, me), wait)

    def _taken_in(self, paths: Sequence[Path], me: str | None) -> Iterator[IngestEvent]:
        """Files and folders; what is a chat export is read as one."""
        others = [path for path in paths if not is_export(path)]
        total: Ingested | None = None
        work = [(path, self._intake.export(path, "", me)) for path in paths if path not in others]
        work += [(others[0], self._intake.files(others, me))] if others else []
        for path, events in work:
            try:
                for event in events:
                    if not isinstance(event, Ingested):
                        yield event
                    else:
                        total = _added_up(total, event)
            except UsageError as error:
                yield Skipped(clean(str(path), keep_newlines=False), error.what)
                total = _added_up(total, Ingested(0, 0, 0, 1, 0, 0.0))
        if total is not None:
            yield total

    def survey(self, path: Path) -> Survey:
        """A dry run: what taking in a file or folder would read."""
        return survey(path, self._settings.ingest_max_bytes)

    def import_survey(self, path: Path, *, platform: str = "") -> ImportSurvey:
        """What a chat export holds and who speaks in it."""
        return self._intake.survey_export(path, platform)

    def import_export(
        self, path: Path, *, platform: str = "", me: str | None = None, wait: bool = True
    ) -> Iterator[IngestEvent]:
        """Take in a chat export."""
        yield from self._waited(self._intake.export(path, platform, me), wait)

    def failures(self, *, include_skipped: bool = False) -> list[FileTrouble]:
        """Files that were not taken in, and why."""
        return self._intake.failures(include_skipped=include_skipped)

    def retry(self, paths: Sequence[Path] = ()) -> int:
        """Try failed files again in the background, all or these; returns how many."""
        folders, files, count = self._intake.retry(paths)
        for folder_id in folders:
            self._folders.look(folder_id)
        if files:
            work = threading.Thread(target=lambda: list(self._intake.files(files, None)), name="retry", daemon=True)
            work.start()
        return count

    def _waited(self, events: Iterator[IngestEvent], wait: bool) -> Iterator[IngestEvent]:
        """Events of an intake; with `wait` the last one comes when all of it is embedded."""
        begun = self._clock.monotonic()
        end: Ingested | None = None
        for event in events:
            if isinstance(event, Ingested):
                end = event
            else:
                yield event
        self._written()
        if end is None:
            return
        if wait:
            yield from self.wait_indexed()
        yield dataclasses.replace(end, seconds=round(self._clock.monotonic() - begun, 3))

    def wait_indexed(self) -> Iterator[Progress]:
        """Progress of embedding until nothing is pending; each closes within a quarter of a second."""
        begun = self._clock.monotonic()
        total = self._pending()
        while True:
            pending = self._pending()
            total = max(total, pending)
            if pending == 0 or self._closing.is_set():
                return
            away = self._indexer.away
            if away:
                raise SecondMeError(away.what, away.remedy, "What was taken in is safe, and is embedded later.")
            if self._indexer.error:
                raise SecondMeError(
                    f"Embedding stopped ({self._indexer.error}).",
                    "See `secondme doctor`.",
                    "What was taken in is safe.",
                )
            yield progress("embedding", total - pending, total, "spans", self._clock.monotonic() - begun)
            with self._changed:
                self._changed.wait(timeout=0.25)

    def remember(self, text: str, *, secrets: str = "ask") -> str:
        """Keep a note spoken by me; returns its source id.

        `secrets`: what to do with text that looks like a key: keep it, mask it, or ask (raises SecretFound).
        """
        text = settle(clean(text).strip(), secrets)
        if not text:
            raise UsageError("The note is empty.", "Say what to remember.")
        source, document, spans = note(text, self._settings.me_name or "Me", self._clock, new_id())
        self._store.spans.add_version(source, document, spans, source.added_at)
        self._written()
        return source.id

    def _ingestion(self, reading: Reading) -> Ingestion:
        return Ingestion(
            self._store,
            self._clock,
            count_tokens=self._embedder.count_tokens if self._embedder else None,
            max_bytes=self._settings.ingest_max_bytes,
            reading=reading,
        )

    # --- asking -------------------------------------------------------------------------------------

    def ask(
        self, question: str, *, chat_id: str | None = None, remember: bool = True, secrets: str = "ask"
    ) -> Iterator[AskEvent]:
        """Answer in a chat. `secrets`: as with `remember`, for a question that is kept."""
        if remember:
            question = settle(question, secrets)
        yield from self._conversation.ask(question, chat_id=chat_id, remember=remember)
        if remember and not self._closing.is_set():
            soon = self._clock.now() + timedelta(seconds=THINK_SECONDS)
            self._scheduler.add_job(self._think, "date", run_date=soon, id="think", replace_existing=True)

    def stop(self, message_id: str) -> None:
        """Stop an answer."""
        self._conversation.stop(message_id)

    def recall(
        self,
        query: str,
        *,
        k: int = 10,
        include_assistant: bool = True,
        explain: bool = False,
        faded: bool = False,
    ) -> list[Hit]:
        """The k best spans."""
        if k < 1:
            raise UsageError("k must be at least 1.")
        with self._foreground:
            found = self._recall.search(
                clean(query),
                k,
                evidence_only=not include_assistant,
                asked_at=self._clock.now(),
                explain=explain,
                faded="always" if faded else "second look",
            )
            return with_standing(self._store, [hit(scored) for scored in found], self._clock.now(), self._policy())

    def tree(self, by: str = "topic", node: str = "") -> TreeView:
        """What is below a node."""
        return tree(self._store, by, node)

    def rebalance(self) -> Iterator[Progress]:
        """Build the memory tree anew, as a run that can be undone."""
        for event in self._night.run("rebalance", force=True):
            if isinstance(event, Progress):
                yield event

    def chats(self) -> list[ChatSummary]:
        """Chats held here, latest first."""
        return [ChatSummary(c.id, c.title, c.messages, c.started_at, c.last_at) for c in self._store.chats.all()]

    def chat(self, chat_id: str) -> Chat:
        """One chat with its messages."""
        return self._conversation.open(chat_id)

    def passage(self, span_id: str) -> PassageView:
        """A span in its document."""
        found = self._store.spans.by_id([span_id]).get(span_id) or self._store.spans.beginning(span_id)
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
        shown = with_standing(self._store, [hit(Scored(found, 0.0, ()))], self._clock.now(), self._policy())[0]
        return PassageView(
            hit=shown,
            before="".join(f"{text}\n\n" for ordinal, text in lines if ordinal < span.ordinal),
            after="".join(f"\n\n{text}" for ordinal, text in lines if ordinal > span.ordinal),
            version=found.version,
            archived=not found.live,
            keywords=keywords(self._store, span.text),
            tags=tags(self._store, span.id),
            related=related(self._store, found, self._me_names()),
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
        with self._intake.writing:
            # What models have read goes first, so that a crash leaves none of it, and again for what they read meanwhile;
            # their processes, which hold it in memory, end with it.
            self._runtimes.forget_states()
            self._store.removal.erase(targets, instant(self._clock.now()))
            self._store.vectors.forget_loaded()
            self._indexer.discard_index()
            self._whole.reading.erase()
        self._written()

    def _target(self, text: str) -> Target:
        path = uri_of(str(Path(text).expanduser().absolute())) if text else ""
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

    def sources(self, *, include_gone: bool = False, limit: int = -1) -> list[SourceSummary]:
        """Sources, newest first: all, or the first `limit`."""
        return [source_summary(row) for row in self._store.spans.sources(include_gone=include_gone, limit=limit)]

    def source(self, target: str) -> SourceDetail:
        """One source with its versions and first passages."""
        found = self._target(target)
        rows = self._store.spans.sources(include_gone=True, only=found.id)
        if not rows:
            raise NothingFound("This is a message, not a source.", "`secondme sources` lists sources.")
        summary = source_summary(rows[0])
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
            passages=tuple(hit(Scored(one, 0.0, ())) for one in first if one.live),
            tables=tuple(f"{one.name}: {one.rows:,} rows" for one in self._store.sheets.of_source(found.id)),
        )

    # --- watched folders ----------------------------------------------------------------------------

    def watch_add(self, path: Path) -> FolderStatus:
        """Watch a folder: index it now, in the background, and keep it right."""
        return self._folders.add(path)

    def watch_list(self) -> list[FolderStatus]:
        """Watched folders."""
        return self._folders.statuses()

    def watch_pause(self, path: Path) -> FolderStatus:
        """Look at a folder no more until it is resumed."""
        return self._folders.pause(path)

    def watch_resume(self, path: Path) -> FolderStatus:
        """Keep a paused folder right again."""
        return self._folders.resume(path)

    def watch_rescan(self, path: Path | None = None) -> list[FolderStatus]:
        """Look at one folder or at all, now, in the background."""
        return self._folders.rescan(path)

    def watch_confirm(self, path: Path) -> FolderStatus:
        """Much of a folder is gone, and that is right: its memories may fade."""
        return self._folders.confirm(path)

    def watch_remove(self, path: Path, *, purge: bool = False) -> Removal | None:
        """Stop watching. Memories stay, or with `purge` are erased."""
        folder = self._folders.find(path)
        targets = self._store.removal.sources_of_folder(folder.id) if purge else []
        reached = [self._store.removal.reach(target) for target in targets]
        self._folders.forget(folder)
        if targets:
            self._erase(targets)
        if not purge:
            return None
        return Removal(
            folder.path, len(targets), sum(r.spans for r in reached), 0, sum(r.answers for r in reached), False
        )

    # --- the night ----------------------------------------------------------------------------------

    def jobs(self) -> list[JobStatus]:
        """Background jobs."""
        return self._night.statuses()

    def job_run(self, name: str, *, dry_run: bool = False) -> Iterator[Progress | RunDetail]:
        """Run a job now, or preview it."""
        with closing(self._night.run(name, dry=dry_run)) as events:
            for event in events:
                yield self._runs.detail_of(event) if isinstance(event, Run) else event

    def job_pause(self, name: str = "", *, paused: bool = True) -> list[JobStatus]:
        """Pause a job or all, or let them go on."""
        self._night.pause(name, paused=paused)
        return self._night.statuses()

    def job_stop(self) -> bool:
        """Stop the job that runs; what it did is kept."""
        return self._night.stop()

    def runs(self, limit: int = 50) -> list[RunSummary]:
        """The latest runs, newest first."""
        return self._runs.summaries(limit)

    def run(self, name: str) -> RunDetail:
        """One run with what it did."""
        return self._runs.detail(name)

    def undo(self, name: str) -> Undone:
        """Give back every row that a run changed, or say which were changed since."""
        return self._runs.undo(name)

    def facts(
        self,
        *,
        about: str = "",
        as_of: str = "",
        known_at: str = "",
        everything: bool = False,
        contradicted: bool = False,
    ) -> list[FactView]:
        """What was said of people."""
        today = instant(self._clock.now())[:10]
        return fact_views(
            self._store,
            self._me_names(),
            about=about,
            day="" if everything else _day(as_of) or today,
            known_at=f"{_day(known_at)}~" if known_at else "",
            contradicted=contradicted,
        )

    def judge_fact(self, fact_id: str, verdict: str) -> list[FactView]:
        """What a person makes of a fact."""
        return judge(self._store, self._me_names(), fact_id, verdict, instant(self._clock.now()))

    def correct_fact(self, fact_id: str, thing: str, *, since: str = "") -> list[FactView]:
        """Another object for a fact, by hand: a note keeps it."""
        thing = " ".join(clean(thing, keep_newlines=False).split())
        if not thing:
            raise UsageError("The correction is empty.", "Say what is right instead.")
        text = correction(self._store, fact_id, thing)
        source, document, spans = note(text, self._settings.me_name or "Me", self._clock, new_id())
        self._store.spans.add_version(source, document, spans, source.added_at)
        self._written()
        now = instant(self._clock.now())
        return correct(self._store, self._me_names(), fact_id, thing, _day(since), spans[0], now)

    def people(self) -> list[Person]:
        """Names that were found to be one person's."""
        return people(self._store, self._me_names())

    def profile(self, *, as_of: str = "", hidden: bool = False) -> Profile:
        """What is known about the person."""
        return profile(self._store, self._clock.now(), self._me_names(), as_of=_day(as_of), hidden=hidden)

    def edit_profile(self, line: str, action: str, text: str = "") -> Profile:
        """What a person does to a line of the profile."""
        text = clean(text, keep_newlines=False)
        return edit_line(self._store, self._clock.now(), self._me_names(), line, action, text)

    def pin(self, target: str, *, pinned: bool = True) -> Pinned:
        """Pin or unpin a memory (a passage's id), or all memories of a source."""
        if self._store.spans.by_id([target]):
            spans = [target]
        else:
            found = self._target(target)
            rows = self._store.spans.of_source(found.id) if found.kind == "source" else []
            spans = [span.id for span, archived in rows if not archived]
        count = pin(self._store, spans, self._clock.now(), pinned=pinned)
        self._written()
        return Pinned(target, count, pinned)

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
        if model_settings(before) != model_settings(self._settings):
            self._runtimes.close()
        if self._given_embedder is None and embedder_settings(before) != embedder_settings(self._settings):
            self._change_embedder()
        self._notify()

    def _change_embedder(self) -> None:
        """Another embedder from now on: a new generation, filled in the background; words are found meanwhile.

        Vectors of the one before stay, so that going back takes no embedding.
        """
        with self._reloading:
            self._embedder = self._runtimes.embedder(self._settings)
            model_id = self._embedder.model_id if self._embedder else NO_EMBEDDER
            self._indexer.close()
            self._recall.use_embedder(None)
            self._store.use_embedder(model_id, self._embedder.dimension if self._embedder else 1)
            self._recall.use_embedder(self._embedder)
            if self._embedder is not None:
                self._store.outbox.enqueue_unembedded(model_id)
            self._indexer = self._new_indexer()
            self._indexer.start()

    def _new_indexer(self) -> Indexer:
        return Indexer(self._store, self._embedder, on_change=self._notify, wait_quiet=self._wait_quiet)

    def set_welcomed(self) -> None:
        """The welcome was answered or skipped."""
        self._store.database.set_fact("welcomed", "yes")
        self._notify()

    def _small(self) -> bool:
        return self._given_model is None and self._runtimes.small_model(self._settings)

    def _may_read_everything(self) -> bool:
        """A small model strays when it reads much, and a server elsewhere was allowed what is recalled, not everything."""
        if self._settings.answer_everything != "auto":
            return self._settings.answer_everything == "always"
        return not self._small() and self._runtimes.answers_here(self._settings)

    def _model(self) -> LanguageModel | None:
        return self._given_model or self._runtimes.language_model(self._settings)

    # --- snapshots ----------------------------------------------------------------------------------

    def snapshot_export(self, path: Path) -> Iterator[Progress]:
        """Write everything that is truth to one file."""
        return export_snapshot(self._store, path)

    def snapshot_import(self, path: Path) -> Iterator[Progress]:
        """Bring a snapshot into this empty store."""
        with self._intake.writing:
            yield from import_snapshot(self._store, path)
            self._store.vectors.forget_loaded()
            if self._embedder is not None:
                self._store.outbox.enqueue_unembedded(self._embedder.model_id)
            self._indexer.discard_index()
        self._written()

    def problems(self) -> list[str]:
        """What the database's own checks find."""
        return self._store.database.problems()


def _day(text: str) -> str:
    """An ISO date that a person typed. Raises UsageError."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError as error:
        raise UsageError(f"{clean(text, keep_newlines=False)!r} is no date.", "Write it as 2024-05-03.") from error


def _added_up(one: Ingested | None, other: Ingested) -> Ingested:
    if one is None:
        return other
    counts = ("added", "updated", "unchanged", "skipped", "spans", "seconds", "failed")
    return dataclasses.replace(other, **{name: getattr(one, name) + getattr(other, name) for name in counts})
