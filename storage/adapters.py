"""Adapters of language models that were trained on what memory holds: what each was made from, and what became of it.

The files lie beside the database, in a folder for each. An adapter is sound while every passage that an example was
made from is there and shown: that is looked up when it is asked for, so forgetting needs no word to reach it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from storage.database import Database
from storage.runs import Step

State: TypeAlias = Literal["training", "ready", "used", "refused"]
"""training: it has no file yet, and may be gone on with; refused: it was tried, and is worse than the model alone."""
Kind: TypeAlias = Literal["facts", "voice"]
"""What an adapter learnt: the facts that memory holds, or how its owner writes. One of each kind may be used."""

SPANS = "spans"
"""The passages of an adapter, in its record for a snapshot."""
_COLUMNS = (
    "id", "number", "state", "base", "base_digest", "parent", "made_at", "recipe", "figures", "why", "facts",
    "kind",
)  # fmt: skip
_ITS_KIND = "kind = (SELECT kind FROM adapters WHERE id = ?)"


@dataclass(frozen=True)
class AdapterRow:
    """An adapter. `number` is what a person calls it by; `base` and `base_digest` name the model it belongs to.

    `parent`: the id of the adapter that it replaced, or empty. `recipe`: the options of its training. `figures`: what
    was measured before it was used. `why`: why it was refused. `spans`: how many passages it was made from; `erased`
    and `hidden` of them are so now. `facts`: ids of the facts that it learnt, or that its messages state.
    """

    id: str
    number: int
    state: State
    base: str
    base_digest: str
    parent: str
    made_at: str
    recipe: Mapping[str, Any]
    figures: Mapping[str, Any]
    why: str
    spans: int
    erased: int
    hidden: int
    facts: tuple[str, ...]
    kind: Kind = "facts"

    @property
    def sound(self) -> bool:
        """Whether all that it was made from is still there."""
        return self.erased == self.hidden == 0


class Adapters:
    """The adapters of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._database.path.parent / "adapters"

    def all(self) -> list[AdapterRow]:
        """Every adapter, the latest first."""
        rows = self._database.read(
            """SELECT a.*, count(m.span_id) AS spans, sum(m.span_id IS NOT NULL AND s.id IS NULL) AS erased,
                      sum(s.hidden_at IS NOT NULL) AS hidden
               FROM adapters a LEFT JOIN adapter_spans m ON m.adapter_id = a.id LEFT JOIN spans s ON s.id = m.span_id
               GROUP BY a.id ORDER BY number DESC"""
        )
        return [
            AdapterRow(
                row["id"],
                row["number"],
                row["state"],
                row["base"],
                row["base_digest"],
                row["parent"],
                row["made_at"],
                json.loads(row["recipe"]),
                json.loads(row["figures"]),
                row["why"],
                row["spans"],
                row["erased"],
                row["hidden"],
                tuple(json.loads(row["facts"])),
                row["kind"],
            )
            for row in rows
        ]

    def add(
        self,
        adapter_id: str,
        *,
        base: str,
        base_digest: str,
        parent: str,
        made_at: str,
        recipe: Mapping[str, Any],
        span_ids: Iterable[str],
        fact_ids: Iterable[str],
        kind: Kind = "facts",
    ) -> None:
        """Record an adapter whose training begins. Raises StoreError."""
        with self._database.transaction(memory=False) as connection:
            connection.execute(
                """INSERT INTO adapters (id, number, state, base, base_digest, parent, made_at, recipe, facts, kind)
                   SELECT ?, coalesce(max(number), 0) + 1, 'training', ?, ?, ?, ?, ?, ?, ? FROM adapters""",
                (adapter_id, base, base_digest, parent, made_at, json.dumps(recipe), json.dumps(list(fact_ids)), kind),
            )
            connection.executemany(
                "INSERT INTO adapter_spans (adapter_id, span_id) VALUES (?, ?)",
                [(adapter_id, span_id) for span_id in span_ids],
            )

    def finish(self, adapter_id: str, state: State, figures: Mapping[str, Any], why: str = "") -> None:
        """Record what was measured of a trained adapter, and whether it may be used. Raises StoreError."""
        with self._database.transaction(memory=False) as connection:
            connection.execute(
                "UPDATE adapters SET state = ?, figures = ?, why = ? WHERE id = ?",
                (state, json.dumps(figures), why, adapter_id),
            )

    def use(self, adapter_id: str) -> None:
        """Use an adapter from now on, and none other of its kind. Raises StoreError."""
        with self._database.transaction(memory=False) as connection:
            connection.execute(
                f"UPDATE adapters SET state = 'ready' WHERE state = 'used' AND {_ITS_KIND}", (adapter_id,)
            )
            connection.execute("UPDATE adapters SET state = 'used' WHERE id = ?", (adapter_id,))

    def off(self, adapter_id: str = "") -> None:
        """Use an adapter no more; without an id, use none. Raises StoreError."""
        with self._database.transaction(memory=False) as connection:
            connection.execute(
                "UPDATE adapters SET state = 'ready' WHERE state = 'used' AND (id = ? OR ? = '')",
                (adapter_id, adapter_id),
            )

    def use_in(self, step: Step, adapter_id: str) -> None:
        """As `use`, in a step of a job that can be undone."""
        others = f"SELECT id FROM adapters WHERE state = 'used' AND {_ITS_KIND} AND id != ?"
        for row in self._database.read(others, (adapter_id, adapter_id)):
            step.update("off", "adapters", (row["id"],), {"state": "ready"})
        step.update("used", "adapters", (adapter_id,), {"state": "used"})

    def record(self, adapter_id: str) -> dict[str, Any]:
        """The row of an adapter with the ids of its passages, for a snapshot."""
        row = self._database.one("SELECT * FROM adapters WHERE id = ?", (adapter_id,))
        return {**dict(row or {}), SPANS: self.span_ids(adapter_id)}

    def span_ids(self, adapter_id: str) -> list[str]:
        """The passages that an adapter was made from, those that are erased or hidden by now among them."""
        rows = self._database.read(
            "SELECT span_id FROM adapter_spans WHERE adapter_id = ? ORDER BY span_id", (adapter_id,)
        )
        return [row["span_id"] for row in rows]

    def bring(self, record: Mapping[str, Any]) -> None:
        """Insert what `record` gave of an adapter of another store. Raises ValueError, StoreError."""
        try:
            row = [{"kind": "facts", **record}[name] for name in _COLUMNS]  # older ones have no kind
            spans = [(record["id"], str(span_id)) for span_id in record[SPANS]]
            with self._database.transaction(memory=False) as connection:
                marks = ", ".join("?" * len(_COLUMNS))
                connection.execute(f"INSERT INTO adapters ({', '.join(_COLUMNS)}) VALUES ({marks})", row)
                connection.executemany("INSERT INTO adapter_spans (adapter_id, span_id) VALUES (?, ?)", spans)
        except (KeyError, TypeError, sqlite3.IntegrityError, sqlite3.ProgrammingError) as error:
            raise ValueError(f"the row of an adapter cannot be read ({error})") from error

    def exists(self, adapter_id: str) -> bool:
        """Whether an adapter was not removed."""
        return self._database.one("SELECT 1 FROM adapters WHERE id = ?", (adapter_id,)) is not None

    def remove(self, adapter_id: str) -> None:
        """Forget an adapter. Its files are the caller's. Raises StoreError."""
        with self._database.transaction(memory=False) as connection:
            connection.execute("DELETE FROM adapter_spans WHERE adapter_id = ?", (adapter_id,))
            connection.execute("DELETE FROM adapters WHERE id = ?", (adapter_id,))
