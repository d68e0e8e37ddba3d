"""The engine at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Rung: TypeAlias = Literal["full", "no-model", "words-only"]
"""full: words, vectors and a language model. no-model: answers are quotes. words-only: no embedder either."""


@dataclass(frozen=True)
class FolderStatus:
    """A watched folder.

    `state` is watching, polling, paused, away (it is not there now; its memories stay), or asking: more than half of
    its files, `missing` of them, are gone at once, and none of their memories fades before `watch confirm`.
    """

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
    """Something that went wrong and waits for the person: a sentence and what to do."""

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
    """Memories that have left the hot indexes; a second look finds them."""
    welcomed: bool = True
    """False until the first-run welcome was answered or skipped."""
    leaving: tuple[str, ...] = ()
    """What happens outside this machine, such as `answers by example.com: leaves this machine`. It is always shown."""
    failed: int = 0
    """Files that could not be read."""
    noted: int = 0
    """Files that were read with a note: what of them was left out, damaged or masked."""
    reading: tuple[str, ...] = ()
    """Programs whose last call was within a minute."""
    waiting: int = 0
    """Proposals of programs in the inbox."""
