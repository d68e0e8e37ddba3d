"""Sources, their versions and spans: written with their word index and outbox rows in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from storage.database import Database
from storage.records import Document, FoundSpan, KnownFile, Source, Span

_FOUND = """
    SELECT s.*, d.version, d.source_id, d.title AS document_title, r.uri, r.kind, r.title AS source_title,
           (s.archived_at IS NULL AND s.hidden_at IS NULL) AS live
    FROM spans s JOIN documents d ON d.id = s.document_id JOIN sources r ON r.id = d.source_id
"""


class Spans:
    """The truth about what was taken in."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # --- writing ------------------------------------------------------------------------------------

    def add_version(self, source: Source, document: Document, spans: Sequence[Span], now: str) -> None:
        """Acknowledge a version of a source: when this returns it is durable and findable by words.

        Older versions of the source are archived with their spans. Spans whose ids exist are left as they are.
        """
        with self._db.transaction("ingest") as tx:
            put_source(tx, source)
            archive_documents(tx, source.id, now)
            put_document(tx, document)
            put_spans(tx, spans)

    def add_messages(
        self, source: Source, document: Document, spans: Sequence[Span], gone: Sequence[str], now: str
    ) -> None:
        """Add turns to a chat's only document; `gone` are ids of turns that an edit replaced."""
        with self._db.transaction("ingest") as tx:
            put_source(tx, source)
            put_document(tx, document)
            archive_spans(tx, gone, now)
            put_spans(tx, spans)

    def archive_source(self, source_id: str, now: str) -> None:
        """The source is gone from where it was: keep it, out of recall."""
        with self._db.transaction("ingest") as tx:
            archive_documents(tx, source_id, now)
            tx.execute("UPDATE sources SET archived_at = coalesce(archived_at, ?) WHERE id = ?", (now, source_id))

    def revive_source(self, source_id: str, document_id: str) -> None:
        """An archived source came back unchanged: its last version takes part in recall again."""
        with self._db.transaction("ingest") as tx:
            tx.execute("UPDATE sources SET archived_at = NULL WHERE id = ?", (source_id,))
            tx.execute("UPDATE documents SET archived_at = NULL WHERE id = ?", (document_id,))
            tx.execute("UPDATE spans SET archived_at = NULL WHERE document_id = ?", (document_id,))
            enqueue(tx, "upsert", "document_id = ? AND hidden_at IS NULL", (document_id,))

    def seen_again(self, document_id: str, bytes_: int, mtime_ns: int, inode: int) -> None:
        """The file was touched, its content is the same."""
        with self._db.transaction() as tx:
            tx.execute(
                "UPDATE documents SET bytes = ?, mtime_ns = ?, inode = ? WHERE id = ?",
                (bytes_, mtime_ns, inode, document_id),
            )

    # --- reading ------------------------------------------------------------------------------------

    def known_file(self, uri: str) -> KnownFile | None:
        """What was last seen of the file with this path."""
        rows = self._known_files("r.uri = ?", (uri,))
        return rows[0] if rows else None

    def known_files(self, folder_id: str) -> list[KnownFile]:
        """What was last seen of every file of a watched folder."""
        return self._known_files("r.folder_id = ?", (folder_id,))

    def _known_files(self, where: str, parameters: tuple[str, ...]) -> list[KnownFile]:
        rows = self._db.read(
            f"""SELECT r.id, r.uri, r.folder_id, r.archived_at, r.hidden_at, d.id AS document_id, d.version,
                       d.sha256, d.bytes, d.mtime_ns, d.inode, max(d.version)
                FROM sources r JOIN documents d ON d.source_id = r.id
                WHERE r.kind = 'file' AND {where} GROUP BY r.id""",
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
                bytes=row["bytes"],
                mtime_ns=row["mtime_ns"],
                inode=row["inode"],
                archived=row["archived_at"] is not None,
                hidden=row["hidden_at"] is not None,
            )
            for row in rows
        ]

    def by_id(self, span_ids: Sequence[str]) -> dict[str, FoundSpan]:
        """Spans with these ids, those in recall or not; missing ones are left out."""
        found: dict[str, FoundSpan] = {}
        for chunk in _chunks(list(span_ids), 500):
            marks = ",".join("?" * len(chunk))
            for row in self._db.read(f"{_FOUND} WHERE s.id IN ({marks})", chunk):
                found[row["id"]] = found_span(row)
        return found

    def seqs(self, span_ids: Sequence[str]) -> list[int]:
        """Row numbers of live spans with these ids."""
        found: list[int] = []
        for chunk in _chunks(list(span_ids), 500):
            marks = ",".join("?" * len(chunk))
            rows = self._db.read(f"SELECT seq FROM spans WHERE id IN ({marks}) AND hidden_at IS NULL", chunk)
            found += [row[0] for row in rows]
        return found

    def around(self, seqs: Sequence[int], reach: int) -> list[FoundSpan]:
        """Live spans of the same documents within `reach` ordinals of these rows, themselves included."""
        found: dict[int, FoundSpan] = {}
        for chunk in _chunks(list(seqs), 500):
            marks = ",".join("?" * len(chunk))
            rows = self._db.read(
                f"""{_FOUND} WHERE s.archived_at IS NULL AND s.hidden_at IS NULL AND s.seq IN (
                        SELECT n.seq FROM spans c JOIN spans n ON n.document_id = c.document_id
                        AND n.ordinal BETWEEN c.ordinal - ? AND c.ordinal + ? WHERE c.seq IN ({marks}))""",
                (reach, reach, *chunk),
            )
            for row in rows:
                found[row["seq"]] = found_span(row)
        return list(found.values())

    def by_seq(self, seqs: Sequence[int]) -> dict[int, FoundSpan]:
        """Spans with these row numbers, those in recall or not; missing ones are left out."""
        found: dict[int, FoundSpan] = {}
        for chunk in _chunks(list(seqs), 500):
            marks = ",".join("?" * len(chunk))
            for row in self._db.read(f"{_FOUND} WHERE s.seq IN ({marks})", chunk):
                found[row["seq"]] = found_span(row)
        return found

    def of_document(self, document_id: str, first: int, last: int) -> list[FoundSpan]:
        """Spans of a version with ordinals from first to last, in order, in recall or not."""
        rows = self._db.read(
            f"{_FOUND} WHERE s.document_id = ? AND s.ordinal BETWEEN ? AND ? ORDER BY s.ordinal",
            (document_id, first, last),
        )
        return [found_span(row) for row in rows]

    def ids_and_texts(self, document_id: str) -> list[tuple[str, str, int, int]]:
        """(id, text, ordinal, section) of the unarchived spans of a document, in order."""
        rows = self._db.read(
            """SELECT id, text, ordinal, section FROM spans WHERE document_id = ? AND archived_at IS NULL
               ORDER BY ordinal""",
            (document_id,),
        )
        return [tuple(row) for row in rows]

    def tombstoned(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that were purged."""
        gone: set[str] = set()
        for chunk in _chunks(list(ids), 500):
            marks = ",".join("?" * len(chunk))
            gone |= {row[0] for row in self._db.read(f"SELECT id FROM tombstones WHERE id IN ({marks})", chunk)}
        return gone

    def lift_tombstones(self, ids: Sequence[str]) -> None:
        """A person asked for purged things by name: they may come in again."""
        with self._db.transaction() as tx:
            tx.executemany("DELETE FROM tombstones WHERE id = ?", [(one,) for one in ids])

    def sources(self, *, include_gone: bool) -> list[sqlite3.Row]:
        """Sources with counts, newest first: id, kind, title, uri, added_at, archived_at, hidden_at, away,
        spans, pending, versions."""
        where = "" if include_gone else "WHERE r.archived_at IS NULL AND r.hidden_at IS NULL"
        return self._db.read(
            f"""SELECT r.*, coalesce(f.state = 'away', 0) AS away,
                (SELECT count(*) FROM spans s JOIN documents d ON d.id = s.document_id WHERE d.source_id = r.id
                    AND s.archived_at IS NULL AND s.hidden_at IS NULL) AS spans,
                (SELECT count(*) FROM outbox o JOIN spans s ON s.id = o.span_id JOIN documents d
                    ON d.id = s.document_id WHERE d.source_id = r.id AND o.op = 'upsert') AS pending,
                (SELECT count(*) FROM documents d WHERE d.source_id = r.id) AS versions
                FROM sources r LEFT JOIN folders f ON f.id = r.folder_id {where} ORDER BY r.added_at DESC, r.id""",
        )


def put_source(tx: sqlite3.Connection, source: Source) -> None:
    """Insert or refresh a source; it is no longer archived. A hidden one stays hidden."""
    tx.execute(
        """INSERT INTO sources(id, kind, title, uri, folder_id, added_at) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT(id) DO UPDATE SET title = excluded.title, uri = excluded.uri, archived_at = NULL,
           folder_id = coalesce(excluded.folder_id, folder_id)""",
        (source.id, source.kind, source.title, source.uri, source.folder_id, source.added_at),
    )


def put_document(tx: sqlite3.Connection, document: Document) -> None:
    """Insert a version, or refresh what can change of a chat's only one."""
    tx.execute(
        """INSERT INTO documents(id, source_id, version, sha256, bytes, mtime_ns, inode, media, title,
               happened_at, precision, recorded_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        ),
    )


def put_spans(tx: sqlite3.Connection, spans: Iterable[Span]) -> None:
    """Insert spans with their outbox rows. Spans of a hidden source are born hidden."""
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
            span.document_id,
        )
        for span in spans
    ]
    tx.executemany(
        """INSERT INTO spans(id, document_id, ordinal, section, start, "end", line, text, heading, speaker, role,
               evidence, happened_at, happened_offset, precision, message_id, hidden_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
               (SELECT r.hidden_at FROM sources r JOIN documents d ON d.source_id = r.id WHERE d.id = ?))
           ON CONFLICT(id) DO NOTHING""",
        rows,
    )
    tx.executemany(
        """INSERT OR IGNORE INTO outbox(span_id, op)
           SELECT id, 'upsert' FROM spans WHERE id = ? AND hidden_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.span_id = spans.id)""",
        [(row[0],) for row in rows],
    )


def archive_documents(tx: sqlite3.Connection, source_id: str, now: str) -> None:
    """Take all versions of a source out of recall."""
    mine = "document_id IN (SELECT id FROM documents WHERE source_id = ?)"
    enqueue(tx, "delete", f"{mine} AND archived_at IS NULL", (source_id,))
    tx.execute(f"UPDATE spans SET archived_at = ? WHERE {mine} AND archived_at IS NULL", (now, source_id))
    tx.execute("UPDATE documents SET archived_at = ? WHERE source_id = ? AND archived_at IS NULL", (now, source_id))


def archive_spans(tx: sqlite3.Connection, span_ids: Iterable[str], now: str) -> None:
    """Take single spans out of recall."""
    for span_id in span_ids:
        enqueue(tx, "delete", "id = ?", (span_id,))
        tx.execute("UPDATE spans SET archived_at = ? WHERE id = ?", (now, span_id))


def enqueue(tx: sqlite3.Connection, op: str, where: str, parameters: tuple[str, ...]) -> None:
    """Put an outbox row for each span that matches; it replaces the span's older row."""
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
    )


def _chunks(items: list[str] | list[int], size: int) -> Iterable[list[str] | list[int]]:
    return (items[i : i + size] for i in range(0, len(items), size))
