"""Search by words: BM25 over the full-text index of live spans, safe for any query a person can type."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storage.database import Database, StoreError
from storage.index.tantivy_words import WordIndex
from storage.tokens.tokenizer import SPOKEN, language_marks, match_forms, query_words, word_terms

EXTEND_FROM = 500
"""FTS5 answers for so many new rows without a loss of speed."""
NEWEST = 5000
ATTEMPTS = 3
MOST_LOOKED_AT = 20_000


def query_tokens(query: str) -> list[str]:
    """The words of a query in order, lower-cased, each once; punctuation and FTS operators fall away."""
    return query_words(query)


def match_expression(tokens: Sequence[str], languages: Sequence[str] = ()) -> str:
    """An FTS5 expression that matches spans with any of these words, by the rules of these languages too."""
    forms = dict.fromkeys(form for token in tokens for form in match_forms(token, languages))
    return " OR ".join('"' + form.replace('"', '""') + '"' for form in forms)


class Words:
    """Search by words: in FTS5, and beyond `above` spans in tantivy, except for the newest rows."""

    def __init__(self, database: Database, index: WordIndex | None = None, *, above: int = 20_000) -> None:
        self._db = database
        self._index = index
        self._above = above
        self._opened = False
        self._failures = 0
        self._languages: tuple[tuple[int, int], tuple[str, ...]] = ((-1, -1), ())

    def languages(self) -> tuple[str, ...]:
        """The languages in Latin letters, besides English, of which memory holds texts: words are stemmed by their
        rules too."""
        newest = int(self._db.value("SELECT coalesce(max(seq), 0) FROM spans"))
        now = (newest, self.span_count() + self.faded_count())
        if self._languages[0] != now:
            marks = language_marks()
            known = self._index.document_frequency(list(marks)) if self._index is not None else None
            found = set(known or ())
            if known is None or newest - (self._index.upto if self._index else 0) > 0:
                for table in ("spans_terms", "cold_terms"):
                    rows = self._db.read(
                        f"SELECT term FROM {table} WHERE term > ? AND term < ?", (SPOKEN, SPOKEN + "{")
                    )
                    found |= {row[0] for row in rows}
            self._languages = now, tuple(language for mark, language in marks.items() if mark in found)
        return self._languages[1]

    def terms(self, word: str) -> tuple[str, ...]:
        """The terms by which a span may hold a word, its first form first."""
        return word_terms(word, self.languages())

    def terms_of_each(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """`terms` of several words. The languages of memory are looked up once: a question in a script without spaces
        has dozens of words."""
        languages = self.languages()
        return [word_terms(word, languages) for word in words]

    def work(self) -> bool:
        """Do one step of making the word index; False when there is nothing to do. For the indexing thread only."""
        index = self._index
        if index is None or self._failures >= ATTEMPTS:
            return False
        newest = int(self._db.value("SELECT coalesce(max(seq), 0) FROM spans"))
        try:
            if index.state == "rebuilding":
                index.continue_rebuild()
                return True
            if index.state == "ready":
                if newest - index.upto <= min(EXTEND_FROM, self._above):
                    return False
                index.extend()
                return True
            if self.span_count() <= self._above:
                # A purge that was cut short may have left files of an index that is no longer needed.
                index.discard_leftovers()
                return False
            opened, self._opened = self._opened, True
            if opened or not index.open():
                index.start_rebuild()
        except StoreError:
            raise
        except Exception as error:  # tantivy failed: FTS5 answers, and a fresh generation is tried
            index.abandon()
            index.reason = f"{type(error).__name__} while writing"
            self._failures += 1
        return True

    def search(self, tokens: Sequence[str], limit: int, *, faded: bool = False) -> list[tuple[int, float]]:
        """(row number, BM25 score) of the best hot spans, or with `faded` of the best faded spans, best first; ties by
        row number. A larger score is better."""
        if not tokens:
            return []
        answer = self._indexed(tokens, limit, faded)
        if answer is not None:
            return answer
        index = "cold_fts" if faded else "spans_fts"
        rows = self._db.read(
            f"""SELECT rowid, bm25({index}, 1.0, 0.6, 0.6) AS score FROM {index} WHERE {index} MATCH ?
               ORDER BY score LIMIT ?""",
            (match_expression(tokens, self.languages()), limit),
        )
        return [(row[0], -row[1]) for row in rows]

    def _indexed(self, tokens: Sequence[str], limit: int, faded: bool) -> list[tuple[int, float]] | None:
        """The answer of the word index, with the rows that it does not know yet from FTS5; None without one."""
        index = self._index
        if index is None or index.state != "ready":
            return None
        terms = list(dict.fromkeys(term for forms in self.terms_of_each(tokens) for term in forms))
        depth = int(1.3 * limit) + 20
        while True:
            answer = index.search(terms, depth)
            if answer is None:
                return None
            hits, upto = answer
            allowed = self._in_state([seq for seq, _ in hits], faded)
            found = [hit for hit in hits if hit[0] in allowed]
            if len(found) >= limit or len(hits) < depth or (faded and depth > MOST_LOOKED_AT):
                break
            depth *= 4
        found += self._newest(tokens, terms, upto, limit, "cold_fts" if faded else "spans_fts")
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _in_state(self, seqs: Sequence[int], faded: bool) -> set[int]:
        """Those of the rows that are hot, or with `faded` those that have faded."""
        state = "faded_at IS NOT NULL AND merged_into IS NULL" if faded else "faded_at IS NULL"
        rows = self._db.read_in(
            f"SELECT seq FROM spans WHERE archived_at IS NULL AND hidden_at IS NULL AND {state} AND seq IN ({{marks}})",
            seqs,
        )
        return {row[0] for row in rows}

    def _newest(
        self, tokens: Sequence[str], terms: Sequence[str], upto: int, limit: int, table: str
    ) -> list[tuple[int, float]]:
        """Rows beyond `upto` on the scale of the word index, each word counted once.

        FTS5's own bm25() would read every posting of the whole store to know how rare the words are.
        """
        assert self._index is not None
        if upto >= int(self._db.value("SELECT coalesce(max(seq), 0) FROM spans")):
            return []
        seen = self._index.document_frequency(terms) or {}
        total, languages = max(self.span_count(), 1), self.languages()
        scores: dict[int, float] = {}
        for token in tokens:
            count = max((seen.get(term, 0) for term in word_terms(token, languages)), default=0)
            idf = math.log(1 + max(total - count + 0.5, 0.5) / (count + 0.5))
            for row in self._db.read(
                f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ? LIMIT ?",
                (match_expression([token], languages), upto, NEWEST),
            ):
                scores[row[0]] = scores.get(row[0], 0.0) + idf
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def document_frequency(self, stems: Sequence[str], *, faded: bool = False) -> dict[str, int]:
        """In how many hot spans each stem occurs, with `faded` in how many hot or faded spans; absent stems are left
        out."""
        # The index counts spans out of recall too, and not the newest; as a measure of rarity it is as good.
        known = self._index.document_frequency(stems) if self._index is not None else None
        if known is not None:
            most = self.span_count()
            return {stem: min(count, most) for stem, count in known.items()}
        found: dict[str, int] = {}
        for table in ("spans_terms", "cold_terms") if faded else ("spans_terms",):
            for term, count in self._db.read_in(f"SELECT term, doc FROM {table} WHERE term IN ({{marks}})", stems):
                found[term] = found.get(term, 0) + count
        return found

    def in_evidence(self, words: Sequence[str]) -> bool:
        """Whether a hot or faded span that may be evidence holds one of these words."""
        return any(
            self._db.read(
                f"""SELECT 1 FROM {table} JOIN spans ON spans.seq = {table}.rowid
                   WHERE {table} MATCH ? AND spans.evidence LIMIT 1""",
                (match_expression(words, self.languages()),),
            )
            for table in ("spans_fts", "cold_fts")
        )

    def span_count(self) -> int:
        """Number of hot spans (live, not faded), as triggers keep it."""
        return int(self._db.value("SELECT spans FROM live_count"))

    def faded_count(self) -> int:
        """Number of faded spans, merged ones not counted, as triggers keep it."""
        return int(self._db.value("SELECT faded FROM live_count"))
