"""Live spans of what was said and kept, grouped by time and by source: two trees that are never stored, one level read
at a time."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Database

_LIVE = "s.archived_at IS NULL AND s.hidden_at IS NULL AND s.evidence = 1"
"""Without questions of the person and words of the assistant."""
_DATED = f"{_LIVE} AND s.happened_at IS NOT NULL"
_FOLDER = "CASE r.kind WHEN 'file' THEN rtrim(r.uri, replace(r.uri, '/', '')) ELSE '' END"
"""The uri of a file up to its last slash."""


@dataclass(frozen=True)
class Branch:
    """A group of spans: its name, and how many they are."""

    key: str
    label: str
    size: int


@dataclass(frozen=True)
class Twig:
    """A span as the trees show it."""

    seq: int
    id: str
    document_id: str
    section: int
    ordinal: int
    speaker: str
    text: str
    title: str
    happened_at: str


class Branches:
    """Groups of live spans."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def times(self, prefix: str) -> list[Branch]:
        """Years ("" as prefix), months of a year ("2023") or days of a month ("2023-05"), in order."""
        length = {0: 4, 4: 7, 7: 10}[len(prefix)]
        rows = self._db.read(
            f"""SELECT substr(s.happened_at, 1, {length}) AS label, count(*) FROM spans s
                WHERE {_DATED} AND s.happened_at >= ? AND s.happened_at < ? GROUP BY 1 ORDER BY 1""",
            (prefix, prefix + "~"),
        )
        return [Branch(row[0], row[0], row[1]) for row in rows]

    def of_day(self, day: str) -> list[Twig]:
        """Spans of a day, by document and order."""
        return self._twigs(f"{_DATED} AND s.happened_at >= ? AND s.happened_at < ?", (day, day + "~"))

    def groups(self) -> list[tuple[str, str, int]]:
        """(kind, folder, live spans) of all sources that have any; the folder of a file ends with a slash, others have
        none."""
        rows = self._db.read(
            f"""SELECT r.kind, {_FOLDER} AS folder, count(*) FROM spans s JOIN documents d ON d.id = s.document_id
                JOIN sources r ON r.id = d.source_id WHERE {_LIVE} GROUP BY 1, 2 ORDER BY 2, 1"""
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def in_group(self, kind: str, folder: str, first: int, limit: int) -> tuple[list[Branch], int]:
        """The sources of a group that have live spans, in order, `limit` from number `first` on (-1: all), and how many
        there are in all."""
        rows = self._db.read(
            f"""SELECT r.id, r.title, count(*) OVER () AS total, (SELECT count(*) FROM documents d
                    JOIN spans s ON s.document_id = d.id WHERE d.source_id = r.id AND {_LIVE}) AS size
                FROM sources r WHERE r.kind = ? AND {_FOLDER} = ? AND size > 0
                ORDER BY r.uri, r.title, r.id LIMIT ? OFFSET ?""",
            (kind, folder, limit, first),
        )
        return [Branch(row["id"], row["title"], row["size"]) for row in rows], rows[0]["total"] if rows else 0

    def has_source(self, source_id: str) -> bool:
        """Whether there is a source with this id."""
        return self._db.one("SELECT 1 FROM sources WHERE id = ?", (source_id,)) is not None

    def sections(self, source_id: str) -> list[Branch]:
        """Sections of a source: headings of a text, sessions of a chat."""
        rows = self._db.read(
            f"""SELECT s.section, max(s.heading), min(s.happened_at), count(*), max(s.speaker) FROM spans s
                JOIN documents d ON d.id = s.document_id WHERE {_LIVE} AND d.source_id = ?
                GROUP BY s.section ORDER BY min(s.ordinal)""",
            (source_id,),
        )
        return [
            Branch(str(row[0]), row[1] or (row[2] or "")[:10] if row[4] else row[1] or "text", row[3]) for row in rows
        ]

    def of_section(self, source_id: str, section: int) -> list[Twig]:
        """Spans of a section, in order."""
        return self._twigs(f"{_LIVE} AND d.source_id = ? AND s.section = ?", (source_id, section))

    def by_seq(self, seqs: list[int]) -> list[Twig]:
        """Live spans by row number."""
        marks = ",".join("?" * len(seqs))
        return self._twigs(f"{_LIVE} AND s.seq IN ({marks})", tuple(seqs))

    def _twigs(self, where: str, parameters: tuple[str | int, ...]) -> list[Twig]:
        rows = self._db.read(
            f"""SELECT s.seq, s.id, s.document_id, s.section, s.ordinal, s.speaker, s.text, r.title, s.happened_at
                FROM spans s JOIN documents d ON d.id = s.document_id JOIN sources r ON r.id = d.source_id
                WHERE {where} ORDER BY s.document_id, s.ordinal, s.seq LIMIT 2000""",
            parameters,
        )
        return [Twig(**{**dict(row), "happened_at": row["happened_at"] or ""}) for row in rows]
