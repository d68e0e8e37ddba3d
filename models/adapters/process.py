"""A training in a process of its own, which gives way to everything else and may be killed at any moment."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, astuple
from pathlib import Path

from models.child.process import Child, Died
from models.child.wire import LOWEST
from models.machine.atomic_file import replace_file
from models.machine.processors import blas_environment
from models.protocol import ModelError
from models.protocol.training import (
    Example,
    NotTrainable,
    TrainingEnd,
    TrainingEvent,
    TrainingOptions,
    TrainingProgress,
)

_POLL = 0.25
"""Seconds between looks at whether it may run."""
EXAMPLES = "examples.json"
"""The examples in the folder of a training; it is deleted when that is done."""


class TrainingProcess:
    """Implements `AdapterTrainer` by a child process."""

    def __init__(
        self, log: Path, may_run: Callable[[], bool] = lambda: True, niceness: int = LOWEST, backend: str = ""
    ) -> None:
        """`log` takes what the process prints. While `may_run` says no (a chat, the battery) it makes no step.

        `backend`: "numpy" or "mlx"; empty: what fits the machine.
        """
        self._log = log
        self._may_run = may_run
        self._niceness = niceness
        self._backend = backend

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        """As `AdapterTrainer.train`. Closing the iterator ends the process at once; the checkpoint stays."""
        path = folder / EXAMPLES
        replace_file(path, as_json(examples))
        child = Child(
            "models.adapters.child",
            {
                "base": str(base),
                "examples": str(path),
                "folder": str(folder),
                "training": asdict(options),
                "log": str(self._log),
                "niceness": self._niceness,
                "backend": self._backend,
            },
            blas_environment(),
        )
        try:
            end = yield from self._follow(child, stop)
        except Died as death:
            raise ModelError(
                f"The training's process ended unexpectedly (exit code {child.stop()}).",
                f"Start it again: it goes on from its last checkpoint. Details are in {self._log}.",
            ) from death
        finally:
            child.stop()
        if end.reason == "done":
            path.unlink(missing_ok=True)
        yield end

    def _follow(self, child: Child, stop: threading.Event) -> Generator[TrainingEvent, None, TrainingEnd]:
        """What the process reports. Returns its end."""
        paused = stopping = False
        while True:
            if stop.is_set() and not stopping:
                stopping = True
                child.send({"stop": True})
            elif not stopping and paused == self._may_run():
                paused = not paused
                child.send({"pause": paused})
            reply = child.receive(_POLL)
            if "progress" in reply:
                yield TrainingProgress(**reply["progress"])
            elif "end" in reply:
                adapter = reply["end"].pop("adapter")
                return TrainingEnd(**reply["end"], adapter=Path(adapter) if adapter else None)
            elif "failed" in reply:
                what, remedy = reply["failed"]
                raise NotTrainable(what, remedy, reply["needed"]) if reply["needed"] else ModelError(what, remedy)


def as_json(examples: Sequence[Example]) -> bytes:
    """Examples as the process reads them."""
    return json.dumps(
        [[example.prefix, [astuple(branch) for branch in example.branches]] for example in examples]
    ).encode()
