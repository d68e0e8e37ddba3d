"""What passes between the engine and its doors: frozen dataclasses, the same on both ends of the socket.

Text in these objects is already clean (see `secondme.text.clean`): no control or escape characters.
Instants are ISO 8601 strings in UTC. Ids are opaque strings. `api.door` lists the operations.
"""

from secondme.api.answers import (
    Answer,
    AnswerSentence,
    AskEvent,
    Chat,
    ChatStretch,
    ChatSummary,
    Delta,
    Done,
    Failed,
    Message,
    Passages,
    Started,
    Thought,
)
from secondme.api.dependents import Dependent, DependentGroup, Dependents
from secondme.api.facts import FactView, Person, Profile, ProfileLine, ProfileSection
from secondme.api.hits import GROUPS, Citation, Hit, ScorePart, Standing
from secondme.api.intake import FileTrouble, ImportSurvey, Ingested, IngestEvent, Skipped, Survey
from secondme.api.jobs import JobStatus, Progress, RunChange, RunDetail, RunSummary, Undone
from secondme.api.memories import LifeEvent, MemoryLife, Recalling
from secondme.api.sources import (
    PassageView,
    Pinned,
    Related,
    Removal,
    Restored,
    SourceDetail,
    SourceSummary,
    SourceVersion,
    TreeNode,
    TreeView,
)
from secondme.api.status import FolderStatus, Problem, Rung, Status
from secondme.api.timeline import DayCount, DayEvent
from secondme.api.why import Change, Detail, Scoring, SignalValue, Why

__all__ = [
    "GROUPS",
    "Answer",
    "AnswerSentence",
    "AskEvent",
    "Change",
    "Chat",
    "ChatStretch",
    "ChatSummary",
    "Citation",
    "DayCount",
    "DayEvent",
    "Delta",
    "Dependent",
    "DependentGroup",
    "Dependents",
    "Detail",
    "Done",
    "FactView",
    "Failed",
    "FileTrouble",
    "FolderStatus",
    "Hit",
    "ImportSurvey",
    "IngestEvent",
    "Ingested",
    "JobStatus",
    "LifeEvent",
    "MemoryLife",
    "Message",
    "PassageView",
    "Passages",
    "Person",
    "Pinned",
    "Problem",
    "Profile",
    "ProfileLine",
    "ProfileSection",
    "Progress",
    "Recalling",
    "Related",
    "Removal",
    "Restored",
    "RunChange",
    "RunDetail",
    "RunSummary",
    "Rung",
    "ScorePart",
    "Scoring",
    "SignalValue",
    "Skipped",
    "SourceDetail",
    "SourceSummary",
    "SourceVersion",
    "Standing",
    "Started",
    "Status",
    "Survey",
    "Thought",
    "TreeNode",
    "TreeView",
    "Undone",
    "Why",
]
