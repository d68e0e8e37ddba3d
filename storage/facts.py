"""Statements: someone said, at an offset of a span, that a relation holds from a day on, or no longer.

No statement is ever closed or overwritten: intervals are made from statements when they are asked for
(`secondme.facts.intervals`). Beside statements: what a person decided about them, and which names mean one person.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from storage.database import Database

COLUMNS = (
    "id", "subject", "subject_name", "relation", "object", "object_name", "span_id", "start", "end", "stance",
    "told_by", "ends", "valid_from", "precision", "recorded_at", "confidence", "extractor",
)  # fmt: skip

_LIVE = """SELECT f.*, CASE WHEN s.happened_at IS NULL OR s.precision = 'mtime' THEN f.recorded_at
                  ELSE s.happened_at END AS said_at
           FROM statements f JOIN spans s ON s.id = f.span_id
           WHERE s.archived_at IS NULL AND s.hidden_at IS NULL"""
"""Statements of live spans."""


@dataclass(frozen=True)
class StatementRow:
    """A statement. `subject` and `object` are folded keys, the names as written; `start` and `end` offsets in the
    span's text.

    `stance`: said, or hearsay, told by `told_by`. `ends`: that the relation no longer holds. `valid_from`: a day (ISO
    date); `precision`: where the day comes from: told (a time in the text), said (when it was said), recorded.
    `recorded_at`: when it was taken in. `extractor`: what read it; `person`: someone wrote it by hand, and it outranks
    all that was stated before. `said_at`: the instant at which its span was said, or taken in; it is the span's, and
    stored there only.
    """

    id: str
    subject: str
    subject_name: str
    relation: str
    object: str
    object_name: str
    span_id: str
    start: int
    end: int
    stance: str
    told_by: str
    ends: int
    valid_from: str
    precision: str
    recorded_at: str
    confidence: float
    extractor: str
    said_at: str = ""


@dataclass(frozen=True)
class Verdict:
    """What a person decided about (subject, relation, object), at an instant (of older releases: on a day): `kept` (it
    holds beside others) or `rejected`."""

    subject: str
    relation: str
    object: str
    verdict: str
    at: str


@dataclass(frozen=True)
class Alias:
    """That the name `key` means `entity` (another key), for a `reason`, as a span shows."""

    key: str
    entity: str
    reason: str
    span_id: str


@dataclass(frozen=True)
class ProfileEdit:
    """What a person did to a line of the profile: `pinned`, `hidden` or `edited` (to `text`). `span_id`: what the line
    rests on; when it is erased, so is this."""

    id: str
    action: str
    text: str
    at: str
    span_id: str


@dataclass(frozen=True)
class Unread:
    """A span that was not read for statements yet. `recorded_at`: when its document was taken in; `media`: its type."""

    seq: int
    id: str
    text: str
    speaker: str
    role: str
    happened_at: str | None
    precision: str
    recorded_at: str
    heading: str = ""
    media: str = ""
    evidence: bool = True
    """False where it only asks or orders, or passes the words of somebody else on: it states nothing."""


class Facts:
    """Reading statements; they are written in steps of runs."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def waiting(self, limit: int, after: int = 0, stage: str = "facts") -> list[Unread]:
        """Live spans with a speaker that were not read yet in a stage (facts, model), oldest first, beyond row
        `after`."""
        rows = self._db.read(
            """SELECT s.seq, s.id, s.text, s.speaker, s.role, s.happened_at, s.precision,
                      CASE WHEN s.message_id IS NULL THEN d.recorded_at ELSE s.happened_at END, s.heading, d.media,
                      s.evidence AND s.place NOT IN ('forwarded', 'attached')
               FROM derivations q JOIN spans s ON s.seq = q.span_seq JOIN documents d ON d.id = s.document_id
               WHERE q.stage = ? AND q.span_seq > ? AND s.archived_at IS NULL AND s.hidden_at IS NULL
               ORDER BY q.span_seq LIMIT ?""",
            (stage, after, limit),
        )
        return [Unread(*row) for row in rows]

    def count(self, stage: str = "facts") -> int:
        """How many live spans wait in a stage."""
        return int(
            self._db.value(
                """SELECT count(*) FROM derivations q JOIN spans s ON s.seq = q.span_seq
                   WHERE q.stage = ? AND s.archived_at IS NULL AND s.hidden_at IS NULL""",
                (stage,),
            )
        )

    def statements(self, *, about: Sequence[str] = (), known_at: str = "") -> list[StatementRow]:
        """Statements of live spans as they were made: of these subjects or objects, or all; known by an instant, or
        now."""
        sql = f"{_LIVE} AND (? = '' OR f.recorded_at <= ?)"
        when = (known_at, known_at)
        rows: Iterable[sqlite3.Row] = self._db.read(sql, when) if not about else ()
        for side in ("subject", "object") if about else ():
            rows = chain(rows, self._db.read_in(f"{sql} AND f.{side} IN ({{marks}})", list(about), when))
        found = {row["id"]: StatementRow(*(row[name] for name in (*COLUMNS, "said_at"))) for row in rows}
        return sorted(
            found.values(), key=lambda row: (row.subject, row.relation, row.valid_from, row.recorded_at, row.id)
        )

    def that_may_end(
        self,
        about: Sequence[str],
        spans: Sequence[str],
        *,
        whole: Sequence[str],
        ends: Mapping[str, Sequence[str]],
        against: Mapping[str, Sequence[str]],
    ) -> list[StatementRow]:
        """Statements of live spans, of these subjects: those of `spans`; in the relations `whole` all; in the relations
        `ends` those that end what holds one of these words, in the relations `against` all about such things."""
        forms: list[tuple[str, Sequence[str]]] = [
            (f"f.span_id IN ({_marks(spans)})", spans),
            (f"f.relation IN ({_marks(whole)})", whole),
        ]
        for every, condition in ((ends, "f.ends <> 0"), (against, "f.ends = 0")):
            for name, words in every.items():
                holds = " OR ".join(["instr(f.object, ?)"] * len(words))
                forms.append((f"f.relation = ? AND {condition} AND ({holds or 'FALSE'})", [name, *words]))
        found: dict[str, StatementRow] = {}
        for form, values in forms:
            rows = self._db.read(f"{_LIVE} AND f.subject IN ({_marks(about)}) AND {form}", (*about, *values))
            found |= {row["id"]: StatementRow(*(row[name] for name in (*COLUMNS, "said_at"))) for row in rows}
        return list(found.values())

    def one(self, name: str) -> list[StatementRow]:
        """Statements whose id is this, or begins with it."""
        rows = self._db.read("SELECT * FROM statements WHERE id = ?1 OR id LIKE ?1 || '%' LIMIT 3", (name,))
        return [StatementRow(*(row[column] for column in COLUMNS)) for row in rows]

    def existing_ids(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that are stored: a span may be read again, as after a snapshot was imported."""
        return {row[0] for row in self._db.read_in("SELECT id FROM statements WHERE id IN ({marks})", list(ids))}

    def of_spans(self, span_ids: Sequence[str]) -> list[StatementRow]:
        """What these spans state, in order of place."""
        rows = self._db.read_in(
            "SELECT * FROM statements WHERE span_id IN ({marks}) ORDER BY span_id, start", list(span_ids)
        )
        return [StatementRow(*(row[column] for column in COLUMNS)) for row in rows]

    def add(self, row: StatementRow) -> None:
        """Store a statement that a person wrote; it replaces a statement with the same id."""
        marks = ", ".join("?" * len(COLUMNS))
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        with self._db.transaction() as tx:
            tx.execute(
                f"INSERT OR REPLACE INTO statements({names}) VALUES ({marks})", [getattr(row, name) for name in COLUMNS]
            )

    # --- what a person decided ------ -----------------------------------------------------------------

    def judge(self, verdicts: Sequence[Verdict]) -> None:
        """Store verdicts. They outlast every run, and every new reading; an empty verdict takes an older one back."""
        with self._db.transaction() as tx:
            for verdict in verdicts:
                if verdict.verdict:
                    tx.execute(
                        "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?)",
                        (verdict.subject, verdict.relation, verdict.object, verdict.verdict, verdict.at),
                    )
                else:
                    tx.execute(
                        "DELETE FROM verdicts WHERE subject = ? AND relation = ? AND object = ?",
                        (verdict.subject, verdict.relation, verdict.object),
                    )

    def verdicts(self) -> list[Verdict]:
        """All verdicts."""
        return [Verdict(*row) for row in self._db.read("SELECT subject, relation, object, verdict, at FROM verdicts")]

    def edits(self) -> list[ProfileEdit]:
        """What a person did to lines of the profile, oldest first."""
        return [
            ProfileEdit(*row)
            for row in self._db.read("SELECT id, action, text, at, span_id FROM profile_lines ORDER BY at, id")
        ]

    def edit(self, line: ProfileEdit) -> None:
        """Store what a person did to a line; an empty action takes it back."""
        with self._db.transaction() as tx:
            if line.action:
                tx.execute(
                    "INSERT OR REPLACE INTO profile_lines VALUES (?, ?, ?, ?, ?)",
                    (line.id, line.action, line.text, line.at, line.span_id),
                )
            else:
                tx.execute("DELETE FROM profile_lines WHERE id = ?", (line.id,))

    # --- who is who ---------------------------------------------------------------------------------

    def aliases(self) -> list[Alias]:
        """Names that mean another, as far as the span that shows it is live."""
        rows = self._db.read(
            """SELECT a.key, a.entity, a.reason, a.span_id FROM aliases a JOIN spans s ON s.id = a.span_id
               WHERE s.archived_at IS NULL AND s.hidden_at IS NULL ORDER BY a.key"""
        )
        return [Alias(*row) for row in rows]

    def speakers(self) -> dict[str, tuple[str, str]]:
        """By name of each speaker of live spans: (role, id of the first span in which they speak)."""
        rows = self._db.read(
            """SELECT speaker, role, min(seq) FROM spans WHERE speaker != '' AND role IN ('me', 'other')
               AND archived_at IS NULL AND hidden_at IS NULL GROUP BY speaker, role"""
        )
        found = self._db.read_in("SELECT seq, id FROM spans WHERE seq IN ({marks})", [row[2] for row in rows])
        ids = {row[0]: row[1] for row in found}
        return {row[0]: (row[1], ids[row[2]]) for row in rows}


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
