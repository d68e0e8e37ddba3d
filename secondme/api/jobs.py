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
    """A background job. `state` is on or paused; `next_at` is when it is due, empty for now; `waits_for` is what keeps
    jobs that are due from running, or empty; `needs` is what this job alone lacks to run by itself, such as power."""

    name: str
    title: str
    state: str
    last_success: str
    next_at: str
    running: bool
    error: str = ""
    waits_for: str = ""
    progress: Progress | None = None
    needs: str = ""


@dataclass(frozen=True)
class RunSummary:
    """A run of a job. `cause`: schedule or person; `state`: running, done, stopped, failed, undone, or preview.

    `counts` says what it did and how often; `changes` counts the rows that it changed. Undo gives back all of them.
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
    """A change by a run: what it did, to what (an excerpt), the span if it is a span, and a note."""

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
    """How many rows an undo gave back; with `conflicts` none, because these rows were changed since."""

    run: str
    rows: int
    conflicts: tuple[str, ...] = ()
