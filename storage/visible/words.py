"""Search by words among what is visible: how rare a word is, is counted there too."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storage.index.words import Words
from storage.tokens.tokenizer import language_marks
from storage.visible.database import VisibleDatabase

K1 = 1.2
"""Saturation of BM25. Lengths are left out: these scores only choose candidates, which recall scores anew."""
ASIDE = 0.6
"""Weight of a word in a heading or a speaker's name, as in `Words.search`."""


class VisibleWords(Words):
    """Words of the visible rows, read from the places of each word in the full-text index."""

    def __init__(self, database: VisibleDatabase) -> None:
        super().__init__(database)
        self._visible = database
        self._known: tuple[int, tuple[str, ...]] = (-1, ())

    def languages(self) -> tuple[str, ...]:
        """The languages in Latin letters, besides English, of visible texts."""
        if self._known[0] != self._visible.moment:
            found = [
                language
                for mark, language in language_marks().items()
                if any(self._holds(table, [mark], "") for table in ("hot_words", "cold_words"))
            ]
            self._known = self._visible.moment, tuple(found)
        return self._known[1]

    def work(self) -> bool:
        """Nothing: the index is the whole memory's."""
        return False

    def search(self, tokens: Sequence[str], limit: int, *, faded: bool = False) -> list[tuple[int, float]]:
        """(row number, BM25 score) of the best visible hot spans, or faded ones, best first; ties by row number."""
        table = "cold_words" if faded else "hot_words"
        total = max(self.faded_count() if faded else self.span_count(), 1)
        scores: dict[int, float] = {}
        for token in self._rare(tokens, table, total):
            weights: dict[int, float] = {}
            for doc, weight in self._db.read_in(
                f"""SELECT doc, sum(CASE col WHEN 'text' THEN 1.0 ELSE {ASIDE} END) FROM temp.{table}
                    WHERE term IN ({{marks}}) AND doc IN (SELECT seq FROM temp.visible) GROUP BY doc""",
                self.terms(token),
            ):
                weights[doc] = max(weight, weights.get(doc, 0.0))
            idf = math.log(1 + max(total - len(weights) + 0.5, 0.5) / (len(weights) + 0.5))
            for doc, weight in weights.items():
                scores[doc] = scores.get(doc, 0.0) + idf * weight * (K1 + 1) / (weight + K1)
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _rare(self, tokens: Sequence[str], table: str, total: int) -> list[str]:
        """The words that at most half of the passages hold, or all where there are none: the others tell little apart,
        and have the most places to read."""
        held = {
            token: sum(
                row[0]
                for row in self._db.read_in(
                    f"""SELECT count(DISTINCT doc) FROM temp.{table}
                        WHERE term IN ({{marks}}) AND doc IN (SELECT seq FROM temp.visible)""",
                    self.terms(token),
                )
            )
            for token in tokens
        }
        return [token for token, count in held.items() if 2 * count <= total] or list(tokens)

    def document_frequency(self, stems: Sequence[str], *, faded: bool = False) -> dict[str, int]:
        """In how many visible hot spans each stem occurs, with `faded` in how many hot or faded ones."""
        found: dict[str, int] = {}
        for table in ("hot_words", "cold_words") if faded else ("hot_words",):
            for term, count in self._db.read_in(
                f"""SELECT term, count(DISTINCT doc) FROM temp.{table}
                    WHERE term IN ({{marks}}) AND doc IN (SELECT seq FROM temp.visible) GROUP BY term""",
                stems,
            ):
                found[term] = found.get(term, 0) + count
        return found

    def in_evidence(self, words: Sequence[str]) -> bool:
        """Whether a visible span that may be evidence holds one of these words."""
        terms = [term for word in words for term in self.terms(word)]
        return any(self._holds(table, terms, "AND evidence") for table in ("hot_words", "cold_words"))

    def _holds(self, table: str, terms: Sequence[str], condition: str) -> bool:
        rows = self._db.read_in(
            f"""SELECT 1 FROM temp.{table} JOIN spans ON spans.seq = {table}.doc
                WHERE term IN ({{marks}}) {condition} LIMIT 1""",
            terms,
        )
        return next(rows, None) is not None
