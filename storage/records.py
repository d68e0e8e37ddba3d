"""Rows as frozen dataclasses. Instants are ISO 8601 strings in UTC; offsets are characters in the source text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Where text came from. `kind`: file, import (a chat from elsewhere), chat (held here), note."""

    id: str
    kind: str
    title: str
    uri: str
    added_at: str
    folder_id: str | None = None


@dataclass(frozen=True)
class Document:
    """One version of a source's text. `mtime_ns`, `inode` and `bytes` are 0 where there is no file."""

    id: str
    source_id: str
    version: int
    sha256: str
    bytes: int
    mtime_ns: int
    inode: int
    media: str
    title: str
    happened_at: str | None
    precision: str
    recorded_at: str
    author: str = ""
    language: str = ""


@dataclass(frozen=True)
class Span:
    """A stretch of a document, the unit of recall.

    `section` numbers sessions of a chat and headings of a text. `role`: me, other, author, assistant.
    `evidence` is false for what can be found but never supports an answer. `happened_offset` is the
    original UTC offset in minutes. `precision`: year, month, day, minute, second, or mtime (a file's date).
    `place`: page, slide, cells, chapter. `origin` names the message of an export that the span is a piece of.
    """

    id: str
    document_id: str
    ordinal: int
    section: int
    start: int
    end: int
    line: int
    text: str
    heading: str = ""
    speaker: str = ""
    role: str = "author"
    evidence: bool = True
    happened_at: str | None = None
    happened_offset: int | None = None
    precision: str = ""
    message_id: str | None = None
    place: str = ""
    origin: str = ""


@dataclass(frozen=True)
class FoundSpan:
    """A span with its row number and what is needed to cite it."""

    seq: int
    span: Span
    source_id: str
    title: str
    uri: str
    kind: str
    version: int
    live: bool
    faded: bool = False


@dataclass(frozen=True)
class ChatRecord:
    """A chat held here."""

    id: str
    title: str
    started_at: str
    last_at: str
    messages: int = 0
    archived: bool = False


@dataclass(frozen=True)
class MessageRecord:
    """A message of a chat held here. `state`: complete, streaming, stopped, failed, removed.

    `details` is the JSON of an answer's citations and sentences, opaque to the store. `parent` is the message that
    this one follows: None the one before it in the order of writing, "" none. `versions`: ids of all messages in its
    place, oldest first, where there are several.
    """

    id: str
    chat_id: str
    role: str
    text: str
    at: str
    state: str
    model: str = ""
    details: str = ""
    parent: str | None = None
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Folder:
    """A watched folder. `state`: watching, paused, away, or asking (`missing` files are gone: too many to let fade)."""

    id: str
    path: str
    state: str
    added_at: str
    last_scan_at: str | None = None
    missing: int = 0


@dataclass(frozen=True)
class KnownFile:
    """The latest version of a file that was taken in."""

    source_id: str
    uri: str
    folder_id: str | None
    document_id: str
    version: int
    sha256: str
    media: str
    archived: bool
    hidden: bool


@dataclass(frozen=True)
class FileRecord:
    """What the last look at a file saw. `state`: indexed, skipped, failed. `reason`: why, or a note."""

    path: str
    folder_id: str | None
    bytes: int
    mtime_ns: int
    inode: int
    state: str
    reason: str
    seen_at: str = ""


@dataclass(frozen=True)
class SheetRecord:
    """A table of a document. `columns`: (name, kind); `rows`: (start in the text, cells)."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[tuple[int, Sequence[str | float | int | bool | None]]] = ()


@dataclass(frozen=True)
class OutboxRow:
    """A span whose vector or index entry is still to be made (`upsert`) or removed (`delete`)."""

    seq: int
    span_id: str
    op: str
    text: str
    heading: str
    speaker: str
    embedded: bool


@dataclass(frozen=True)
class Counts:
    """How much the store holds."""

    spans: int
    embedded: int
    pending: int
    parked: int
    sources: int
    chats: int
    notes: int
    faded: int = 0
