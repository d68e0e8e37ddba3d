"""Recall: candidates by words, meaning and time, each scored by calibrated signals, then by a walk over their graph.

A signal has the same scale in a small and in a large store: BM25 is divided by the most it could be for
the question, cosines stay cosines. Rank fusion throws scores away and lost to plain BM25 on the
development file; z-scores over the candidates shift with the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.protocol import Embedder, ModelAway, TokenVectors, Vectors
from secondme.clock import instant
from secondme.recall.candidates import CandidateSearch
from secondme.recall.comparison import Comparison
from secondme.recall.evidence import unknown_name, weakness
from secondme.recall.explanation import Explanation, explanation, reasons, score_parts
from secondme.recall.fact_signal import fact_fits
from secondme.recall.hits import Found, Scored, group_of
from secondme.recall.question import Reading, read_question
from secondme.recall.scores import Floats, Scores, weighted_sum
from secondme.recall.signals import GRAPH, SIGNALS, Signal, walk
from secondme.recall.weights import Weights, weights_for
from secondme.text.language import mostly_latin
from secondme.text.terms import content_stems, stems
from secondme.text.timex.query import time_query
from storage.store import Store

Faded = Literal["never", "second look", "always"]


@dataclass(frozen=True)
class Mechanisms:
    """Which mechanisms take part. An ablation leaves some out: time, meaning, facts or graph."""

    off: frozenset[str] = field(default_factory=frozenset)

    def on(self, name: str) -> bool:
        """Whether the mechanism takes part."""
        return name not in self.off


class Recall:
    """Finds spans for a query. Writes nothing."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None,
        *,
        exact_below: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        turns: Weights | None = None,
        passages: Weights | None = None,
        signals: Sequence[Signal] = SIGNALS,
        mechanisms: Mechanisms | None = None,
        strong: float | None = None,
        me: Callable[[], Sequence[str]] = lambda: (),
        promote: Callable[[], bool] = lambda: False,
    ) -> None:
        """`exact_below`: up to so many spans, all vectors are compared; above, the index is asked. `turns`, `passages`:
        the weights of `signals`; None: those for the embedder; so also `strong`. `me`: names by which I am called.
        `promote`: whether a span with a fact that is asked for ranks higher."""
        self._store = store
        self._embedder = embedder
        self._now = now
        self._given = turns, passages, strong
        self._use_weights()
        self._signals = tuple(signals)
        self._parts = {signal.name: signal.part for signal in signals} | {GRAPH: GRAPH}
        self._mechanisms = mechanisms or Mechanisms()
        self._candidates = CandidateSearch(store, exact_below=exact_below, by_links=self._mechanisms.on("graph"))
        self._me = me
        self._promote = promote
        self._last: tuple[tuple[str, datetime], Reading] | None = None
        self.second_looks = 0
        """How many searches looked twice, since the start."""
        self.away: ModelAway | None = None
        """Why the embedder could not be reached at the last search, which then found words only."""

    def use_embedder(self, embedder: Embedder | None) -> None:
        """Embed questions with another model from now on."""
        self._embedder, self._last, self.away = embedder, None, None
        self._use_weights()

    def _use_weights(self) -> None:
        """Take the weights for the embedder, but those that were given."""
        self._fitted = weights_for(self._embedder.model_id if self._embedder else "")
        turns, passages, strong = self._given
        self._turns = self._fitted.turns if turns is None else turns
        self._passages = self._fitted.passages if passages is None else passages
        self._strong = self._fitted.strong if strong is None else strong

    def search(
        self,
        query: str,
        k: int,
        *,
        evidence_only: bool = False,
        exclude_source: str | None = None,
        asked_at: datetime | None = None,
        explain: bool = False,
        faded: Faded = "second look",
        apart: int = 0,
    ) -> list[Scored]:
        """The k best live spans, best first; equal scores in order of id. Arguments as of `find`."""
        found = self.find(
            query,
            k,
            evidence_only=evidence_only,
            exclude_source=exclude_source,
            asked_at=asked_at,
            explain=explain,
            faded=faded,
            apart=apart,
        )
        return found.hits

    def find(
        self,
        query: str,
        k: int,
        *,
        evidence_only: bool = False,
        exclude_source: str | None = None,
        asked_at: datetime | None = None,
        explain: bool = False,
        faded: Faded = "second look",
        only: Sequence[str] = (),
        apart: int = 0,
    ) -> Found:
        """The k best live spans, best first, equal scores in order of id, and whether they carry an answer.

        `evidence_only` leaves out what never supports an answer (the assistant's words, bare questions).
        `exclude_source` leaves out one source, such as the chat that asks. `asked_at`: the moment from which "last
        week" is counted; now, if it is not given. `explain`: say in words why each was found. `faded`: whether what has
        faded takes part: always, never, or in a second look if the first, at the rest, finds little (iterative
        retrieval, as in "On the structural memory of LLM agents"). `only`: ids of the only spans that are searched.
        `apart`: what supports no answer never takes one of the k places, but so many of the person's questions and then
        of the assistant's words come after them, where they score no less.
        """
        asked_at = asked_at or self._now()
        scores = self.score(query, asked_at, faded=faded == "always" or bool(only), only=only)
        again = (
            faded == "second look"
            and not only
            and self._store.words.faded_count() > 0
            and float(scores.total.max(initial=0.0)) < self._strong
        )
        if again:
            self.second_looks += 1
            scores = self.score(query, asked_at, faded=True)
        candidates = scores.candidates
        ids = frozenset(only)
        allowed = np.array(
            [
                (candidate.evidence or not evidence_only)
                and candidate.source_id != exclude_source
                and (not only or candidate.id in ids)
                for candidate in candidates
            ],
            bool,
        )
        totals = scores.total.tolist()
        order = sorted(np.flatnonzero(allowed).tolist(), key=lambda i: (-totals[i], candidates[i].id))
        chosen = _apart(order, scores, k, apart) if apart else order[:k]
        spans = self._store.spans.by_seq([candidates[i].seq for i in chosen])
        because = reasons(self._store, scores, chosen, chosen) if explain else [()] * len(chosen)
        hits = [
            Scored(
                spans[candidates[i].seq],
                float(scores.total[i]),
                score_parts(scores, i, self._weights(scores, i), self._parts),
                why,
            )
            for i, why in zip(chosen, because, strict=True)
            if candidates[i].seq in spans
        ]
        weak, reason = weakness(scores, allowed, unknown_name(self._store, scores.question), self._fitted)
        return Found(query, hits, weak, reason, scores.when)

    def first_of(self, left: str, right: str) -> int | None:
        """Which of two things was said or happened first, 0 or 1, by the time of the best span for each; None if that
        is open."""
        times = []
        for query in (left, right):
            hits = self.search(query, 1)
            times.append(hits[0].span.span.happened_at if hits else None)
        if times[0] is None or times[1] is None or times[0] == times[1]:
            return None
        return 0 if times[0] < times[1] else 1

    def score(self, query: str, asked_at: datetime, *, faded: bool = False, only: Sequence[str] = ()) -> Scores:
        """Every candidate with its signals and fused score. `faded`: what has faded takes part. `only`: the candidates
        are these spans and their neighbours."""
        reading = self._read(query, asked_at)
        candidates, linked = self._candidates.find(reading, faded=faded, only=only)
        if not candidates:
            return Scores(reading.question, candidates, {}, np.zeros(0), np.zeros(0, bool), reading.when)
        compared = Comparison(self._store, reading, candidates, faded=faded)
        turns = compared.turns
        signals = {signal.name: signal.compute(compared) for signal in self._signals}
        total: Floats = np.where(turns, weighted_sum(self._turns, signals), weighted_sum(self._passages, signals))
        if self._mechanisms.on("graph"):
            signals[GRAPH] = walk(compared, total, linked)
            weight = np.where(turns, self._turns.get(GRAPH, 0.0), self._passages.get(GRAPH, 0.0))
            total = total + weight * signals[GRAPH]
        return Scores(reading.question, candidates, signals, total, turns, reading.when)

    def explain(self, query: str, span_ids: Sequence[str], *, asked_at: datetime) -> dict[str, Explanation]:
        """How each of these live spans scores for a question, by id, among all candidates and faded ones too; one that
        is no candidate by itself is compared with its neighbours only."""
        scores = self.score(query, asked_at, faded=True)
        found = self._explanations(scores, frozenset(span_ids), is_candidate=True)
        missing = [span_id for span_id in span_ids if span_id not in found]
        if missing:
            alone = self.score(query, asked_at, faded=True, only=missing)
            found |= self._explanations(alone, frozenset(missing), is_candidate=False)
        return found

    def _explanations(self, scores: Scores, ids: frozenset[str], *, is_candidate: bool) -> dict[str, Explanation]:
        return {
            candidate.id: explanation(
                self._store, scores, i, self._weights(scores, i), self._parts, is_candidate=is_candidate
            )
            for i, candidate in enumerate(scores.candidates)
            if candidate.id in ids
        }

    def _weights(self, scores: Scores, i: int) -> Weights:
        return self._turns if scores.turns[i] else self._passages

    def _read(self, query: str, asked_at: datetime) -> Reading:
        """The question taken apart, dated and embedded, with the facts that it asks for. The last reading is kept, for
        a second look."""
        if self._last is not None and self._last[0] == (query, asked_at):
            return self._last[1]
        on = self._mechanisms.on
        question = read_question(query, self._store.annotations.speakers(), self._store.words.languages())
        when = time_query(query, asked_at)
        facts: dict[str, float] = {}
        if on("facts"):
            facts = fact_fits(self._store, question, when, instant(asked_at)[:10], self._me(), promote=self._promote())
        vector, tokens = self._embed(question.topic) if on("meaning") else (None, None)
        reading = Reading(question, vector, tokens, when if on("time") else replace(when, interval=None), facts)
        if self.away is None:
            self._last = ((query, asked_at), reading)
        return reading

    def _embed(self, topic: str) -> tuple[npt.NDArray[np.float32] | None, Floats | None]:
        """The question's vector and those of its tokens, length 1; None where no embedder can be reached."""
        embedder = self._embedder
        if embedder is None or not topic.strip() or not knows_letters(embedder, topic):
            return None, None
        try:
            vectors, tokens = embedder.embed_tokens([topic], "query")
        except ModelAway as error:
            self.away = error
            return None, None
        self.away = None
        return vectors[0], tokens[0].astype(np.float64) / 127 if tokens[0].size else None

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]] | None:
        """The vectors of a question, the first of the texts, and of those after it, and the vectors of their tokens
        (`Embedder.embed_tokens`); None where no embedder can be reached or it does not know the question's letters."""
        if self._embedder is None or not texts or not knows_letters(self._embedder, texts[0]):
            return None
        try:
            asked, asked_tokens = self._embedder.embed_tokens(texts[:1], "query")
            vectors, tokens = self._embedder.embed_tokens(texts[1:])
            return np.concatenate([asked, vectors]), [*asked_tokens, *tokens]
        except ModelAway as error:
            self.away = error
            return None

    def question_vector(self, text: str, model: str) -> Vectors | None:
        """The vector of a question (dimension,); None where the embedder's name does not begin with `model`."""
        embedder = self._embedder
        if embedder is None or not embedder.model_id.startswith(model):
            return None
        try:
            vector: Vectors = embedder.embed([text], "query")[0]
        except ModelAway as error:
            self.away = error
            return None
        return vector

    def closeness(self, query: str, sentences: Sequence[str]) -> list[float]:
        """How near each sentence is to the query: cosine, plus the share of the query's words that it holds."""
        words = set(content_stems(query))
        shares = [len(words & set(stems(sentence))) / max(len(words), 1) for sentence in sentences]
        embedder = self._embedder
        if embedder is None or not sentences or not knows_letters(embedder, query):
            return shares
        try:
            (asked,), vectors = embedder.embed([query], "query"), embedder.embed(sentences)
        except ModelAway as error:
            self.away = error
            return shares
        return [share + float(vector @ asked) for share, vector in zip(shares, vectors, strict=True)]


def knows_letters(embedder: Embedder, text: str) -> bool:
    """Whether an embedder knows the letters of most of a text. Vectors of letters that it does not know are all near
    one another, so that they would speak for any text in them.

    An embedder that knows Latin letters only says so by an attribute `latin_only`.
    """
    return not getattr(embedder, "latin_only", False) or mostly_latin(text)


def _apart(order: Sequence[int], scores: Scores, k: int, apart: int) -> list[int]:
    """The k best that may support an answer, then of questions and of the assistant's words `apart` each that score no
    less than the last of these."""
    groups: dict[str, list[int]] = {"": [], "asked": [], "answered": []}
    for i in order:
        candidate = scores.candidates[i]
        groups[group_of(candidate.role, evidence=candidate.evidence)].append(i)
    best = groups[""][:k]
    least = float(scores.total[best[-1]]) if best else -np.inf
    own = [i for name in ("asked", "answered") for i in groups[name][:apart] if float(scores.total[i]) >= least]
    return [*best, *own]
