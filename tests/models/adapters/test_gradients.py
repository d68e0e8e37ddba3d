"""Gradients of an adapter against finite differences, in double precision."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.adapters.base_model import Array, BaseModel, LayerWeights
from models.adapters.lora import LoraLayout, merge
from models.adapters.loss import Head, loss_of_row
from models.adapters.rows import Row, row_of
from models.adapters.scratch import Scratch
from models.adapters.transformer import Computation, norm
from models.protocol.training import Branch, Example
from tests.models.adapters.tiny_model import VOCABULARY, write_tiny_model

FIRST = 1
DIFFERENCE = 1e-5


def an_example() -> Example:
    """A prefix, two questions on it of which the answers count, and an anchor."""
    random = np.random.default_rng(5)

    def tokens(count: int) -> tuple[int, ...]:
        return tuple(random.integers(0, VOCABULARY, count).tolist())

    return Example(
        tokens(7),
        (
            Branch(tokens(5), (False, False, True, True, True)),
            Branch(tokens(4), (True, False, True, True), weight=0.5),
            Branch(tokens(6), (False, True, True, True, True, True), weight=0.2, anchor=True),
        ),
    )


class Trained:
    """The layers above FIRST of a tiny model, in double precision."""

    def __init__(self, path: Path, example: Example) -> None:
        self.base = BaseModel(path, np.float64)
        self.lora = LoraLayout(self.base.shape, FIRST, rank=3, alpha=6.0)
        self.layers = [self.base.layer(layer) for layer in range(self.base.shape.layers)]
        self.row = row_of(example)
        self.scratch = Scratch(np.float64)
        self.head = Head(self.base.output_norm(), self.base.output(), self.base.shape.epsilon)
        base = self.through([layer.matrices for layer in self.layers])
        at = base[self.row.sources[self.row.anchors]]
        self.anchors = norm(at, self.head.scale, self.head.epsilon, np.empty_like(at))

    def through(self, matrices: list[dict[str, Array]], row: Row | None = None) -> Array:
        """States after the last layer."""
        row = row or self.row
        computation = Computation(self.base.shape, row, self.scratch)
        computation.state(0)[:] = self.base.embed(row.tokens)
        for layer, held in enumerate(matrices):
            computation.forward(replace(self.layers[layer], matrices=held), layer)
        return computation.state(len(matrices)).copy()

    def merged(self, vector: Array) -> list[LayerWeights]:
        found = []
        for layer, weights in enumerate(self.layers):
            matrices = {group: matrix.copy() for group, matrix in weights.matrices.items()}
            if layer >= FIRST:
                merge(weights.matrices, self.lora.of_layer(vector, layer), self.lora.factor, matrices)
            found.append(replace(weights, matrices=matrices))
        return found

    def loss(self, vector: Array) -> tuple[float, Array]:
        """The loss and its gradient."""
        merged = self.merged(vector)
        state = self.through([weights.matrices for weights in merged])
        computation = Computation(self.base.shape, self.row, self.scratch)
        loss = loss_of_row(
            self.head, self.row, state, computation.gradient(), self.anchors, self.row.weights.sum(), self.scratch
        )
        gradient = np.zeros_like(vector)
        for layer in reversed(self.lora.layers):
            computation.backward(
                merged[layer],
                layer,
                self.lora.of_layer(vector, layer),
                self.lora.of_layer(gradient, layer),
                self.lora.factor,
                lowest=layer == FIRST,
            )
        return loss, gradient


@pytest.mark.parametrize("architecture", ["llama", "qwen2"])
def test_gradients_are_those_of_finite_differences(architecture: str, tmp_path: Path) -> None:
    trained = Trained(write_tiny_model(tmp_path / "tiny.gguf", architecture), an_example())
    random = np.random.default_rng(1)
    # B is not zero, so that A has a gradient too.
    vector = random.normal(0, 0.2, trained.lora.size)
    loss, gradient = trained.loss(vector)
    assert loss > 1
    at = 0
    for name, down, up in trained.lora.matrices(np.arange(trained.lora.size)):
        for matrix in (down, up):
            place = int(random.choice(matrix.ravel()))
            differences = []
            for sign in (1, -1):
                moved = vector.copy()
                moved[place] += sign * DIFFERENCE
                differences.append(trained.loss(moved)[0])
            expected = (differences[0] - differences[1]) / (2 * DIFFERENCE)
            assert gradient[place] == pytest.approx(expected, rel=1e-4, abs=1e-8), name
            at += 1
    assert at == 2 * 7 * 2  # A and B of seven matrices of two layers


def test_an_anchor_costs_nothing_where_nothing_has_changed(tmp_path: Path) -> None:
    branch = an_example().branches[2]
    trained = Trained(write_tiny_model(tmp_path / "tiny.gguf", "llama"), Example((1, 2, 3), (branch,)))
    loss, gradient = trained.loss(trained.lora.begin(seed=1, dtype=np.float64))
    assert loss == pytest.approx(0, abs=1e-12)
    assert np.abs(gradient).max() < 1e-12
    assert trained.loss(np.full(trained.lora.size, 0.1))[0] > 0.01


def test_a_branch_does_not_see_another(tmp_path: Path) -> None:
    example = an_example()
    trained = Trained(write_tiny_model(tmp_path / "tiny.gguf", "llama"), example)
    matrices = [weights.matrices for weights in trained.layers]
    together = trained.through(matrices)
    at = len(example.prefix)
    for branch in example.branches:
        alone = trained.through(matrices, row_of(Example(example.prefix, (branch,))))
        assert np.allclose(alone[: len(example.prefix)], together[: len(example.prefix)])
        assert np.allclose(alone[len(example.prefix) :], together[at : at + len(branch.tokens)])
        at += len(branch.tokens)


def test_a_long_row_in_blocks_gives_what_one_row_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = tuple(np.random.default_rng(2).integers(0, VOCABULARY, 40).tolist())
    example = Example((), (Branch(tokens, (False,) + (True,) * 39),))
    path = write_tiny_model(tmp_path / "tiny.gguf", "qwen2")
    whole = Trained(path, example)
    monkeypatch.setattr("models.adapters.rows.QUERY_BLOCK", 8)
    blocks = Trained(path, example)
    assert len(blocks.row.blocks) == 5 > len(whole.row.blocks)
    vector = np.random.default_rng(1).normal(0, 0.2, whole.lora.size)
    (loss, gradient), (other_loss, other_gradient) = whole.loss(vector), blocks.loss(vector)
    assert other_loss == pytest.approx(loss)
    assert np.allclose(gradient, other_gradient)
