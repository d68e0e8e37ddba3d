"""What llama.cpp makes of a model with an adapter is what the trainer made of it."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from models.adapters.backend import Backend
from models.adapters.base_model import BaseModel
from models.adapters.lora import LoraLayout
from models.adapters.trainer import Trainer
from models.gguf.header import read_layout
from models.gguf.weights import read_weights
from models.protocol.training import Branch, Example, TrainingEnd, TrainingOptions
from tests.models.adapters.test_gradients import FIRST, Trained
from tests.models.adapters.tiny_model import write_tiny_model
from tests.models.loading import Loaded

PROMPT = (5, 30, 7, 90, 41, 6, 25, 17, 8, 94, 12, 40)
ANSWER = (77, 43, 15, 20)


@pytest.mark.parametrize("architecture", ["llama", "qwen2"])
def test_logits_with_an_adapter_are_those_of_the_trainer(
    architecture: str, backend: type[Backend], load: Loaded, tmp_path: Path
) -> None:
    base = write_tiny_model(tmp_path / "tiny.gguf", architecture, width=64, heads=2, kv_heads=1)
    example = Example(PROMPT, (Branch(ANSWER, (True,) * 4),))
    options = TrainingOptions(first_layer=FIRST, rank=3, alpha=6.0, rate=3e-2, epochs=12, memory=1 << 30)
    *_, end = Trainer(backend).train(base, [example], options, tmp_path, threading.Event())
    assert isinstance(end, TrainingEnd) and end.adapter is not None
    trained = Trained(base, example)
    vector = _vector_of(end.adapter, trained.lora)
    ours = trained.through([weights.matrices for weights in trained.merged(vector)])
    head = trained.head
    scaled = ours / np.sqrt((ours**2).mean(1, keepdims=True) + head.epsilon) * head.scale
    expected = scaled[[len(PROMPT) - 1, len(PROMPT)]] @ head.output.T

    runtime = load(base)
    runtime.read([*PROMPT])
    without = runtime.logits()
    runtime.use_adapter(end.adapter)
    found = []
    for tokens in (PROMPT, (*PROMPT, ANSWER[0])):
        runtime.read([*tokens])
        found.append(runtime.logits())
    assert runtime.vocabulary == BaseModel(base).shape.vocabulary
    for ours_there, llama_there in zip(expected, found, strict=True):
        assert _cosine(ours_there, llama_there) >= 0.999
    assert [int(logits.argmax()) for logits in found] == list(ANSWER[:2])
    assert _cosine(without, found[0]) < 0.99


def _vector_of(adapter: Path, lora: LoraLayout) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    held = {tensor.name: tensor for tensor in read_layout(adapter).tensors}
    vector = np.zeros(lora.size)
    for name, down, up in lora.matrices(vector):
        rank = len(down)
        down[:] = read_weights(held[f"{name}.lora_a"])[:rank]
        up[:] = read_weights(held[f"{name}.lora_b"])[:, :rank]
    return vector


def _cosine(one: object, other: object) -> float:
    left, right = np.asarray(one, np.float64), np.asarray(other, np.float64)
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))
