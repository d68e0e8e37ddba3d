"""What happened when: spans by the moment at which they were said or written, else at which they were taken in.

The assistant's words are no events. A moment of which only the month or the year is known names no day; then the day
counts on which the text was taken in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from storage.database import Database

# These conditions are those of the two indexes of the migration `days_of_spans`; only then SQLite uses them.
_EVENT = "s.archived_at IS NULL AND s.hidden_at IS NULL AND s.role != 'assistant'"
_DATED = f"{_EVENT} AND s.happened_at IS NOT NULL AND s.precision NOT IN ('year', 'month')"
_UNDATED = f"{_EVENT} AND (s.happened_at IS NULL OR s.precision IN ('year', 'month'))"

_SPANS = "spans s INDEXED BY spans_by_moment"
# From each day to the next that has anything: a seek for each, where grouping would read and sort every moment.
_DATES = f"""
    WITH RECURSIVE found(day) AS (
        SELECT (SELECT substr(min(s.happened_at), 1, 10) FROM {_SPANS} WHERE {_DATED})
        UNION ALL
        SELECT (SELECT substr(min(s.happened_at), 1, 10) FROM {_SPANS} WHERE {_DATED} AND s.happened_at > day || '~')
        FROM found WHERE day IS NOT NULL)
    SELECT day FROM found WHERE day IS NOT NULL
"""
_COUNTS = f"""
    SELECT (SELECT count(*) FROM {_SPANS} WHERE {_DATED} AND s.precision != 'day'
                AND s.happened_at >= json_extract(value, '$[0]') AND s.happened_at < json_extract(value, '$[1]'))
         + (SELECT count(*) FROM {_SPANS} WHERE {_DATED} AND s.precision = 'day'
                AND s.happened_at >= json_extract(value, '$[2]') AND s.happened_at < json_extract(value, '$[3]'))
    FROM json_each(?) ORDER BY key
"""
_TAKEN_IN = f"""
    SELECT d.recorded_at, count(*) FROM spans s INDEXED BY spans_without_moment JOIN documents d ON d.id = s.document_id
    WHERE {_UNDATED} GROUP BY d.id
"""

# Passages of one file are one event; a turn of a chat is one. With a single min(), SQLite takes the other columns from
# the row that has it: the first passage.
_EVENTS = """
    SELECT s.id, s.text, s.speaker, s.role, s.evidence, s.precision, min(s.ordinal) AS ordinal, {moment} AS moment,
           r.id AS source_id, r.kind, r.title, count(*) AS passages, {taken_in} AS taken_in
    FROM spans s INDEXED BY {index} JOIN documents d ON d.id = s.document_id JOIN sources r ON r.id = d.source_id
    WHERE {where} GROUP BY CASE WHEN r.kind = 'file' AND s.speaker = '' THEN d.id ELSE s.id END
"""
_OF_DAY = f"""
    {
    _EVENTS.format(
        moment="s.happened_at",
        taken_in=0,
        index="spans_by_moment",
        where=f"{_DATED} AND s.precision != 'day' AND s.happened_at >= ?1 AND s.happened_at < ?2",
    )
} UNION ALL {
    _EVENTS.format(
        moment="s.happened_at",
        taken_in=0,
        index="spans_by_moment",
        where=f"{_DATED} AND s.precision = 'day' AND s.happened_at >= ?3 AND s.happened_at < ?4",
    )
} UNION ALL {
    _EVENTS.format(
        moment="d.recorded_at",
        taken_in=1,
        index="spans_without_moment",
        where=f"{_UNDATED} AND d.recorded_at >= ?1 AND d.recorded_at < ?2",
    )
}
    ORDER BY moment, source_id, ordinal LIMIT ?5
"""


@dataclass(frozen=True)
class EventRow:
    """A turn of a chat, a note, or the passages of a file, at a moment in UTC. `id`: of the (first) span.

    `taken_in`: the moment is that of taking in; of what it tells nobody knows the day.
    """

    id: str
    text: str
    speaker: str
    role: str
    evidence: bool
    precision: str
    moment: str
    source_id: str
    kind: str
    title: str
    passages: int
    taken_in: bool


@dataclass(frozen=True)
class Stretch:
    """From `begins` until before `ends`, instants in UTC; `day_begins`, `day_ends`: the same for moments of which only
    the day is known."""

    begins: str
    ends: str
    day_begins: str
    day_ends: str


class Timeline:
    """Counts by time, and the events of a stretch of time."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def dates(self) -> list[str]:
        """The dates in UTC on which anything was said or written, in order."""
        return [row[0] for row in self._db.read(_DATES)]

    def counts(self, stretches: Sequence[Stretch]) -> list[int]:
        """How many spans were said or written in each stretch."""
        bounds = [[each.begins, each.ends, each.day_begins, each.day_ends] for each in stretches]
        return [row[0] for row in self._db.read(_COUNTS, (json.dumps(bounds),))]

    def taken_in(self) -> list[tuple[str, int]]:
        """(instant, spans) of each document with spans whose day nobody knows: when it was taken in."""
        return [(row[0], row[1]) for row in self._db.read(_TAKEN_IN)]

    def events(self, within: Stretch, *, limit: int) -> list[EventRow]:
        """Events of a stretch, in order, at most `limit`."""
        bounds = (within.begins, within.ends, within.day_begins, within.day_ends)
        rows = self._db.read(_OF_DAY, (*bounds, limit))
        return [
            EventRow(
                row["id"], row["text"], row["speaker"], row["role"], bool(row["evidence"]), row["precision"],
                row["moment"], row["source_id"], row["kind"], row["title"], row["passages"], bool(row["taken_in"]),
            )
            for row in rows
        ]  # fmt: skip
