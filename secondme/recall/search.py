"""Recall: candidates by words, meaning and time, each scored by calibrated signals, then by a walk over their graph.

A signal has the same scale in a small and in a large store: BM25 is divided by the most it could be for
the question, cosines stay cosines. Rank fusion throws scores away and lost to plain BM25 on the
development file; z-scores over the candidates shift with the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt

from models.protocol import Embedder, ModelAway
from secondme.api import ScorePart
from secondme.clock import instant
from secondme.recall.candidates import (
    COMMON_NAME,
    LINKED,
    LINKING,
    LONGEST_SEED_TIME,
    MAXIMUM_BY_TIME,
    REACH,
    SEEDS,
    best_candidates,
)
from secondme.recall.evidence import weakness
from secondme.recall.fact_signal import told
from secondme.recall.graph import spread
from secondme.recall.hits import Found, Scored
from secondme.recall.question import Question, read_question
from secondme.recall.scores import Floats, Scores
from secondme.recall.signals import (
    K1,
    LOOK_AGAIN,
    B,
    Place,
    form_signals,
    has_form,
    read_forms,
    speaker_signals,
    text_scores,
    turn_pairs,
)
from secondme.recall.weights import PARTS, PASSAGES, TURNS, Signal, Weights
from secondme.text.entities import mentions
from secondme.text.forms import Form, word_number
from secondme.text.terms import content_stems, stem, stems
from secondme.text.timex.query import TimeQuery, time_query
from storage.annotations import Candidate
from storage.store import Store

Faded = Literal["never", "second look", "always"]
_Reading = tuple[Question, npt.NDArray[np.float32] | None, Floats | None, TimeQuery, dict[str, float]]
STRONG = 24.0
"""A first look whose best score is below this is followed by a second one, among what has faded. With half of the
development file faded it costs half a point of R@20; a look that is convincing enough without is one in ten."""


@dataclass(frozen=True)
class Mechanisms:
    """Which mechanisms take part; all do, unless an ablation leaves some out."""

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
        turns: Weights = TURNS,
        passages: Weights = PASSAGES,
        mechanisms: Mechanisms | None = None,
        strong: float = STRONG,
        me: Callable[[], Sequence[str]] = lambda: (),
        promote: Callable[[], bool] = lambda: False,
    ) -> None:
        """`me`: names by which I am called; `promote`: whether what tells a fact that is asked for ranks higher."""
        self._me = me
        self._promote = promote
        self._strong = strong
        self._last: tuple[tuple[str, datetime], _Reading] | None = None
        self.second_looks = 0
        """How many searches looked twice, since the start."""
        self.away: ModelAway | None = None
        """Why the embedder could not be reached at the last search, which then found words only."""
        self._store = store
        self._embedder = embedder
        self._exact_below = exact_below
        self._now = now
        self._turns = turns
        self._passages = passages
        self._mechanisms = mechanisms or Mechanisms()

    def use_embedder(self, embedder: Embedder | None) -> None:
        """Embed questions with another model from now on."""
        self._embedder, self._last, self.away = embedder, None, None

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
    ) -> Found:
        """The k best live spans, best first, equal scores in order of id, and whether they carry an answer.

        `evidence_only` leaves out what never supports an answer (the assistant's words, bare questions).
        `exclude_source` leaves out one source, such as the chat that asks. `asked_at`: what "last week" is
        counted from; now, if it is not given. `explain`: say in words why each was found. `faded`: whether what has
        faded takes part: always, never, or when the first look, at the rest, finds little (iterative retrieval, as
        in "On the structural memory of LLM agents"). `only`: search nothing but these spans.
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
        chosen_only = frozenset(only)
        order = sorted(range(len(candidates)), key=lambda i: (-scores.total[i], candidates[i].id))
        order_allowed = [
            i
            for i in order
            if not (evidence_only and not candidates[i].evidence)
            and candidates[i].source_id != exclude_source
            and (not only or candidates[i].id in chosen_only)
        ]
        chosen = order_allowed[:k]
        spans = self._store.spans.by_seq([candidates[i].seq for i in chosen])
        hits = [
            Scored(
                spans[candidates[i].seq],
                float(scores.total[i]),
                self._parts(scores, i),
                self._because(scores, i, chosen) if explain else (),
            )
            for i in chosen
            if candidates[i].seq in spans
        ]
        allowed = np.zeros(len(candidates), bool)
        allowed[order_allowed] = True
        weak, reason = weakness(scores, allowed, self._unknown_name(scores.question))
        return Found(query, hits, weak, reason, scores.when)

    def first_of(self, one: str, other: str) -> int | None:
        """Which of two things was said or happened first, by the time of the best span for each; None if that is open."""
        times = []
        for query in (one, other):
            hits = self.search(query, 1)
            times.append(hits[0].span.span.happened_at if hits else None)
        if times[0] is None or times[1] is None or times[0] == times[1]:
            return None
        return 0 if times[0] < times[1] else 1

    def score(self, query: str, asked_at: datetime, *, faded: bool = False, only: Sequence[str] = ()) -> Scores:
        """Every candidate with its signals and fused score; with `faded` what has faded takes part, with `only` these
        spans alone, and their neighbours."""
        question, vector, tokens, when, facts = self._read(query, asked_at)
        seeds, linked = (self._store.spans.seqs(only), []) if only else self._seeds(question, vector, when, faded)
        if facts and not only:
            seeds = list(
                dict.fromkeys([*seeds, *self._store.spans.seqs([one for one, fit in facts.items() if fit > 0])])
            )
        candidates = self._store.annotations.around(seeds, REACH, faded=faded)
        turns = np.array([bool(one.speaker) for one in candidates], bool)
        if not candidates:
            return Scores(question, candidates, {}, np.zeros(0), turns, when)
        signals = self._signals(question, candidates, vector, tokens, faded)
        if self._mechanisms.on("time"):
            signals |= self._times(candidates, when)
        if facts:
            signals[Signal.FACT] = np.array([facts.get(one.id, 0.0) for one in candidates])
        total: Floats = np.where(turns, _sum(self._turns, signals), _sum(self._passages, signals))
        if self._mechanisms.on("graph"):
            signals[Signal.GRAPH] = self._graph(candidates, total, frozenset(linked))
            total = (
                total
                + np.where(turns, self._turns.get(Signal.GRAPH, 0.0), self._passages.get(Signal.GRAPH, 0.0))
                * (signals[Signal.GRAPH])
            )
        return Scores(question, candidates, signals, total, turns, when)

    def _read(self, query: str, asked_at: datetime) -> _Reading:
        """The question taken apart and embedded, with the facts that it asks for; a second look at the same one need not do that again."""
        held = self._last
        if held is not None and held[0] == (query, asked_at):
            return held[1]
        question = read_question(query, self._store.annotations.speakers())
        when = time_query(query, asked_at)
        facts: dict[str, float] = {}
        if self._mechanisms.on("facts"):
            facts = told(self._store, question, when, instant(asked_at)[:10], self._me(), promote=self._promote())
        reading = (question, *self._embedded(question.topic), when, facts)
        if self.away is None:
            self._last = ((query, asked_at), reading)
        return reading

    def closeness(self, query: str, sentences: Sequence[str]) -> list[float]:
        """How near each sentence is to the query: cosine, plus the share of the query's words that it holds."""
        wanted = set(content_stems(query))
        shares = [len(wanted & set(stems(one))) / max(len(wanted), 1) for one in sentences]
        embedder = self._embedder
        if embedder is None or not sentences:
            return shares
        try:
            vectors = embedder.embed([query, *sentences])
        except ModelAway as error:
            self.away = error
            return shares
        return [share + float(vector @ vectors[0]) for share, vector in zip(shares, vectors[1:], strict=True)]

    def _unknown_name(self, question: Question) -> str:
        """A name that the question is about and that no span holds, or nothing."""
        if question.named:
            return ""
        for one in mentions(question.text):
            words = [word for word in one.key.split() if word.isalpha()]
            if words and not self._store.words.document_frequency([stem(word) for word in words], faded=True):
                return one.name
        return ""

    # --- candidates ---------------------------------------------------------------------------------

    def _embedded(self, topic: str) -> tuple[npt.NDArray[np.float32] | None, Floats | None]:
        """The question's vector and those of its tokens, length 1."""
        embedder = self._embedder
        if embedder is None or not topic.strip():
            return None, None
        try:
            vectors, tokens = embedder.embed_tokens([topic])
        except ModelAway as error:
            self.away = error
            return None, None
        self.away = None
        return vectors[0], tokens[0].astype(np.float64) / 127 if tokens[0].size else None

    def _seeds(
        self, question: Question, vector: npt.NDArray[np.float32] | None, when: TimeQuery, faded: bool
    ) -> tuple[list[int], list[int]]:
        """Row numbers of candidates: by words, by meaning, of the time that is asked about, and linked to the best of
        them by a name; and the last of these again."""
        by_words = [seq for seq, _ in self._store.words.search(question.tokens, SEEDS)]
        near = (
            self._store.spans.seqs([span_id for span_id, _ in self._near(vector, faded)])
            if self._mechanisms.on("meaning")
            else []
        )
        if faded:
            by_words = best_candidates(
                self._store.words.search(question.tokens, SEEDS),
                self._store.words.search(question.tokens, SEEDS, faded=True),
            )
        then: list[int] = []
        if self._mechanisms.on("time") and when.interval and when.relation == "within":
            begins, ends = when.interval
            if ends - begins <= LONGEST_SEED_TIME:
                then = self._store.annotations.within(instant(begins), instant(ends), MAXIMUM_BY_TIME, faded=faded)
        linked: list[int] = []
        if self._mechanisms.on("graph"):
            # The second hop: what shares a name with the best that words and meaning found.
            keys = [one.key for one in mentions(question.topic)]
            best = [*by_words[:LINKING], *near[:LINKING]]
            linked = self._store.annotations.linked(best, keys, COMMON_NAME, LINKED, faded=faded)
        return list(dict.fromkeys([*by_words, *near, *then, *linked])), linked

    def _near(self, vector: npt.NDArray[np.float32] | None, faded: bool) -> list[tuple[str, float]]:
        if vector is None:
            return []
        if faded:
            both = [*self._near(vector, False), *self._store.vectors.search_faded(vector, SEEDS)]
            return sorted(both, key=lambda hit: (-hit[1], hit[0]))[:SEEDS]
        vectors = self._store.vectors
        if self._store.generations.state == "ready" and self._store.words.span_count() > self._exact_below:
            answer = self._store.generations.search(vector, SEEDS)
            if answer is not None:
                return answer
        return vectors.search(vector, SEEDS)

    # --- signals ------------------------------------------------------------------------------------

    def _signals(
        self,
        question: Question,
        candidates: Sequence[Candidate],
        vector: npt.NDArray[np.float32] | None,
        tokens: Floats | None,
        faded: bool,
    ) -> dict[Signal, Floats]:
        """Each signal as an array over the candidates."""
        place = Place(candidates)
        counts, lengths, form = text_scores(candidates, question.words)
        signals = self._words(question, place, counts, lengths, faded)
        signals |= self._meaning(candidates, place, vector, tokens)
        signals |= speaker_signals(question, candidates, form)
        signals |= form_signals(question, form)
        signals[Signal.LENGTH] = np.log1p(lengths)
        asked = place.before(has_form(form, Form.QUESTION))
        signals[Signal.ANSWERS] = asked
        signals[Signal.ANSWERS_WORDS] = asked * place.before(signals[Signal.WORDS])
        signals[Signal.ANSWERS_MEANING] = asked * place.before(signals[Signal.MEANING])
        return signals

    def _words(
        self, question: Question, place: Place, counts: Floats, lengths: Floats, faded: bool
    ) -> dict[Signal, Floats]:
        """BM25 of spans, of windows around them and of their sections, as a share of the most it could be."""
        found = self._store.words.document_frequency([stem(token) for token in question.tokens], faded=faded)
        numbers = {word: i for i, word in enumerate(question.words)}
        seen = np.zeros(len(question.words))
        for one, frequency in found.items():
            seen[numbers[word_number(one)]] = frequency
        total = max(self._store.words.span_count() + (self._store.words.faded_count() if faded else 0), 1)
        idf = np.log(1 + (total - seen + 0.5) / (seen + 0.5))
        most = max(float(idf.sum()), 1e-9)

        def bm25(window_counts: Floats, window_lengths: Floats) -> Floats:
            norm = K1 * (1 - B + B * window_lengths / max(float(window_lengths.mean()), 1.0))
            scores: Floats = (idf * window_counts * (K1 + 1) / (window_counts + norm[:, None])).sum(axis=1)
            return 3 * scores / most

        return {
            Signal.WORDS: bm25(counts, lengths),
            Signal.WORDS_2: bm25(place.window(counts, 2), place.window(lengths, 2)),
            Signal.WORDS_4: bm25(place.window(counts, 4), place.window(lengths, 4)),
            Signal.SECTION_WORDS: bm25(place.section_sum(counts), place.section_sum(lengths)),
        }

    def _meaning(
        self,
        candidates: Sequence[Candidate],
        place: Place,
        vector: npt.NDArray[np.float32] | None,
        tokens: Floats | None,
    ) -> dict[Signal, Floats]:
        """Cosines of spans, windows and sections, and late interaction: each token's best match, averaged."""
        n = len(candidates)
        cosine, known = np.zeros(n), np.zeros(n, bool)
        late = np.zeros(n)
        if vector is not None and self._mechanisms.on("meaning"):
            vectors = self._store.vectors.get([one.id for one in candidates])
            for i, one in enumerate(candidates):
                mine = vectors.get(one.id)
                if mine is not None:
                    cosine[i], known[i] = float(mine @ vector), True
            if tokens is not None:
                late = self._late(candidates, tokens, cosine)
        present = np.maximum(place.window(known.astype(float), 1), 1)
        return {
            Signal.MEANING: 10 * cosine,
            Signal.MEANING_1: 10 * place.window(cosine, 1) / present,
            Signal.SECTION_MEANING: 10 * place.section_best(cosine),
            Signal.TOKENS: 10 * late,
            Signal.TOKENS_1: 10 * place.window(late, 1) / present,
        }

    def _late(self, candidates: Sequence[Candidate], tokens: Floats, cosine: Floats) -> Floats:
        """Mean over the question's tokens of the best cosine to a token of the span (ColBERT, divided by length)."""
        found = self._store.vectors.tokens([one.seq for one in candidates])
        late = 0.4 + 0.5 * cosine  # about what it is where a span has no token vectors
        rows = [i for i, one in enumerate(candidates) if one.seq in found]
        if rows:
            matrices = [found[candidates[i].seq] for i in rows]
            starts = np.concatenate([[0], np.cumsum([len(matrix) for matrix in matrices])[:-1]])
            matches = np.concatenate(matrices).astype(np.float32) @ (tokens.T.astype(np.float32) / 127)
            late[rows] = np.maximum.reduceat(matches, starts, axis=0).mean(axis=1)
        return late

    def _times(self, candidates: Sequence[Candidate], when: TimeQuery) -> dict[Signal, Floats]:
        """Whether spans were said, or tell of something, in the time that is asked about."""
        said, tells = np.zeros(len(candidates)), np.zeros(len(candidates))
        if when.interval is not None:
            begins, ends = (instant(moment) for moment in when.interval)

            def fits(first: str, last: str) -> bool:
                if when.relation == "before":
                    return first < begins
                if when.relation == "after":
                    return last >= ends
                return first < ends and last > begins

            mentioned = self._store.annotations.times([one.seq for one in candidates])
            for i, one in enumerate(candidates):
                if one.happened_at and one.precision != "mtime":
                    said[i] = fits(one.happened_at, one.happened_at + "~")
                tells[i] = any(fits(first, last) for first, last in mentioned.get(one.seq, ()))
        short = when.interval is not None and when.interval[1] - when.interval[0] <= timedelta(days=2)
        return {Signal.SAID_THEN: said, Signal.SAID_THAT_DAY: said * short, Signal.TELLS_THEN: tells}

    def _graph(self, candidates: Sequence[Candidate], total: Floats, linked: frozenset[int]) -> Floats:
        """What the best candidates' graph sends to each of them; the least of it to the others."""
        order = np.argsort(-total, kind="stable")
        near = np.array([position < LOOK_AGAIN or candidates[i].seq in linked for position, i in enumerate(order)])
        best = order[near]
        chosen = [candidates[i] for i in best]
        vectors = self._store.vectors.get([one.id for one in chosen])
        dimension = self._store.vectors.dimension
        matrix = np.stack([vectors.get(one.id, np.zeros(dimension, np.float32)) for one in chosen])
        names = self._store.annotations.names([one.seq for one in chosen])
        named = [np.array([word_number(key) for key in names.get(one.seq, ())], np.int32) for one in chosen]
        words = [read_forms(one)[0] for one in chosen]
        adjacent = [(i, j) for i, j in turn_pairs(best, candidates)]
        walked = spread(total[best], named, words, matrix, adjacent)
        signal = np.full(len(candidates), float(walked.min()))
        signal[best] = walked
        return signal

    def _parts(self, scores: Scores, i: int) -> tuple[ScorePart, ...]:
        """What the score is made of: one part for each mechanism, adding up to the score."""
        weights = self._turns if scores.turns[i] else self._passages
        parts: dict[str, float] = {}
        for signal, values in scores.signals.items():
            value = weights.get(signal, 0.0) * float(values[i])
            parts[PARTS[signal]] = parts.get(PARTS[signal], 0.0) + value
        return tuple(ScorePart(name, round(value, 4)) for name, value in parts.items() if abs(value) >= 0.00005)

    def _because(self, scores: Scores, i: int, chosen: Sequence[int]) -> tuple[str, ...]:
        """Why a candidate was found, in words."""
        one = scores.candidates[i]
        reasons: list[str] = []
        held = set(read_forms(one)[0].tolist())
        shared = [token for token in scores.question.tokens if word_number(stem(token)) in held]
        if shared:
            reasons.append(f"words: {', '.join(shared)}")
        if one.speaker in scores.question.named:
            reasons.append(f"speaker: {one.speaker}")
        if scores.when.interval is not None and Signal.SAID_THEN in scores.signals:
            begins = scores.when.interval[0]
            if scores.signals[Signal.SAID_THEN][i]:
                reasons.append(f"time: said {scores.when.relation} {begins:%Y-%m-%d}")
            if scores.signals[Signal.TELLS_THEN][i]:
                reasons.append(f"time: tells of {begins:%Y-%m-%d}")
        best = [scores.candidates[j].seq for j in chosen[:LINKING]]
        names = self._store.annotations.names([*best, one.seq])
        mine = set(names.get(one.seq, ()))
        linking = sorted({key for seq in best if seq != one.seq for key in names.get(seq, ())} & mine)
        if linking:
            reasons.append(f"graph: {', '.join(linking[:3])}")
        path = self._store.trees.path(one.seq)
        texts = [texts[0] for texts in map(self._store.trees.texts, path[1:]) if texts]
        if texts:
            reasons.append("tree: " + " > ".join(" ".join(text.split())[:48] for text in texts[-3:]))
        return tuple(reasons)


def _sum(weights: Weights, signals: dict[Signal, Floats]) -> Floats:
    total = np.zeros(len(next(iter(signals.values()))))
    for signal, values in signals.items():
        weight = weights.get(signal)
        if weight:
            total += weight * values
    return total
