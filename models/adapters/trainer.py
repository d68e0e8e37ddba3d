"""Trains adapters, whatever computes them: the pass over the frozen layers, the steps, checkpoints, and the file."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from models.adapters import checkpoint
from models.adapters.backend import Backend
from models.adapters.base_model import BaseModel, Shape
from models.adapters.frozen import FrozenStates
from models.adapters.lora import LoraLayout
from models.adapters.memory import workers_within
from models.adapters.optimizer import Adam, learning_rate
from models.adapters.rows import Row, row_of, steps_of_epoch
from models.gguf.adapter_file import write_adapter
from models.machine.atomic_file import read_record, write_record
from models.protocol import CHOOSE_ANOTHER_MODEL, ModelError
from models.protocol.training import (
    Example,
    NotTrainable,
    TrainingEnd,
    TrainingEvent,
    TrainingOptions,
    TrainingProgress,
)

ADAPTER = "adapter.gguf"
"""The finished adapter's file in the folder of its training."""
_RECORD = "adapter.json"
"""Says of which training the adapter is."""


class Trainer:
    """Implements `AdapterTrainer`."""

    def __init__(
        self,
        backend: type[Backend],
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[], object] = lambda: None,
    ) -> None:
        """`wait` is called before each step, and returns when the step may be made."""
        self._backend = backend
        self._clock = clock
        self._wait = wait

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        """As `AdapterTrainer.train`."""
        model = BaseModel(base)
        rows = _rows(examples, model.shape, options)
        lora = LoraLayout(model.shape, options.first_layer, options.rank, options.alpha)
        workers = workers_within(self._backend.needed(model.shape, lora, options, [len(row) for row in rows]), options)
        fingerprint = _fingerprint(base, examples, options)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, record = folder / ADAPTER, folder / _RECORD
        if path.exists() and read_record(record).get("training") == fingerprint:
            yield TrainingEnd("done", _steps_of(rows, options), path)
            return
        state = checkpoint.State(lora.begin(options.seed), Adam(lora.size))
        checkpoint.load(folder, fingerprint, state)
        frozen = FrozenStates(model, options.first_layer, rows, folder, fingerprint)
        with self._backend(model.shape, workers, options.memory) as backend:
            try:
                yield from self._frozen_pass(frozen, backend, stop)
                backend.hold(model, lora)
            except (OSError, ValueError) as error:
                raise ModelError(f"The training of {base} cannot go on: {error}.", CHOOSE_ANOTHER_MODEL) from error
            end = yield from self._steps(backend, frozen, state, options, folder, fingerprint, stop)
        if end.reason == "done":
            write_adapter(
                path,
                lora.matrices(state.vector),
                architecture=model.shape.architecture,
                alpha=options.alpha,
                base_digest=options.base_digest,
                name=options.name,
            )
            write_record(record, {"training": fingerprint})
            checkpoint.remove(folder)
            frozen.remove()
            end = replace(end, adapter=path)
        yield end

    def _frozen_pass(self, frozen: FrozenStates, backend: Backend, stop: threading.Event) -> Iterator[TrainingEvent]:
        began = self._clock()

        def may_go_on() -> bool:
            self._wait()
            return not stop.is_set()

        for tokens in frozen.compute(backend, may_go_on):
            seconds = self._clock() - began
            yield TrainingProgress(0, 0, 0.0, tokens, tokens / max(seconds, 1e-9))

    def _steps(
        self,
        backend: Backend,
        frozen: FrozenStates,
        state: checkpoint.State,
        options: TrainingOptions,
        folder: Path,
        fingerprint: str,
        stop: threading.Event,
    ) -> Generator[TrainingEvent, None, TrainingEnd]:
        """Make the steps that are left. Returns how they ended."""
        lengths = [len(row) for row in frozen.rows]
        steps = _steps_of(frozen.rows, options)
        per_epoch = steps // options.epochs
        began = saved = self._clock()
        tokens, order = 0, list[list[int]]()
        while state.step < steps:
            self._wait()
            if stop.is_set():
                checkpoint.save(folder, fingerprint, state)
                return TrainingEnd("stopped", state.step)
            if not order:
                epoch, done = divmod(state.step, per_epoch)
                order = steps_of_epoch(lengths, options.examples_per_step, options.seed, epoch)[done:]
            chosen = [frozen.row(number) for number in order.pop(0)]
            total = max(sum(float(one.row.weights.sum()) for one in chosen), 1e-9)
            loss, gradient = backend.gradient(state.vector, chosen, total)
            rate = learning_rate(options.rate, state.step + 1, steps)
            if not np.isfinite(loss) or not state.adam.update(state.vector, gradient, state.step + 1, rate):
                return TrainingEnd("diverged", state.step)
            state.step += 1
            tokens += sum(len(one.row) for one in chosen)
            now = self._clock()
            if now - saved >= options.checkpoint_seconds:
                checkpoint.save(folder, fingerprint, state)
                saved = now
            yield TrainingProgress(state.step, steps, loss, tokens, tokens / max(now - began, 1e-9))
        return TrainingEnd("done", state.step)


def _steps_of(rows: Sequence[Row], options: TrainingOptions) -> int:
    return -(-len(rows) // options.examples_per_step) * options.epochs


def _rows(examples: Sequence[Example], shape: Shape, options: TrainingOptions) -> list[Row]:
    """The rows of examples. Raises NotTrainable for what makes no training."""
    again = "Give it examples and options that fit the model."
    if not 0 <= options.first_layer < shape.layers or options.rank < 1 or options.epochs < 1:
        raise NotTrainable(f"A model of {shape.layers} layers can't be trained so.", again)
    rows = [row_of(example) for example in examples]
    if not any(len(row.sources) for row in rows):
        raise NotTrainable("There is nothing to learn in the examples.", again)
    if any(row.tokens.min(initial=0) < 0 or row.tokens.max(initial=0) >= shape.vocabulary for row in rows):
        raise NotTrainable("The examples have tokens that the model does not know.", again)
    return [row for row in rows if len(row.sources)]


def _fingerprint(base: Path, examples: Sequence[Example], options: TrainingOptions) -> str:
    """Digest of all that the adapter depends on: what was made of anything else is not taken up."""
    found = base.stat()
    # How often it is saved, by how many and in how much memory, changes nothing.
    how = asdict(replace(options, workers=0, memory=0, checkpoint_seconds=0.0))
    digest = hashlib.sha256(json.dumps([found.st_size, found.st_mtime_ns, how], sort_keys=True).encode())
    for example in examples:
        digest.update(json.dumps(asdict(example)).encode())
    return digest.hexdigest()
