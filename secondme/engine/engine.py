"""The engine: the facade over store, models and memory. Every door calls it; it is the only writer.

It wires the parts and hands each operation on; what an operation does stands in the part, what it promises in
`secondme.api.door.Door`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from models.protocol import Embedder, LanguageModel
from secondme.api import (
    AskEvent,
    Chat,
    ChatSummary,
    DayCount,
    DayEvent,
    Dependents,
    FactView,
    FileTrouble,
    FolderStatus,
    Hit,
    ImportSurvey,
    IngestEvent,
    JobStatus,
    MemoryLife,
    PassageView,
    Person,
    Pinned,
    Profile,
    Progress,
    Removal,
    Restored,
    RunDetail,
    RunSummary,
    SourceDetail,
    SourceSummary,
    Status,
    Survey,
    TreeView,
    Undone,
    Why,
)
from secondme.chat.conversation import Conversation
from secondme.chat.messages import Messages
from secondme.chat.prompt_cache import PromptCache
from secondme.chat.whole_memory import WholeMemory
from secondme.clock import Clock
from secondme.engine.changes import Changes
from secondme.engine.job_list import job_list
from secondme.engine.knowledge import Knowledge
from secondme.engine.library import Library
from secondme.engine.live_settings import LiveSettings
from secondme.engine.memory_life import memory_life
from secondme.engine.models_in_use import ModelsInUse
from secondme.engine.program_door import ProgramDoor
from secondme.engine.run_log import RunLog
from secondme.engine.snapshot import export_snapshot, import_snapshot
from secondme.engine.status import StatusReport
from secondme.engine.taking_in import TakingIn
from secondme.engine.timeline import Days
from secondme.engine.timetable import Timetable
from secondme.engine.why import Reasons
from secondme.errors import UsageError
from secondme.folders.watched import WatchedFolders, survey
from secondme.forgetting.retention_views import with_standing
from secondme.index.forest import tree
from secondme.index.indexer import Indexer
from secondme.ingest.secrets import settle
from secondme.jobs.foreground import Foreground
from secondme.jobs.job import Job, Run
from secondme.jobs.scheduler import JobScheduler
from secondme.places import Places
from secondme.recall.hits import hit
from secondme.recall.search import Recall
from secondme.runtimes.configured import ConfiguredModels, embedder_settings, model_settings
from secondme.settings import save, value_of
from secondme.text.clean import clean
from secondme.text.terms import index_terms
from storage.store import Store

APART = 3
"""Earlier questions, and as many answers, that a search shows after what was said and kept."""


class Engine(ProgramDoor):
    """Implements `secondme.api.door.Door` in the engine's own process."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        *,
        embedder: Embedder | None = None,
        model: LanguageModel | None = None,
        runtimes: ConfiguredModels | None = None,
        max_pages: int | None = None,
        more_jobs: Sequence[Job] = (),
    ) -> None:
        """Open the store and wire the parts. `embedder` and `model` stand in for the configured ones.

        Raises StoreError, ModelError or SecondMeError with a remedy.
        """
        self._places, self._clock = places, clock
        self._changes = Changes()
        self._foreground = Foreground()
        self._reloading = threading.Lock()
        self._settings = settings = LiveSettings(places)
        self._models = models = ModelsInUse(settings, runtimes or ConfiguredModels(places), embedder, model)
        self._store = store = Store(
            places.data,
            model_id=models.embedder_id,
            dimension=models.dimension,
            sync_threshold=settings.now.index_sync_threshold,
            max_pages=max_pages,
            analyse=index_terms,
            words_above=settings.now.index_exact_below,
        )
        self._recall = Recall(
            store,
            models.embedder,
            exact_below=settings.now.index_exact_below,
            me=settings.me_names,
            promote=settings.promotes_facts,
        )
        whole = WholeMemory(
            store,
            PromptCache(settings.states_file, models.runtimes.forget_states),
            names=settings.me_names,
            model=models.model,
            allowed=models.may_read_everything,
            small=models.is_small,
            most_tokens=settings.context_tokens,
            max_tokens=settings.max_tokens,
        )
        self._conversation = Conversation(
            store,
            clock,
            self._recall,
            models.model,
            me=settings.me,
            read_seconds=settings.read_seconds,
            max_tokens=settings.max_tokens,
            thinking_tokens=settings.thinking_tokens,
            on_written=self._written,
            small=models.is_small,
            on_begin=lambda: self._jobs.begin_answer(),
            names=settings.me_names,
            whole=whole,
            scorer=models.sentence_scorer,
        )
        self._indexer = self._new_indexer()
        self._taking_in = TakingIn(
            store,
            clock,
            settings,
            models,
            self._changes,
            indexer=lambda: self._indexer,
            wait_quiet=self._wait_quiet,
            on_written=self._written,
        )
        self._folders = WatchedFolders(
            store, clock, self._taking_in.intake, me=settings.me_names, on_change=self._changes.notify
        )
        self._jobs = JobScheduler(
            store,
            clock,
            (
                *job_list(lambda run: self._indexer.rebalance(run), settings.policy, settings.me_names, whole),
                *more_jobs,
            ),
            settings=settings.current,
            model=models.model,
            give_way=self._wait_quiet,
            on_change=self._written,  # what fades or comes back leaves or enters the index
            small=models.is_small,
        )
        self._timetable = Timetable(clock, self._folders, self._jobs, self._taking_in.pending)
        self._run_log = RunLog(store, clock, self._written)
        self._knowledge = Knowledge(store, clock, settings, self._taking_in)
        messages = Messages(store, clock, me=settings.me, on_written=lambda: None)
        self._reasons = Reasons(store, clock, self._recall, messages, me=settings.me_names, policy=settings.policy)
        self._library = Library(
            store,
            clock,
            settings,
            runtimes=models.runtimes,
            whole=whole,
            writing=self._taking_in.intake.writing,
            discard_index=lambda: self._indexer.discard_index(),
            on_written=self._written,
        )
        self._status = StatusReport(
            store,
            settings,
            models,
            self._changes,
            recall=self._recall,
            taking_in=self._taking_in,
            folders=self._folders,
            jobs=self._jobs,
            indexer=lambda: self._indexer,
        )

    # --- running ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Recover what a crash left, then begin indexing and watching in the background."""
        self._conversation.recover()
        self._jobs.recover()
        self._library.hide_older_answers()
        self._store.outbox.unpark()
        self._enqueue_unembedded()
        self._indexer.start()
        threading.Thread(target=self._folders.start, name="watch-start", daemon=True).start()
        self._timetable.start()

    def close(self) -> None:
        """Stop everything after the step in hand, and close the index and the database cleanly."""
        self._changes.closing.set()
        self._timetable.close()
        self._jobs.close()
        self._folders.close()
        intake = self._taking_in.intake
        with intake.writing:
            intake.close()
            self._indexer.close()
            self._models.runtimes.close()
            self._store.close()

    def busy(self) -> bool:
        """Whether work is pending that the engine must not leave."""
        return (
            self._conversation.answering()
            or self._taking_in.intake.writing.locked()
            or self._folders.busy()
            or self._jobs.holds_engine
            or (self._taking_in.pending() > 0 and self._indexer.away is None)
        )

    def settle(self) -> None:
        """Do now what follows an answer: what was said is read for facts and indexed."""
        self._jobs.follow_chat()
        for _ in self._taking_in.wait_indexed():
            pass

    def run_due_jobs(self) -> None:
        """Run the jobs that are due, as the timetable does."""
        self._jobs.run_due()

    def _wait_quiet(self) -> None:
        """Return when nobody waits for an answer or a search, or when everything ends."""
        while not self._changes.closing.is_set() and not (
            self._conversation.wait_quiet(1.0) and self._foreground.wait(1.0)
        ):
            pass

    def _written(self) -> None:
        self._indexer.wake()
        self._changes.notify()

    def _enqueue_unembedded(self) -> None:
        if self._models.embedder is not None:
            self._store.outbox.enqueue_unembedded(self._models.embedder_id)

    def _new_indexer(self) -> Indexer:
        return Indexer(self._store, self._models.embedder, on_change=self._changes.notify, wait_quiet=self._wait_quiet)

    def _change_embedder(self) -> None:
        """Embed anew with the embedder that is set now, in the background; words are found meanwhile.

        Vectors of the embedder before stay, so that going back takes no embedding.
        """
        with self._reloading:
            self._models.change_embedder()
            self._indexer.close()
            self._recall.use_embedder(None)
            self._store.use_embedder(self._models.embedder_id, self._models.dimension)
            self._recall.use_embedder(self._models.embedder)
            self._enqueue_unembedded()
            self._indexer = self._new_indexer()
            self._indexer.start()

    # --- operations of the Door: status, settings ---------------------------------------------------

    def status(self) -> Status:
        return self._status.status()

    def watch_status(self) -> Iterator[Status]:
        return self._status.watch()

    def problems(self) -> list[str]:
        return self._store.database.problems()

    def setting(self, key: str) -> str:
        return value_of(self._settings.now, key)

    def set_setting(self, key: str, value: str) -> None:
        save(self._places.config_file, key, value)
        self.reload()

    def reload(self) -> None:
        before = self._settings.reload()
        if model_settings(before) != model_settings(self._settings.now):
            self._models.runtimes.close()
        self._models.runtimes.look_again()
        changed = embedder_settings(before) != embedder_settings(self._settings.now)
        if (changed or self._models.embedder is None) and not self._models.embedder_is_given:
            self._change_embedder()
        self._changes.notify()

    def set_welcomed(self) -> None:
        self._store.database.set_fact("welcomed", "yes")
        self._changes.notify()

    # --- taking in ----------------------------------------------------------------------------------

    def ingest(self, paths: Sequence[Path], *, me: str | None = None, wait: bool = True) -> Iterator[IngestEvent]:
        return self._taking_in.files(paths, me, wait=wait)

    def survey(self, path: Path) -> Survey:
        return survey(path, self._settings.now.ingest_max_bytes)

    def import_survey(self, path: Path, *, platform: str = "") -> ImportSurvey:
        return self._taking_in.intake.survey_export(path, platform)

    def import_export(
        self, path: Path, *, platform: str = "", me: str | None = None, wait: bool = True
    ) -> Iterator[IngestEvent]:
        return self._taking_in.export(path, platform, me, wait=wait)

    def failures(self, *, include_skipped: bool = False) -> list[FileTrouble]:
        return self._taking_in.intake.failures(include_skipped=include_skipped)

    def retry(self, paths: Sequence[Path] = ()) -> int:
        return self._taking_in.retry(paths, self._folders)

    def wait_indexed(self) -> Iterator[Progress]:
        return self._taking_in.wait_indexed()

    def remember(self, text: str, *, secrets: str = "ask") -> str:
        return self._taking_in.remember(text, secrets)

    # --- asking -------------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        *,
        chat_id: str | None = None,
        remember: bool = True,
        secrets: str = "ask",
        instead_of: str = "",
        named: Sequence[str] = (),
    ) -> Iterator[AskEvent]:
        if remember:
            question = settle(question, secrets)
        yield from self._conversation.ask(
            question, chat_id=chat_id, remember=remember, instead_of=instead_of, named=named
        )
        if remember and not self._changes.closing.is_set():
            self._timetable.follow_chat()

    def answer_again(self, message_id: str) -> Iterator[AskEvent]:
        return self._conversation.answer_again(message_id)

    def choose_version(self, message_id: str) -> Chat:
        return self._conversation.messages.choose(message_id)

    def stop(self, message_id: str) -> None:
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
        if k < 1:
            raise UsageError("k must be at least 1.")
        with self._foreground:
            now = self._clock.now()
            found = self._recall.search(
                clean(query),
                k,
                evidence_only=not include_assistant,
                asked_at=now,
                explain=explain,
                faded="always" if faded else "second look",
                apart=APART if include_assistant else 0,
            )
            return with_standing(self._store, [hit(scored) for scored in found], now, self._settings.policy())

    def chats(self) -> list[ChatSummary]:
        return self._conversation.messages.chats()

    def chat(self, chat_id: str, *, last: int = 0) -> Chat:
        return self._conversation.messages.open(chat_id, last)

    def rename_chat(self, chat_id: str, title: str) -> list[ChatSummary]:
        self._conversation.messages.rename(chat_id, title)
        return self.chats()

    def archive_chat(self, chat_id: str, *, archived: bool = True) -> list[ChatSummary]:
        self._conversation.messages.archive(chat_id, archived=archived)
        return self.chats()

    # --- what there is, and taking it out -----------------------------------------------------------

    def sources(self, *, include_gone: bool = False, limit: int = -1) -> list[SourceSummary]:
        return self._library.sources(include_gone=include_gone, limit=limit)

    def source(self, target: str) -> SourceDetail:
        return self._library.source(target)

    def passage(self, span_id: str) -> PassageView:
        return self._library.passage(span_id)

    def memory(self, span_id: str) -> MemoryLife:
        passage = self._library.passage(span_id)
        return memory_life(self._store, passage, self._clock.now(), self._settings.policy())

    def tree(self, by: str = "topic", node: str = "", *, first: int = 0, limit: int = -1) -> TreeView:
        return tree(self._store, by, node, first=first, limit=limit)

    def days(self) -> list[DayCount]:
        return Days(self._store).counts()

    def day(self, day: str) -> list[DayEvent]:
        return Days(self._store).events(day)

    def why(self, target: str, question: str = "") -> Why:
        with self._foreground:
            return self._reasons.why(target, question)

    def forget(self, target: str, *, dry_run: bool = False) -> Removal:
        return self._library.hide(target, dry_run=dry_run)

    def dependents(self, target: str) -> Dependents:
        return self._library.dependents(target)

    def restore(self, target: str) -> Restored:
        return self._library.restore(target)

    def purge(self, target: str, *, dry_run: bool = False) -> Removal:
        return self._library.purge(target, dry_run=dry_run)

    def pin(self, target: str, *, pinned: bool = True) -> Pinned:
        return self._library.pin(target, pinned=pinned)

    # --- watched folders ----------------------------------------------------------------------------

    def watch_add(self, path: Path) -> FolderStatus:
        return self._folders.add(path)

    def watch_list(self) -> list[FolderStatus]:
        return self._folders.statuses()

    def watch_pause(self, path: Path) -> FolderStatus:
        return self._folders.pause(path)

    def watch_resume(self, path: Path) -> FolderStatus:
        return self._folders.resume(path)

    def watch_rescan(self, path: Path | None = None) -> list[FolderStatus]:
        return self._folders.rescan(path)

    def watch_confirm(self, path: Path) -> FolderStatus:
        return self._folders.confirm(path)

    def watch_remove(self, path: Path, *, purge: bool = False) -> Removal | None:
        folder = self._folders.find(path)
        if not purge:
            self._folders.forget(folder)
            return None
        return self._library.erase_folder(folder, self._folders.forget)

    # --- background jobs ----------------------------------------------------------------------------

    def jobs(self) -> list[JobStatus]:
        return self._jobs.statuses()

    def job_run(self, name: str, *, dry_run: bool = False) -> Iterator[Progress | RunDetail]:
        with closing(self._jobs.run(name, dry=dry_run)) as events:
            for event in events:
                yield self._run_log.detail_of(event) if isinstance(event, Run) else event

    def job_pause(self, name: str = "", *, paused: bool = True) -> list[JobStatus]:
        self._jobs.pause(name, paused=paused)
        return self._jobs.statuses()

    def job_stop(self) -> bool:
        return self._jobs.stop()

    def rebalance(self) -> Iterator[Progress]:
        with closing(self._jobs.run("rebalance", force=True)) as events:
            yield from (event for event in events if isinstance(event, Progress))

    def runs(self, limit: int = 50) -> list[RunSummary]:
        return self._run_log.summaries(limit)

    def run(self, name: str) -> RunDetail:
        return self._run_log.detail(name)

    def undo(self, name: str) -> Undone:
        return self._run_log.undo(name)

    # --- what is known of people --------------------------------------------------------------------

    def facts(
        self,
        *,
        about: str = "",
        as_of: str = "",
        known_at: str = "",
        everything: bool = False,
        contradicted: bool = False,
    ) -> list[FactView]:
        return self._knowledge.facts(
            about=about, as_of=as_of, known_at=known_at, everything=everything, contradicted=contradicted
        )

    def judge_fact(self, fact_id: str, verdict: str) -> list[FactView]:
        return self._knowledge.judge(fact_id, verdict)

    def correct_fact(self, fact_id: str, thing: str, *, since: str = "") -> list[FactView]:
        return self._knowledge.correct(fact_id, thing, since=since)

    def people(self) -> list[Person]:
        return self._knowledge.people()

    def profile(self, *, as_of: str = "", hidden: bool = False) -> Profile:
        return self._knowledge.profile(as_of=as_of, hidden=hidden)

    def edit_profile(self, line: str, action: str, text: str = "") -> Profile:
        return self._knowledge.edit_profile(line, action, text)

    # --- snapshots ----------------------------------------------------------------------------------

    def snapshot_export(self, path: Path) -> Iterator[Progress]:
        return export_snapshot(self._store, path)

    def snapshot_import(self, path: Path) -> Iterator[Progress]:
        with self._taking_in.intake.writing:
            yield from import_snapshot(self._store, path)
            self._store.removal.hide_derived()
            self._store.vectors.forget_loaded()
            self._enqueue_unembedded()
            self._indexer.discard_index()
        self._written()
