"""Tables of documents: typed rows, and one read-only query over one of them at a time (ChatDB, Hu et al. 2023)."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Database

QUERY_SECONDS = 2.0
ROW_LIMIT = 1000
_STEPS = 2000
_FUNCTIONS = frozenset(
    {
        "count",
        "sum",
        "total",
        "avg",
        "min",
        "max",
        "substr",
        "lower",
        "round",
        "abs",
        "coalesce",
        "json_extract",
        "json_type",
        "glob",
        "like",
    }
)
_ALLOWED = frozenset({"sheet_rows"})


class QueryRefused(Exception):
    """A query that is not a SELECT on its table, takes too long, or is wrong; the message says which."""


@dataclass(frozen=True)
class SheetInfo:
    """A table in recall: where it is from and its columns as (name, kind)."""

    id: int
    document_id: str
    name: str
    title: str
    rows: int
    columns: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class SheetAnswer:
    """Rows of a result, and the names of its columns."""

    columns: Sequence[str]
    rows: Sequence[tuple[str | float | int | None, ...]]


class Sheets:
    """The tables of documents that are in recall."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> list[SheetInfo]:
        """Every table of a document in recall."""
        return self._infos("d.archived_at IS NULL AND r.archived_at IS NULL AND r.hidden_at IS NULL", ())

    def of_source(self, source_id: str) -> list[SheetInfo]:
        """The tables of one source."""
        return self._infos("r.id = ?", (source_id,))

    def _infos(self, where: str, parameters: tuple[str, ...]) -> list[SheetInfo]:
        rows = self._db.read(
            f"""SELECT t.id, t.document_id, t.name, r.title, t.columns,
                   (SELECT count(*) FROM sheet_rows w WHERE w.sheet = t.id) AS rows
               FROM sheets t JOIN documents d ON d.id = t.document_id JOIN sources r ON r.id = d.source_id
               WHERE {where} ORDER BY t.id""",
            parameters,
        )
        return [
            SheetInfo(
                row["id"],
                row["document_id"],
                row["name"],
                row["title"],
                row["rows"],
                [(str(name), str(kind)) for name, kind in json.loads(row["columns"])],
            )
            for row in rows
        ]

    def distinct(self, sheet: SheetInfo, column: int, limit: int) -> list[str]:
        """Different texts of a column, at most `limit`."""
        rows = self._db.read(
            f"""SELECT DISTINCT json_extract(cells, '$[{int(column)}]') FROM sheet_rows WHERE sheet = ?
                AND json_type(cells, '$[{int(column)}]') = 'text' LIMIT ?""",
            (sheet.id, limit),
        )
        return [str(row[0]) for row in rows]

    def query(
        self,
        sheets: SheetInfo | Sequence[SheetInfo],
        table: str,
        sql: str,
        parameters: Sequence[str | float | int] = (),
        limit: int = ROW_LIMIT,
    ) -> SheetAnswer:
        """The result of one SELECT on `table`, the name under which a sheet, or several of one shape, are seen.

        The view holds typed cells only: a column of numbers, dates or truth values has NULL where a cell holds
        anything else, so that no sum reads the digits of a text; `NAME (odd)` is 1 there. `sheet` is the sheet's id.
        An authorizer allows only to read that table and to call plain functions; the query is stopped after two
        seconds, and at most `limit` rows come back. Raises QueryRefused.
        """
        several = [sheets] if isinstance(sheets, SheetInfo) else list(sheets)
        connection = sqlite3.connect(f"{self._db.path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            columns = ", ".join(_typed(i, name, kind) for i, (name, kind) in enumerate(several[0].columns))
            ids = ", ".join(str(int(sheet.id)) for sheet in several)
            connection.execute(
                f"CREATE TEMP VIEW {quote_name(table)} AS SELECT number AS row, start AS row_start, sheet, {columns} "
                f"FROM main.sheet_rows WHERE sheet IN ({ids})"
            )
            until = time.monotonic() + QUERY_SECONDS
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            connection.set_authorizer(_authorizer(table))
            cursor = connection.execute(sql, tuple(parameters))
            found = cursor.fetchmany(limit)
            return SheetAnswer([column[0] for column in cursor.description], [tuple(row) for row in found])
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise QueryRefused(str(error)) from error
        finally:
            connection.close()

    def spans_at(self, sheet: SheetInfo, starts: Sequence[int]) -> list[str]:
        """Ids of the spans that hold the rows beginning at these characters of the text, in order, each once."""
        rows = self._db.read(
            """SELECT id, start, "end" FROM spans WHERE document_id = ? AND archived_at IS NULL AND hidden_at IS NULL
               ORDER BY start""",
            (sheet.document_id,),
        )
        ordered = sorted(starts)
        found: list[str] = []
        at = 0
        for row in rows:
            while at < len(ordered) and ordered[at] < row["start"]:
                at += 1
            if at < len(ordered) and ordered[at] < row["end"]:
                found.append(row["id"])
        return found


def quote_name(name: str) -> str:
    """A name as SQL quotes it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


_TYPES = {"number": "('integer', 'real')", "bool": "('true', 'false')", "date": "('text')"}
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*"


def _typed(index: int, name: str, kind: str) -> str:
    """A column of the view, and for all kinds but text another that says which cells do not fit it."""
    cell = f"json_extract(cells, '$[{index}]')"
    if kind not in _TYPES:
        return f"{cell} AS {quote_name(name)}"
    fits = f"json_type(cells, '$[{index}]') IN {_TYPES[kind]}"
    if kind == "date":
        fits += f" AND {cell} GLOB '{_DAY}'"
    return (
        f"CASE WHEN {fits} THEN {cell} END AS {quote_name(name)}, "
        f"({cell} IS NOT NULL AND NOT ({fits})) AS {quote_name(odd(name))}"
    )


def odd(name: str) -> str:
    """The name of the column of the view that says where a cell of column `name` does not fit its kind."""
    return f"{name} (odd)"


def _authorizer(table: str):  # type: ignore[no-untyped-def]
    def allow(action: int, first: str | None, second: str | None, database: str | None, view: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and (first in _ALLOWED or (first == table and database in ("temp", None))):
            # The stored rows only through the view, which shows one sheet.
            return sqlite3.SQLITE_OK if first == table or view == table else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    return allow
