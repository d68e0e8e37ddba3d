"""A question beside its candidates: the arrays that signals are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from secondme.clock import instant
from secondme.recall.question import Reading
from secondme.recall.scores import Floats
from secondme.text.forms import Form, analyse
from storage.annotations import Candidate
from storage.store import Store

K1, B = 1.2, 0.75
"""BM25's usual parameters."""


class Comparison:
    """A question beside its n candidates. Each array is made when the first signal asks for it, then kept.

    An array has one row per candidate; candidates are in order of document and ordinal.
    """

    def __init__(self, store: Store, reading: Reading, candidates: Sequence[Candidate], *, faded: bool) -> None:
        """`faded`: whether spans that have faded are among the candidates, and so count for BM25."""
        self.store, self.reading, self.question, self.candidates = store, reading, reading.question, candidates
        self.neighbours = Neighbours(candidates)
        self._faded = faded

    # --- words and forms ----------------------------------------------------------------------------

    @cached_property
    def _analyses(self) -> list[tuple[npt.NDArray[np.int32], int]]:
        return [words_and_form(candidate) for candidate in self.candidates]

    @cached_property
    def lengths(self) -> Floats:
        """Number of words, shape (n,)."""
        return np.array([len(words) for words, _ in self._analyses]).astype(float)

    @cached_property
    def forms(self) -> npt.NDArray[np.int64]:
        """Marks of form (`text.forms.Form`) as bits, shape (n,)."""
        return np.array([form for _, form in self._analyses], np.int64)

    @cached_property
    def counts(self) -> Floats:
        """How often each candidate holds each of the question's w words, shape (n, w)."""
        n, words = len(self.candidates), self.question.words
        everything = np.concatenate([numbers for numbers, _ in self._analyses])
        owner = np.repeat(np.arange(n), self.lengths.astype(np.int64))
        if not words:
            return np.zeros((n, 0))
        forms = np.array([form for of_word in words for form in of_word])
        column = np.repeat(np.arange(len(words)), [len(of_word) for of_word in words])
        order = np.argsort(forms, kind="stable")
        place = np.searchsorted(forms[order], everything)
        place[place == len(forms)] = 0
        held = forms[order][place] == everything
        cells = owner[held] * len(words) + column[order][place[held]]
        counts: Floats = np.bincount(cells, minlength=n * len(words)).reshape(n, len(words)).astype(float)
        return counts

    @cached_property
    def _idf(self) -> Floats:
        """Inverse document frequency of the question's words over the whole store, shape (w,)."""
        words, question = self.store.words, self.question
        forms = words.terms_of_each(question.tokens)
        found = words.document_frequency([form for of_word in forms for form in of_word], faded=self._faded)
        frequency = np.array([max(found.get(form, 0) for form in of_word) for of_word in forms], float)
        total = max(words.span_count() + (words.faded_count() if self._faded else 0), 1)
        idf: Floats = np.log(1 + (total - frequency + 0.5) / (frequency + 0.5))
        return idf

    def bm25(self, counts: Floats, lengths: Floats) -> Floats:
        """Three times BM25 as a share of the most that it could be for this question: the same scale in every store.

        `counts` (n, w) and `lengths` (n,) of the texts: the candidates themselves, windows around them, sections.
        """
        most = max(float(self._idf.sum()), 1e-9)
        norm = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0))
        scores: Floats = (self._idf * counts * (K1 + 1) / (counts + norm[:, None])).sum(axis=1)
        return 3 * scores / most

    @cached_property
    def words(self) -> Floats:
        """`bm25` of each candidate alone."""
        return self.bm25(self.counts, self.lengths)

    def has(self, form: Form) -> Floats:
        """1 for candidates of this form, else 0."""
        present: Floats = ((self.forms & int(form)) != 0).astype(float)
        return present

    # --- meaning ------------------------------------------------------------------------------------

    @cached_property
    def vectors(self) -> tuple[npt.NDArray[np.float32], Floats]:
        """The candidates' vectors, shape (n, d), rows of zeros where one has none; and 1 for each that has one, else
        0."""
        matrix = np.zeros((len(self.candidates), self.store.vectors.dimension), np.float32)
        present = np.zeros(len(self.candidates))
        places, vectors = self.store.vectors.stacked([candidate.id for candidate in self.candidates])
        matrix[places], present[places] = vectors, 1.0
        return matrix, present

    @cached_property
    def _cosines(self) -> tuple[Floats, Floats]:
        nothing, vector = np.zeros(len(self.candidates)), self.reading.vector
        if vector is None:
            return nothing, nothing
        matrix, present = self.vectors
        # Where none has a vector, the model may have changed just now, and with it the length of vectors.
        return ((matrix @ vector).astype(float), present) if present.any() else (nothing, nothing)

    @property
    def cosines(self) -> Floats:
        """Cosine to the question; 0 where a candidate has no vector."""
        return self._cosines[0]

    @cached_property
    def late(self) -> Floats:
        """Late interaction: the mean over the question's tokens of the best cosine to a token of the candidate
        (ColBERT, Khattab and Zaharia 2020, divided by the question's length)."""
        tokens = self.reading.tokens
        if tokens is None:
            return np.zeros(len(self.candidates))
        seqs, lengths, matrix = self.store.vectors.tokens([candidate.seq for candidate in self.candidates])
        late = 0.4 + 0.5 * self.cosines  # about what it is where a span has no token vectors
        if seqs:
            row_of = {candidate.seq: i for i, candidate in enumerate(self.candidates)}
            starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            matches = matrix.astype(np.float32) @ (tokens.T.astype(np.float32) / 127)
            late[[row_of[seq] for seq in seqs]] = np.maximum.reduceat(matches, starts, axis=0).mean(axis=1)
        return late

    @cached_property
    def vectors_beside(self) -> Floats:
        """How many of a candidate and its two neighbours have a vector; at least 1."""
        return np.maximum(self.neighbours.window(self._cosines[1], 1), 1)

    # --- speakers -----------------------------------------------------------------------------------

    @cached_property
    def named(self) -> Floats:
        """1 where the person whom the question names speaks; I do where it asks about me and names nobody."""
        question = self.question
        about_me = question.about_me and not question.named
        return np.array(
            [
                candidate.speaker in question.named or (about_me and candidate.role == "me")
                for candidate in self.candidates
            ],
            float,
        )

    @cached_property
    def turns(self) -> npt.NDArray[np.bool_]:
        """Whether candidates are turns of a chat, which have a speaker, or passages of a text."""
        return np.array([bool(candidate.speaker) for candidate in self.candidates], bool)

    @cached_property
    def at_home(self) -> Floats:
        """1 for everything of a document in which the named person speaks."""
        documents = {
            candidate.document_id for candidate, named in zip(self.candidates, self.named, strict=True) if named
        }
        return np.array([candidate.document_id in documents for candidate in self.candidates], float)

    # --- times --------------------------------------------------------------------------------------

    @cached_property
    def _asked(self) -> tuple[str, str] | None:
        """The time that is asked about, as instants, its end not included."""
        interval = self.reading.when.interval
        return (instant(interval[0]), instant(interval[1])) if interval is not None else None

    def _fits(self, first: str, last: str) -> bool:
        """Whether the time from `first` to `last` stands to the time that is asked about as the question wants."""
        if self._asked is None:
            return False
        begins, ends = self._asked
        if self.reading.when.relation == "before":
            return first < begins
        if self.reading.when.relation == "after":
            return last >= ends
        return first < ends and last > begins

    @cached_property
    def said_then(self) -> Floats:
        """1 where a candidate was said in the time that is asked about. The date of a file says nothing of that."""
        said = np.zeros(len(self.candidates))
        if self._asked is not None:
            for i, candidate in enumerate(self.candidates):
                at = candidate.happened_at
                if at and candidate.precision != "mtime":
                    said[i] = self._fits(at, at + "~")
        return said

    @cached_property
    def tells_then(self) -> Floats:
        """1 where a candidate mentions a time within the one that is asked about."""
        tells = np.zeros(len(self.candidates))
        if self._asked is not None:
            mentioned = self.store.annotations.times([candidate.seq for candidate in self.candidates])
            for i, candidate in enumerate(self.candidates):
                tells[i] = any(self._fits(first, last) for first, last in mentioned.get(candidate.seq, ()))
        return tells


