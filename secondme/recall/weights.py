"""What each signal of recall counts, by the signal's name, for the embedders that weights were fitted for. A signal
that is not listed counts nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Weights: TypeAlias = Mapping[str, float]

TURNS: Weights = {
    "words": -0.35,
    "words ±2": 0.59,
    "words ±4": 0.69,
    "section words": 0.33,
    "meaning": 0.14,
    "meaning ±1": 0.25,
    "section meaning": 0.48,
    "tokens": 0.72,
    "tokens ±1": -0.12,
    "named": 0.85,
    "named, of self": 0.57,
    "other, of self": 0.49,
    "other, to named": -0.51,
    "stranger": -1.0,
    "echo": -4.0,
    "question": -0.59,
    "photo": -0.39,
    "time": 0.22,
    "number": 0.18,
    "title": 0.78,
    "wanted time": 1.32,
    "wanted number": 0.74,
    "wanted name": 1.24,
    "length": 0.24,
    "answers": -0.44,
    "answers words": 0.17,
    "answers meaning": 0.31,
    "said then": 1.95,
    "said that day": 2.32,
    "tells of then": 1.44,
    "fact": 0.8,
    "graph": 1.5,
}
"""For turns of chats. Fitted by benchmarks/recall/fit_recall.py, but fact, graph, stranger and echo: these were set by
hand, since no single chat shows what they are worth. docs/recall.md has the figures, also on conversations left out."""

E5_TURNS: Weights = {
    "words": -0.13,
    "words ±2": 0.54,
    "words ±4": 0.67,
    "section words": 0.24,
    "meaning": 0.4,
    "meaning ±1": 0.35,
    "section meaning": 1.21,
    "tokens": 0.55,
    "tokens ±1": -0.07,
    "named": 0.79,
    "named, of self": 0.54,
    "other, of self": 0.42,
    "other, to named": -0.54,
    "stranger": -1.0,
    "echo": -4.0,
    "question": -0.69,
    "photo": -0.33,
    "time": 0.15,
    "number": 0.24,
    "title": 0.7,
    "wanted time": 1.42,
    "wanted number": 0.7,
    "wanted name": 1.13,
    "length": 0.43,
    "answers": -0.55,
    "answers words": 0.31,
    "answers meaning": 0.29,
    "said then": 1.94,
    "said that day": 2.06,
    "tells of then": 1.58,
    "fact": 0.8,
    "graph": 1.5,
}
"""Fitted in the same way with vectors of multilingual-e5-small."""

PASSAGES: Weights = {"words": 2.5, "meaning": 0.5, "tokens": 0.7, "fact": 1.0, "graph": 0.5}
"""For passages of texts, which are whole paragraphs: their neighbours say less about them. Set by hand on git's
documentation: of twenty questions the right file is first for 13 and among the first six for all."""

E5_PASSAGES: Weights = {"words": 2.5, "meaning": 1.6, "tokens": 1.2, "fact": 1.0, "graph": 0.5}
"""Set by hand on XQuAD in English, Chinese and Arabic; from half to twice as much of meaning does nearly as well."""


@dataclass(frozen=True)
class Doubt:
    """A logistic regression on whether what a question that names somebody finds is said by or of someone else: the
    best score, the best of others and of the named, the logarithms of the shares of both, and a constant. Fitted on the
    development file against questions that swap the speakers; evidence is weak above `limit`."""

    best: float
    others: float
    others_share: float
    named: float
    named_share: float
    constant: float
    limit: float


@dataclass(frozen=True)
class RecallWeights:
    """Weights and limits for vectors of one embedder."""

    turns: Weights
    passages: Weights
    weak_meaning: float
    """Ten times the cosine below which a passage that holds few of a question's words is no evidence."""
    doubt: Doubt
    strong: float
    """A first look whose best score is below this is followed by a second one, among what has faded: one look in ten is
    convincing enough without a second."""


MINILM = RecallWeights(TURNS, PASSAGES, 3.0, Doubt(-0.131, 0.093, 0.388, -0.058, -0.502, 1.483, 0.17), 24.0)
"""Also for embedders that no weights were fitted for. On conversations left out it refuses .68 of the questions that
swap the speakers, and .10 of those that can be answered."""
E5 = RecallWeights(E5_TURNS, E5_PASSAGES, 4.0, Doubt(0.336, -0.118, 0.943, -0.370, -1.045, 0.797, 0.36), 30.0)
"""On conversations left out it refuses .73 of the questions that swap the speakers, and .10 of those that can be
answered. Two texts that have nothing in common have a cosine of about .25."""

_BY_EMBEDDER: Mapping[str, RecallWeights] = {"multilingual-e5-small": E5}


def weights_for(model_id: str) -> RecallWeights:
    """The weights for an embedder, by the identity of its vectors."""
    return _BY_EMBEDDER.get(model_id.split("/")[0], MINILM)
