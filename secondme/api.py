"""What passes between the engine and its doors: frozen dataclasses, the same on both ends of the socket.

Text in these objects is already clean (see `secondme.text.clean`): no control or escape characters.
Instants are ISO 8601 strings in UTC. Ids are opaque strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Rung: TypeAlias = Literal["full", "no-model", "words-only"]
"""full: words, vectors and a language model. no-model: answers are quotes. words-only: no embedder either."""


@dataclass(frozen=True)
class FolderStatus:
    """A watched folder. `state`: watching, polling, paused, away (not there now; its memories stay), or asking:
    `missing` files are gone at once, more than half, and nothing of them fades before `watch confirm`."""

    id: str
    path: str
    state: str
    files: int
    last_scan: str | None
    skipped: int = 0
    failed: int = 0
    missing: int = 0


@dataclass(frozen=True)
class Problem:
    """Something that went wrong and is waiting for the person: a sentence and what to do."""

    about: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Status:
    """The engine at a glance, for the status bar and `secondme status`."""

    version: str
    rung: Rung
    model: str
    embedder: str
    spans: int
    embedded: int
    pending: int
    sources: int
    chats: int
    notes: int
    index: str
    """State of the vector index: ready, exact (small store, searched exactly), rebuilding, or off."""
    folders: tuple[FolderStatus, ...] = ()
    activity: str = ""
    """What runs in the background now, or empty."""
    problems: tuple[Problem, ...] = ()
    me: str = ""
    job: str = ""
    """The background job that runs now and how far it is, or empty."""
    faded: int = 0
    """Memories out of the hot indexes; a second look finds them."""
    welcomed: bool = True
    """False until the first-run welcome was answered or skipped."""
    leaving: tuple[str, ...] = ()
    """What is done outside this machine, such as `answers by example.com: leaves this machine`. Shown all the time."""


@dataclass(frozen=True)
class ScorePart:
    """One reason why a hit was found: its name and its share of the score."""

    name: str
    value: float


@dataclass(frozen=True)
class Standing:
    """How strongly a memory is held. `retention` now, 0 to 1; `layer`: days, months or years; `fades_at`: the day on
    which it fades if nobody recalls it before (days on which the memory is not used don't count), empty for never."""

    strength: float
    retention: float
    layer: str
    importance: float
    recalls: int
    pinned: bool
    faded: bool
    fades_at: str


@dataclass(frozen=True)
class Hit:
    """A recalled span with everything needed to cite it. Offsets are characters in the source text."""

    id: str
    text: str
    source_id: str
    title: str
    uri: str
    kind: str
    """file, chat, note or import."""
    start: int
    end: int
    line: int
    heading: str
    speaker: str
    role: str
    """me, other, author or assistant; an assistant's text is never evidence."""
    happened_at: str | None
    precision: str
    score: float
    parts: tuple[ScorePart, ...] = ()
    because: tuple[str, ...] = ()
    """Why it was found, in words: shared words and names, the time, the way through the tree."""
    place: str = ""
    """Page, slide, cells, chapter; empty where the line says it."""
    standing: Standing | None = None
    also: tuple[str, ...] = ()
    """Other sources that say the same, whose passages were merged into this one."""

    def location(self) -> str:
        """Where this is, for a person: `notes/plan.md:12` or `Ana, 2024-05-03`."""
        day = (self.happened_at or "")[:10]
        if self.kind == "file":
            return f"{self.title}, {self.place}" if self.place else f"{self.title}:{self.line}"
        return ", ".join(part for part in (self.title, self.speaker, day) if part)


@dataclass(frozen=True)
class Citation:
    """A numbered passage of an answer. `number` is what the text shows as [number]."""

    number: int
    hit: Hit


@dataclass(frozen=True)
class AnswerSentence:
    """One sentence of an answer: its character range there, and the passages that support it (none: unsupported)."""

    start: int
    end: int
    citations: tuple[int, ...]
    support: float


@dataclass(frozen=True)
class Answer:
    """A finished (or stopped) answer."""

    chat_id: str
    message_id: str
    text: str
    """Markdown, with [n] after each supported sentence."""
    citations: tuple[Citation, ...]
    sentences: tuple[AnswerSentence, ...]
    finish: Literal["stop", "length", "cancelled", "error", "quoted"]
    """quoted: no language model, the best passages were quoted."""
    model: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    context_tokens: int = 0
    seconds_to_first_token: float = 0.0
    seconds: float = 0.0
    refused: bool = False
    """True when the evidence was too weak to answer from; the text says so."""
    said: str = ""
    """The answer's own words, without the quotes that follow them."""


@dataclass(frozen=True)
class Started:
    """The question is saved; an answer is on its way. `stop(message_id)` stops it."""

    chat_id: str
    message_id: str
    type: Literal["started"] = "started"


@dataclass(frozen=True)
class Passages:
    """What was recalled for the question, before the first token."""

    citations: tuple[Citation, ...]
    prompt_tokens: int
    context_tokens: int
    filling: tuple[tuple[str, int], ...] = ()
    """What fills the prompt, in tokens: instructions, earlier (stretches of this chat), chat, memory, question."""
    whole: int = 0
    """Passages that were read, where all that is known was read; 0 where the best were looked for. `citations` are then
    those nearest to the question."""
    type: Literal["passages"] = "passages"


@dataclass(frozen=True)
class Delta:
    """A piece of the answer's text."""

    text: str
    type: Literal["delta"] = "delta"


@dataclass(frozen=True)
class Done:
    """The end; `answer.text` replaces all deltas."""

    answer: Answer
    type: Literal["done"] = "done"


@dataclass(frozen=True)
class Failed:
    """The end, with an error; what came before is kept."""

    what: str
    remedy: str
    safe: str = ""
    exit_code: int = 1
    type: Literal["failed"] = "failed"


@dataclass(frozen=True)
class Progress:
    """How far a long operation is. `done` of `total` in `unit`; `seconds_left` is None while unknown."""

    stage: str
    """reading, embedding, exporting, importing, …"""
    done: int
    total: int
    unit: str
    per_second: float = 0.0
    seconds_left: float | None = None
    detail: str = ""
    type: Literal["progress"] = "progress"


@dataclass(frozen=True)
class Skipped:
    """What was not taken in, and why. `state`: skipped (nobody reads it), failed, or note (of a file that was)."""

    path: str
    why: str
    state: str = "skipped"
    type: Literal["skipped"] = "skipped"


@dataclass(frozen=True)
class Ingested:
    """The end of an ingest: counts of files and spans."""

    added: int
    updated: int
    unchanged: int
    skipped: int
    spans: int
    seconds: float
    cancelled: bool = False
    failed: int = 0
    type: Literal["ingested"] = "ingested"


AskEvent: TypeAlias = Started | Passages | Delta | Done | Failed
IngestEvent: TypeAlias = Progress | Skipped | Ingested | Failed


@dataclass(frozen=True)
class ChatSummary:
    """A chat in the list of chats. `started_at`, `last_at` are instants."""

    id: str
    title: str
    messages: int
    started_at: str
    last_at: str


@dataclass(frozen=True)
class Message:
    """A saved message. `state`: complete, streaming, stopped (partial kept), failed (partial kept), removed."""

    id: str
    role: Literal["user", "assistant"]
    text: str
    at: str
    state: str
    citations: tuple[Citation, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    model: str = ""


@dataclass(frozen=True)
class ChatStretch:
    """A finished stretch of a long chat: messages first to last (positions), its summary, the spans it rests on."""

    first: int
    last: int
    summary: str
    span_ids: tuple[str, ...]


@dataclass(frozen=True)
class Chat:
    """A chat with its messages, oldest first, and its finished stretches if it is long."""

    id: str
    title: str
    messages: tuple[Message, ...]
    stretches: tuple[ChatStretch, ...] = ()


@dataclass(frozen=True)
class SourceSummary:
    """A source: a file, an imported chat, a chat held here, or a note. `state`: live, archived, away, hidden."""

    id: str
    kind: str
    title: str
    uri: str
    state: str
    spans: int
    pending: int
    added_at: str
    versions: int


@dataclass(frozen=True)
class SourceVersion:
    """One version of a source: when it was taken in, and how many of its passages are in recall."""

    version: int
    recorded_at: str
    bytes: int
    spans: int


@dataclass(frozen=True)
class SourceDetail:
    """A source with what its file says about itself, its versions, newest first, and its first passages."""

    summary: SourceSummary
    title: str
    author: str
    language: str
    media: str
    happened_at: str
    state: str
    """indexed, skipped or failed, as the last look at the file saw it; empty for what is no file."""
    reason: str
    versions: tuple[SourceVersion, ...]
    passages: tuple[Hit, ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileTrouble:
    """A file and why it was not taken in. `state`: failed, skipped, or note (taken in, but something is to be known)."""

    path: str
    state: str
    reason: str
    folder_id: str = ""


@dataclass(frozen=True)
class Survey:
    """What taking in a folder would read. `kinds`: (kind, files, bytes); `skipped`: (why, files)."""

    path: str
    files: int
    bytes: int
    kinds: tuple[tuple[str, int, int], ...]
    skipped: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ImportSurvey:
    """What a chat export holds. `speakers`: (name, messages) of those who are not known to be me, most first."""

    platform: str
    chats: int
    messages: int
    speakers: tuple[tuple[str, int], ...]
    me_known: bool


@dataclass(frozen=True)
class Related:
    """A memory that is linked to another, and why."""

    hit: Hit
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PassageView:
    """A span in its document: what stands before it and after it, to show a citation in place."""

    hit: Hit
    before: str
    after: str
    version: int
    archived: bool
    """True when the source changed since, or was removed: this is the text as it was."""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """What it tells of people: of whom, in which relation."""
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class Removal:
    """What forget or purge did, or (`dry_run`) would do."""

    target: str
    sources: int
    spans: int
    messages: int
    answers: int
    """Answers of the assistant that had used the removed text; their text goes too."""
    dry_run: bool
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Restored:
    """What undoing a forget brought back."""

    target: str
    spans: int


@dataclass(frozen=True)
class TreeNode:
    """A node of a tree, or with `span_id` a span. `size`: spans below it."""

    id: str
    label: str
    size: int
    span_id: str = ""
    when: str = ""


@dataclass(frozen=True)
class TreeView:
    """What is just below a node ("" for the root) of the tree by topic, time or source."""

    by: str
    node: str
    children: tuple[TreeNode, ...]


@dataclass(frozen=True)
class JobStatus:
    """A background job. `state`: on or paused; `next_at` is when it is due, empty for now; `waits_for`: what keeps due
    jobs from running by themselves, or empty."""

    name: str
    title: str
    state: str
    last_success: str
    next_at: str
    running: bool
    error: str = ""
    waits_for: str = ""
    progress: Progress | None = None


@dataclass(frozen=True)
class RunSummary:
    """A run of a job. `cause`: schedule or person; `state`: running, done, stopped, failed, undone, or preview.

    `counts`: what it did how often; `changes`: rows that it changed, all of which undo gives back.
    """

    id: str
    job: str
    cause: str
    state: str
    started_at: str
    ended_at: str
    counts: tuple[tuple[str, int], ...]
    changes: int
    error: str = ""


@dataclass(frozen=True)
class RunChange:
    """Something that a run did: what, to what (an excerpt), the span if it is one, and a note."""

    what: str
    label: str
    span_id: str
    note: str


@dataclass(frozen=True)
class RunDetail:
    """A run with its first changes, and the sentences that did not pass the gate as (reason, text)."""

    summary: RunSummary
    changes: tuple[RunChange, ...]
    refusals: tuple[tuple[str, str], ...]
    type: Literal["run"] = "run"


@dataclass(frozen=True)
class Undone:
    """What undoing a run gave back: rows; or, with `conflicts`, why nothing was: rows that were changed since."""

    run: str
    rows: int
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pinned:
    """How many memories were pinned or unpinned."""

    target: str
    memories: int
    pinned: bool


@dataclass(frozen=True)
class FactView:
    """That something held of someone. Days are ISO dates; `valid_to` empty: it still holds, as far as was said.

    `id`: of its first statement; `statements`: how often it was said; `quote`, `source`, `span_id`: of the first.
    `closed_by`: the words that ended it, or empty.
    """

    id: str
    sentence: str
    subject: str
    relation: str
    object: str
    valid_from: str
    valid_to: str
    stance: str
    confidence: float
    statements: int
    span_id: str
    quote: str
    source: str
    closed_by: str = ""


@dataclass(frozen=True)
class Person:
    """Someone with every name that means him, each with the reason: (name, reason, span that shows it)."""

    name: str
    key: str
    names: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProfileLine:
    """One line of a profile: its text, the day from which it holds (may be empty), the spans it rests on, their words.

    `id` names the line for a person who changes it; `action`: what he did: pinned, hidden, edited, or nothing.
    """

    text: str
    since: str
    span_ids: tuple[str, ...]
    quote: str
    id: str = ""
    action: str = ""
    fact_id: str = ""
    """The fact that it tells, if it is one."""


@dataclass(frozen=True)
class ProfileSection:
    """Lines under a title."""

    title: str
    lines: tuple[ProfileLine, ...]


@dataclass(frozen=True)
class Profile:
    """What is known about the person on a day."""

    day: str
    sections: tuple[ProfileSection, ...]
