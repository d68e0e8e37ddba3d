"""Which spans are scored at all: those found by words, meaning or time, those linked to the best, and neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from secondme.clock import instant
from secondme.recall.question import Reading
from secondme.text.entities import mentions
from storage.annotations import Candidate
from storage.store import Store

SEEDS = 100
"""Candidates by words, and as many by meaning."""
REACH = 2
"""Neighbours on each side that come along with a candidate."""
MAXIMUM_BY_TIME = 200
LINKING = 8
"""Best candidates by words, and by meaning, whose names bring others."""
LINKED = 60
COMMON_NAME = 40
"""A name that more spans mention links nothing."""
LONGEST_SEED_TIME = timedelta(days=40)
"""Longer times favour candidates but bring none of their own."""


class CandidateSearch:
    """Finds the candidates of a question. Writes nothing."""

    def __init__(self, store: Store, *, exact_below: int, by_links: bool = True) -> None:
        """`exact_below`: up to so many spans, all vectors are compared; above, the index is asked. `by_links`: whether
        names that the best candidates share bring others."""
        self._store = store
        self._exact_below = exact_below
        self._by_links = by_links

    def find(
        self, reading: Reading, *, faded: bool, only: Sequence[str] = ()
    ) -> tuple[list[Candidate], frozenset[int]]:
        """The candidates in order of document and ordinal, and the row numbers of those that a name linked.

        `faded`: what has faded takes part too. `only`: take these span ids and their neighbours, and search nothing.
        """
        linked: list[int] = []
        if only:
            seeds = self._store.spans.seqs(only)
        else:
            seeds, linked = self._seeds(reading, faded)
            fitting = [span_id for span_id, fit in reading.facts.items() if fit > 0]
            seeds = list(dict.fromkeys([*seeds, *self._store.spans.seqs(fitting)]))
        return self._store.annotations.candidates_around(seeds, REACH, faded=faded), frozenset(linked)

    def _seeds(self, reading: Reading, faded: bool) -> tuple[list[int], list[int]]:
        """Row numbers of candidates found by words, by meaning, by time, and by a name that they share with the best;
        and the last of these again."""
        by_words = self._by_words(reading.question.tokens, faded)
        by_meaning = self._store.spans.seqs([span_id for span_id, _ in self._nearest(reading.vector, faded)])
        by_time: list[int] = []
        if reading.when.interval and reading.when.relation == "within":
            begins, ends = reading.when.interval
            if ends - begins <= LONGEST_SEED_TIME:
                by_time = self._store.annotations.seqs_within(
                    instant(begins), instant(ends), MAXIMUM_BY_TIME, faded=faded
                )
        by_link: list[int] = []
        if self._by_links:
            keys = [mention.key for mention in mentions(reading.question.topic)]
            best = [*by_words[:LINKING], *by_meaning[:LINKING]]
            by_link = self._store.annotations.seqs_linked(best, keys, COMMON_NAME, LINKED, faded=faded)
        return list(dict.fromkeys([*by_words, *by_meaning, *by_time, *by_link])), by_link

    def _by_words(self, tokens: Sequence[str], faded: bool) -> list[int]:
        """Row numbers of the best by BM25."""
        found = self._store.words.search(tokens, SEEDS)
        if faded:
            both = [*found, *self._store.words.search(tokens, SEEDS, faded=True)]
            found = sorted(both, key=lambda hit: (-hit[1], hit[0]))[:SEEDS]
        return [seq for seq, _ in found]

    def _nearest(self, vector: npt.NDArray[np.float32] | None, faded: bool) -> list[tuple[str, float]]:
        """(span id, cosine) of the nearest by meaning."""
        if vector is None:
            return []
        vectors = self._store.vectors
        if faded:
            both = [*self._nearest(vector, False), *vectors.search_faded(vector, SEEDS)]
            return sorted(both, key=lambda hit: (-hit[1], hit[0]))[:SEEDS]
        if self._store.words.span_count() > self._exact_below and self._store.generations.state == "ready":
            answer = self._store.generations.search(vector, SEEDS)
            if answer is not None:
                return answer
        return vectors.search(vector, SEEDS)
