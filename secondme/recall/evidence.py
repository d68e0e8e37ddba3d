"""Whether what was found carries an answer: where it does not, the answer says so instead of guessing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from secondme.recall.weights import PARTS, TURNS, Signal

if TYPE_CHECKING:
    from secondme.recall.scores import Scores

Floats = npt.NDArray[np.float64]

BEST, OTHERS, OTHERS_SHARE, NAMED, NAMED_SHARE, UNKNOWN, NOTHING = -0.131, 0.093, 0.388, -0.058, -0.502, 1.854, 1.483
"""A logistic regression, fitted on the development file against questions that swap the speakers and questions put to
another conversation's store. Left one conversation out it refuses .68 of the former, .86 of the latter, and .10 of
those that can be answered (docs/recall.md)."""
LIMIT = 0.17
WEAK_WORDS, WEAK_MEANING = 0.6, 3.0
"""A passage of a text is no evidence when it holds less than a fifth of the words, by weight, and its cosine is below .3."""


def weakness(scores: Scores, allowed: npt.NDArray[np.bool_], unknown_name: str) -> tuple[bool, str]:
    """(whether the evidence is too weak, why), of the candidates that are allowed as evidence."""
    if not allowed.any():
        return True, "nothing in your memory matches"
    if unknown_name:
        return True, f"{unknown_name} does not appear in your memory"
    signals = {signal: values[allowed] for signal, values in scores.signals.items()}
    total, turns = scores.total[allowed], scores.turns[allowed]
    best = int(total.argmax())
    if not turns[best]:
        weak = bool(signals[Signal.WORDS][best] < WEAK_WORDS and signals[Signal.MEANING][best] < WEAK_MEANING)
        return weak, "no passage comes near to the question" if weak else ""
    if not scores.question.named:
        return False, ""
    # As the evidence would be if it did not matter who speaks: does someone else tell it of himself?
    plain: Floats = np.zeros(len(total))
    for signal, values in signals.items():
        if PARTS[signal] != "speaker" and signal != Signal.GRAPH:
            plain = plain + TURNS.get(signal, 0.0) * values
    share = np.exp(plain - plain.max())
    share /= share.sum()
    named, others = signals[Signal.NAMED_FIRST_PERSON] > 0, signals[Signal.OTHER_FIRST_PERSON] > 0
    doubt = (
        NOTHING
        + BEST * float(total.max())
        + OTHERS * _best(plain, others)
        + OTHERS_SHARE * float(np.log(share[others].sum() + 1e-3))
        + NAMED * _best(plain, named)
        + NAMED_SHARE * float(np.log(share[named].sum() + 1e-3))
    )
    weak = bool(doubt > LIMIT)
    return weak, "what comes nearest is said by or of someone else" if weak else ""


def _best(values: Floats, which: npt.NDArray[np.bool_]) -> float:
    return float(values[which].max()) if which.any() else 0.0
