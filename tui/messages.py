"""What threads tell the screens. Only handlers of these messages touch widgets."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from secondme.api import (
    AskEvent,
    Chat,
    ChatSummary,
    FactView,
    FileTrouble,
    FolderStatus,
    Hit,
    ImportSurvey,
    IngestEvent,
    JobStatus,
    PassageView,
    Profile,
    Progress,
    Removal,
    Restored,
    RunDetail,
    RunSummary,
    SourceSummary,
    Status,
    Survey,
    TreeView,
)
from secondme.api import Undone as RunUndo
from secondme.errors import SecondMeError


@dataclass
class CallFailed(Message):
    """A call to the engine ended with an error; `group` says which."""

    group: str
    error: SecondMeError


@dataclass
class StatusChanged(Message):
    """The engine's status, at the start and at each change."""

    status: Status


@dataclass
class Asked(Message):
    """One event of an answer; `number` counts the questions, so that a late event of one given up is known."""

    number: int
    event: AskEvent


@dataclass
class ChatsLoaded(Message):
    """The chats for the list."""

    chats: list[ChatSummary]


@dataclass
class ChatLoaded(Message):
    """A chat to show."""

    chat: Chat


@dataclass
class PassageLoaded(Message):
    """The passage behind a citation or a search result."""

    passage: PassageView


@dataclass
class BranchLoaded(Message):
    """What is below a node of a tree."""

    view: TreeView


@dataclass
class Recalled(Message):
    """What a search found."""

    query: str
    hits: list[Hit]


@dataclass
class IngestMoved(Message):
    """One event of a running ingest."""

    event: IngestEvent


@dataclass
class NoteKept(Message):
    """A note was remembered."""

    source_id: str


@dataclass
class SourcesLoaded(Message):
    """Sources and watched folders for their screen."""

    sources: list[SourceSummary]
    folders: list[FolderStatus]
    troubles: list[FileTrouble]
    status: Status


@dataclass
class RemovalWeighed(Message):
    """What a forget or purge would take with it."""

    verb: str
    removal: Removal


@dataclass
class Removed(Message):
    """A forget or purge was done, or a folder is no longer watched (`removal` None: its memories stayed)."""

    verb: str
    removal: Removal | None


@dataclass
class Undone(Message):
    """A forget was undone."""

    restored: Restored


@dataclass
class FolderWatched(Message):
    """A folder is being watched now."""

    folder: FolderStatus


@dataclass
class FolderSurveyed(Message):
    """What watching a folder would read."""

    survey: Survey


@dataclass
class FolderChanged(Message):
    """A watched folder was paused, resumed, confirmed, or is looked at; `said` tells the person."""

    said: str


@dataclass
class ExportSurveyed(Message):
    """Who speaks in a chat export that is about to be taken in."""

    survey: ImportSurvey


@dataclass
class ActivityLoaded(Message):
    """Jobs and runs for their screen."""

    status: Status
    jobs: list[JobStatus]
    runs: list[RunSummary]


@dataclass
class JobMoved(Message):
    """How far a job is that the person started."""

    progress: Progress


@dataclass
class RunShown(Message):
    """A run with what it did, or would do."""

    detail: RunDetail


@dataclass
class RunUndone(Message):
    """A run was undone, or could not be."""

    undone: RunUndo


@dataclass
class ContradictionsLoaded(Message):
    """Facts that a later word ended."""

    facts: list[FactView]


@dataclass
class ProfileLoaded(Message):
    """What is known about the person."""

    profile: Profile


@dataclass
class PinChanged(Message):
    """A memory was pinned or unpinned; `passage` is how it stands now."""

    passage: PassageView
