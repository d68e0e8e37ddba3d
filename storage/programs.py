"""Other programs: their grants, their calls and their proposals.

Nothing of this is memory, and none of it goes into a snapshot. A call holds ids of spans, never their text; what is
purged leaves it by its foreign key.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from storage.database import Database


@dataclass(frozen=True)
class ProgramRow:
    """A program. `grant` is JSON, opaque to the store; `token_hash` is empty for none."""

    name: str
    grant: str
    token_hash: str
    created_at: str
    paused: bool


@dataclass(frozen=True)
class CallRow:
    """A call of a program: when, by which tool, with which spans and how many bytes of text, or why it was refused."""

    program: str
    at: str
    tool: str
    span_ids: tuple[str, ...]
    passages: int
    bytes: int
    refusal: str = ""
    query: str = ""


@dataclass(frozen=True)
class ProposalRow:
    """A text that a program proposes. `state`: waiting, accepted, rejected; only one that waits has its text."""

    id: str
    program: str
    text: str
    why: str
    at: str
    state: str
    source_id: str


class Programs:
    """Reading and writing programs, calls and proposals."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # --- programs -----------------------------------------------------------------------------------

    def all(self) -> list[ProgramRow]:
        """All programs, by name."""
        return [_program(row) for row in self._db.read("SELECT * FROM programs ORDER BY name")]

    def one(self, name: str) -> ProgramRow | None:
        """The program of this name, whatever the case of its letters."""
        row = self._db.one("SELECT * FROM programs WHERE name = ? COLLATE NOCASE", (name,))
        return _program(row) if row else None

    def of_token(self, token_hash: str) -> ProgramRow | None:
        """The program whose token has this hash."""
        row = self._db.one("SELECT * FROM programs WHERE token_hash = ? AND token_hash != ''", (token_hash,))
        return _program(row) if row else None

    def put(self, row: ProgramRow) -> None:
        """Store a program, or what has changed of it."""
        with self._db.transaction(memory=False) as tx:
            tx.execute(
                """INSERT INTO programs(name, "grant", token_hash, created_at, paused) VALUES (?, ?, ?, ?, ?)
                   ON CONFLICT(name) DO UPDATE SET "grant" = excluded."grant", token_hash = excluded.token_hash,
                   paused = excluded.paused""",
                (row.name, row.grant, row.token_hash, row.created_at, int(row.paused)),
            )

    def remove(self, name: str) -> None:
        """Erase a program with its calls, and its proposals that wait."""
        with self._db.transaction(memory=False) as tx:
            tx.execute("DELETE FROM proposals WHERE program = ? AND state = 'waiting'", (name,))
            tx.execute("DELETE FROM programs WHERE name = ?", (name,))

    # --- calls --------------------------------------------------------------------------------------

    def add_call(self, row: CallRow, forget_before: str) -> None:
        """Record a call, and erase those from before an instant. Spans that were purged meanwhile are skipped."""
        with self._db.transaction(memory=False) as tx:
            tx.execute("DELETE FROM program_calls WHERE at < ?", (forget_before,))
            call = tx.execute(
                """INSERT INTO program_calls(program, at, tool, passages, bytes, refusal, query)
                   SELECT name, ?, ?, ?, ?, ?, ? FROM programs WHERE name = ?""",
                (row.at, row.tool, row.passages, row.bytes, row.refusal, row.query, row.program),
            )
            if call.rowcount:  # 0: the program was removed while it called
                tx.executemany(
                    "INSERT OR IGNORE INTO program_call_spans SELECT ?, ?, id FROM spans WHERE id = ?",
                    [(call.lastrowid, rank, span_id) for rank, span_id in enumerate(row.span_ids)],
                )

    def calls(self, name: str = "", *, limit: int = 50, since: str = "") -> list[CallRow]:
        """The latest calls of a program, or of all, newest first."""
        rows = self._db.read(
            """SELECT * FROM program_calls WHERE (?1 = '' OR program = ?1) AND at >= ?2 ORDER BY id DESC LIMIT ?3""",
            (name, since, limit),
        )
        spans: dict[int, list[str]] = {}
        for call, span_id in self._db.read_in(
            "SELECT call, span_id FROM program_call_spans WHERE call IN ({marks}) ORDER BY call, rank",
            [row["id"] for row in rows],
        ):
            spans.setdefault(call, []).append(span_id)
        return [
            CallRow(
                row["program"],
                row["at"],
                row["tool"],
                tuple(spans.get(row["id"], ())),
                row["passages"],
                row["bytes"],
                row["refusal"],
                row["query"],
            )
            for row in rows
        ]

    def counts(self, since: str) -> dict[str, tuple[int, int]]:
        """By program, (calls, passages) since an instant."""
        rows = self._db.read(
            "SELECT program, count(*), sum(passages) FROM program_calls WHERE at >= ? GROUP BY program", (since,)
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def last_calls(self) -> dict[str, str]:
        """By program, the instant of its last call."""
        rows = self._db.read(
            "SELECT name, (SELECT max(at) FROM program_calls c WHERE c.program = p.name) FROM programs p"
        )
        return {row[0]: row[1] for row in rows if row[1]}

    # --- proposals ----------------------------------------------------------------------------------

    def proposals(self, *, state: str = "waiting", name: str = "", since: str = "") -> list[ProposalRow]:
        """Proposals in a state ("" for any), of a program or of all, since an instant; oldest first."""
        rows = self._db.read(
            """SELECT * FROM proposals WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR program = ?2) AND at >= ?3
               ORDER BY at, id""",
            (state, name, since),
        )
        return [_proposal(row) for row in rows]

    def proposal(self, prefix: str) -> ProposalRow | None:
        """The only proposal whose id begins with this."""
        rows = self._db.read("SELECT * FROM proposals WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2", (prefix,))
        return _proposal(rows[0]) if len(rows) == 1 and prefix else None

    def put_proposal(self, row: ProposalRow) -> None:
        """Store a proposal, or what became of it."""
        with self._db.transaction(memory=False) as tx:
            tx.execute(
                "INSERT OR REPLACE INTO proposals(id, program, text, why, at, state, source_id) VALUES (?,?,?,?,?,?,?)",
                (row.id, row.program, row.text, row.why, row.at, row.state, row.source_id),
            )

    def waiting(self) -> dict[str, int]:
        """By program, how many proposals wait."""
        rows = self._db.read("SELECT program, count(*) FROM proposals WHERE state = 'waiting' GROUP BY program")
        return {row[0]: row[1] for row in rows}


def _program(row: sqlite3.Row) -> ProgramRow:
    return ProgramRow(row["name"], row["grant"], row["token_hash"], row["created_at"], bool(row["paused"]))


def _proposal(row: sqlite3.Row) -> ProposalRow:
    return ProposalRow(*(row[name] for name in ("id", "program", "text", "why", "at", "state", "source_id")))
