"""Training an adapter: what is learnt, what is refused, and that a killed training gives the same adapter."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.adapters.backend import Backend
from models.adapters.numpy_backend import NumpyBackend
from models.adapters.process import TrainingProcess
from models.adapters.trainer import Trainer
from models.gguf.adapter_file import read_adapter
from models.gguf.weights import read_weights
from models.protocol import ModelError
from models.protocol.training import (
    Branch,
    Example,
    NotTrainable,
    TrainingEnd,
    TrainingEvent,
    TrainingOptions,
    TrainingProgress,
)
from tests.models.adapters.tiny_model import VOCABULARY, write_tiny_model

OPTIONS = TrainingOptions(first_layer=1, rank=4, alpha=8.0, rate=2e-2, epochs=6, checkpoint_seconds=0.0, memory=1 << 30)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf", "qwen2")


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    """Passages of random tokens, each with two questions; the answer is the token after the one that is asked for."""
    random = np.random.default_rng(4)
    found = []
    for _ in range(9):
        passage = tuple(random.integers(0, VOCABULARY, int(random.integers(6, 20))).tolist())
        asked = random.integers(0, len(passage) - 1, 2)
        branches = tuple(Branch((3, passage[at], passage[at + 1]), (False, False, True)) for at in asked)
        found.append(Example(passage, branches))
    return [*found, Example((), (Branch((5, 6, 7, 8), (False, True, True, True), 0.2, anchor=True),))]


def run(events: Iterator[TrainingEvent]) -> tuple[list[TrainingProgress], TrainingEnd]:
    *steps, end = events
    assert isinstance(end, TrainingEnd)
    return [step for step in steps if isinstance(step, TrainingProgress) and step.step], end


def train(
    base: Path,
    examples: list[Example],
    folder: Path,
    options: TrainingOptions = OPTIONS,
    backend: type[Backend] = NumpyBackend,
) -> bytes:
    """The bytes of the finished adapter."""
    _, end = run(Trainer(backend).train(base, examples, options, folder, threading.Event()))
    assert end.adapter is not None
    return end.adapter.read_bytes()


def test_the_loss_falls_and_an_adapter_is_left(
    base: Path, examples: list[Example], backend: type[Backend], tmp_path: Path
) -> None:
    options = replace(OPTIONS, epochs=30, base_digest="ab" * 32, name="Reader")
    steps, end = run(Trainer(backend).train(base, examples, options, tmp_path, threading.Event()))
    assert end.reason == "done" and end.step == steps[-1].step == steps[-1].steps == 150
    losses = [step.loss for step in steps]
    assert np.mean(losses[-5:]) < 0.5 * np.mean(losses[:5])
    assert end.adapter is not None
    adapter = read_adapter(end.adapter)
    assert (adapter.name, adapter.base_digest) == ("Reader", "ab" * 32)
    assert adapter.alpha / adapter.rank == OPTIONS.alpha / OPTIONS.rank
    assert {tensor.name.split(".")[1] for tensor in adapter.layout.tensors} == {"1", "2"}
    assert len(adapter.layout.tensors) == 2 * 7 * 2
    assert all(np.isfinite(read_weights(tensor)).all() for tensor in adapter.layout.tensors)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["adapter.gguf", "adapter.json"]
    again = list(Trainer(backend).train(base, examples, options, tmp_path, threading.Event()))
    assert again == [end], "what is finished is not trained again"


def test_a_training_that_was_stopped_after_any_step_gives_the_same_adapter(
    base: Path, examples: list[Example], backend: type[Backend], tmp_path: Path
) -> None:
    whole = train(base, examples, tmp_path / "whole", backend=backend)
    stops = 0
    while True:
        stop = threading.Event()
        events = Trainer(backend).train(base, examples, OPTIONS, tmp_path / "parts", stop)
        for event in events:
            if isinstance(event, TrainingProgress) and event.step % 7 == 6:
                stop.set()
        assert isinstance(event, TrainingEnd)
        if event.reason == "done":
            break
        stops += 1
        assert event == TrainingEnd("stopped", stops * 7 - 1)
    assert stops == 4 and event.adapter is not None
    assert event.adapter.read_bytes() == whole


def test_a_process_that_is_killed_goes_on_from_its_checkpoint_with_the_same_adapter(
    base: Path, examples: list[Example], tmp_path: Path
) -> None:
    folder, begins = tmp_path / "killed", []
    trainer = TrainingProcess(tmp_path / "log")
    _, whole = run(trainer.train(base, examples, OPTIONS, tmp_path / "whole", threading.Event()))
    for kill_after in (1, 11, 0):
        events = trainer.train(base, examples, OPTIONS, folder, threading.Event())
        steps = list(events_until(events, kill_after))
        begins.append(next(step.step for step in steps if isinstance(step, TrainingProgress) and step.step))
    assert begins[0] == 1 and 1 < begins[1] < begins[2]
    assert isinstance(steps[-1], TrainingEnd) and steps[-1].adapter and whole.adapter
    assert steps[-1].adapter.read_bytes() == whole.adapter.read_bytes()


def events_until(events: Iterator[TrainingEvent], kill_after: int) -> Iterator[TrainingEvent]:
    """Events until the training's process is killed after so many steps (0: never)."""
    seen = 0
    try:
        for event in events:
            yield event
            seen += isinstance(event, TrainingProgress) and event.step > 0
            if kill_after and seen == kill_after:
                for child in children():
                    os.kill(child, signal.SIGKILL)
    except ModelError as error:
        assert kill_after and "last checkpoint" in error.remedy