class Neighbours:
    """Which candidates stand next to each other, and which in one section."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        n = len(candidates)
        self.adjacent = np.zeros(max(n, 1), bool)
        """[i]: candidates i and i + 1 stand next to each other in a section of a document."""
        numbers: dict[tuple[str, int], int] = {}
        self._section = np.array(
            [numbers.setdefault((one.document_id, one.section), len(numbers)) for one in candidates], np.int64
        )
        self._sections = len(numbers)
        ordinals = np.array([one.ordinal for one in candidates], np.int64)
        self.adjacent[: max(n - 1, 0)] = (np.diff(self._section) == 0) & (np.diff(ordinals) <= 1)

    def window(self, values: Floats, reach: int) -> Floats:
        """Sums over each candidate and its neighbours up to `reach` steps away, along the rows of `values`."""
        total = values.copy()
        joined = self.adjacent.copy()
        for step in range(1, reach + 1):
            # joined[i]: candidates i … i + step are one unbroken run
            if step > 1:
                joined[:-1] &= np.roll(self.adjacent, -(step - 1))[:-1]
                joined[-1] = False
            starts = np.flatnonzero(joined[: len(values) - step])
            total[starts] += values[starts + step]
            total[starts + step] += values[starts]
        return total

    def before(self, values: Floats) -> Floats:
        """The value of the candidate just before each, 0 where there is none."""
        shifted = np.zeros_like(values)
        starts = np.flatnonzero(self.adjacent[: len(values) - 1])
        shifted[starts + 1] = values[starts]
        return shifted

    def section_sum(self, values: Floats) -> Floats:
        """The sum over each candidate's section, along the rows of `values`."""
        sums = np.zeros((self._sections, *values.shape[1:]))
        np.add.at(sums, self._section, values)
        result: Floats = sums[self._section]
        return result

    def section_best(self, values: Floats) -> Floats:
        """The largest value in each candidate's section."""
        best = np.full(self._sections, -np.inf)
        np.maximum.at(best, self._section, values)
        result: Floats = best[self._section]
        return result


def words_and_form(candidate: Candidate) -> tuple[npt.NDArray[np.int32], int]:
    """Numbers of a candidate's words and the marks of its form; read from its text if it is not annotated yet."""
    if candidate.words is not None:
        return candidate.words, candidate.form
    about = candidate.about if candidate.kind == "file" and not candidate.speaker else ""
    analysis = analyse(candidate.text, about)
    return analysis.words, int(analysis.form)
