"""The engine: the facade over store, models and memory. Every door calls it; it is the only writer.

It hands each operation on to a part; what an operation does stands in the part, what it promises in
`secondme.api.door.Door`, and how the parts are wired in `secondme.engine.parts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

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
from secondme.engine.adapter_door import AdapterDoor
from secondme.engine.memory_life import memory_life
from secondme.engine.parts import Parts
from secondme.engine.program_door import ProgramDoor
from secondme.engine.snapshot import export_snapshot, import_snapshot
from secondme.errors import UsageError
from secondme.folders.watched import survey
from secondme.forgetting.retention_views import with_standing
from secondme.index.forest import tree
from secondme.ingest.secrets import settle
from secondme.jobs.job import Run
from secondme.recall.hits import hit
from secondme.runtimes.configured import embedder_settings, model_settings
from secondme.settings import save, value_of
from secondme.text.clean import clean

APART = 3
"""Earlier questions, and as many answers, that a search shows after what was said and kept."""


class Engine(Parts, ProgramDoor, AdapterDoor):
    """Implements `secondme.api.door.Door` in the engine's own process."""

    # --- status, settings ---------------------------------------------------------------------------

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

    def note_text(self, span_id: str) -> str:
        return self._edits.note_text(span_id)

    def edit_note(self, span_id: str, text: str, *, secrets: str = "ask") -> str:
        return self._edits.edit_note(span_id, text, secrets)

    def merge_memories(self, span_id: str, into: str) -> str:
        return self._edits.merge(span_id, into)

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
        self._program_calls.stop(message_id)

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
        return self._days.counts()

    def day(self, day: str) -> list[DayEvent]:
        return self._days.events(day)

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

    def merge_people(self, name: str, into: str) -> str:
        return self._knowledge.merge_people(name, into)

    def profile(self, *, as_of: str = "", hidden: bool = False) -> Profile:
        return self._knowledge.profile(as_of=as_of, hidden=hidden)

    def edit_profile(self, line: str, action: str, text: str = "") -> Profile:
        return self._knowledge.edit_profile(line, action, text)

    # --- snapshots ----------------------------------------------------------------------------------

    def snapshot_export(self, path: Path, *, adapters: bool = False) -> Iterator[Progress]:
        return export_snapshot(self._store, path, adapters=adapters)

    def snapshot_import(self, path: Path) -> Iterator[Progress]:
        with self._taking_in.intake.writing:
            yield from import_snapshot(self._store, path)
            self._store.removal.hide_derived()
            self._store.vectors.forget_loaded()
            self._enqueue_unembedded()
            self._indexer.discard_index()
        self._written()
