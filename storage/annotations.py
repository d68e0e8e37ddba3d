"""What is stored about each span when it is taken in, to score many of them at once without reading their texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storage.database import Database

Words = npt.NDArray[np.int32]


@dataclass(frozen=True)
class SpanText:
    """A span that waits for its annotations."""

    seq: int
    text: str
    heading: str
    title: str
    kind: str
    speaker: str
    happened_at: str | None
    happened_offset: int | None
    precision: str


@dataclass(frozen=True)
class Time:
    """An interval that a span's text mentions: offsets in the text, instants in UTC, the end not included."""

    start: int
    end: int
    begins_at: str
    ends_at: str


@dataclass(frozen=True)
class EntityMention:
    """An entity that a span's text mentions. `key` is its normalised name, `start` and `end` offsets in the text."""

    kind: str
    key: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Annotation:
    """What was found in a span: numbers of its words, marks of its form, times and entities."""

    seq: int
    words: Words
    form: int
    times: Sequence[Time] = ()
    mentions: Sequence[EntityMention] = ()


@dataclass(frozen=True)
class Candidate:
    """A live span as recall scores it. While it is not annotated, `words` is None, and `text` and `about` are
    filled."""

    seq: int
    id: str
    document_id: str
    ordinal: int
    section: int
    speaker: str
    role: str
    evidence: bool
    happened_at: str | None
    precision: str
    source_id: str
    kind: str
    words: Words | None
    form: int
    text: str
    about: str


