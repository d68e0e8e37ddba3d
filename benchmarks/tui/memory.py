"""A memory of ten years for the benchmarks of the app: turns of chats with vectors and a tree, and one long chat."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.recall.recall import english, until_done
from secondme.clock import instant
from secondme.index.indexer import Indexer
from secondme.index.tree import MemoryTree
from secondme.places import Places, places
from secondme.runtimes.configured import ConfiguredModels
from secondme.settings import save
from secondme.text.terms import index_terms
from storage.records import Document, MessageRecord, Source, Span
from storage.store import Store

BEGIN = datetime(2016, 1, 1, tzinfo=UTC)
DAYS = 3650
BATCH = 5000
TURN_WORDS, TOKENS = 18, 9
LONG_CHAT = "long"


def arguments() -> argparse.Namespace:
    """What the command line says of the memory: `spans` and `messages`, and the `home` that keeps it or None."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--spans", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--home", type=Path)
    return parser.parse_args()


@contextmanager
def home_with(given: argparse.Namespace) -> Iterator[Places]:
    """A home with so many passages, and a chat of so many messages; one that is kept is made once, and used again.

    The process's SECONDME_HOME names it from now on.
    """
    with tempfile.TemporaryDirectory(prefix="sm-") as temporary:
        folder: Path = given.home or Path(temporary)
        os.environ["SECONDME_HOME"] = str(folder)
        where = places()
        done = folder / f"made-{given.spans}-{given.messages}"
        if not done.exists():
            where.make()
            save(where.config_file, "model.path", "none")
            _make(where, given.spans, given.messages)
            done.touch()
        yield where


def _make(where: Places, spans: int, messages: int) -> None:
    embedder = ConfiguredModels(where).embedder()
    assert embedder is not None
    store = Store(
        where.data, model_id=embedder.model_id, dimension=embedder.dimension, analyse=index_terms, words_above=9_999
    )
    store.database.set_fact("welcomed", "yes")
    _fill(store, spans)
    _chat(store, messages)
    until_done(store.words.work)
    indexer = Indexer(store, embedder)
    until_done(indexer.annotate_batch)
    until_done(MemoryTree(store).step)
    until_done(indexer.step)
    indexer.close()
    store.database.checkpoint()
    store.close()


def _fill(store: Store, count: int) -> None:
    random, write = np.random.default_rng(5), english()
    for begin in range(0, count, BATCH):
        chat, here = f"chat-{begin}", min(BATCH, count - begin)
        ranks = random.zipf(1.15, size=(here, TURN_WORDS)) - 1
        moments = sorted(random.random(here) * DAYS * 86_400)
        spans = [
            Span(
                id=f"{chat}-{i}", document_id=chat, ordinal=i, section=i // 25, start=i, end=i + 1, line=1,
                text=write(ranks[i]), speaker=("Ana", "Tom")[i % 2], role="other",
                happened_at=instant(BEGIN + timedelta(seconds=float(moments[i]))), precision="second",
            )
            for i in range(here)
        ]  # fmt: skip
        now = instant(BEGIN + timedelta(days=DAYS))
        document = Document(chat, f"s-{chat}", 1, "", 0, 0, 0, "application/x-chat", chat, now, "second", now)
        store.spans.add_version(Source(f"s-{chat}", "import", chat, "", now), document, spans, now)
        vectors = random.normal(size=(here, store.vectors.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        tokens = [random.integers(-30, 30, size=(TOKENS, 48), dtype=np.int8) for _ in range(here)]
        store.vectors.put([span.id for span in spans], vectors, tokens)


def _chat(store: Store, count: int) -> None:
    now = instant(BEGIN + timedelta(days=DAYS))
    document = Document(
        f"{LONG_CHAT}-d", LONG_CHAT, 1, "", 0, 0, 0, "application/x-chat", "A long chat", now, "second", now
    )
    store.chats.start(Source(LONG_CHAT, "chat", "A long chat", "", now), document)
    before = None
    for number in range(count):
        role = "assistant" if number % 2 else "user"
        text = (
            f"Answer {number}: **the boat** leaves at nine.\n\n- Bring tea.\n- Bring `rope` number {number}.\n"
            if number % 2
            else f"Question {number}: when does the boat leave, and what shall I bring?"
        )
        name = f"m-{number:06}"
        at = instant(BEGIN + timedelta(days=DAYS, seconds=number))
        store.chats.save(MessageRecord(name, LONG_CHAT, role, text, at, "complete", parent=before), [])
        before = name
