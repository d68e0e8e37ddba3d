"""Scores of candidates by signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from secondme.recall.question import Question
from secondme.recall.weights import Signal
from secondme.text.timex.query import TimeQuery
from storage.annotations import Candidate

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """All candidates of a question in order of place, with their signals: for search, fitting and ablation.

    `signals`: by name an array over the candidates. `total`: the fused score. `graph`: what the walk added.
    """

    question: Question
    candidates: Sequence[Candidate]
    signals: dict[Signal, Floats]
    total: Floats
    turns: npt.NDArray[np.bool_]
    when: TimeQuery
