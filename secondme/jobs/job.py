"""What a background job is: steps that give way, change rows through a run, and can be previewed without one."""

from __future__ import annotations

import contextlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.protocol import ChatTurn, Finished, GenerateRequest, LanguageModel, Piece
from secondme.api import Progress
from secondme.clock import Clock, instant
from secondme.ids import new_id
from storage.runs import ChangeRecord, Step
from storage.store import Store

PREVIEW = 200
"""Changes that a dry run lists; it counts all of them."""


class Stopped(Exception):
    """A person or the end of the engine stopped the job; what it did is kept."""


@dataclass
class Run:
    """A run of a job, or with `dry` its preview: the same steps, and nothing is written."""

    store: Store
    clock: Clock
    job: str
    dry: bool = False
    force: bool = False
    """Also where the job finds that nothing needs to be done."""
    asked: bool = False
    """Whether a person asked for it, and is told why nothing can be done."""
    give_way: Callable[[], None] = lambda: None
    """Returns when nobody waits for an answer."""
    stop: threading.Event = field(default_factory=threading.Event)
    id: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    preview: list[ChangeRecord] = field(default_factory=list)
    model: LanguageModel | None = None
    cancel_model: threading.Event = field(default_factory=threading.Event)
    """Set when a person asks: the model leaves this run's sentence within one token."""
    prompt_tokens: int = 0
    tokens: int = 0
    model_seconds: float = 0.0

    def __post_init__(self) -> None:
        self.id = self.id or f"{self.job}/{new_id()[-8:]}"

    @property
    def now(self) -> datetime:
        """The clock's time."""
        return self.clock.now()

    @contextlib.contextmanager
    def step(self) -> Iterator[Step]:
        """A transaction of this run. Waits first until nobody waits for an answer. Raises Stopped."""
        self.pause()
        with self.store.runs.dry_step() if self.dry else self.store.runs.step(self.id) as step:
            yield step
        for what, number in step.counts.items():
            self.counts[what] = self.counts.get(what, 0) + number
        if self.dry and len(self.preview) < PREVIEW:
            self.preview += step.listed[: PREVIEW - len(self.preview)]

    def pause(self) -> None:
        """Give way to a person. Raises Stopped."""
        self.give_way()
        if self.stop.is_set():
            raise Stopped

    def write(self, turns: list[ChatTurn], max_tokens: int, schema: Mapping[str, Any] | None = None) -> str | None:
        """What the model writes, within a JSON schema if there is one; None when a person asked meanwhile: try again.
        Raises Stopped, ModelError."""
        assert self.model is not None
        self.pause()
        self.cancel_model.clear()
        text = ""
        for piece in self.model.generate(
            GenerateRequest(turns, max_tokens=max_tokens, schema=schema), self.cancel_model
        ):
            if isinstance(piece, Piece):
                text = "" if piece.retracts else text if piece.thought else text + piece.text
            elif isinstance(piece, Finished):
                self.prompt_tokens += piece.prompt_tokens
                self.tokens += piece.completion_tokens
                self.model_seconds += piece.prompt_seconds + piece.completion_seconds
                if piece.reason == "cancelled":
                    return None
        return text

    def perform(self, job: Job, cause: str) -> Generator[Progress, None, None]:
        """Run a job to its end. A stop or an error ends the run and keeps what its steps committed."""
        if self.dry:
            with contextlib.suppress(Stopped):
                yield from job.steps(self)
            return
        self.store.runs.begin(self.id, self.job, cause, instant(self.now))
        state, error = "stopped", ""
        try:
            yield from job.steps(self)
            state = "done"
        except Stopped:
            pass
        except Exception as failure:
            state, error = "failed", f"{type(failure).__name__}: {failure}"[:200]
            raise
        finally:
            self.store.runs.finish(self.id, state, instant(self.now), error)


class Job(ABC):
    """A kind of background work.

    To add a job, write a subclass in the room whose work it does, and name it in `engine/job_list.py`; where it changes
    a table that no job changed before, `storage.runs.KEYS` gets the key of that table.
    """

    name: str
    """What it is called on the command line."""
    title: str
    """What it does, for a list: one line without a full stop."""
    every: timedelta = timedelta(hours=20)
    """It is due so long after its last success."""
    after_chat: bool = False
    """Whether it also runs soon after each answer."""
    short: bool = False
    """Whether it is over in a minute or two even with a model, so that the engine waits for its end before it
    leaves."""
    resumes: bool = False
    """Whether it is long and goes on where it was stopped: it makes room for other jobs, and the engine does not wait
    for its end."""

    def needs(self) -> str:
        """What this job alone lacks to run by itself, such as a setting; empty: nothing. A person can always run it."""
        return ""

    @abstractmethod
    def steps(self, run: Run) -> Iterator[Progress]:
        """Do the work in steps of a few hundredths of a second, each in `run.step()`. Raises Stopped."""
