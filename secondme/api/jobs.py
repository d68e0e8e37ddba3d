"""Background jobs, their runs, and what a run changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
