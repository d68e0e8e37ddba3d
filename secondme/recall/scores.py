"""The scores of a question's candidates, by signal and fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondme.recall.question import Question
from secondme.recall.weights import Weights
from secondme.text.timex.query import TimeQuery
from storage.annotations import Candidate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """All n candidates of a question, in order of document and ordinal, with their signals.

    `signals`: by name, shape (n,). `total`: the fused score, shape (n,). `turns`: whether each is a turn of a chat.
    """

    question: Question
    candidates: Sequence[Candidate]
    signals: Mapping[str, Floats]
    total: Floats
    turns: npt.NDArray[np.bool_]
    when: TimeQuery


def weighted_sum(weights: Weights, signals: Mapping[str, Floats]) -> Floats:
    """The sum of signals, each times its weight, shape (n,)."""
    total = np.zeros(len(next(iter(signals.values()))))
    for name, values in signals.items():
        weight = weights.get(name)
        if weight:
            total += weight * values
    return total
