"""What every door (CLI, terminal app) may ask of the engine, whichever side of the socket answers.

`secondme.engine.engine.Engine` implements it in the engine process; `secondme.server.client.EngineClient` carries
the same calls over the Unix socket. All calls block and are safe from several threads. Each raises
`secondme.errors.SecondMeError` with a sentence and a remedy. A stream that is closed early
(`.close()` on the iterator) stops the work behind it and keeps what was done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from secondme.api.adapters import Adapter, AdapterKind
from secondme.api.answers import AskEvent, Chat, ChatSummary
from secondme.api.dependents import Dependents
from secondme.api.drafts import DraftEvent
from secondme.api.facts import FactView, Person, Profile
from secondme.api.hits import Hit
from secondme.api.intake import FileTrouble, ImportSurvey, IngestEvent, Survey
from secondme.api.jobs import JobStatus, Progress, RunDetail, RunSummary, Undone
from secondme.api.memories import MemoryLife
from secondme.api.programs import (
    Caller,
    FoundFacts,
    FoundPassages,
    Grant,
    NewProgram,
    Program,
    ProgramCall,
    Proposal,
    Remembered,
    Turn,
)
from secondme.api.sources import PassageView, Pinned, Removal, Restored, SourceDetail, SourceSummary, TreeView
from secondme.api.status import FolderStatus, Status
from secondme.api.timeline import DayCount, DayEvent
from secondme.api.why import Why


class Door(Protocol):
    """The engine's operations."""

    def status(self) -> Status:
        """The engine at a glance."""
        ...

    def watch_status(self) -> Iterator[Status]:
        """The status now and again at each change (at most four a second), until closed."""
        ...

    def ingest(self, paths: Sequence[Path], *, me: str | None = None, wait: bool = True) -> Iterator[IngestEvent]:
        """Take in files and folders. `wait`: end only when all is embedded. Ends with `Ingested` or `Failed`."""
        ...

    def survey(self, path: Path) -> Survey:
        """A dry run: what taking in a file or folder would read."""
        ...

    def import_survey(self, path: Path, *, platform: str = "") -> ImportSurvey:
        """What a chat export holds and who speaks in it; nothing is taken in."""
        ...

    def import_export(
        self, path: Path, *, platform: str = "", me: str | None = None, wait: bool = True
    ) -> Iterator[IngestEvent]:
        """Take in a chat export: a file, a folder or a zip archive. A later export adds only what is new."""
        ...

    def failures(self, *, include_skipped: bool = False) -> list[FileTrouble]:
        """Files that could not be read, notes on others, and with `include_skipped` those that nobody reads."""
        ...

    def retry(self, paths: Sequence[Path] = ()) -> int:
        """Try failed files again in the background, all or these; returns how many."""
        ...

    def wait_indexed(self) -> Iterator[Progress]:
        """Progress of embedding until nothing is pending."""
        ...

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
        """Answer in a chat (a new one without `chat_id`): Started, Passages, Delta…, then Done or Failed.
        `instead_of`: an earlier question of this chat, which stays with what followed as another version. `named`: ids
        of passages and sources that are read for it before all else."""
        ...

    def answer_again(self, message_id: str) -> Iterator[AskEvent]:
        """Answer the question before this answer once more; the answer that there is stays as another version."""
        ...

    def choose_version(self, message_id: str) -> Chat:
        """Show the version of a chat that goes through this message."""
        ...

    def stop(self, message_id: str) -> None:
        """Stop an answer; its stream ends with `Done` whose finish is `cancelled`. Harmless when it is over."""
        ...

    def recall(
        self,
        query: str,
        *,
        k: int = 10,
        include_assistant: bool = True,
        explain: bool = False,
        faded: bool = False,
    ) -> list[Hit]:
        """The k best spans, best first; after them, with `include_assistant`, a few of the person's earlier questions
        and of the assistant's words (`Hit.group`). Reinforces and writes nothing. `explain`: with the way through the
        tree. `faded`: look among faded memories too, also where the first look finds enough."""
        ...

    def tree(self, by: str = "topic", node: str = "", *, first: int = 0, limit: int = -1) -> TreeView:
        """What is just below a node of the tree by topic, time or source; "" is the root. `limit`: that many children,
        from number `first` on."""
        ...

    def days(self) -> list[DayCount]:
        """Every day with passages, in order, in local time."""
        ...

    def day(self, day: str) -> list[DayEvent]:
        """What was said, written or taken in on a day (ISO date), in order. Raises UsageError for another text."""
        ...

    def why(self, target: str, question: str = "") -> Why:
        """Where a passage, fact or answer (id or its beginning) came from, how it scores for a question (by default the
        last that used it), and what changed it."""
        ...

    def rebalance(self) -> Iterator[Progress]:
        """Build the memory tree anew, so that order of arrival does not decide its shape."""
        ...

    def remember(self, text: str, *, secrets: str = "ask") -> str:
        """Keep a note spoken by me; returns its source id."""
        ...

    def note_text(self, span_id: str) -> str:
        """All words of the note that a passage is of."""
        ...

    def edit_note(self, span_id: str, text: str, *, secrets: str = "ask") -> str:
        """Write the note anew that a passage is of, as a version more of it; returns the id of its first passage."""
        ...

    def merge_memories(self, span_id: str, into: str) -> str:
        """Let the passage `into` stand for another one too; returns the run, which `undo` takes back."""
        ...

    def forget(self, target: str, *, dry_run: bool = False) -> Removal:
        """Hide a source, chat, message or note (id, unique id prefix or path) from recall; `restore` undoes it."""
        ...

    def dependents(self, target: str) -> Dependents:
        """What hangs on a source, chat, message or note, and would be hidden or erased with it."""
        ...

    def restore(self, target: str) -> Restored:
        """Undo a forget."""
        ...

    def purge(self, target: str, *, dry_run: bool = False) -> Removal:
        """Erase a source, chat, message or note from every store; cannot be undone."""
        ...

    def source(self, target: str) -> SourceDetail:
        """One source, by id or path, with its versions and first passages."""
        ...

    def sources(self, *, include_gone: bool = False, limit: int = -1) -> list[SourceSummary]:
        """All sources, newest first; `include_gone`: archived and hidden ones too."""
        ...

    def chats(self) -> list[ChatSummary]:
        """Chats held here, latest first."""
        ...

    def chat(self, chat_id: str, *, last: int = 0) -> Chat:
        """One chat with its messages, or with only so many of the last (`Chat.before` counts the others)."""
        ...

    def rename_chat(self, chat_id: str, title: str) -> list[ChatSummary]:
        """Give a chat another title; returns all chats."""
        ...

    def archive_chat(self, chat_id: str, *, archived: bool = True) -> list[ChatSummary]:
        """Put a chat away, or bring it back: it is remembered all the same. Returns all chats."""
        ...

    def passage(self, span_id: str) -> PassageView:
        """A span in its document."""
        ...

    def memory(self, span_id: str) -> MemoryLife:
        """The life of a span: how it fades, which answers were made from it, what changed it."""
        ...

    def watch_add(self, path: Path) -> FolderStatus:
        """Watch a folder: index it now and keep it right."""
        ...

    def watch_list(self) -> list[FolderStatus]:
        """Watched folders."""
        ...

    def watch_pause(self, path: Path) -> FolderStatus:
        """Look at a folder no more until it is resumed."""
        ...

    def watch_resume(self, path: Path) -> FolderStatus:
        """Keep a paused folder right again."""
        ...

    def watch_rescan(self, path: Path | None = None) -> list[FolderStatus]:
        """Look at one folder or at all, now, in the background."""
        ...

    def watch_confirm(self, path: Path) -> FolderStatus:
        """Much of a folder is gone, and that is right: its memories may fade."""
        ...

    def watch_remove(self, path: Path, *, purge: bool = False) -> Removal | None:
        """Stop watching. Memories stay, or with `purge` are erased."""
        ...

    def jobs(self) -> list[JobStatus]:
        """Background jobs, in the order in which they run."""
        ...

    def job_run(self, name: str, *, dry_run: bool = False) -> Iterator[Progress | RunDetail]:
        """Run a job now, or with `dry_run` list what it would do; ends with a RunDetail. Closing it stops the job."""
        ...

    def job_pause(self, name: str = "", *, paused: bool = True) -> list[JobStatus]:
        """Pause a job or all (""), or with `paused` false let them go on."""
        ...

    def job_stop(self) -> bool:
        """Stop the job that runs, after its step; whether one ran."""
        ...

    def runs(self, limit: int = 50) -> list[RunSummary]:
        """The latest runs of jobs, newest first."""
        ...

    def run(self, name: str) -> RunDetail:
        """One run, by id or its unique beginning, with what it changed and refused."""
        ...

    def undo(self, name: str) -> Undone:
        """Give back every row that a run changed; where rows were changed since, change nothing and list them."""
        ...

    def pin(self, target: str, *, pinned: bool = True) -> Pinned:
        """Pin a passage (by id) or all of a source: it never fades. Or unpin it."""
        ...

    def facts(
        self,
        *,
        about: str = "",
        as_of: str = "",
        known_at: str = "",
        everything: bool = False,
        contradicted: bool = False,
    ) -> list[FactView]:
        """What was said of people: what holds now, or on the day `as_of`, as known by the end of `known_at`.
        `everything`: also what no longer holds; `contradicted`: only what a later statement ended."""
        ...

    def profile(self, *, as_of: str = "", hidden: bool = False) -> Profile:
        """What is known about the person, each line with its sources: today, or on a day. `hidden`: with hidden
        lines."""
        ...

    def edit_profile(self, line: str, action: str, text: str = "") -> Profile:
        """Pin, hide or rewrite (edited) a line of the profile, by its id; an empty action takes it back."""
        ...

    def people(self) -> list[Person]:
        """Names that were found to be one person's, with the reasons."""
        ...

    def merge_people(self, name: str, into: str) -> str:
        """Let a name mean the person called `into`, with all that is known of either; returns the run, which `undo`
        takes back."""
        ...

    def correct_fact(self, fact_id: str, thing: str, *, since: str = "") -> list[FactView]:
        """Another object for a fact, kept as a note of the person; it outranks what was known, from `since` (a day)
        on."""
        ...

    def judge_fact(self, fact_id: str, verdict: str) -> list[FactView]:
        """What a person makes of a fact: rejected, kept (beside its contradictions), or "" to take that back."""
        ...

    def problems(self) -> list[str]:
        """What the database's own checks find; empty when it is sound."""
        ...

    def reload(self) -> None:
        """Read the settings file again; what it says is in force at once."""
        ...

    def setting(self, key: str) -> str:
        """Value of a setting as text."""
        ...

    def set_setting(self, key: str, value: str) -> None:
        """Change a setting, saved to the configuration file and in force at once."""
        ...

    def set_welcomed(self) -> None:
        """The welcome was answered or skipped; don't show it again."""
        ...

    def snapshot_export(self, path: Path, *, adapters: bool = False) -> Iterator[Progress]:
        """Write everything that is truth to one `.tar.zst`; with `adapters` also what the model learnt of it."""
        ...

    def snapshot_import(self, path: Path) -> Iterator[Progress]:
        """Bring a snapshot into this (empty) store."""
        ...

    def adapters(self) -> list[Adapter]:
        """Every personal adapter, the latest first."""
        ...

    def adapter(self, number: int) -> Adapter:
        """One of them. Raises UsageError."""
        ...

    def adapter_passages(self, number: int) -> list[Hit]:
        """The passages that an adapter was made from, but those that are forgotten. Raises UsageError."""
        ...

    def adapter_train(self, kind: AdapterKind = "facts") -> Iterator[Progress]:
        """Train an adapter on the facts that hold now, or on what the person wrote in chats, try it, and use it if it
        is good enough. What was closed early is gone on with the next time."""
        ...

    def adapter_use(self, number: int) -> Adapter:
        """Use an adapter from the next question on. Raises UsageError."""
        ...

    def adapter_off(self, number: int = 0) -> None:
        """Use an adapter no more; without a number, use none. Raises UsageError."""
        ...

    def adapter_remove(self, number: int) -> None:
        """Delete an adapter with its files. Raises UsageError."""
        ...

    def draft(self, order: str) -> Iterator[DraftEvent]:
        """Write what is ordered ("a note to Lena that I come later") as the person writes, from what memory holds:
        Progress, Delta…, then Drafted or Failed. Nothing of it is kept. Raises UsageError."""
        ...

    def program_add(self, name: str, grant: Grant) -> NewProgram:
        """Let a program in. Its token is in the answer and is shown never again. Raises UsageError where the name is
        taken or the grant makes no sense."""
        ...

    def program_change(self, name: str, grant: Grant) -> Program:
        """Give a program another grant, in force from its next call on."""
        ...

    def program_token(self, name: str) -> NewProgram:
        """A new token for a program; the one before is void."""
        ...

    def program_list(self) -> list[Program]:
        """All programs, by name."""
        ...

    def program_show(self, name: str) -> Program:
        """One program, with the number of passages that it may see."""
        ...

    def program_pause(self, name: str, *, paused: bool = True) -> Program:
        """Refuse all calls of a program from now on, or with `paused` false let it go on."""
        ...

    def program_remove(self, name: str) -> None:
        """Forget a program with its grant, its calls and its proposals that wait. Accepted notes stay."""
        ...

    def program_calls(self, name: str = "", *, limit: int = 50) -> list[ProgramCall]:
        """The latest calls of one program or of all, newest first."""
        ...

    def program_check(self, caller: Caller) -> Program:
        """The program that calls, whatever its state. Writes nothing. Raises UnknownProgram."""
        ...

    def program_recall(
        self, caller: Caller, query: str, *, limit: int = 6, since: str = "", until: str = ""
    ) -> FoundPassages:
        """The best passages for a query, of those that the program may see (scope read). `since`, `until`: ISO dates,
        inclusive, of when passages happened. Like all calls of programs it raises UnknownProgram, NotGranted or
        LimitReached, reinforces nothing, and leaves a row in the list of calls."""
        ...

    def program_read(self, caller: Caller, span_id: str, *, around: int = 0) -> PassageView:
        """A passage by id, with up to `around` characters of its document before and after it (scope read). What the
        program may not see is NothingFound, in the same words as what does not exist; so is its text around."""
        ...

    def program_facts(self, caller: Caller, *, about: str = "", as_of: str = "") -> FoundFacts:
        """What was said of people in what the program may see (scope facts): now or on the day `as_of`."""
        ...

    def program_ask(self, caller: Caller, question: str, *, earlier: Sequence[Turn] = ()) -> Iterator[AskEvent]:
        """An answer from what the program may see (scope ask), off the record. `earlier`: the conversation so far, as
        the program has it. One at a time for each program; closing the stream stops it."""
        ...

    def program_remember(self, caller: Caller, text: str, *, why: str = "") -> Remembered:
        """Lay a note into the inbox (scope propose) or keep it (scope write). Raises NotGranted for what repeats text
        that the program was just given."""
        ...

    def program_embed(self, caller: Caller, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text (scope ask), by the embedder of this memory; reads nothing of memory."""
        ...

    def inbox_list(self) -> list[Proposal]:
        """Proposals that wait, oldest first."""
        ...

    def inbox_accept(self, proposal_id: str) -> Proposal:
        """Make a proposal (id or its unique beginning) a note, whose speaker is the program."""
        ...

    def inbox_reject(self, proposal_id: str) -> Proposal:
        """Erase the text of a proposal."""
        ...