def children() -> list[int]:
    """Processes of trainings that this process started."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "models.adapters.child" in line]


def test_the_number_of_workers_does_not_change_the_adapter(base: Path, examples: list[Example], tmp_path: Path) -> None:
    one = train(base, examples, tmp_path / "one", replace(OPTIONS, workers=1, epochs=2))
    assert train(base, examples, tmp_path / "three", replace(OPTIONS, workers=3, epochs=2)) == one


def test_a_checkpoint_of_another_training_or_a_damaged_one_is_not_taken_up(
    base: Path, examples: list[Example], tmp_path: Path
) -> None:
    def stopped_after(step: int) -> None:
        stop = threading.Event()
        for event in Trainer(NumpyBackend).train(base, examples, OPTIONS, tmp_path / "used", stop):
            if isinstance(event, TrainingProgress) and event.step == step:
                stop.set()

    other = replace(OPTIONS, seed=1, epochs=1)
    stopped_after(3)
    assert train(base, examples, tmp_path / "used", other) == train(base, examples, tmp_path / "fresh", other)
    stopped_after(3)
    for name in ("checkpoint.bin", "frozen.states"):
        path = tmp_path / "used" / name
        data = bytearray(path.read_bytes())
        data[-9] ^= 64
        path.write_bytes(data)
    assert train(base, examples, tmp_path / "used") == train(base, examples, tmp_path / "whole")


def test_a_gradient_that_is_not_finite_ends_the_run_and_keeps_the_checkpoint(
    base: Path, examples: list[Example], backend: type[Backend], tmp_path: Path
) -> None:
    mad = replace(OPTIONS, rate=1e30, epochs=3)
    with np.errstate(all="ignore"):
        steps, end = run(Trainer(backend).train(base, examples, mad, tmp_path, threading.Event()))
    assert end.reason == "diverged" and end.adapter is None and end.step == len(steps) >= 1
    head = (tmp_path / "checkpoint.bin").read_bytes().split(b"\n")[0]
    assert f'"step": {end.step}'.encode() in head


def test_what_does_not_fit_is_refused_beforehand_with_the_figure(
    base: Path, examples: list[Example], backend: type[Backend], tmp_path: Path
) -> None:
    events = Trainer(backend).train(base, examples, replace(OPTIONS, memory=50_000_000), tmp_path, threading.Event())
    with pytest.raises(NotTrainable, match=r"would take 1\d\d MB, more than the 50 MB it may use") as refused:
        next(events)
    assert not list(tmp_path.iterdir())
    fitting = replace(OPTIONS, memory=refused.value.needed, epochs=1)
    assert train(base, examples, tmp_path, fitting, backend)


def test_what_cannot_be_trained_is_refused_with_a_sentence(base: Path, examples: list[Example], tmp_path: Path) -> None:
    strange = write_tiny_model(tmp_path / "strange.gguf", "gemma")
    for path, given, options, says in (
        (strange, examples, OPTIONS, "gemma"),
        (base, [], OPTIONS, "nothing to learn"),
        (base, [Example((1,), (Branch((VOCABULARY,), (True,)),))], OPTIONS, "tokens that the model does not know"),
        (base, examples, replace(OPTIONS, first_layer=3), "3 layers"),
    ):
        with pytest.raises(NotTrainable, match=says):
            next(Trainer(NumpyBackend).train(path, given, options, tmp_path / "folder", threading.Event()))


def test_a_process_makes_no_step_while_it_may_not_run(base: Path, examples: list[Example], tmp_path: Path) -> None:
    looks = 0

    def may_run() -> bool:
        nonlocal looks
        looks += 1
        return looks > 5

    trainer = TrainingProcess(tmp_path / "log", may_run)
    events = trainer.train(base, examples, OPTIONS, tmp_path / "folder", threading.Event())
    looks_before_events = [looks for _ in events]
    assert len(looks_before_events) > 30 and min(looks_before_events) > 5
