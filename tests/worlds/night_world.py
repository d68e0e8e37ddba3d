"""A memory of notes and chats with a clock that a test turns, for jobs and their runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from models.protocol import Finished, GenerateRequest, Piece, TextRole, Vectors
from secondme.clock import FixedClock
from secondme.engine.job_list import job_list
from secondme.forgetting.fade_job import Forgetting
from secondme.index.indexer import Indexer
from secondme.ingest.notes import note
from secondme.jobs.job import Job, Run
from secondme.recall.search import Recall
from secondme.text.terms import index_terms
from storage.store import Store

DIMENSION = 16
START = datetime(2026, 1, 1, 3, tzinfo=UTC)


class WordEmbedder:
    """A text's vector is the sum of its words' vectors: like texts have like vectors."""

    name = model_id = "words"
    dimension = DIMENSION
    max_tokens = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A quarter of the characters."""
        return [len(text) // 4 for text in texts]

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Unit vectors (len(texts), 16)."""
        rows = [sum((_vector(word) for word in text.lower().split()), np.zeros(DIMENSION)) for text in texts]
        matrix = np.stack(rows).astype(np.float32) + 1e-6
        return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)

    def embed_tokens(
        self, texts: Sequence[str], role: TextRole = "passage"
    ) -> tuple[Vectors, list[np.typing.NDArray[np.int8]]]:
        """The same, without vectors of tokens."""
        return self.embed(texts), [np.empty((0, 0), np.int8) for _ in texts]

    def close(self) -> None:
        """There is nothing to stop."""


def _vector(word: str) -> np.typing.NDArray[np.float64]:
    seed = int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)
    return np.random.default_rng(seed).normal(size=DIMENSION)


class Obedient:
    """A model that always obeys the text that it reads; without an order it repeats a part of it."""

    name = "obedient"
    context_tokens = 4096

    def __init__(self) -> None:
        self.read: list[str] = []

    def count_tokens(self, turns: Sequence[Any]) -> int:
        """A quarter of the characters."""
        return sum(len(turn.content) for turn in turns) // 4

    def generate(self, request: GenerateRequest, cancel: object) -> Iterator[Piece | Finished]:
        """What the text orders after SAY:, or its first line."""
        text = request.turns[-1].content
        self.read.append(text)
        body = text.split("\n\n", 1)[1]
        orders = [line.split("SAY:", 1)[1].strip() for line in body.splitlines() if "SAY:" in line]
        yield Piece(" ".join(orders) if orders else body.splitlines()[0].partition(": ")[2])
        yield Finished("stop", 10, 10, 0.1, 0.1)

    def close(self) -> None:
        """Nothing to free."""


class World:
    """A store with everything that runs over it."""

    def __init__(self, folder: Path) -> None:
        self.embedder = WordEmbedder()
        self.store = Store(folder, model_id="words", dimension=DIMENSION, analyse=index_terms, words_above=10_000)
        self.indexer = Indexer(self.store, self.embedder)
        self.recall = Recall(self.store, self.embedder, exact_below=10_000)
        self.clock = FixedClock(START)
        self.notes = 0

    def keep(self, text: str, *, kind: str = "import", speaker: str = "Me") -> str:
        """Something said, that fades in days (a note would take years); returns the id of its first span. What has no
        `speaker` stands in a file."""
        self.notes += 1
        source, document, spans = note(text, speaker, self.clock, f"note-{self.notes}")
        source = replace(source, kind=kind)
        self.store.spans.add_version(source, document, spans, source.added_at)
        return spans[0].id

    def index(self) -> None:
        """Embed, annotate, place."""
        self.indexer.drain()

    def run(self, job: Job, *, dry: bool = False, model: Any = None, force: bool = False) -> Run:
        """One run of a job, to its end."""
        run = Run(self.store, self.clock, job.name, dry=dry, model=model, force=force)
        for _ in run.perform(job, "person"):
            pass
        return run

    def jobs(self, policy: str = "strong") -> list[Job]:
        """Every kind of job."""
        return list(job_list(self.indexer.rebalance, lambda: policy))

    def night(self, days: float = 1.0, policy: str = "strong") -> None:
        """So many days pass, then forgetting runs."""
        self.clock.turn(days)
        self.run(Forgetting(lambda: policy))

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row that a run may change, and what is searched: equal states are equal memories."""
        tables = {
            "spans": "SELECT id, faded_at, merged_into, archived_at, hidden_at, text FROM spans ORDER BY id",
            "strengths": "SELECT * FROM strengths ORDER BY span_id",
            "memories": "SELECT * FROM memories ORDER BY id",
            "sentences": "SELECT * FROM sentences ORDER BY memory_id, rank",
            "sentence_sources": "SELECT * FROM sentence_sources ORDER BY memory_id, rank, span_id",
            "statements": "SELECT * FROM statements ORDER BY id",
            "aliases": "SELECT * FROM aliases ORDER BY key",
            "trees": "SELECT number FROM trees WHERE state = 'live'",
            "words": "SELECT rowid FROM spans_fts WHERE spans_fts MATCH 'the OR a OR boat OR note' ORDER BY rowid",
            "counts": "SELECT spans, faded FROM live_count",
        }
        found = {name: [tuple(row) for row in self.store.database.read(sql)] for name, sql in tables.items()}
        found["vectors"] = [tuple(self.store.vectors.live_ids())]
        return found

    def faded(self) -> set[str]:
        """Ids of faded spans."""
        return {row[0] for row in self.store.database.read("SELECT id FROM spans WHERE faded_at IS NOT NULL")}


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """A world for a while."""
    folder.mkdir(exist_ok=True)
    made = World(folder)
    try:
        yield made
    finally:
        made.store.close()
