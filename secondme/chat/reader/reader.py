"""The reader: ranks the sentences of passages by how well they answer, and says whether any of them does.

A `Reader` is whatever reads passages for a question. The one here weighs features of sentences; a
model that reads better takes its place behind the same protocol, and what it says goes through the same checks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np

from models.protocol import ModelError, PassageSentence, SentenceScorer, TokenVectors, Vectors
from secondme.chat.prompt import Candidate
from secondme.chat.reader.aboutness import about, goes_with
from secondme.chat.reader.candidates import CandidateSentence, candidate_sentences
from secondme.chat.reader.features import FEATURES, Embedded, Matrix, features
from secondme.chat.reader.form import QuestionForm, question_form
from secondme.chat.reader.weights import (
    CLOSE,
    JUDGED_SAID,
    JUDGED_WRITTEN,
    LIMIT,
    SAID,
    WRITTEN,
)
from secondme.text.tongues import tongue
from storage.store import Store

READS = "en"
"""The language of the questions and passages that the scorer was trained on."""
FOREMOST = 3
"""Passages of which none may be in another language, if the scorer is to judge: it finds an answer in none of those."""
COVERED = 0.8
"""Share of the question's words, weighted by rarity."""
ASKS, WORDS_AROUND, UNTYPED = (FEATURES.index(name) for name in ("question", "words around", "untyped"))
JUDGED = 16
"""Sentences that the scorer reads, the best by features first."""
Embed: TypeAlias = Callable[[Sequence[str]], tuple[Vectors, list[TokenVectors]] | None]


@dataclass(frozen=True)
class Reading:
    """What was read: sentences, the best first."""

    form: QuestionForm
    sentences: tuple[CandidateSentence, ...]
    leading: tuple[CandidateSentence, ...] = ()
    """What answers: the best sentence, and the second where it is nearly as good."""
    surest: float = LIMIT
    """The scorer's highest logit that a sentence answers; LIMIT where nothing judged."""
    covered: bool = True
    """Whether the best sentence, with what stands around it, holds nearly all words of the question and something of
    the type that it asks for."""
    about: bool = True
    """Whether what leads is about what is asked (`reader.aboutness`)."""

    @property
    def answers(self) -> bool:
        """Whether any sentence is likely to answer the question."""
        return bool(self.sentences) and (self.surest >= LIMIT or self.covered) and self.about


class Reader(Protocol):
    """Reads passages for a question."""

    def read(self, question: str, passages: Sequence[Candidate]) -> Reading:
        """The sentences of the passages in the order in which they answer the question."""
        ...


class SentenceReader:
    """Implements `Reader` with features of sentences. Writes nothing."""

    def __init__(self, store: Store, embed: Embed, scorer: Callable[[], SentenceScorer | None] = lambda: None) -> None:
        """`embed` gives the vectors of texts and of their tokens, or None where no embedder can be reached. `scorer`
        is asked at each question; without one, features of words and vectors decide, and nothing is refused."""
        self._store = store
        self._embed = embed
        self._scorer = scorer

    def read(self, question: str, passages: Sequence[Candidate]) -> Reading:
        """See `Reader`. Without an embedder, or when it is away, words alone decide."""
        form = question_form(question)
        found = candidate_sentences(passages)
        if not found:
            return Reading(form, ())
        query: Embedded | None = None
        vectors: list[Embedded] = []
        scorer = self._scorer() if reads(question, passages) else None
        embedded = self._vectors(scorer, [question, *(c.text for c in found)])
        if embedded is not None:
            query, *vectors = zip(*embedded, strict=True)
        rows = features(form, found, query, vectors, self._rarity(form))
        said = np.array([bool(c.hit.speaker) for c in found])
        scores = np.where(said, rows @ np.array(SAID), rows @ np.array(WRITTEN))
        judged = _judge(scorer, question, found, scores)
        if judged is not None:
            rows = np.column_stack([rows, judged])
            scores = np.where(said, rows @ np.array(JUDGED_SAID), rows @ np.array(JUDGED_WRITTEN))
        asks = rows[:, ASKS] > 0  # a question answers nothing, however near it comes
        order = np.lexsort((-scores, asks))
        ranked = tuple(found[i] for i in order)
        close = len(order) > 1 and scores[order[0]] - scores[order[1]] < CLOSE and not asks[order[1]]
        both = close and ranked[1].text not in ranked[0].whole and goes_with(form, ranked[0], ranked[1])
        surest = float(judged[order[0]] if asks.all() else judged[~asks].max()) if judged is not None else LIMIT
        best = rows[order[0]]
        covered = bool(best[WORDS_AROUND] >= COVERED and not best[UNTYPED] and form.words)
        leading = ranked[: 2 if both else 1]
        is_about = judged is None or about(form, leading)
        return Reading(form, ranked, leading, surest, covered, is_about)

    def _vectors(
        self, scorer: SentenceScorer | None, texts: Sequence[str]
    ) -> tuple[Vectors, list[TokenVectors]] | None:
        """Vectors of texts, the question first: those that the scorer's weights were fitted with, or the memory's."""
        try:
            fitted = scorer.embed_tokens(texts) if scorer is not None else None
        except ModelError:
            fitted = None
        return fitted if fitted is not None else self._embed(texts)

    def _rarity(self, form: QuestionForm) -> dict[str, float]:
        """How rare each word of the question is in memory, by stem: 0 (in every passage) to 1 (in none)."""
        count = self._store.words.document_frequency(form.stems)
        spans = self._store.words.span_count() + 2
        return {s: float(np.log(spans / (count.get(s, 0) + 1)) / np.log(spans)) for s in form.stems}


def reads(question: str, passages: Sequence[Candidate]) -> bool:
    """Whether the scorer can judge: the question and the foremost passages are in its language."""
    return tongue(question) == READS and all(tongue(passage.hit.text) == READS for passage in passages[:FOREMOST])


def _judge(
    scorer: SentenceScorer | None, question: str, found: Sequence[CandidateSentence], scores: Matrix
) -> Matrix | None:
    """The scorer's logits of the JUDGED best sentences, the least of them for all others; None without a scorer."""
    if scorer is None:
        return None
    best = np.argsort(-scores, kind="stable")[:JUDGED]
    try:
        logits = scorer.score(question, [_sentence(found[i]) for i in best])
    except ModelError:
        return None
    judged = np.full(len(found), float(logits.min()))
    judged[best] = logits
    return judged


def _sentence(found: CandidateSentence) -> PassageSentence:
    speaker = found.hit.speaker if found.hit.role != "me" else ""
    return PassageSentence(f"{speaker}: {found.text}" if speaker else found.text, found.before)
