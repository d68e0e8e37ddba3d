"""What happens while files are taken in, and what a file or an export would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.api.answers import Failed
from secondme.api.jobs import Progress


@dataclass(frozen=True)
class Skipped:
    """A file that was not taken in, and why. `state`: skipped (no reader reads it), failed, or note (it was taken in,
    with a remark)."""

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


IngestEvent: TypeAlias = Progress | Skipped | Ingested | Failed


@dataclass(frozen=True)
class FileTrouble:
    """A file and why it was not taken in. `state`: failed, skipped, or note (it was taken in, with a remark)."""

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
