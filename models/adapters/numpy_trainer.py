"""Trains adapters with NumPy on the processor.

Each step computes a few examples, a thread for each; their gradients are added in the order of the examples, so that
the same training gives the same adapter, bit for bit, whichever thread was faster and however often it was killed.

JAX 0.10 was tried: its matrix products are as fast as those of NumPy's BLAS with the right kernel (240 GFLOPS a core
with AVX-512), and it takes 500 MB more on disk.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from models.adapters import checkpoint
from models.adapters.base_model import Array, BaseModel, LayerWeights, Shape
from models.adapters.frozen import FrozenStates
from models.adapters.lora import LoraLayout, merge
from models.adapters.loss import Head, loss_of_row
from models.adapters.memory import workers_within
from models.adapters.optimizer import Adam, learning_rate
from models.adapters.rows import Row, row_of, steps_of_epoch
from models.adapters.scratch import Scratch
from models.adapters.transformer import Computation
from models.adapters.workers import Workers
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


class NumpyTrainer:
    """Implements `AdapterTrainer`."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[], object] = lambda: None,
    ) -> None:
        """`wait` is called before each step, and returns when the step may be made."""
        self._clock = clock
        self._wait = wait

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        """As `AdapterTrainer.train`."""
        model = BaseModel(base)
        rows = _rows(examples, model.shape, options)
        lora = LoraLayout(model.shape, options.first_layer, options.rank, options.alpha)
        count = workers_within(model.shape, lora, options, [len(row) for row in rows])
        fingerprint = _fingerprint(base, examples, options)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, record = folder / ADAPTER, folder / _RECORD
        if path.exists() and read_record(record).get("training") == fingerprint:
            yield TrainingEnd("done", _steps_of(rows, options), path)
            return
        state = checkpoint.State(lora.begin(options.seed), Adam(lora.size))
        checkpoint.load(folder, fingerprint, state)
        frozen = FrozenStates(model, options.first_layer, rows, folder, fingerprint)
        with Workers(count) as workers:
            try:
                yield from self._frozen_pass(frozen, workers, stop)
                run = _Run(model, lora, rows, frozen, workers)
            except (OSError, ValueError) as error:
                raise ModelError(f"The training of {base} cannot go on: {error}.", CHOOSE_ANOTHER_MODEL) from error
            end = yield from self._steps(run, state, options, folder, fingerprint, stop)
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

    def _frozen_pass(self, frozen: FrozenStates, workers: Workers, stop: threading.Event) -> Iterator[TrainingEvent]:
        began = self._clock()

        def may_go_on() -> bool:
            self._wait()
            return not stop.is_set()

        for tokens in frozen.compute(workers, may_go_on):
            seconds = self._clock() - began
            yield TrainingProgress(0, 0, 0.0, tokens, tokens / max(seconds, 1e-9))

    def _steps(
        self,
        run: _Run,
        state: checkpoint.State,
        options: TrainingOptions,
        folder: Path,
        fingerprint: str,
        stop: threading.Event,
    ) -> Generator[TrainingEvent, None, TrainingEnd]:
        """Make the steps that are left. Returns how they ended."""
        lengths = [len(row) for row in run.rows]
        steps = _steps_of(run.rows, options)
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
            chosen = order.pop(0)
            loss, gradient = run.gradient(state.vector, chosen)
            rate = learning_rate(options.rate, state.step + 1, steps)
            if not np.isfinite(loss) or not state.adam.update(state.vector, gradient, state.step + 1, rate):
                return TrainingEnd("diverged", state.step)
            state.step += 1
            tokens += sum(lengths[number] for number in chosen)
            now = self._clock()
            if now - saved >= options.checkpoint_seconds:
                checkpoint.save(folder, fingerprint, state)
                saved = now
            yield TrainingProgress(state.step, steps, loss, tokens, tokens / max(now - began, 1e-9))
        return TrainingEnd("done", state.step)


@dataclass
class _Run:
    """The trained layers with their weights, and the gradients of steps."""

    model: BaseModel
    lora: LoraLayout
    rows: Sequence[Row]
    frozen: FrozenStates
    workers: Workers
    _gradients: list[Array] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = self.model.shape
        self._head = Head(self.model.output_norm(), self.model.output(), shape.epsilon)
        self._base: list[dict[str, Array]] = []
        self._merged: list[LayerWeights] = []
        for layer in self.lora.layers:
            weights = self.model.layer(layer)
            # The model's own matrices are kept as float16: quantized values need no more.
            self._base.append({group: matrix.astype(np.float16) for group, matrix in weights.matrices.items()})
            self._merged.append(weights)

    def gradient(self, vector: Array, chosen: Sequence[int]) -> tuple[float, Array]:
        """The mean loss of a step over its examples, and its gradient."""
        rows = [self.rows[number] for number in chosen]
        total = max(sum(float(row.weights.sum()) for row in rows), 1e-9)
        while len(self._gradients) < len(chosen):
            self._gradients.append(np.zeros_like(vector))
        losses = [0.0] * len(chosen)
        self.workers.run(lambda number, _: self._merge(vector, number), len(self._merged))

        def run(number: int, scratch: Scratch) -> None:
            losses[number] = self._row(vector, chosen[number], self._gradients[number], total, scratch)

        self.workers.run(run, len(chosen))
        found = self._gradients[0]
        for more in self._gradients[1 : len(chosen)]:
            found += more
        return sum(losses), found

    def _merge(self, vector: Array, number: int) -> None:
        layer = self.lora.layers[number]
        merge(self._base[number], self.lora.of_layer(vector, layer), self.lora.factor, self._merged[number].matrices)

    def _row(self, vector: Array, number: int, gradient: Array, total: float, scratch: Scratch) -> float:
        """Loss and gradient of an example."""
        row = self.rows[number]
        computation = Computation(self.model.shape, row, scratch)
        computation.state(0)[:] = self.frozen.states(number)
        for slot, weights in enumerate(self._merged):
            computation.forward(weights, slot)
        anchors = self.frozen.anchors(number)
        last = computation.state(len(self._merged))
        loss = loss_of_row(self._head, row, last, computation.gradient(), anchors, total, scratch)
        for slot in reversed(range(len(self._merged))):
            layer = self.lora.layers[slot]
            computation.backward(
                self._merged[slot],
                slot,
                self.lora.of_layer(vector, layer),
                self.lora.of_layer(gradient, layer),
                self.lora.factor,
                lowest=slot == 0,
            )
        return loss


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
