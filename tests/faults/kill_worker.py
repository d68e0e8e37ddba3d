"""The work that kill tests interrupt: every write path there is, saying on stdout what was acknowledged.

usage: kill_worker.py HOME     (SECONDME_CRASH_AT and SECONDME_CRASH_LOG as in storage.faults)
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlite_utils import Database as SqliteDatabase

from models.protocol import TextRole, Vectors
from secondme.chat.conversation import Conversation
from secondme.clock import FixedClock, SystemClock, instant
from secondme.consolidation.merging import Merging
from secondme.consolidation.summaries import Balance, Summaries
from secondme.engine.snapshot import export_snapshot, import_snapshot
from secondme.facts.entity_resolution import People
from secondme.facts.extraction import learn_job
from secondme.forgetting.fade_job import Forgetting
from secondme.forgetting.reinforcement import reinforce
from secondme.index.indexer import Indexer
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.notes import note
from secondme.jobs.job import Job, Run
from secondme.recall.search import Recall
from secondme.text.terms import index_terms
from storage.database import Database
from storage.migrations import MIGRATIONS
from storage.store import Store

DIMENSION = 32
SYNC_THRESHOLD = 50


class HashEmbedder:
    """A vector from a text's digest: quick, and the same in every process."""

    name = model_id = "hash"
    dimension = DIMENSION
    max_tokens = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A quarter of the characters."""
        return [len(text) // 4 for text in texts]

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Unit vectors, shape (len(texts), 32)."""
        rows = [np.random.default_rng(int(hashlib.sha256(t.encode()).hexdigest()[:12], 16)) for t in texts]
        vectors = np.stack([row.normal(size=DIMENSION) for row in rows]).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def embed_tokens(
        self, texts: Sequence[str], role: TextRole = "passage"
    ) -> tuple[Vectors, list[np.typing.NDArray[np.int8]]]:
        """The same vectors, without any of tokens."""
        return self.embed(texts), [np.empty((0, 0), np.int8) for _ in texts]

    def close(self) -> None:
        """There is nothing to stop."""


def open_store(home: Path) -> Store:
    """The store of a home."""
    home.mkdir(parents=True, exist_ok=True)
    return Store(
        home, model_id="hash", dimension=DIMENSION, sync_threshold=SYNC_THRESHOLD, analyse=index_terms, words_above=30
    )


def say(store: Store, what: str, source_id: str) -> None:
    """Print the ids of a source's live spans: they are acknowledged. Answers go with what they were made from."""
    rows = store.database.read(
        """SELECT s.id FROM spans s JOIN documents d ON d.id = s.document_id
           WHERE d.source_id = ? AND s.role != 'assistant' AND s.archived_at IS NULL AND s.hidden_at IS NULL""",
        (source_id,),
    )
    for row in rows:
        print(what, row["id"], flush=True)


def nights(store: Store, indexer: Indexer) -> None:
    """Every job, until memories have faded; then a recall that brings one back, and the undoing of a run."""
    clock = FixedClock(datetime.now(UTC) + timedelta(days=1))
    work: list[Job] = [Merging(), Balance(indexer.rebalance), Summaries(), learn_job(), People()]
    for job in work:
        perform(store, clock, job)
    for days in (0, 200, 0, 0):  # the days between are not lived one by one: each would cost several syncs of the disk
        perform(store, clock, Forgetting(lambda: "strong"))
        clock.turn(1)
        if days:
            store.fading.add_night(instant(clock.now()), store.fading.lived() + days)
            clock.turn(1)
    faded = [row[0] for row in store.database.read("SELECT id FROM spans WHERE faded_at IS NOT NULL ORDER BY seq")]
    reinforce(store, faded[:1], clock.now())
    indexer.drain()
    for record in store.runs.all():
        if record.job != "forget" or record.state == "stopped":
            store.runs.undo(record.id, "now")
    indexer.drain()


def perform(store: Store, clock: FixedClock, job: Job) -> None:
    """One run of a job, to its end."""
    for _ in Run(store, clock, job.name, force=True).perform(job, "schedule"):
        pass


def later(db: SqliteDatabase) -> None:
    """A migration of a release to come."""
    db.conn.execute("CREATE TABLE later (id TEXT)")


def main() -> None:
    """Migrate, take in, change, chat, hide, erase, rebuild, export, import, close."""
    home = Path(sys.argv[1])
    migrated = home / "migrated"
    migrated.mkdir(parents=True, exist_ok=True)
    Database(migrated).close()
    Database(migrated, migrations=(*MIGRATIONS, later)).close()

    clock, embedder = SystemClock(), HashEmbedder()
    store = open_store(home / "data")
    indexer = Indexer(store, embedder)
    ingestion = Ingestion(store, clock, count_tokens=embedder.count_tokens, max_bytes=10**7)
    texts = home / "texts"
    texts.mkdir(exist_ok=True)
    for i in range(3):
        file = texts / f"{i}.md"
        parts = [f"# Part {i}.{j}\n\nThe {i * 40 + j}th thing to keep." for j in range(40)]
        file.write_text(
            "\n\n".join([*parts, "# Harbour\n\nThe old lighthouse of the harbour was painted white again."])
        )
        ingestion.take_file(file)
        known = store.spans.file(str(file))
        assert known is not None
        say(store, "ack", known.source_id)
        indexer.drain()
    store.close()  # from here on the index begins clean
    store = open_store(home / "data")
    indexer = Indexer(store, embedder)
    source, document, spans = note("A note of mine: I live in Lisbon. I go by Mimi.", "Me", clock, "note-1")
    store.spans.add_version(source, document, spans, source.added_at)
    say(store, "ack", source.id)
    yesterday = FixedClock(datetime.now(UTC) - timedelta(days=1))
    for i in range(5):
        old, its_document, its_spans = note(
            f"Yesterday's thought number {i} was about boats.", "Me", yesterday, f"old-{i}"
        )
        store.spans.add_version(old, its_document, its_spans, old.added_at)
        say(store, "ack", old.id)
    chat = Conversation(
        store,
        clock,
        Recall(store, embedder, exact_below=0),
        lambda: None,
        me=lambda: "Me",
        read_seconds=lambda: 1.0,
        max_tokens=lambda: 10,
        on_written=lambda: None,
    )
    for _ in chat.ask("I keep the 7th thing. Where is it?", chat_id=None, remember=True):
        pass
    for record in store.chats.all():
        say(store, "ack", record.id)
    indexer.drain()
    hidden = store.removal.find(str(texts / "0.md"))[0]
    store.removal.hide(hidden, source.added_at)
    indexer.drain()
    store.removal.unhide(hidden)
    indexer.drain()
    nights(store, indexer)
    for _ in export_snapshot(store, home / "snapshot.tar.zst"):
        pass
    copy = open_store(home / "copy")
    for _ in import_snapshot(copy, home / "snapshot.tar.zst"):
        pass
    copy.close()
    gone = store.removal.find(str(texts / "1.md"))[0]
    print("purging", gone.id, flush=True)
    store.removal.erase([gone], source.added_at)
    indexer.discard_index()
    indexer.drain()
    store.close()
    print("done", flush=True)


if __name__ == "__main__":
    main()
