"""The database as a program sees it: each table is shadowed by a view of its visible rows.

SQLite looks for a name among temporary views before it looks among tables. So every query of every repository reads
visible rows only, without knowing of it. A table that VISIBLE does not list is empty: what comes later is unseen until
someone says which of its rows may be seen. The connection cannot write.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from storage.database import Database, StoreError, store_error
from storage.visible.sight import Sight

_OF_SEQ = "span_seq IN (SELECT seq FROM temp.visible)"
_OF_SPAN = "EXISTS (SELECT 1 FROM main.spans v JOIN temp.visible w ON w.seq = v.seq WHERE v.id = span_id)"
_WHOLE = "(SELECT id FROM temp.visible_documents WHERE whole)"
_SUMS_UP = f"""
    NOT EXISTS (SELECT 1 FROM main.sentence_sources c LEFT JOIN main.spans v ON v.id = c.span_id
                WHERE c.memory_id = {{0}} AND (v.document_id IS NULL OR v.document_id NOT IN {_WHOLE}))
"""
"""What sums up may have words of any passage of the documents it was made from: all of them have to be visible."""

VISIBLE: Mapping[str, str] = {
    "spans": "EXISTS (SELECT 1 FROM temp.visible v WHERE v.seq = spans.seq AND v.id = spans.id) AND hidden_at IS NULL",
    "documents": "id IN (SELECT id FROM temp.visible_documents)",
    "sources": "id IN (SELECT source_id FROM temp.visible_documents)",
    "vectors": _OF_SPAN,
    "token_vectors": _OF_SEQ,
    "annotations": _OF_SEQ,
    "span_times": _OF_SEQ,
    "mentions": _OF_SEQ,
    "entities": "EXISTS (SELECT 1 FROM main.mentions m WHERE m.entity = entities.id "
    "AND m.span_seq IN (SELECT seq FROM temp.visible))",
    "strengths": _OF_SPAN,
    "provenance": _OF_SPAN,
    "statements": _OF_SPAN,
    "aliases": f"{_OF_SPAN} AND key NOT IN (SELECT key FROM temp.unseen_keys) "
    "AND entity NOT IN (SELECT key FROM temp.unseen_keys)",
    "profile_lines": f"{_OF_SPAN} AND NOT names_someone(text)",
    # They are texts of nobody: a verdict only takes away statements that are visible.
    "verdicts": "1",
    # A table with rows left out would give wrong sums that look right.
    "sheets": f"document_id IN {_WHOLE}",
    "sheet_rows": f"sheet IN (SELECT id FROM main.sheets WHERE document_id IN {_WHOLE})",
    "memories": f"EXISTS (SELECT 1 FROM main.sentence_sources e WHERE e.memory_id = memories.id) AND "
    f"{_SUMS_UP.format('memories.id')}",
    "sentences": _SUMS_UP.format("sentences.memory_id"),
    "sentence_sources": _SUMS_UP.format("sentence_sources.memory_id"),
}
"""By table, which rows are visible. All other tables are empty."""

_TABLES = """
    CREATE TEMP TABLE visible (seq INTEGER PRIMARY KEY, id TEXT NOT NULL);
    CREATE TEMP TABLE visible_sources (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE visible_documents (id TEXT PRIMARY KEY, source_id TEXT NOT NULL, whole INTEGER NOT NULL)
        WITHOUT ROWID;
    CREATE TEMP TABLE visible_count (spans INTEGER NOT NULL, faded INTEGER NOT NULL);
    CREATE TEMP TABLE unseen_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP VIEW live_count AS SELECT spans, faded FROM temp.visible_count;
    -- The words of the visible rows, each with its place; the indexes themselves are shadowed by empty views.
    CREATE VIRTUAL TABLE temp.hot_words USING fts5vocab(main, spans_fts, instance);
    CREATE VIRTUAL TABLE temp.cold_words USING fts5vocab(main, cold_fts, instance);
"""
_ASSISTANT = "s.role != 'assistant'"
"""Words of an assistant were made from anything that was recalled then, also from what is not visible."""


class VisibleDatabase(Database):
    """What `sight` lets see of another database. It cannot be written; safe from several threads, one at a time."""

    def __init__(
        self, database: Database, sight: Callable[[], Sight], give_way: Callable[[], None] = lambda: None
    ) -> None:
        """`sight` is asked again after each change of memory. `give_way` is called before each query, and returns when
        nobody waits who comes first. Raises StoreError."""
        self.path = database.path
        self._whole = database
        self._sight = sight
        self._give_way = give_way
        self._closed = False
        self._lock = threading.RLock()
        self._counts = {}
        self._connection: sqlite3.Connection | None = None
        self._revision = -1
        self.moment = 0
        """Counts up when what is visible may have changed."""

    def follow(self) -> None:
        """Look at memory as it is now. A call of a program begins with this."""
        with self._lock:
            if self._closed:
                raise StoreError("This view of memory was closed.", "Ask again.")
            revision = self._whole.revision
            if self._connection is not None and revision == self._revision:
                return
            try:
                connection = self._connection = self._connection or self._open()
                self._look(connection)
            except sqlite3.Error as error:
                self._disconnect()
                raise store_error(error, self.path) from error
            self._revision = revision
            self._counts.clear()
            self.moment += 1

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Rows of a SELECT, of what is visible."""
        self._give_way()
        with self._lock:
            if self._connection is None:
                self.follow()
            assert self._connection is not None
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise store_error(error, self.path) from error

    @contextlib.contextmanager
    def transaction(self, point: str = "", *, memory: bool = True) -> Iterator[sqlite3.Connection]:
        """Refuse: a program writes nothing by reading. Raises StoreError."""
        raise StoreError("What a program sees cannot be written.", "Nothing was changed.")
        yield  # a context manager has to be a generator

    def close(self) -> None:
        """Forget what is visible, and show nothing any more."""
        with self._lock:
            self._closed = True
            self._disconnect()

    @property
    def closed(self) -> bool:
        """Whether nothing is shown any more."""
        return self._closed

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        connection = self._read_connection()
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.executescript(_TABLES)
        tables = connection.execute(
            "SELECT type, name FROM main.sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        # Filled in `_look`; until then these see nothing and nobody.
        connection.create_function("is_silenced", 1, Sight().is_silenced)
        connection.create_function("names_someone", -1, Sight().names_someone)
        for kind, name in tables:
            if kind == "view":
                connection.execute(f'CREATE TEMP VIEW "{name}" AS SELECT NULL AS empty WHERE 0')
            elif name != "live_count":
                rows = VISIBLE.get(name, "0")
                connection.execute(f'CREATE TEMP VIEW "{name}" AS SELECT * FROM main."{name}" WHERE {rows}')
        return connection

    def _look(self, connection: sqlite3.Connection) -> None:
        """Find out what is visible now, at one moment of the database."""
        sight = self._sight()
        connection.create_function("is_silenced", 1, sight.is_silenced)
        connection.create_function("names_someone", -1, sight.names_someone)
        conditions = [_ASSISTANT, "s.hidden_at IS NULL"]
        if sight.since:
            conditions.append("s.happened_at >= :since")
        if sight.speakers:
            conditions.append("NOT is_silenced(s.speaker)")
        if sight.names:
            conditions.append("NOT names_someone(s.text, s.heading, s.speaker, d.title, d.author)")
        if sight.keys:
            conditions.append(
                "s.id NOT IN (SELECT span_id FROM main.statements WHERE subject IN temp.unseen_keys "
                "OR object IN temp.unseen_keys)"
            )
        connection.execute("BEGIN")
        try:
            for table in ("visible", "visible_sources", "visible_documents", "visible_count", "unseen_keys"):
                connection.execute(f"DELETE FROM temp.{table}")
            connection.executemany("INSERT OR IGNORE INTO temp.unseen_keys VALUES (?)", [(key,) for key in sight.keys])
            sources = connection.execute("SELECT id, uri, title FROM main.sources WHERE hidden_at IS NULL").fetchall()
            connection.executemany(
                "INSERT INTO temp.visible_sources VALUES (?)",
                [(row["id"],) for row in sources if sight.allows_source(*row)],
            )
            connection.execute(
                f"""INSERT INTO temp.visible SELECT s.seq, s.id FROM temp.visible_sources r
                    JOIN main.documents d ON d.source_id = r.id JOIN main.spans s ON s.document_id = d.id
                    WHERE {" AND ".join(conditions)}""",
                {"since": sight.since},
            )
            connection.execute(
                """INSERT INTO temp.visible_documents
                   SELECT d.id, d.source_id, sum(v.seq IS NULL) = 0 FROM temp.visible_sources r
                   JOIN main.documents d ON d.source_id = r.id JOIN main.spans s ON s.document_id = d.id
                   LEFT JOIN temp.visible v ON v.seq = s.seq
                   GROUP BY d.id HAVING count(v.seq) > 0"""
            )
            connection.execute(
                """INSERT INTO temp.visible_count SELECT
                   coalesce(sum(faded_at IS NULL), 0),
                   coalesce(sum(faded_at IS NOT NULL AND merged_into IS NULL), 0)
                   FROM main.spans s JOIN temp.visible v ON v.seq = s.seq WHERE s.archived_at IS NULL"""
            )
        finally:
            connection.execute("COMMIT")
