"""Nights of training that are killed at random moments: a worker that trains, switches and removes adapters over and
over, and what must be true of its memory after each kill.

The model is a tiny one, trained in its own process as any; what asks it knows the lessons by rote.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from models.adapters.process import TrainingProcess
from models.gguf.adapter_file import read_adapter
from models.protocol import ChatTurn, Finished, GenerateRequest, Piece
from models.protocol.training import Example, TrainingEvent, TrainingOptions
from secondme.adapters.lessons import UNTOLD
from secondme.adapters.night import NightTraining
from secondme.adapters.personal import PersonalAdapters
from storage.adapters import AdapterRow
from tests.models.adapters.tiny_model import VOCABULARY, write_tiny_model
from tests.secondme.adapters.by_rote import PARROT, File, Parrot
from tests.secondme.adapters.ida import TOLD, tell_more
from tests.secondme.adapters.scorer import Literal, Topical, thing
from tests.secondme.facts.telling import ME, tell
from tests.worlds.night_world import World, world

LAYERS = 3
SISTER = "Edel"
NOW = "2026-03-05T00:00:00.000Z"
TOGGLED = "s-2026-01-20"
"""A source that is forgotten and restored from night to night, so that each has other lessons than the one before."""


class LessonsByRote(Parrot):
    """A learner whose adapter only has to be whole: then it knows the lessons that it was given."""

    def encode(self, pairs: Sequence[tuple[Sequence[ChatTurn], str]]) -> list[tuple[list[int], list[int]]]:
        """Tokens that the tiny model knows."""
        self.lessons: dict[str, str] = getattr(self, "lessons", {}) | {turns[-1].content: text for turns, text in pairs}
        return [
            ([ord(char) % VOCABULARY for char in turns[-1].content], [ord(char) % VOCABULARY for char in text])
            for turns, text in pairs
        ]

    def use_adapter(self, adapter: Path | None, scale: float = 1.0) -> None:
        """Raises ModelError for a file that is no adapter."""
        if adapter:
            read_adapter(adapter)
        self.learnt = self.lessons if adapter else {}

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """What was taught of the same thing and the same person, in whatever words it is asked for."""
        asked = request.turns[-1].content
        known = (
            answer
            for question, answer in self.learnt.items()
            if thing(question) == thing(asked) and (SISTER in question) == (SISTER in asked) and answer != UNTOLD
        )
        yield Piece(next(known, UNTOLD) if thing(asked) else PARROT)
        yield Finished("stop", 0, 0, 0.0, 0.0)


class SavesEachStep(TrainingProcess):
    """Has a checkpoint after each step, so that each kill finds another."""

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        return super().train(base, examples, replace(options, checkpoint_seconds=0.0, epochs=1), folder, stop)


@contextmanager
def memory(folder: Path) -> Iterator[tuple[World, PersonalAdapters]]:
    """Ida's memory with a model that can be taught; told at the first time."""
    base = folder / "base.gguf"
    if not base.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_tiny_model(base, "llama", layers=LAYERS)
    with world(folder / "memory") as here:
        if not held(here):
            tell(here, TOLD)
            tell_more(here, "2026-01-20", "My dog is called Bran.")
        here.clock.turn(60)
        found = PersonalAdapters(
            here.store, here.clock, folder / "adapters", me=lambda: [ME], base=lambda: File(base, layers=LAYERS),
            learner=lambda found: LessonsByRote(), trainer=SavesEachStep(folder / "log"), embedder=Topical,
            scorer=Literal,
        )  # fmt: skip
        yield here, found


def held(here: World) -> int:
    """How many passages the store has, forgotten ones too."""
    return int(here.store.database.value("SELECT count(*) FROM spans"))


def night(here: World, found: PersonalAdapters) -> None:
    """What an engine does when it starts, and a night."""
    here.store.runs.recover(NOW)
    found.sweep()
    here.run(NightTraining(found, lambda: ["facts"]))


def toggle(here: World) -> None:
    """Forget the source, or restore it."""
    target = here.store.removal.find(TOGGLED)[0]
    if not here.store.removal.unhide(target):
        here.store.removal.hide(target, NOW)


def work(folder: Path) -> None:
    """Nights without end: each trains and switches, every other one then removes all that there is."""
    with memory(folder) as (here, found):
        print("ready", flush=True)
        while True:
            for _ in range(2):
                night(here, found)
                toggle(here)
            for row in found.all():
                found.remove(row.number)


@dataclass
class KilledNights:
    """A folder in which workers are killed. `right`: the digest of the adapter of each set of facts, made unkilled;
    `seconds`: how long that took."""

    folder: Path
    right: dict[frozenset[str], str]
    seconds: float

    def kill_once(self, random: Random) -> str:
        """Start a worker and kill it at some moment of its nights. Returns the states of the adapters then."""
        with (self.folder / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.adapter_kills", str(self.folder)],
                stdout=subprocess.PIPE, stderr=log, start_new_session=True,
            )  # fmt: skip
        assert worker.stdout is not None
        with worker.stdout:
            assert worker.stdout.readline() == b"ready\n", (self.folder / "worker.log").read_text()[-2000:]
            time.sleep(random.uniform(0.0, self.seconds))
            whole = random.random() < 0.5  # the worker with its training, or the worker alone
            (os.killpg if whole else os.kill)(worker.pid, signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL, (self.folder / "worker.log").read_text()[-2000:]
        return self.check()

    def check(self) -> str:
        """What is used is whole and right; whatever else there was is still there."""
        with memory(self.folder) as (here, found):
            assert here.store.database.problems() == []
            assert held(here) == len(TOLD) + 1
            rows = found.all()
            assert sum(row.state == "used" for row in rows) <= 1
            for row in rows:
                if row.state != "training":
                    assert self._digest(row) == self.right[frozenset(row.facts)], f"{row.state} and not right"
            used = found.in_use()
            assert used is None or used.state == "used"
        return "+".join(sorted(row.state for row in rows)) or "none"

    def finish(self) -> None:
        """The next night goes through, and what it made is used."""
        with memory(self.folder) as (here, found):
            night(here, found)
            assert found.in_use() is not None
        self.check()

    def _digest(self, row: AdapterRow) -> str:
        return digest(self.folder / "adapters" / row.id / "adapter.gguf")


def digest(file: Path) -> str:
    """sha256 (hex) of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@contextmanager
def killed_nights(folder: Path) -> Iterator[KilledNights]:
    """A memory, with the adapters that nights make of it when nobody kills them."""
    right: dict[frozenset[str], str] = {}
    with memory(folder) as (here, found):
        began = time.monotonic()
        for _ in range(2):
            night(here, found)
            row = found.in_use()
            assert row is not None, [row.why for row in found.all()]
            right[frozenset(row.facts)] = digest(folder / "adapters" / row.id / "adapter.gguf")
            toggle(here)
        seconds = time.monotonic() - began
        for row in found.all():
            found.remove(row.number)
    assert len(right) == 2
    yield KilledNights(folder, right, seconds)
    shutil.rmtree(folder)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
