"""Sources, their versions and spans: written with their word index and outbox rows in one transaction."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Sequence

from storage.database import Database
from storage.records import Document, FoundSpan, KnownFile, SheetRecord, Source, Span

_FOUND = """
    SELECT s.*, d.version, d.source_id, d.title AS document_title, r.uri, r.kind, r.title AS source_title,
           (s.archived_at IS NULL AND s.hidden_at IS NULL) AS live, (s.faded_at IS NOT NULL) AS faded
    FROM spans s JOIN documents d ON d.id = s.document_id JOIN sources r ON r.id = d.source_id
"""

_EVIDENCE = """
    s.evidence = 1 AND s.role != 'assistant' AND s.archived_at IS NULL AND s.hidden_at IS NULL AND s.merged_into IS NULL
"""

_COLUMNS = (
    'id, document_id, ordinal, section, start, "end", line, text, heading, speaker, role, evidence, happened_at, '
    "happened_offset, precision, message_id, place, origin, hidden_at"
)
_INSERT_SPANS = f"""
    INSERT INTO spans({_COLUMNS})
    SELECT {", ".join(f"json_extract(value, '$[{i}]')" for i in range(len(_COLUMNS.split(","))))}
    FROM json_each(?) WHERE true ON CONFLICT(id) DO NOTHING
