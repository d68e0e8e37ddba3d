"""MLX computes what NumPy does. Here on the processor: on Apple's chips this was never run."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.adapters import child
from models.adapters.backend import Backend, FrozenRow
from models.adapters.base_model import Array, BaseModel
from models.adapters.lora import LoraLayout
from models.adapters.mlx_transformer import seen
from models.adapters.numpy_backend import NumpyBackend
from models.adapters.process import TrainingProcess
from models.adapters.rows import Row, row_of
from models.adapters.trainer import Trainer
from models.gguf.header import read_layout
from models.gguf.weights import read_weights
from models.protocol.training import Branch, Example, TrainingEnd, TrainingOptions, TrainingProgress
from tests.models.adapters.test_gradients import FIRST, Trained, an_example
from tests.models.adapters.tiny_model import VOCABULARY, write_tiny_model

OPTIONS = TrainingOptions(first_layer=FIRST, rank=4, alpha=8.0, rate=1e-2, epochs=3, memory=1 << 30)
ARCHITECTURES = ["llama", "qwen2"]


def frozen_row(backend: Backend, base: BaseModel, row: Row, anchors: Array) -> FrozenRow:
    """A row that this backend ran through the frozen layers."""
    states = base.embed(row.tokens)
    for layer in range(FIRST):
        backend.pass_through(base.layer(layer), [(row, states)])
    return FrozenRow(row, states, anchors.astype(np.float32))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_loss_and_gradient_are_those_in_double_precision(
    architecture: str, mlx_backend: type[Backend], tmp_path: Path
) -> None:
    trained = Trained(write_tiny_model(tmp_path / "tiny.gguf", architecture), an_example())
    vector = np.random.default_rng(1).normal(0, 0.2, trained.lora.size)
    expected_loss, expected = trained.loss(vector)
    base = BaseModel(tmp_path / "tiny.gguf")
    with mlx_backend(base.shape, 1, OPTIONS.memory) as backend:
        backend.hold(base, trained.lora)
        row = frozen_row(backend, base, trained.row, trained.anchors)
        loss, gradient = backend.gradient(vector.astype(np.float32), [row], float(trained.row.weights.sum()))
    assert loss == pytest.approx(expected_loss, rel=1e-5)
    assert np.linalg.norm(gradient - expected) < 1e-5 * np.linalg.norm(expected)


def test_an_anchor_costs_nothing_where_nothing_has_changed(mlx_backend: type[Backend], tmp_path: Path) -> None:
    example = Example((1, 2, 3), (an_example().branches[2],))
    trained = Trained(write_tiny_model(tmp_path / "tiny.gguf", "llama"), example)
    base = BaseModel(tmp_path / "tiny.gguf")
    with mlx_backend(base.shape, 1, OPTIONS.memory) as backend:
        backend.hold(base, trained.lora)
        row = frozen_row(backend, base, trained.row, trained.anchors)
        begin = trained.lora.begin(seed=1)
        loss, gradient = backend.gradient(begin, [row], 1.0)
        assert loss == pytest.approx(0, abs=1e-5)
        assert np.abs(gradient).max() < 1e-4
        assert backend.gradient(begin + np.float32(0.1), [row], 1.0)[0] > 0.01


def test_a_branch_does_not_see_another(mlx_backend: type[Backend], tmp_path: Path) -> None:
    base = BaseModel(write_tiny_model(tmp_path / "tiny.gguf", "qwen2"))
    example = an_example()
    prefix = len(example.prefix)
    with mlx_backend(base.shape, 1, OPTIONS.memory) as backend:

        def through(example: Example) -> Array:
            return frozen_row(backend, base, row_of(example), np.empty((0, base.shape.width))).states

        together, at = through(example), prefix
        for branch in example.branches:
            alone = through(Example(example.prefix, (branch,)))
            assert np.allclose(alone[:prefix], together[:prefix], atol=1e-5)
            assert np.allclose(alone[prefix:], together[at : at + len(branch.tokens)], atol=1e-5)
            at += len(branch.tokens)


def test_each_token_sees_its_prefix_and_its_branch_up_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.adapters.rows.QUERY_BLOCK", 2)
    example = Example((1, 2), (Branch((3, 4, 5), (True,) * 3), Branch((6,), (True,))))
    expected = ["100000", "110000", "111000", "111100", "111110", "110001"]
    assert ["".join("01"[int(sees)] for sees in row) for row in seen(row_of(example))] == expected


def matrices(adapter: Path) -> dict[str, Array]:
    return {tensor.name: read_weights(tensor) for tensor in read_layout(adapter).tensors}


def some_examples() -> list[Example]:
    random = np.random.default_rng(2)
    passages = [tuple(random.integers(0, VOCABULARY, 8).tolist()) for _ in range(3)]
    asked = [Example(passage, (Branch(passage[2:5], (False, True, True)),) * 2) for passage in passages]
    return [*asked, an_example()]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_same_training_gives_the_adapter_that_numpy_gives(
    architecture: str, mlx_backend: type[Backend], tmp_path: Path
) -> None:
    # NumPy keeps the model's matrices as float16, and Adam makes much of a small difference.
    base = write_tiny_model(tmp_path / "tiny.gguf", architecture, width=64, feed_forward=64, halves=True)
    found = []
    for backend in (NumpyBackend, mlx_backend):
        events = Trainer(backend).train(base, some_examples(), OPTIONS, tmp_path / backend.__name__, threading.Event())
        *steps, end = events
        assert isinstance(end, TrainingEnd) and end.adapter is not None
        losses = [step.loss for step in steps if isinstance(step, TrainingProgress) and step.step]
        found.append((losses, matrices(end.adapter)))
    (losses, adapter), (other_losses, other_adapter) = found
    assert other_losses == pytest.approx(losses, rel=1e-4)
    assert len(losses) == 6 and adapter.keys() == other_adapter.keys()
    for name, matrix in adapter.items():
        assert np.linalg.norm(matrix - other_adapter[name]) < 0.01 * np.linalg.norm(matrix), name


def test_it_goes_on_from_a_checkpoint_of_numpy(mlx_backend: type[Backend], tmp_path: Path) -> None:
    base = write_tiny_model(tmp_path / "tiny.gguf", "llama")
    stop = threading.Event()
    for event in Trainer(NumpyBackend).train(base, some_examples(), OPTIONS, tmp_path, stop):
        if isinstance(event, TrainingProgress) and event.step == 4:
            stop.set()
    first, *_, end = Trainer(mlx_backend).train(base, some_examples(), OPTIONS, tmp_path, threading.Event())
    assert isinstance(first, TrainingProgress) and first.step == 5
    assert isinstance(end, TrainingEnd) and end.reason == "done"


@pytest.mark.parametrize(("heads", "feed_forward"), [(4, 8), (1, 2000)], ids=["scores", "feed-forward"])
def test_what_it_takes_is_known_beforehand(
    heads: int, feed_forward: int, mlx_backend: type[Backend], tmp_path: Path
) -> None:
    import mlx.core

    memory: Any = mlx.core
    base = BaseModel(
        write_tiny_model(tmp_path / "tiny.gguf", "qwen2", width=64, heads=heads, feed_forward=feed_forward, kv_heads=1)
    )
    lora = LoraLayout(base.shape, FIRST, OPTIONS.rank, OPTIONS.alpha)
    row = row_of(Example((1,) * 300, (Branch((2, 3), (True, True)),)))
    with mlx_backend(base.shape, 1, OPTIONS.memory) as backend:
        backend.hold(base, lora)
        frozen = FrozenRow(row, base.embed(row.tokens), np.empty((0, base.shape.width)))
        before = memory.get_active_memory()
        memory.reset_peak_memory()
        backend.gradient(lora.begin(1), [frozen], 1.0)
        taken = memory.get_peak_memory() - before
    expected = mlx_backend.needed(base.shape, lora, OPTIONS, [len(row)]).worker + 2 * 4 * lora.size
    assert 0.7 * expected < taken <= expected


def test_the_process_trains_with_it_where_it_is_asked_to(mlx_backend: type[Backend], tmp_path: Path) -> None:
    base = write_tiny_model(tmp_path / "tiny.gguf", "llama")
    options = replace(OPTIONS, epochs=1)
    ends = [
        list(trainer.train(base, some_examples(), options, tmp_path / name, threading.Event()))[-1]
        for name, trainer in (
            ("process", TrainingProcess(tmp_path / "log", backend="mlx")),
            ("here", Trainer(mlx_backend)),
        )
    ]
    adapters = [end.adapter for end in ends if isinstance(end, TrainingEnd) and end.adapter is not None]
    assert adapters[0].read_bytes() == adapters[1].read_bytes()


@pytest.mark.parametrize(
    ("system", "machine", "installed", "expected"),
    [
        ("darwin", "arm64", True, "mlx"),
        ("darwin", "arm64", False, "numpy"),
        ("darwin", "x86_64", True, "numpy"),
        ("linux", "aarch64", True, "numpy"),
    ],
)
def test_it_is_chosen_on_apple_silicon_alone(
    system: str, machine: str, installed: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr(child, "find_spec", lambda name: object() if installed and name == "mlx" else None)
    assert child.backend_here() == expected