class Annotations:
    """Annotations of spans, and the queue of those that wait for theirs."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def waiting(self, limit: int) -> list[SpanText]:
        """Spans without annotations, oldest first."""
        rows = self._db.read(
            """SELECT s.seq, s.text, s.heading,
                      CASE WHEN r.title = d.title THEN d.title ELSE r.title || ' ' || d.title END, r.kind, s.speaker,
                      s.happened_at, s.happened_offset, s.precision
               FROM derivations q JOIN spans s ON s.seq = q.span_seq JOIN documents d ON d.id = s.document_id
               JOIN sources r ON r.id = d.source_id WHERE q.stage = 'annotate' ORDER BY q.span_seq LIMIT ?""",
            (limit,),
        )
        return [SpanText(*row) for row in rows]

    def count(self) -> int:
        """How many spans wait for annotations or for vectors of their tokens."""
        return self._db.count("SELECT count(*) FROM derivations WHERE stage IN ('annotate', 'tokens')")

    def put(self, annotations: Sequence[Annotation]) -> None:
        """Keep annotations and take their spans out of the queue; spans erased meanwhile are skipped."""
        with self._db.transaction("annotate") as tx:
            for annotation in annotations:
                if tx.execute("SELECT 1 FROM spans WHERE seq = ?", (annotation.seq,)).fetchone() is None:
                    continue
                tx.execute(
                    "INSERT OR REPLACE INTO annotations(span_seq, words, form) VALUES (?, ?, ?)",
                    (annotation.seq, annotation.words.tobytes(), annotation.form),
                )
                tx.execute("DELETE FROM span_times WHERE span_seq = ?", (annotation.seq,))
                tx.executemany(
                    "INSERT OR IGNORE INTO span_times VALUES (?, ?, ?, ?, ?)",
                    [(annotation.seq, t.start, t.end, t.begins_at, t.ends_at) for t in annotation.times],
                )
                tx.execute("DELETE FROM mentions WHERE span_seq = ?", (annotation.seq,))
                tx.executemany(
                    "INSERT OR IGNORE INTO entities(kind, key, name) VALUES (?, ?, ?)",
                    [(m.kind, m.key, m.name) for m in annotation.mentions],
                )
                tx.executemany(
                    "INSERT OR IGNORE INTO mentions SELECT id, ?, ?, ? FROM entities WHERE key = ?",
                    [(annotation.seq, m.start, m.end, m.key) for m in annotation.mentions],
                )
                tx.execute("DELETE FROM derivations WHERE stage = 'annotate' AND span_seq = ?", (annotation.seq,))

    def candidates_around(self, seqs: Sequence[int], reach: int, *, faded: bool = False) -> list[Candidate]:
        """Hot spans of the same documents within `reach` ordinals of these rows, themselves included,
        in order of document and ordinal. With `faded` faded ones too."""
        rows = self._db.read_in(
            f"""SELECT s.seq, s.id, s.document_id, s.ordinal, s.section, s.speaker, s.role, s.evidence,
                       s.happened_at, s.precision, d.source_id, r.kind, a.words, a.form,
                       CASE WHEN a.span_seq IS NULL THEN s.text END AS text,
                       CASE WHEN a.span_seq IS NULL THEN r.title || ' ' || d.title || ' ' || s.heading END AS about
                FROM (SELECT DISTINCT n.seq AS seq FROM spans c JOIN spans n ON n.document_id = c.document_id
                      AND n.ordinal BETWEEN c.ordinal - ? AND c.ordinal + ? WHERE c.seq IN ({{marks}})) near
                JOIN spans s ON s.seq = near.seq JOIN documents d ON d.id = s.document_id
                JOIN sources r ON r.id = d.source_id LEFT JOIN annotations a ON a.span_seq = s.seq
                WHERE {_state(faded)}""",
            seqs,
            (reach, reach),
        )
        found: dict[int, Candidate] = {}
        # Taken apart by their places: by the names of columns it would take three times as long.
        for row in rows:
            seq, span_id, document_id, ordinal, section, speaker, role, evidence, *more = row
            happened_at, precision, source_id, kind, words, form, text, about = more
            found[seq] = Candidate(
                seq,
                span_id,
                document_id,
                ordinal,
                section,
                speaker,
                role,
                bool(evidence),
                happened_at,
                precision,
                source_id,
                kind,
                None if words is None else np.frombuffer(words, np.int32),
                form or 0,
                text or "",
                about or "",
            )
        return sorted(found.values(), key=lambda span: (span.document_id, span.ordinal, span.seq))

    def seqs_within(self, begins_at: str, ends_at: str, limit: int, *, faded: bool = False) -> list[int]:
        """Row numbers of hot spans, with `faded` of faded spans too, that were said within an interval or mention a
        part of it."""
        rows = self._db.read(
            f"""SELECT s.seq FROM (
                 SELECT seq FROM spans WHERE happened_at >= ?1 AND happened_at < ?2 AND precision != 'mtime'
                 UNION SELECT span_seq FROM span_times WHERE begins_at < ?2 AND begins_at >= ?1)
               t JOIN spans s ON s.seq = t.seq WHERE {_state(faded)} ORDER BY s.seq DESC LIMIT ?3""",
            (begins_at, ends_at, limit),
        )
        return [row[0] for row in rows]

    def times(self, seqs: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """By row number, the intervals that spans mention."""
        found: dict[int, list[tuple[str, str]]] = {}
        sql = "SELECT span_seq, begins_at, ends_at FROM span_times WHERE span_seq IN ({marks})"
        for seq, begins, ends in self._db.read_in(sql, seqs):
            found.setdefault(seq, []).append((begins, ends))
        return found

    def seqs_linked(
        self, seqs: Sequence[int], keys: Sequence[str], most: int, limit: int, *, faded: bool = False
    ) -> list[int]:
        """Row numbers of hot spans, with `faded` of faded spans too, that share a name with one of these spans, or
        mention one of these names.

        A name that more than `most` spans mention links nothing. The newest first, at most `limit`.
        """
        marks, of_keys = ",".join("?" * len(seqs)), ",".join("?" * len(keys))
        # Materialised: otherwise SQLite counts an entity's mentions again for each of them.
        rows = self._db.read(
            f"""WITH names AS (
                    SELECT DISTINCT entity FROM mentions WHERE span_seq IN ({marks})
                    UNION SELECT id FROM entities WHERE key IN ({of_keys})),
                rare AS MATERIALIZED (SELECT entity FROM names WHERE
                    (SELECT count(*) FROM
                        (SELECT 1 FROM mentions m WHERE m.entity = names.entity LIMIT {most + 1})) <= {most})
                SELECT DISTINCT m.span_seq FROM rare JOIN mentions m ON m.entity = rare.entity
                JOIN spans s ON s.seq = m.span_seq WHERE {_state(faded)}
                ORDER BY m.span_seq DESC LIMIT {limit}""",
            (*seqs, *keys),
        )
        return [row[0] for row in rows]

    def spans_by_shared_name(self, seq: int, most: int) -> list[tuple[str, list[str]]]:
        """Names that a span and at most `most` hot spans mention, each with the ids of those spans, the newest
        first."""
        found = []
        for entity, name in self._db.read(
            "SELECT DISTINCT e.id, e.name FROM mentions m JOIN entities e ON e.id = m.entity WHERE m.span_seq = ?",
            (seq,),
        ):
            rows = self._db.read(
                f"""SELECT DISTINCT s.id FROM mentions m JOIN spans s ON s.seq = m.span_seq
                    WHERE m.entity = ? AND {_state(False)} ORDER BY s.seq DESC LIMIT ?""",
                (entity, most + 1),
            )
            if len(rows) <= most:
                found.append((str(name), [row[0] for row in rows]))
        return found

    def names(self, seqs: Sequence[int]) -> dict[int, list[str]]:
        """By row number, the keys of the names that spans mention."""
        found: dict[int, list[str]] = {}
        for seq, key in self._db.read_in(
            """SELECT m.span_seq, e.key FROM mentions m JOIN entities e ON e.id = m.entity
               WHERE m.span_seq IN ({marks})""",
            seqs,
        ):
            found.setdefault(seq, []).append(key)
        return found

    def texts_naming(self, keys: Sequence[str], most: int) -> dict[str, list[str]]:
        """By the key of each name that memory has of these, the texts of at most `most` hot spans that mention it, the
        newest first."""
        found: dict[str, list[str]] = {}
        for entity, key in list(self._db.read_in("SELECT id, key FROM entities WHERE key IN ({marks})", keys)):
            rows = self._db.read(
                f"""SELECT s.text FROM mentions m JOIN spans s ON s.seq = m.span_seq
                    WHERE m.entity = ? AND {_state(False)} ORDER BY s.seq DESC LIMIT ?""",
                (entity, most),
            )
            found[key] = [row[0] for row in rows]
        return found

    def speakers(self) -> list[str]:
        """Every speaker, in order of name. It steps along the index: one step for each name, however many spans."""
        rows = self._db.read(
            """WITH RECURSIVE names(name) AS (
                 SELECT min(speaker) FROM spans WHERE speaker > ''
                 UNION ALL SELECT (SELECT min(speaker) FROM spans WHERE speaker > names.name) FROM names
                 WHERE names.name IS NOT NULL)
               SELECT name FROM names WHERE name IS NOT NULL"""
        )
        return [row[0] for row in rows]


def _state(faded: bool) -> str:
    """The condition for hot spans, or for hot and faded ones."""
    state = "s.merged_into IS NULL" if faded else "s.faded_at IS NULL"
    return f"s.archived_at IS NULL AND s.hidden_at IS NULL AND {state}"