"""


class Spans:
    """Sources, versions and spans: the truth from which everything else is derived."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # --- writing ------------------------------------------------------------------------------------

    def batch(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        """One transaction around several writes: they are acknowledged together, when it ends."""
        return self._db.transaction("ingest")

    def add_version(
        self,
        source: Source,
        document: Document,
        spans: Sequence[Span],
        now: str,
        *,
        kept: Sequence[Span] = (),
        sheets: Sequence[SheetRecord] = (),
    ) -> None:
        """Acknowledge a version of a source: when this returns, it is durable and can be found by words.

        `kept`: spans of the version before that are in this version too; they move to it with their ids, vectors and
        history. The other spans of older versions are archived. `spans`: new; where an id exists, its span stays.
        """
        with self._db.transaction("ingest") as tx:
            put_source(tx, source)
            put_document(tx, document)
            move_spans(tx, kept, document)
            archive_documents(tx, source.id, now, but=document.id)
            put_spans(tx, spans)
            put_sheets(tx, source.id, document.id, sheets)

    def add_messages(
        self, source: Source, document: Document, spans: Sequence[Span], gone: Sequence[str], now: str
    ) -> None:
        """Add turns to a chat's only document. `gone`: ids of turns that an edit replaced."""
        with self._db.transaction("ingest") as tx:
            put_source(tx, source)
            put_document(tx, document)
            archive_spans(tx, gone, now)
            put_spans(tx, spans)
            revive_spans(tx, [span.id for span in spans])

    def archive_source(self, source_id: str, now: str) -> None:
        """Take a source out of recall that is gone from its place; it stays stored."""
        with self._db.transaction() as tx:
            archive_documents(tx, source_id, now)
            tx.execute("UPDATE sources SET archived_at = coalesce(archived_at, ?) WHERE id = ?", (now, source_id))

    def revive_source(self, source_id: str, document_id: str, folder_id: str | None) -> None:
        """Bring an archived source back that came back unchanged: its last version takes part in recall again."""
        with self._db.transaction() as tx:
            tx.execute(
                "UPDATE sources SET archived_at = NULL, folder_id = coalesce(?, folder_id) WHERE id = ?",
                (folder_id, source_id),
            )
            tx.execute("UPDATE documents SET archived_at = NULL WHERE id = ?", (document_id,))
            tx.execute("UPDATE spans SET archived_at = NULL WHERE document_id = ?", (document_id,))
            enqueue(tx, "upsert", "document_id = ? AND hidden_at IS NULL", (document_id,))

    def move(self, old: str, new: str, title: str, folder_id: str | None, source_id: str = "") -> None:
        """Follow a file that was moved: its sources move along, with their ids and their history.

        `source_id`: an archived source that moves too; others that were at `old` before stay as they are.
        """
        with self._db.transaction() as tx:
            tx.execute(
                """UPDATE sources SET uri = ?, folder_id = coalesce(?, folder_id),
                       title = CASE kind WHEN 'file' THEN ? ELSE title END
                   WHERE uri = ? AND (kind != 'file' OR archived_at IS NULL OR id = ?)""",
                (new, folder_id, title, old, source_id),
            )
            # The name of a file is among the words of its spans.
            tx.execute(
                """INSERT OR IGNORE INTO derivations SELECT 'annotate', s.seq FROM spans s
                   JOIN documents d ON d.id = s.document_id JOIN sources r ON r.id = d.source_id
                   WHERE r.uri = ? AND r.kind = 'file'""",
                (new,),
            )

    # --- reading ------------------------------------------------------------------------------------

    def file(self, uri: str) -> KnownFile | None:
        """The latest version of the file with this path, or None."""
        rows = self._known_files("r.uri = ?", (uri,))
        return rows[0] if rows else None

    def files_with_content(self, sha256: str) -> list[KnownFile]:
        """Files whose latest version has this content, in recall or not."""
        return [
            file
            for file in self._known_files("r.id IN (SELECT source_id FROM documents WHERE sha256 = ?)", (sha256,))
            if file.sha256 == sha256
        ]

    def source_ids(self, uri: str) -> list[str]:
        """Sources in recall that came from this path: a file, or the chats of an export."""
        rows = self._db.read("SELECT id FROM sources WHERE uri = ? AND archived_at IS NULL AND kind = 'file'", (uri,))
        return [row[0] for row in rows]

    def is_taken(self, source_id: str, uri: str) -> bool:
        """Whether another path than `uri` has this source id, because the file was moved there."""
        return bool(self._db.value("SELECT 1 FROM sources WHERE id = ? AND uri != ?", (source_id, uri)))

    def _known_files(self, where: str, parameters: tuple[str, ...]) -> list[KnownFile]:
        rows = self._db.read(
            f"""SELECT r.id, r.uri, r.folder_id, r.archived_at, r.hidden_at, d.id AS document_id, d.version,
                       d.sha256, d.media, max(d.version)
                FROM sources r JOIN documents d ON d.source_id = r.id
                WHERE r.kind = 'file' AND {where} GROUP BY r.id
                ORDER BY r.archived_at IS NOT NULL, r.added_at DESC""",
            parameters,
        )
        return [
            KnownFile(
                source_id=row["id"],
                uri=row["uri"],
                folder_id=row["folder_id"],
                document_id=row["document_id"],
                version=row["version"],
                sha256=row["sha256"],
                media=row["media"],
                archived=row["archived_at"] is not None,
                hidden=row["hidden_at"] is not None,
            )
            for row in rows
        ]

    def of_source(self, source_id: str) -> list[tuple[Span, bool]]:
        """(span, archived) of every span of a source, those in recall first, in order."""
        rows = self._db.read(
            """SELECT s.* FROM spans s JOIN documents d ON d.id = s.document_id WHERE d.source_id = ?
               ORDER BY s.archived_at IS NOT NULL, d.version DESC, s.ordinal""",
            (source_id,),
        )
        return [(span_of(row), row["archived_at"] is not None) for row in rows]

    def chats_that_hold(self, text: str, begin: str, end: str) -> list[str]:
        """Sources of imported chats with a message of exactly this text from `begin` until before `end`."""
        rows = self._db.read(
            """SELECT DISTINCT d.source_id FROM spans s JOIN documents d ON d.id = s.document_id
               JOIN sources r ON r.id = d.source_id
               WHERE s.happened_at >= ? AND s.happened_at < ? AND s.text = ? AND r.kind = 'import'""",
            (begin, end, text),
        )
        return [row[0] for row in rows]

    def by_id(self, span_ids: Sequence[str]) -> dict[str, FoundSpan]:
        """Spans by id, in recall or not; ids without a span are left out."""
        rows = self._db.read_in(f"{_FOUND} WHERE s.id IN ({{marks}})", list(span_ids))
        return {row["id"]: found_span(row) for row in rows}

    def with_prefix(self, prefix: str) -> FoundSpan | None:
        """The only span whose id begins with this, at least 6 characters; None if there is none, or more than one."""
        rows = self._db.read("SELECT id FROM spans WHERE id >= ?1 AND id < ?1 || '~' LIMIT 2", (prefix,))
        span_id = rows[0][0] if len(rows) == 1 and len(prefix) >= 6 else ""
        return self.by_id([span_id]).get(span_id)

    def seqs(self, span_ids: Sequence[str]) -> list[int]:
        """Row numbers of live spans with these ids."""
        rows = self._db.read_in("SELECT seq FROM spans WHERE id IN ({marks}) AND hidden_at IS NULL", list(span_ids))
        return [row[0] for row in rows]

    def by_seq(self, seqs: Sequence[int]) -> dict[int, FoundSpan]:
        """Spans by row number, in recall or not; numbers without a span are left out."""
        rows = self._db.read_in(f"{_FOUND} WHERE s.seq IN ({{marks}})", list(seqs))
        return {row["seq"]: found_span(row) for row in rows}

    def evidence_size(self, limit: int) -> tuple[int, int]:
        """(spans, characters) of all that may support an answer, of at most `limit` + 1 spans."""
        row = self._db.one(
            f"""SELECT count(*), coalesce(sum(length(text)), 0)
                FROM (SELECT text FROM spans s WHERE {_EVIDENCE} LIMIT ?)""",
            (limit + 1,),
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def evidence(self) -> list[FoundSpan]:
        """All that may support an answer, faded or not, in the order in which it was taken in."""
        return [found_span(row) for row in self._db.read(f"{_FOUND} WHERE {_EVIDENCE} ORDER BY s.seq")]

    def speakers(self) -> list[str]:
        """The names of other people who speak in chats, each once."""
        rows = self._db.read(f"SELECT DISTINCT s.speaker FROM spans s WHERE s.role = 'other' AND {_EVIDENCE}")
        return [row["speaker"] for row in rows if row["speaker"]]

    def of_document(self, document_id: str, first: int, last: int) -> list[FoundSpan]:
        """Spans of a version with ordinals from first to last, in order, in recall or not."""
        rows = self._db.read(
            f"{_FOUND} WHERE s.document_id = ? AND s.ordinal BETWEEN ? AND ? ORDER BY s.ordinal",
            (document_id, first, last),
        )
        return [found_span(row) for row in rows]

    def tombstones(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that were purged."""
        return {row[0] for row in self._db.read_in("SELECT id FROM tombstones WHERE id IN ({marks})", list(ids))}

    def lift_tombstones(self, ids: Sequence[str]) -> None:
        """Let purged things come in again, since a person asked for them by name."""
        with self._db.transaction() as tx:
            tx.executemany("DELETE FROM tombstones WHERE id = ?", [(key,) for key in ids])

    def sources(self, *, include_gone: bool, limit: int = -1, only: str = "") -> list[sqlite3.Row]:
        """Sources with counts, newest first: id, kind, title, uri, added_at, archived_at, hidden_at, away,
        spans, pending, versions. `only`: no source but this id."""
        where = "1" if include_gone else "r.archived_at IS NULL AND r.hidden_at IS NULL"
        return self._db.read(
            f"""SELECT r.*, coalesce(f.state = 'away', 0) AS away,
                (SELECT count(*) FROM spans s JOIN documents d ON d.id = s.document_id WHERE d.source_id = r.id
                    AND s.archived_at IS NULL AND s.hidden_at IS NULL) AS spans,
                (SELECT count(*) FROM documents d JOIN spans s ON s.document_id = d.id
                    JOIN outbox o ON o.span_id = s.id WHERE d.source_id = r.id AND o.op = 'upsert') AS pending,
                (SELECT count(*) FROM documents d WHERE d.source_id = r.id) AS versions
                FROM (SELECT * FROM sources r WHERE {where} AND (? = '' OR r.id = ?)
                      ORDER BY r.added_at DESC, r.id LIMIT ?) r
                LEFT JOIN folders f ON f.id = r.folder_id ORDER BY r.added_at DESC, r.id""",
            (only, only, limit),
        )

    def versions(self, source_id: str) -> list[sqlite3.Row]:
        """Versions of a source, newest first, with `spans`: how many of each are in recall."""
        return self._db.read(
            """SELECT d.*, (SELECT count(*) FROM spans s WHERE s.document_id = d.id AND s.archived_at IS NULL) AS spans
               FROM documents d WHERE d.source_id = ? ORDER BY d.version DESC""",
            (source_id,),
        )


def put_source(tx: sqlite3.Connection, source: Source) -> None:
    """Insert or refresh a source; it is no longer archived. A hidden source stays hidden."""
    tx.execute(
        """INSERT INTO sources(id, kind, title, uri, folder_id, added_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT(id) DO UPDATE SET title = excluded.title, uri = excluded.uri, archived_at = NULL,
           folder_id = coalesce(excluded.folder_id, folder_id)""",
        (source.id, source.kind, source.title, source.uri, source.folder_id, source.added_at),
    )


def put_document(tx: sqlite3.Connection, document: Document) -> None:
    """Insert a version, or refresh the only version of a chat."""
    tx.execute(
        """INSERT INTO documents(id, source_id, version, sha256, bytes, mtime_ns, inode, media, title,
               happened_at, precision, recorded_at, author, language)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT(id) DO UPDATE SET title = excluded.title, sha256 = excluded.sha256,
           bytes = excluded.bytes, mtime_ns = excluded.mtime_ns, archived_at = NULL""",
        (
            document.id,
            document.source_id,
            document.version,
            document.sha256,
            document.bytes,
            document.mtime_ns,
            document.inode,
            document.media,
            document.title,
            document.happened_at,
            document.precision,
            document.recorded_at,
            document.author,
            document.language,
        ),
    )


def put_spans(tx: sqlite3.Connection, spans: Sequence[Span]) -> None:
    """Insert spans of one document with their outbox rows. Spans of a hidden source are born hidden."""
    if not spans:
        return
    hidden_at = tx.execute(
        "SELECT r.hidden_at FROM sources r JOIN documents d ON d.source_id = r.id WHERE d.id = ?",
        (spans[0].document_id,),
    ).fetchone()[0]
    rows = [
        (
            span.id,
            span.document_id,
            span.ordinal,
            span.section,
            span.start,
            span.end,
            span.line,
            span.text,
            span.heading,
            span.speaker,
            span.role,
            int(span.evidence),
            span.happened_at,
            span.happened_offset,
            span.precision,
            span.message_id,
            span.place,
            span.origin,
            hidden_at,
        )
        for span in spans
    ]
    # One statement for all rows: row by row SQLite would take Python's lock each time, and wait for the thread that
    # parses the next files (1.8 times slower).
    tx.execute(_INSERT_SPANS, (json.dumps(rows, ensure_ascii=False),))
    if hidden_at is None:
        tx.execute(
            "INSERT OR IGNORE INTO outbox(span_id, op) SELECT value, 'upsert' FROM json_each(?)",
            (json.dumps([row[0] for row in rows]),),
        )


def move_spans(tx: sqlite3.Connection, spans: Sequence[Span], document: Document) -> None:
    """Move spans of an older version to this version, to their new places; archived spans come back."""
    tx.executemany(
        """UPDATE spans SET document_id = ?, ordinal = ?, section = ?, start = ?, "end" = ?, line = ?, place = ?
           WHERE id = ?""",
        [(document.id, s.ordinal, s.section, s.start, s.end, s.line, s.place, s.id) for s in spans],
    )
    revive_spans(tx, [span.id for span in spans])


def revive_spans(tx: sqlite3.Connection, span_ids: Iterable[str]) -> None:
    """Bring the archived spans among these back into recall."""
    for span_id in span_ids:
        revived = tx.execute(
            "UPDATE spans SET archived_at = NULL WHERE id = ? AND archived_at IS NOT NULL", (span_id,)
        ).rowcount
        if revived:
            enqueue(tx, "upsert", "id = ? AND hidden_at IS NULL", (span_id,))


def put_sheets(tx: sqlite3.Connection, source_id: str, document_id: str, sheets: Sequence[SheetRecord]) -> None:
    """Put the tables of the newest version in the place of older ones."""
    tx.execute("DELETE FROM sheets WHERE document_id IN (SELECT id FROM documents WHERE source_id = ?)", (source_id,))
    for sheet in sheets:
        number = tx.execute(
            "INSERT INTO sheets(document_id, name, columns) VALUES (?, ?, ?)",
            (document_id, sheet.name, json.dumps([list(column) for column in sheet.columns], ensure_ascii=False)),
        ).lastrowid
        tx.executemany(
            "INSERT INTO sheet_rows(sheet, number, start, cells) VALUES (?, ?, ?, ?)",
            (
                (number, i, start, json.dumps(list(cells), ensure_ascii=False))
                for i, (start, cells) in enumerate(sheet.rows, start=1)
            ),
        )


def archive_documents(tx: sqlite3.Connection, source_id: str, now: str, *, but: str = "") -> None:
    """Take all versions of a source out of recall, or all but one."""
    mine = "document_id IN (SELECT id FROM documents WHERE source_id = ? AND id != ?)"
    enqueue(tx, "delete", f"{mine} AND archived_at IS NULL", (source_id, but))
    tx.execute(f"UPDATE spans SET archived_at = ? WHERE {mine} AND archived_at IS NULL", (now, source_id, but))
    tx.execute(
        "UPDATE documents SET archived_at = ? WHERE source_id = ? AND id != ? AND archived_at IS NULL",
        (now, source_id, but),
    )


def archive_spans(tx: sqlite3.Connection, span_ids: Iterable[str], now: str) -> None:
    """Take single spans out of recall."""
    for span_id in span_ids:
        enqueue(tx, "delete", "id = ?", (span_id,))
        tx.execute("UPDATE spans SET archived_at = ? WHERE id = ?", (now, span_id))


def enqueue(tx: sqlite3.Connection, op: str, where: str, parameters: tuple[str, ...]) -> None:
    """Put an outbox row for each span that matches; it replaces the span's older row. A faded span enters no index."""
    if op == "upsert":
        where = f"{where} AND faded_at IS NULL"
    tx.execute(f"INSERT OR REPLACE INTO outbox(span_id, op) SELECT id, ? FROM spans WHERE {where}", (op, *parameters))


def span_of(row: sqlite3.Row) -> Span:
    """A row of `spans` as a Span."""
    return Span(
        id=row["id"],
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        section=row["section"],
        start=row["start"],
        end=row["end"],
        line=row["line"],
        text=row["text"],
        heading=row["heading"],
        speaker=row["speaker"],
        role=row["role"],
        evidence=bool(row["evidence"]),
        happened_at=row["happened_at"],
        happened_offset=row["happened_offset"],
        precision=row["precision"],
        message_id=row["message_id"],
        place=row["place"],
        origin=row["origin"],
    )


def found_span(row: sqlite3.Row) -> FoundSpan:
    """A joined row as a FoundSpan."""
    return FoundSpan(
        seq=row["seq"],
        span=span_of(row),
        source_id=row["source_id"],
        title=row["source_title"],
        uri=row["uri"],
        kind=row["kind"],
        version=row["version"],
        live=bool(row["live"]),
        faded=bool(row["faded"]),
    )
