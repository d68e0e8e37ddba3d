"""The signals of recall: what speaks for a candidate, each as one array over all candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from secondme.recall.question import Question
from secondme.recall.scores import Floats
from secondme.recall.weights import Signal
from secondme.text.forms import Form, analyse
from storage.annotations import Candidate

K1 = 1.2
B = 0.75
LOOK_AGAIN = 80
"""Best candidates over whose graph the score spreads."""


class Place:
    """Where candidates stand: neighbours and sections. Candidates are in order of document and ordinal."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        n = len(candidates)
        # linked[i]: i and i + 1 stand next to each other in a document and section.
        self._linked = np.zeros(max(n, 1), bool)
        names: dict[tuple[str, int], int] = {}
        self._section = np.empty(n, np.int64)
        for i, one in enumerate(candidates):
            self._section[i] = names.setdefault((one.document_id, one.section), len(names))
            if i:
                left = candidates[i - 1]
                self._linked[i - 1] = (
                    left.document_id == one.document_id
                    and left.section == one.section
                    and one.ordinal - left.ordinal <= 1
                )
        self._sections = len(names)

    def window(self, values: Floats, reach: int) -> Floats:
        """Sums over each position and its neighbours up to `reach` steps away, along the rows of `values`."""
        total = values.copy()
        joined = self._linked.copy()
        for step in range(1, reach + 1):
            # joined[i]: positions i … i + step are one unbroken run
            if step > 1:
                joined[:-1] &= np.roll(self._linked, -(step - 1))[:-1]
                joined[-1] = False
            starts = np.flatnonzero(joined[: len(values) - step])
            total[starts] += values[starts + step]
            total[starts + step] += values[starts]
        return total

    def before(self, values: Floats) -> Floats:
        """Of each position the value of the one just before it, 0 where there is none."""
        shifted = np.zeros_like(values)
        starts = np.flatnonzero(self._linked[: len(values) - 1])
        shifted[starts + 1] = values[starts]
        return shifted

    def section_sum(self, values: Floats) -> Floats:
        """Of each position the sum over its section, along the rows of `values`."""
        sums = np.zeros((self._sections, *values.shape[1:]))
        np.add.at(sums, self._section, values)
        result: Floats = sums[self._section]
        return result

    def section_best(self, values: Floats) -> Floats:
        """Of each position the largest value in its section."""
        best = np.full(self._sections, -np.inf)
        np.maximum.at(best, self._section, values)
        result: Floats = best[self._section]
        return result


def read_forms(one: Candidate) -> tuple[npt.NDArray[np.int32], int]:
    if one.words is not None:
        return one.words, one.form
    analysis = analyse(one.text, one.about if one.kind == "file" and not one.speaker else "")
    return analysis.words, int(analysis.form)


def text_scores(candidates: Sequence[Candidate], words: Sequence[int]) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Counts of the question's words (candidates, words), lengths in words, and forms."""
    analysed = [read_forms(one) for one in candidates]
    lengths = np.array([len(numbers) for numbers, _ in analysed])
    everything = np.concatenate([numbers for numbers, _ in analysed])
    owner = np.repeat(np.arange(len(candidates)), lengths)
    counts = np.zeros((len(candidates), len(words)))
    for j, word in enumerate(words):
        counts[:, j] = np.bincount(owner[everything == word], minlength=len(candidates))
    return counts, lengths.astype(float), np.array([form for _, form in analysed], np.int64)


def has_form(form: npt.NDArray[np.int64], mark: Form) -> Floats:
    present: Floats = ((form & int(mark)) != 0).astype(float)
    return present


def speaker_signals(
    question: Question, candidates: Sequence[Candidate], form: npt.NDArray[np.int64]
) -> dict[Signal, Floats]:
    """Whether the one whom the question names speaks, or is spoken to, or has no part in the conversation."""
    first, second = has_form(form, Form.FIRST_PERSON), has_form(form, Form.SECOND_PERSON)
    named = np.array(
        [
            one.speaker in question.named or (question.about_me and not question.named and one.role == "me")
            for one in candidates
        ],
        float,
    )
    at_home = {one.document_id for one, is_named in zip(candidates, named, strict=True) if is_named}
    turn = np.array([bool(one.speaker) for one in candidates], float)
    home = np.array([one.document_id in at_home for one in candidates], float)
    anyone = float(bool(question.named) or named.any())
    other = (1 - named) * home * turn
    return {
        Signal.NAMED: named,
        Signal.NAMED_FIRST_PERSON: named * first,
        Signal.OTHER_FIRST_PERSON: other * first,
        Signal.OTHER_SECOND_PERSON: other * second,
        Signal.STRANGER: anyone * (1 - home) * turn,
        Signal.ECHO: np.array([one.kind == "chat" and not one.evidence for one in candidates], float),
    }


def form_signals(question: Question, form: npt.NDArray[np.int64]) -> dict[Signal, Floats]:
    """Forms of texts, and whether they are what an answer would look like."""
    signals = {
        Signal.QUESTION: has_form(form, Form.QUESTION),
        Signal.PHOTO: has_form(form, Form.PHOTO),
        Signal.TIME: has_form(form, Form.TIME),
        Signal.NUMBER: has_form(form, Form.NUMBER),
        Signal.TITLE: has_form(form, Form.TITLE),
    }
    nothing = np.zeros(len(form))
    signals[Signal.WANTED_TIME] = signals[Signal.TIME] if Form.TIME in question.wants else nothing
    signals[Signal.WANTED_NUMBER] = signals[Signal.NUMBER] if Form.NUMBER in question.wants else nothing
    signals[Signal.WANTED_NAME] = has_form(form, Form.NAME) if Form.NAME in question.wants else nothing
    return signals


def turn_pairs(best: npt.NDArray[np.int64], candidates: Sequence[Candidate]) -> Iterable[tuple[int, int]]:
    """Pairs of positions within `best` that stand next to each other."""
    at = {int(candidate): position for position, candidate in enumerate(best)}
    for candidate, position in at.items():
        right = at.get(candidate + 1)
        if right is not None:
            a, b = candidates[candidate], candidates[candidate + 1]
            if a.document_id == b.document_id and a.section == b.section and b.ordinal - a.ordinal <= 1:
                yield position, right
