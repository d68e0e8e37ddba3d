"""Search by words: BM25 over the full-text index of live spans, safe for any query a person can type."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

from storage.database import Database

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def query_tokens(query: str) -> list[str]:
    """The words of a query in order, lower-cased, each once; punctuation and FTS operators fall away."""
    return list(dict.fromkeys(token.lower().replace("’", "'") for token in _TOKEN.findall(query)))


def match_expression(tokens: Sequence[str]) -> str:
    """An FTS5 expression that matches spans with any of these words."""
    return " OR ".join('"' + token.replace('"', '""') + '"' for token in tokens)


class Words:
    """The word index."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._counted = threading.local()

    def search(self, tokens: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """(row number, BM25 score, larger is better) of the best spans, best first; ties by row number."""
        if not tokens:
            return []
        rows = self._db.read(
            """SELECT rowid, bm25(spans_fts, 1.0, 0.6, 0.6) AS score FROM spans_fts WHERE spans_fts MATCH ?
               ORDER BY score LIMIT ?""",
            (match_expression(tokens), limit),
        )
        return [(row[0], -row[1]) for row in rows]

    def document_frequency(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many live spans each stem occurs; absent stems are left out."""
        marks = ",".join("?" * len(stems))
        rows = self._db.read(f"SELECT term, doc FROM spans_terms WHERE term IN ({marks})", stems)
        return {row[0]: row[1] for row in rows}

    def span_count(self) -> int:
        """Number of live spans. Counting reads the whole table, so it is done once for each state of the file."""
        # data_version changes, for one connection, whenever another one commits.
        version = self._db.value("PRAGMA data_version")
        if getattr(self._counted, "version", None) != version:
            live = "SELECT count(*) FROM spans WHERE archived_at IS NULL AND hidden_at IS NULL"
            self._counted.value = int(self._db.value(live))
            self._counted.version = version
        counted: int = self._counted.value
        return counted
