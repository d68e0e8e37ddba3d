"""Which relation a sentence of someone may state of them: a multinomial logistic regression over the sentence's vector.

It says only what a sentence is about ("a flat in X, mine at last" is about where someone lives), not what it says; for
that the reader of sentences is asked. `packaging/train_relations.py` makes its weights from sentences in five
languages and a few of others; they work in all that the embedder knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.protocol import Vectors

WEIGHTS = Path(__file__).with_name("relation_classifier.npz")
NONE = "none"
"""The class of sentences that state nothing lasting of who says them."""
SPREAD = 20.0
"""Unit vectors of short sentences lie close together: by this their distance from the mean is stretched."""


@dataclass(frozen=True)
class Likely:
    """A relation that a sentence may state, and the logarithm of its odds."""

    relation: str
    log_odds: float


def likeliest(vectors: Vectors) -> list[Likely]:
    """The likeliest relation of each sentence, given the vectors (sentences, dimension) of the bundled multilingual
    embedder."""
    names, mean, weights, bias = _parts()
    logits = inputs(vectors, mean) @ weights + bias
    logits -= logits.max(axis=1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(axis=1, keepdims=True)
    none = names.index(NONE)
    chances[:, none] = 0.0
    best = chances.argmax(axis=1)
    chance = np.clip(chances[np.arange(len(best)), best], 1e-6, 1 - 1e-6)
    return [Likely(names[place], float(np.log(p / (1 - p)))) for place, p in zip(best, chance, strict=True)]


def inputs(vectors: Vectors, mean: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What is weighed of sentences: their unit vectors, seen from the mean of such vectors."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray((unit - mean) * SPREAD, np.float32)


@cache
def _parts() -> tuple[list[str], npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Names of the classes, mean (dimension), weights (dimension, classes), bias (classes)."""
    with np.load(WEIGHTS) as kept:
        return (
            [str(name) for name in kept["names"]],
            *(kept[part].astype(np.float32) for part in ("mean", "weights", "bias")),
        )
