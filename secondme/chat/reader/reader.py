"""The reader: ranks the sentences of passages by how well they answer, and says whether any of them does.

A `Reader` is whatever reads passages for a question. The one here weighs FEATURES with two logistic regressions; a
model that reads better takes its place behind the same protocol, and what it says goes through the same checks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from models.protocol import TokenVectors, Vectors
from secondme.api import Citation
from secondme.chat.reader.candidates import CandidateSentence, candidate_sentences
from secondme.chat.reader.features import Embedded, features
from secondme.chat.reader.form import QuestionForm, question_form
from secondme.chat.reader.weights import CLOSE, SAID, WRITTEN
from secondme.text.terms import stem
from storage.store import Store

Embed: TypeAlias = Callable[[Sequence[str]], tuple[Vectors, list[TokenVectors]] | None]


@dataclass(frozen=True)
class Reading:
    """What was read: sentences, the best first."""

    form: QuestionForm
    sentences: tuple[CandidateSentence, ...]
    leading: tuple[CandidateSentence, ...] = ()
    """What answers: the best sentence, and the second where it is nearly as good."""


class Reader(Protocol):
    """Reads passages for a question."""

    def read(self, question: str, passages: Sequence[Citation]) -> Reading:
        """The sentences of the passages in the order in which they answer the question."""
        ...


class SentenceReader:
    """Implements `Reader` with features of sentences. Writes nothing."""

    def __init__(self, store: Store, embed: Embed) -> None:
        """`embed` gives the vectors of texts and of their tokens, or None where no embedder can be reached."""
        self._store = store
        self._embed = embed

    def read(self, question: str, passages: Sequence[Citation]) -> Reading:
        """See `Reader`. Without an embedder, or when it is away, words alone decide."""
        form = question_form(question)
        found = candidate_sentences(passages)
        if not found:
            return Reading(form, ())
        query: Embedded | None = None
        vectors: list[Embedded] = []
        embedded = self._embed([question, *(c.text for c in found)])
        if embedded is not None:
            query, *vectors = zip(*embedded, strict=True)
        rows = features(form, found, query, vectors, self._rarity(form))
        said = np.array([bool(c.hit.speaker) for c in found])
        scores = np.where(said, rows @ np.array(SAID), rows @ np.array(WRITTEN))
        order = np.argsort(-scores, kind="stable")
        ranked = tuple(found[i] for i in order)
        close = len(order) > 1 and scores[order[0]] - scores[order[1]] < CLOSE
        both = close and ranked[1].text not in ranked[0].whole
        return Reading(form, ranked, ranked[: 2 if both else 1])

    def _rarity(self, form: QuestionForm) -> dict[str, float]:
        """How rare each word of the question is in memory, by stem: 0 (in every passage) to 1 (in none)."""
        stems = [stem(word) for word in form.words]
        count = self._store.words.document_frequency(stems)
        whole = np.log(self._store.words.span_count() + 2)
        return {s: float(np.log((self._store.words.span_count() + 2) / (count.get(s, 0) + 1)) / whole) for s in stems}
