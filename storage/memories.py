"""Summaries of days, weeks, months, topics and stretches of chats, sentence by sentence.

A quoted sentence is a reference to a span's text, never a copy; a sentence that a model wrote names the spans it rests
on. Every change goes through a run (`storage.runs`), so that it can be undone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.database import Database
from storage.runs import Step


@dataclass(frozen=True)
class SummarySentence:
    """A sentence: its own `text`, or empty for a quote of [start, end) of its only source. `sources`: span ids."""

    text: str
    sources: tuple[str, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Memory:
    """A summary. `about` names what it sums up (day:2026-11-20, week:2026-W47, month:2026-11, node:…, chat:…).

    `digest`: of what it was made from. `model`: the name of the model that wrote it, or empty for quotes.
    """

    id: str
    kind: str
    about: str
    model: str
    digest: str
    created_at: str
    sentences: tuple[SummarySentence, ...] = ()


@dataclass(frozen=True)
class SourceSpan:
    """A span as summaries read it."""

    seq: int
    id: str
    source_id: str
    text: str
    speaker: str
    heading: str
    happened_at: str | None


FEWEST = 4
"""A day with fewer spans has no summary: its spans are read as fast."""
MOST = 2000
"""Most spans of a day that are read."""
_SUMMED_UP = (
    "s.archived_at IS NULL AND s.hidden_at IS NULL AND s.merged_into IS NULL AND s.evidence = 1 "
    "AND s.role != 'assistant' AND s.happened_at IS NOT NULL AND s.precision NOT IN ('mtime', 'year', 'month')"
)


class Memories:
    """Reading and writing summaries."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def about(self, name: str) -> Memory | None:
        """The summary of this name, with its sentences; sentences whose sources left recall are left out."""
        row = self._db.one("SELECT * FROM memories WHERE about = ? AND hidden_at IS NULL", (name,))
        if row is None:
            return None
        return Memory(
            row["id"], row["kind"], row["about"], row["model"], row["digest"], row["created_at"],
            tuple(self._sentences(row["id"])),
        )  # fmt: skip

    def digests(self, kind: str) -> dict[str, str]:
        """The digests of all summaries of a kind, by what they are about."""
        return {row[0]: row[1] for row in self._db.read("SELECT about, digest FROM memories WHERE kind = ?", (kind,))}

    def without_model(self, kind: str) -> set[str]:
        """What summaries of a kind are about that were made without a model."""
        return {row[0] for row in self._db.read("SELECT about FROM memories WHERE kind = ? AND model = ''", (kind,))}

    def texts(self, memory: Memory) -> list[str]:
        """Its sentences as they read; a quote of a turn with who says it."""
        rows = {
            row[0]: (row[1], row[2])
            for row in self._db.read_in(
                "SELECT id, text, speaker FROM spans WHERE id IN ({marks})",
                [sentence.sources[0] for sentence in memory.sentences],
            )
        }
        found = []
        for sentence in memory.sentences:
            text, speaker = rows.get(sentence.sources[0], ("", ""))
            quoted = text[sentence.start : sentence.end]
            found.append(sentence.text or (f"{speaker}: {quoted}" if speaker else quoted))
        return found

    def days(self) -> list[tuple[str, str]]:
        """(day, digest of its spans) of each day on which enough was said, in order."""
        rows = self._db.read(
            f"""SELECT substr(s.happened_at, 1, 10) AS day, count(*) || ':' || sum(s.seq) FROM spans s
                WHERE {_SUMMED_UP} GROUP BY 1 HAVING count(*) >= {FEWEST} ORDER BY 1"""
        )
        return [(row[0], row[1]) for row in rows]

    def of_day(self, day: str) -> list[SourceSpan]:
        """The spans of a day, by document and order."""
        rows = self._db.read(
            f"""SELECT s.seq, s.id, d.source_id, s.text, s.speaker, s.heading, s.happened_at FROM spans s
                JOIN documents d ON d.id = s.document_id WHERE {_SUMMED_UP} AND s.happened_at >= ? AND s.happened_at < ?
                ORDER BY s.document_id, s.ordinal LIMIT {MOST}""",
            (day, day + "~"),
        )
        return [SourceSpan(*row) for row in rows]

    def spans(self, seqs: Sequence[int]) -> list[SourceSpan]:
        """Live spans by row number, in that order."""
        rows = {
            row[0]: SourceSpan(*row)
            for row in self._db.read_in(
                """SELECT s.seq, s.id, d.source_id, s.text, s.speaker, s.heading, s.happened_at FROM spans s
                   JOIN documents d ON d.id = s.document_id
                   WHERE s.archived_at IS NULL AND s.hidden_at IS NULL AND s.evidence = 1 AND s.seq IN ({marks})""",
                seqs,
            )
        }
        return [rows[seq] for seq in seqs if seq in rows]

    def _sentences(self, memory_id: str) -> Iterator[SummarySentence]:
        found: dict[int, SummarySentence] = {}
        for row in self._db.read(
            """SELECT e.rank, e.text, c.span_id, c.start, c."end" FROM sentences e
               JOIN sentence_sources c ON c.memory_id = e.memory_id AND c.rank = e.rank
               WHERE e.memory_id = ? AND NOT EXISTS (
                   SELECT 1 FROM sentence_sources g JOIN spans s ON s.id = g.span_id
                   WHERE g.memory_id = e.memory_id AND g.rank = e.rank
                   AND (s.archived_at IS NOT NULL OR s.hidden_at IS NOT NULL))
               ORDER BY e.rank, c.span_id""",
            (memory_id,),
        ):
            held = found.get(row["rank"])
            sources = (*held.sources, row["span_id"]) if held else (row["span_id"],)
            found[row["rank"]] = SummarySentence(row["text"], sources, row["start"], row["end"])
        yield from found.values()

    def put(self, step: Step, memory: Memory, what: str) -> None:
        """Write a summary in a run's step; an older one about the same is replaced."""
        self.remove(step, memory.about, "replaced")
        sources = [span_id for sentence in memory.sentences for span_id in sentence.sources]
        row = {
            "id": memory.id, "kind": memory.kind, "text": "", "created_at": memory.created_at, "hidden_at": None,
            "about": memory.about, "model": memory.model, "digest": memory.digest,
        }  # fmt: skip
        step.insert(what, "memories", row, sources)
        for rank, sentence in enumerate(memory.sentences):
            key = {"memory_id": memory.id, "rank": rank}
            step.insert("sentence", "sentences", {**key, "text": sentence.text}, sentence.sources)
            for span_id in sentence.sources:
                place = {**key, "span_id": span_id, "start": sentence.start, "end": sentence.end}
                step.insert("source", "sentence_sources", place, (span_id,))
        step.count(what)

    def remove(self, step: Step, about: str, what: str) -> bool:
        """Delete a summary in a run's step, its sentences first; False when there is none."""
        row = self._db.one("SELECT id FROM memories WHERE about = ?", (about,))
        if row is None:
            return False
        key = row[0]
        cited = self._db.read("SELECT rank, span_id FROM sentence_sources WHERE memory_id = ?", (key,))
        spans = {span_id for _, span_id in cited}
        for rank, span_id in cited:
            step.delete("source", "sentence_sources", (key, rank, span_id), (span_id,))
        for (rank,) in self._db.read("SELECT rank FROM sentences WHERE memory_id = ?", (key,)):
            step.delete("sentence", "sentences", (key, rank), [span_id for at, span_id in cited if at == rank])
        step.delete(what, "memories", (key,), sorted(spans))
        return True


def erase_sentences(tx: sqlite3.Connection, span_ids: str, parameters: Sequence[str]) -> None:
    """Erase the sentences that rest on erased spans, and the summaries that have none left."""
    tx.execute(
        f"""DELETE FROM sentences WHERE (memory_id, rank) IN
            (SELECT memory_id, rank FROM sentence_sources WHERE span_id IN ({span_ids}))""",
        parameters,
    )
    # A summary was made from all that its digest covers; when a part of that is gone, it is made anew.
    tx.execute(
        "DELETE FROM memories WHERE about != '' AND NOT EXISTS (SELECT 1 FROM sentences WHERE memory_id = memories.id)"
    )
