"""A door whose answers the test writes: each stream gives exactly what the test sends, when it does."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar, cast, get_args, get_origin

from secondme.api import (
    Adapter,
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
    Program,
    ProgramCall,
    ProgramState,
    Progress,
    Proposal,
    Removal,
    Restored,
    RunDetail,
    RunSummary,
    SourceSummary,
    Status,
    Survey,
    TreeNode,
    TreeView,
    Undone,
    Why,
)
from secondme.api.door import Door
from secondme.api.operations import Operation, operation
from secondme.errors import NothingFound, SecondMeError

T = TypeVar("T")

READY = Status(
    version="0.1.0",
    rung="full",
    model="SmolLM2-135M-Instruct Q4_1",
    embedder="all-MiniLM-L6-v2",
    spans=1204,
    embedded=1204,
    pending=0,
    sources=31,
    chats=3,
    notes=2,
    index="ready",
    me="Mira",
)


class Channel(Generic[T]):
    """A stream that the test feeds. Reading blocks until something is sent; closing it is noticed."""

    def __init__(self) -> None:
        self._queue: queue.Queue[T | SecondMeError | None] = queue.Queue()
        self.closed_early = False

    def send(self, *items: T) -> None:
        """Let these be read."""
        for item in items:
            self._queue.put(item)

    def fail(self, error: SecondMeError) -> None:
        """Let the reader meet this error."""
        self._queue.put(error)

    def end(self) -> None:
        """Let the stream end."""
        self._queue.put(None)

    def read(self) -> Iterator[T]:
        """What was sent, in order."""
        try:
            while True:
                item = self._queue.get(timeout=30)
                if item is None:
                    return
                if isinstance(item, SecondMeError):
                    raise item
                yield item
        except GeneratorExit:
            self.closed_early = True
            raise


class ScriptedDoor:
    """A Door whose answers the test writes; what it was asked is in `calls`, in order.

    An operation that has no method here records its arguments and gives the empty value of its type.
    """

    def __init__(self, status: Status = READY) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.status_now = status
        self.statuses: Channel[Status] = Channel()
        self.statuses.send(status)
        self.answers: Channel[AskEvent] = Channel()
        self.ingests: Channel[IngestEvent] = Channel()
        self.saved: dict[str, Chat] = {}
        self.versions: dict[str, Chat] = {}
        self.summaries: list[ChatSummary] = []
        self.hits: list[Hit] = []
        self.trees: dict[tuple[str, str], tuple[TreeNode, ...]] = {}
        self.lives: dict[str, MemoryLife] = {}
        self.known_people: list[Person] = []
        self.views: dict[str, PassageView] = {}
        self.source_list: list[SourceSummary] = []
        self.folders: list[FolderStatus] = []
        self.troubles: list[FileTrouble] = []
        self.settings: dict[str, str] = {}
        self.job_list: list[JobStatus] = []
        self.run_list: list[RunSummary] = []
        self.run_details: dict[str, RunDetail] = {}
        self.undone: Undone | None = None
        self.known = Profile("2026-01-02", ())
        self.known_facts: list[FactView] = []
        self.calendar: dict[str, list[DayEvent]] = {}
        self.reasons: dict[str, Why] = {}
        self.hanging: Dependents | None = None
        self.program_rows: list[Program] = []
        self.program_call_rows: list[ProgramCall] = []
        self.proposals: list[Proposal] = []
        self.adapter_rows: list[Adapter] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        entry = operation(name)
        if entry is None:
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append((name, *args, *kwargs.values()))
            return iter(()) if entry.streams else _empty(entry)

        return call

    def door(self) -> Door:
        """This script as what the app asks for."""
        return cast(Door, self)

    def called(self, name: str) -> list[tuple[object, ...]]:
        """The arguments of each call of `name`."""
        return [call[1:] for call in self.calls if call[0] == name]

    def status(self) -> Status:
        live = [source for source in self.source_list if source.state in ("live", "away")]
        spans = sum(source.spans for source in live)
        return replace(self.status_now, folders=tuple(self.folders), sources=len(live), spans=spans)

    def watch_status(self) -> Iterator[Status]:
        return self.statuses.read()

    def ingest(self, paths: Sequence[Path], *, me: str | None = None, wait: bool = True) -> Iterator[IngestEvent]:
        self.calls.append(("ingest", *paths) if me is None else ("ingest", *paths, me))
        return self.ingests.read()

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
        self.calls.append(("ask", question, chat_id) if remember else ("ask off the record", question, chat_id))
        if instead_of:
            self.calls.append(("instead of", instead_of))
        if named:
            self.calls.append(("named", *named))
        yield from self._answer()

    def answer_again(self, message_id: str) -> Iterator[AskEvent]:
        self.calls.append(("answer_again", message_id))
        yield from self._answer()

    def _answer(self) -> Iterator[AskEvent]:
        for event in self.answers.read():
            yield event
            if event.type in ("done", "failed"):
                return

    def choose_version(self, message_id: str) -> Chat:
        self.calls.append(("choose_version", message_id))
        return self.versions[message_id]

    def rename_chat(self, chat_id: str, title: str) -> list[ChatSummary]:
        self.calls.append(("rename_chat", chat_id, title))
        return self._change_chat(chat_id, title=title)

    def archive_chat(self, chat_id: str, *, archived: bool = True) -> list[ChatSummary]:
        self.calls.append(("archive_chat", chat_id, archived))
        return self._change_chat(chat_id, archived=archived)

    def _change_chat(self, chat_id: str, **changes: Any) -> list[ChatSummary]:
        self.summaries = [replace(chat, **changes) if chat.id == chat_id else chat for chat in self.summaries]
        return self.summaries

    def recall(
        self,
        query: str,
        *,
        k: int = 10,
        include_assistant: bool = True,
        explain: bool = False,
        faded: bool = False,
    ) -> list[Hit]:
        self.calls.append(("recall", query))
        return self.hits[:k]

    def jobs(self) -> list[JobStatus]:
        return self.job_list

    def job_run(self, name: str, *, dry_run: bool = False) -> Iterator[Progress | RunDetail]:
        self.calls.append(("job_run", name, dry_run))
        yield Progress("fading", 1, 2, "memories")
        yield self.run_details[name]

    def job_pause(self, name: str = "", *, paused: bool = True) -> list[JobStatus]:
        self.calls.append(("job_pause", name, paused))
        self.job_list = [
            replace(job, state="paused" if paused else "on") if name in ("", job.name) else job for job in self.job_list
        ]
        return self.job_list

    def job_stop(self) -> bool:
        self.calls.append(("job_stop",))
        return True

    def runs(self, limit: int = 50) -> list[RunSummary]:
        return self.run_list[:limit]

    def run(self, name: str) -> RunDetail:
        return self.run_details[name]

    def undo(self, name: str) -> Undone:
        self.calls.append(("undo", name))
        self.run_list = [replace(run, state="undone") if run.id == name else run for run in self.run_list]
        return self.undone or Undone(name, 3)

    def pin(self, target: str, *, pinned: bool = True) -> Pinned:
        self.calls.append(("pin", target, pinned))
        return Pinned(target, 1, pinned)

    def facts(
        self,
        *,
        about: str = "",
        as_of: str = "",
        known_at: str = "",
        everything: bool = False,
        contradicted: bool = False,
    ) -> list[FactView]:
        self.calls.append(("facts", as_of, everything))
        if known_at:
            self.calls.append(("facts known by", known_at))
        return self.known_facts

    def days(self) -> list[DayCount]:
        return [DayCount(day, sum(event.passages for event in events)) for day, events in self.calendar.items()]

    def day(self, day: str) -> list[DayEvent]:
        self.calls.append(("day", day))
        return self.calendar.get(day, [])

    def profile(self, *, as_of: str = "", hidden: bool = False) -> Profile:
        self.calls.append(("profile", hidden))
        return self.known

    def edit_profile(self, line: str, action: str, text: str = "") -> Profile:
        self.calls.append(("edit_profile", line, action, text))
        return self.known

    def judge_fact(self, fact_id: str, verdict: str) -> list[FactView]:
        self.calls.append(("judge_fact", fact_id, verdict))
        self.known_facts = [fact for fact in self.known_facts if fact.id != fact_id]
        return []

    def tree(self, by: str = "topic", node: str = "", *, first: int = 0, limit: int = -1) -> TreeView:
        self.calls.append(("tree", by, node, first))
        children = self.trees.get((by, node), ())
        shown = children[first : first + limit] if limit >= 0 else children[first:]
        return TreeView(by, node, shown, first, len(children))

    def memory(self, span_id: str) -> MemoryLife:
        self.calls.append(("memory", span_id))
        if span_id not in self.lives:
            raise NothingFound("This passage is gone.", "It was purged.")
        return self.lives[span_id]

    def people(self) -> list[Person]:
        return self.known_people

    def merge_people(self, name: str, into: str) -> str:
        self.calls.append(("merge_people", name, into))
        return "people-by-hand/1"

    def correct_fact(self, fact_id: str, thing: str, *, since: str = "") -> list[FactView]:
        self.calls.append(("correct_fact", fact_id, thing))
        self.known_facts = [replace(fact, object=thing) if fact.id == fact_id else fact for fact in self.known_facts]
        return []

    def remember(self, text: str, *, secrets: str = "ask") -> str:
        self.calls.append(("remember", text))
        return "note-1"

    def forget(self, target: str, *, dry_run: bool = False) -> Removal:
        self.calls.append(("forget", target, dry_run))
        return self._removal(target, dry_run, "hidden")

    def why(self, target: str, question: str = "") -> Why:
        self.calls.append(("why", target, question))
        if target not in self.reasons:
            raise NothingFound("Nothing is known of this.", "Choose another one.")
        return self.reasons[target]

    def dependents(self, target: str) -> Dependents:
        self.calls.append(("dependents", target))
        if self.hanging is None:
            raise NothingFound("This is gone.", "Go back.")
        return self.hanging

    def program_list(self) -> list[Program]:
        return self.program_rows

    def program_calls(self, name: str = "", *, limit: int = 50) -> list[ProgramCall]:
        return self.program_call_rows[:limit]

    def program_pause(self, name: str, *, paused: bool = True) -> Program:
        self.calls.append(("program_pause", name, paused))
        state: ProgramState = "paused" if paused else "active"
        self.program_rows = [replace(row, state=state) if row.name == name else row for row in self.program_rows]
        return next(row for row in self.program_rows if row.name == name)

    def program_remove(self, name: str) -> None:
        self.calls.append(("program_remove", name))
        self.program_rows = [row for row in self.program_rows if row.name != name]

    def adapters(self) -> list[Adapter]:
        return self.adapter_rows

    def inbox_list(self) -> list[Proposal]:
        return self.proposals

    def inbox_accept(self, proposal_id: str) -> Proposal:
        return self._decide("inbox_accept", proposal_id)

    def inbox_reject(self, proposal_id: str) -> Proposal:
        return self._decide("inbox_reject", proposal_id)

    def _decide(self, call: str, proposal_id: str) -> Proposal:
        self.calls.append((call, proposal_id))
        decided = next(row for row in self.proposals if row.id == proposal_id)
        self.proposals = [row for row in self.proposals if row.id != proposal_id]
        return decided

    def restore(self, target: str) -> Restored:
        self.calls.append(("restore", target))
        self._mark(target, "live")
        return Restored(target, 12)

    def purge(self, target: str, *, dry_run: bool = False) -> Removal:
        self.calls.append(("purge", target, dry_run))
        return self._removal(target, dry_run, "")

    def sources(self, *, include_gone: bool = False, limit: int = -1) -> list[SourceSummary]:
        return [source for source in self.source_list if include_gone or source.state in ("live", "away")]

    def chats(self) -> list[ChatSummary]:
        return self.summaries

    def chat(self, chat_id: str, *, last: int = 0) -> Chat:
        if chat_id not in self.saved:
            raise NothingFound(f"There is no chat {chat_id}.", "Choose another one.")
        chat = self.saved[chat_id]
        if last and len(chat.messages) > last:
            return replace(chat, messages=chat.messages[-last:], stretches=(), before=len(chat.messages) - last)
        return chat

    def passage(self, span_id: str) -> PassageView:
        self.calls.append(("passage", span_id))
        if span_id not in self.views:
            raise NothingFound("This passage is gone.", "Ask again.")
        return self.views[span_id]

    def watch_add(self, path: Path) -> FolderStatus:
        self.calls.append(("watch_add", path))
        folder = FolderStatus(f"folder-{len(self.folders)}", str(path), "watching", 0, None)
        self.folders.append(folder)
        return folder

    def watch_list(self) -> list[FolderStatus]:
        return list(self.folders)

    def watch_remove(self, path: Path, *, purge: bool = False) -> Removal | None:
        self.calls.append(("watch_remove", path, purge))
        self.folders = [folder for folder in self.folders if folder.path != str(path)]
        return Removal(str(path), 3, 40, 0, 1, False) if purge else None

    def watch_pause(self, path: Path) -> FolderStatus:
        return self._folder("watch_pause", path, "paused")

    def watch_resume(self, path: Path) -> FolderStatus:
        return self._folder("watch_resume", path, "watching")

    def watch_rescan(self, path: Path | None = None) -> list[FolderStatus]:
        self.calls.append(("watch_rescan", path))
        return list(self.folders)

    def watch_confirm(self, path: Path) -> FolderStatus:
        return self._folder("watch_confirm", path, "watching")

    def _folder(self, call: str, path: Path, state: str) -> FolderStatus:
        self.calls.append((call, path))
        self.folders = [replace(entry, state=state) if entry.path == str(path) else entry for entry in self.folders]
        return next(entry for entry in self.folders if entry.path == str(path))

    def survey(self, path: Path) -> Survey:
        self.calls.append(("survey", path))
        return Survey(
            str(path), 12, 34_000, (("Markdown", 10, 30_000), ("PDF", 2, 4000)), (("links are not followed", 1),)
        )

    def import_survey(self, path: Path, *, platform: str = "") -> ImportSurvey:
        self.calls.append(("import_survey", path))
        return ImportSurvey("slack", 1, 2, (("Ana", 1), ("Tom", 1)), False)

    def import_export(
        self, path: Path, *, platform: str = "", me: str | None = None, wait: bool = True
    ) -> Iterator[IngestEvent]:
        return self.ingests.read()

    def failures(self, *, include_skipped: bool = False) -> list[FileTrouble]:
        return list(self.troubles)

    def retry(self, paths: Sequence[Path] = ()) -> int:
        self.calls.append(("retry", *paths))
        self.troubles = []
        return 1

    def setting(self, key: str) -> str:
        return self.settings.get(key, "")

    def set_setting(self, key: str, value: str) -> None:
        self.settings[key] = value

    def _removal(self, target: str, dry_run: bool, state: str) -> Removal:
        if not dry_run:
            self._mark(target, state)
        return Removal(target, 1, 12, 0, 2, dry_run)

    def _mark(self, target: str, state: str) -> None:
        marked = [replace(source, state=state) if source.id == target else source for source in self.source_list]
        self.source_list = [source for source in marked if source.state]
        if self.hanging is not None and self.hanging.id == target:
            self.hanging = replace(self.hanging, hidden_at="2026-01-02T12:00:00Z" if state == "hidden" else "")


def _empty(entry: Operation) -> Any:
    """The empty value of an operation's result. Raises NothingFound where there is none."""
    kind = get_origin(entry.result) or entry.result
    if kind in (list, str, int, bool):
        return kind()
    if kind is type(None) or type(None) in get_args(entry.result):
        return None
    raise NothingFound(f"The script has no answer to {entry.name}.", "Write one.")
