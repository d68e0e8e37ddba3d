"""Whether what was found carries an answer: where it does not, the answer says so instead of guessing."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from secondme.recall.question import Question
from secondme.recall.scores import Floats, Scores
from secondme.recall.signals import GRAPH, SIGNALS
from secondme.recall.weights import RecallWeights
from secondme.text.asides import without_asides
from secondme.text.exonyms import other_names
from secondme.text.noun_phrases import head_gender
from secondme.text.sure_names import sure_names
from secondme.text.timex.expressions import named_times
from secondme.text.tongues import tongue
from storage.store import Store

WEAK_WORDS = 0.6
"""A passage of a text is no evidence if it holds less than a fifth of the words, by weight, and its cosine is below
what the weights say of its embedder."""
_TITLES = frozenset("mr mrs ms miss dr prof st".split())
_WRITTEN_LARGE = frozenset({"person", "place", "organisation", "title", "name"})
"""Kinds of mentions that a capital letter shows."""
_OF_SPEAKERS = frozenset(signal.name for signal in SIGNALS if signal.part == "speaker")

OF_ANOTHER = "what comes nearest is said by or of someone else"
FAR = "no passage comes near to the question"
"""Why evidence is weak where neither words nor meaning are near; a reader may still find the answer there."""


def weakness(scores: Scores, allowed: npt.NDArray[np.bool_], unknown: str, weights: RecallWeights) -> tuple[bool, str]:
    """(whether the evidence is too weak, why). `allowed`: which candidates may be evidence, shape (n,). `unknown`: a
    name in the question that no span holds, or empty. `weights`: those of the embedder."""
    if not allowed.any():
        return True, "nothing in your memory matches"
    if unknown:
        return True, f"{unknown} does not appear in your memory"
    signals = {name: values[allowed] for name, values in scores.signals.items()}
    total, turns = scores.total[allowed], scores.turns[allowed]
    best = int(total.argmax())
    if not turns[best]:
        weak = bool(signals["words"][best] < WEAK_WORDS and signals["meaning"][best] < weights.weak_meaning)
        return weak, FAR if weak else ""
    if not scores.question.named:
        return False, ""
    # What the scores would be if it did not matter who speaks: does somebody else say it of themselves?
    plain: Floats = np.zeros(len(total))
    for name, values in signals.items():
        if name not in _OF_SPEAKERS and name != GRAPH:
            plain = plain + weights.turns.get(name, 0.0) * values
    share = np.exp(plain - plain.max())
    share /= share.sum()
    named, others = signals["named, of self"] > 0, signals["other, of self"] > 0
    fitted = weights.doubt
    doubt = (
        fitted.constant
        + fitted.best * float(total.max())
        + fitted.others * _best(plain, others)
        + fitted.others_share * float(np.log(share[others].sum() + 1e-3))
        + fitted.named * _best(plain, named)
        + fitted.named_share * float(np.log(share[named].sum() + 1e-3))
    )
    weak = bool(doubt > fitted.limit)
    return weak, OF_ANOTHER if weak else ""


def unknown_name(store: Store, question: Question) -> str:
    """A name that the question is about and that no span holds which may be evidence; empty if there is none.

    The question itself, once it is saved, is a span that holds the name. Letters without case do not show a name.
    """
    if question.named or tongue(question.text) != "en":  # German writes every noun large
        return ""
    asked = without_asides(question.text)
    days = named_times(asked)
    for mention in sure_names(asked):
        words = [word for word in mention.key.split() if word.isalpha() and word not in _TITLES]
        if head_gender(mention.key)[0] == "person" or any(day.start <= mention.start < day.end for day in days):
            continue  # memory may know a "Coach" by a name, and "New Year's Eve" by its date
        shown = mention.name[0].isupper() or mention.kind not in _WRITTEN_LARGE
        if words and shown and not store.words.in_evidence(words) and not _elsewhere(store, mention.key):
            return mention.name.rstrip("'’")
    return ""


def _elsewhere(store: Store, name: str) -> bool:
    """Whether a span holds a place under its name in another language."""
    return any(store.words.in_evidence([other]) for other in sorted(other_names(name)))


def _best(values: Floats, which: npt.NDArray[np.bool_]) -> float:
    return float(values[which].max()) if which.any() else 0.0
