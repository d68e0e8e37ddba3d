"""The tables that are truth, as plain rows in a fixed order, for snapshots. What is derived is not among them."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from storage.database import Database

TRUTH: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # table: (columns, order). Left out: row numbers, and a watched folder's state on this machine.
    "folders": (("id", "path", "added_at"), ("id",)),
    "sources": (
        ("id", "kind", "title", "uri", "folder_id", "added_at", "archived_at", "hidden_at"),
        ("id",),
    ),
    "documents": (
        (
            "id", "source_id", "version", "sha256", "bytes", "mtime_ns", "inode", "media", "title",
            "happened_at", "precision", "recorded_at", "archived_at", "author", "language",
        ),
        ("id",),
    ),
    "chats": (("id", "title", "started_at", "last_at", "leaf_id", "archived_at"), ("id",)),
    "messages": (
        ("id", "chat_id", "ordinal", "role", "text", "at", "state", "model", "details", "hidden_at", "parent_id"),
        ("chat_id", "ordinal"),
    ),
    "spans": (
        (
            "id", "document_id", "ordinal", "section", "start", "end", "line", "text", "heading", "speaker",
            "role", "evidence", "happened_at", "happened_offset", "precision", "message_id", "archived_at",
            "hidden_at", "place", "origin", "faded_at", "merged_into",
        ),
        ("document_id", "ordinal", "id"),
    ),
    "sheets": (("id", "document_id", "name", "columns"), ("id",)),
    "sheet_rows": (("sheet", "number", "start", "cells"), ("sheet", "number")),
    "strengths": (
        ("span_id", "strength", "layer", "recalls", "recalled_at", "pinned_at"),
        ("span_id",),
    ),
    "memories": (("id", "kind", "text", "created_at", "hidden_at", "about", "model", "digest"), ("id",)),
    "sentences": (("memory_id", "rank", "text"), ("memory_id", "rank")),
    "sentence_sources": (("memory_id", "rank", "span_id", "start", "end"), ("memory_id", "rank", "span_id")),
    "provenance": (("owner_id", "span_id", "relation", "start", "end"), ("owner_id", "span_id", "relation")),
    "statements": (
        (
            "id", "subject", "subject_name", "relation", "object", "object_name", "span_id", "start", "end", "stance",
            "told_by", "ends", "valid_from", "precision", "recorded_at", "confidence", "extractor",
        ),
        ("id",),
    ),
    "verdicts": (("subject", "relation", "object", "verdict", "at"), ("subject", "relation", "object")),
    "aliases": (("key", "entity", "reason", "span_id"), ("key",)),
    "profile_lines": (("id", "action", "text", "at", "span_id"), ("id",)),
    "tombstones": (("id", "kind", "purged_at"), ("id",)),
}  # fmt: skip
"""Parents before children, as an import has to insert them."""

_LATER = {
    "author": "", "language": "", "place": "", "origin": "", "faded_at": None, "merged_into": None,
    "about": "", "model": "", "digest": "", "leaf_id": None, "archived_at": None, "parent_id": None,
}  # fmt: skip
"""Columns that snapshots of older releases lack, with what they mean there."""


class Tables:
    """Rows of the whole store, read in one transaction or written in one."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @contextlib.contextmanager
    def read_transaction(self) -> Iterator[sqlite3.Connection]:
        """A read connection that sees one moment of the store, whatever is written meanwhile."""
        connection = sqlite3.connect(
            f"{self._db.path.as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()

    @staticmethod
    def rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
        """All rows of a table of TRUTH, in its order."""
        columns, order = TRUTH[table]
        names = ", ".join(f'"{name}"' for name in columns)
        for row in connection.execute(f"SELECT {names} FROM {table} ORDER BY {', '.join(order)}"):
            yield dict(zip(columns, row, strict=True))

    @staticmethod
    def vectors(connection: sqlite3.Connection, model_id: str) -> Iterator[tuple[str, bytes]]:
        """(span id, float32 bytes) of a model's vectors, by span id."""
        yield from connection.execute(
            "SELECT span_id, vector FROM vectors WHERE model_id = ? ORDER BY span_id", (model_id,)
        )

    @staticmethod
    def models(connection: sqlite3.Connection) -> list[str]:
        """Ids of the models whose vectors are stored."""
        return [row[0] for row in connection.execute("SELECT DISTINCT model_id FROM vectors ORDER BY 1")]

    def empty(self) -> bool:
        """Whether nothing was ever taken in."""
        return not any(self._db.value(f"SELECT 1 FROM {table} LIMIT 1") for table in TRUTH)

    def insert(
        self, tables: Mapping[str, Iterable[Mapping[str, Any]]], vectors: Iterable[tuple[str, str, bytes]]
    ) -> None:
        """Write everything in one transaction; watched folders arrive paused. Raises StoreError or ValueError."""
        with self._db.transaction("import") as tx:
            for table, (columns, _) in TRUTH.items():
                marks = ", ".join("?" * len(columns))
                names = ", ".join(f'"{name}"' for name in columns)
                if table == "folders":
                    names, marks = f"{names}, state", f"{marks}, 'paused'"
                elif table == "strengths":  # days lived begin anew with the machine
                    names, marks = f"{names}, lived", f"{marks}, 0"
                # Snapshots of older releases lack the columns and tables that came later.
                rows = (
                    [row.get(name, _LATER[name]) if name in _LATER else row[name] for name in columns]
                    for row in tables.get(table, ())
                )
                try:
                    tx.executemany(f"INSERT INTO {table}({names}) VALUES ({marks})", rows)
                except (KeyError, sqlite3.IntegrityError, sqlite3.InterfaceError) as error:
                    raise ValueError(f"the rows of {table} do not fit ({error})") from error
            try:
                tx.executemany("INSERT INTO vectors(span_id, model_id, vector) VALUES (?, ?, ?)", vectors)
                # A snapshot holds no vectors of tokens: they are made again.
                tx.execute(
                    """INSERT OR IGNORE INTO derivations
                       SELECT 'tokens', s.seq FROM spans s JOIN vectors v ON v.span_id = s.id"""
                )
            except sqlite3.IntegrityError as error:
                raise ValueError(f"the vectors do not fit ({error})") from error
