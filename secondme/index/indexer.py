"""Draining the outbox: each span gets its vector in SQLite, then its entry in the index, then leaves the queue."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np

from models.protocol import Embedder, ModelAway
from secondme.api import Progress
from secondme.index.annotations import annotate
from secondme.index.tree import MemoryTree
from secondme.jobs.job import Run
from secondme.jobs.priority import give_way_to_others
from storage.records import OutboxRow
from storage.store import Store

EMBED_BATCH = 64
"""About half a second: a question that comes meanwhile waits no longer."""
ANNOTATE_BATCH = 500
INDEX_BATCH = 2000
RETRY_SECONDS = 30.0
"""How often an embedder that could not be reached is tried again."""

log = logging.getLogger(__name__)


def embedded_text(row: OutboxRow) -> str:
    """The text of a span that is embedded: its heading, then its text. Speakers are matched by name, not by meaning."""
    return f"{row.heading}\n{row.text}" if row.heading and not row.speaker else row.text


class Indexer:
    """The thread that makes what is derived from spans. Search never waits for it."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder | None,
        *,
        on_change: Callable[[], None] = lambda: None,
        wait_quiet: Callable[[], None] = lambda: None,
    ) -> None:
        """`wait_quiet` returns when no answer is being written: indexing gives way to answers."""
        self._store = store
        self._embedder = embedder
        self._on_change = on_change
        self._wait_quiet = wait_quiet
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._commands = threading.Lock()
        self._thread: threading.Thread | None = None
        self._opened = False
        self._tree = MemoryTree(store)
        self._retry_at = 0.0
        self.away: ModelAway | None = None
        """Why the embedder cannot be reached now; what waits for it is tried again later."""
        self.error = ""
        """Why embedding does not work, or empty."""

    def start(self) -> None:
        """Begin working in the background."""
        self._thread = threading.Thread(target=self._run, name="indexer", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Go on, since there is something in the outbox."""
        self._wake.set()

    def close(self) -> None:
        """End after the batch in hand; what remains stays in the outbox."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def discard_index(self) -> None:
        """Throw the index away now, as a purge must. It is built again in the background."""
        with self._commands:
            self._store.generations.discard()
            if self._store.word_index is not None:
                self._store.word_index.discard()
            self._opened = False
        self._wake.set()

    def drain(self) -> None:
        """Work until nothing is left to do: for callers that start no thread (evaluation, tests)."""
        while self.step():
            pass

    def step(self) -> bool:
        """Do one batch of what is most urgent; False when there is nothing to do."""
        with self._commands:
            return (
                self._store.words.work()
                or self._embed_batch()
                or self._token_batch()
                or self.annotate_batch()
                or self._index_batch()
                or (self._embedder is not None and self._tree.step())
            )

    def rebalance(self, run: Run) -> Iterator[Progress]:
        """Build the memory tree anew. Other indexing waits meanwhile; if it is closed early, the tree stays as it
        was."""
        if self._embedder is None:
            return
        with self._commands:
            yield from self._tree.rebalance(run)

    def _run(self) -> None:
        give_way_to_others()
        while not self._stop.is_set():
            self._wake.clear()
            self._wait_quiet()
            try:
                busy = self.step()
            except Exception as error:  # the thread must outlive any one batch; the row's own error is kept
                log.error("indexing failed: %s", type(error).__name__)
                self.error = type(error).__name__
                busy = False
            self._on_change()
            if not busy:
                self._wake.wait(RETRY_SECONDS if self.away else None)

    def _embed_batch(self) -> bool:
        if self._embedder is None or not self._may_try():
            return False
        model_id = self._store.vectors.model_id
        rows = self._store.outbox.pending(EMBED_BATCH, model_id, unembedded_only=True)
        if not rows:
            return False
        try:
            vectors, tokens = self._embedder.embed_tokens([embedded_text(row) for row in rows])
        except ModelAway as error:  # the texts are fine, and wait
            return self._wait_for_embedder(error)
        except Exception as error:  # one bad text must not stop the others: try them one by one
            log.warning("a batch of %d could not be embedded: %s", len(rows), type(error).__name__)
            return self._embed_singly(rows)
        self.away = None
        self._store.vectors.put([row.span_id for row in rows], vectors, tokens)
        return True

    def _may_try(self) -> bool:
        return self.away is None or time.monotonic() >= self._retry_at

    def _wait_for_embedder(self, error: ModelAway) -> bool:
        self.away, self._retry_at = error, time.monotonic() + RETRY_SECONDS
        return False

    def _embed_singly(self, rows: list[OutboxRow]) -> bool:
        assert self._embedder is not None
        for row in rows:
            try:
                vector, tokens = self._embedder.embed_tokens([embedded_text(row)])
            except ModelAway as error:
                return self._wait_for_embedder(error)
            except Exception as error:  # parked after three attempts, and shown by status
                self._store.outbox.record_failure([row.seq], type(error).__name__)
            else:
                self._store.vectors.put([row.span_id], vector, tokens)
        return True

    def _token_batch(self) -> bool:
        """Embed the tokens of some spans that a snapshot brought."""
        if self._embedder is None or not self._may_try():
            return False
        rows = self._store.vectors.without_tokens(EMBED_BATCH)
        if rows:
            try:
                _, tokens = self._embedder.embed_tokens([embedded_text(row) for row in rows])
            except ModelAway as error:
                return self._wait_for_embedder(error)
            self.away = None
            self._store.vectors.put_tokens(rows, tokens)
        return bool(rows)

    def annotate_batch(self) -> bool:
        """Annotate some spans; False if none waits."""
        waiting = self._store.annotations.waiting(ANNOTATE_BATCH)
        if waiting:
            self._store.annotations.put([annotate(span) for span in waiting])
        return bool(waiting)

    def _index_batch(self) -> bool:
        generations = self._store.generations
        if self._embedder is None:
            return self._drop_deletes()
        if generations.state == "rebuilding":
            generations.continue_rebuild()
            return True
        if generations.state == "closed":
            if self._opened or not generations.open():
                log.info("the index is built anew: %s", generations.reason)
                generations.start_rebuild()
            self._opened = True
            return True
        if generations.failed:
            generations.abandon()
            return True
        rows = self._store.outbox.pending(INDEX_BATCH, self._store.vectors.model_id)
        deletes = [row.span_id for row in rows if row.op == "delete"]
        upserts = [row.span_id for row in rows if row.op == "upsert" and row.embedded]
        if not deletes and not upserts:
            return False
        found = self._store.vectors.get(upserts)
        present = [span_id for span_id in upserts if span_id in found]
        matrix = np.stack([found[span_id] for span_id in present]) if present else np.empty((0, 0), np.float32)
        try:
            generations.write(present, matrix, deletes)
        except Exception as error:  # the index is a cache: any failure of it means a fresh one
            log.warning("the index failed and is built anew: %s", type(error).__name__)
            generations.abandon()
            return True
        indexed = {*deletes, *upserts}
        self._store.outbox.remove([row.seq for row in rows if row.span_id in indexed])
        return True

    def _drop_deletes(self) -> bool:
        """Without an embedder there is no index to take anything out of."""
        rows = [row for row in self._store.outbox.pending(INDEX_BATCH, "") if row.op == "delete"]
        if rows:
            self._store.outbox.remove([row.seq for row in rows])
        return bool(rows)


def pending_work(store: Store, embedder: Embedder | None) -> int:
    """How many spans wait for vectors, index entries or annotations; 0 without an embedder."""
    return max(store.outbox.count(), store.annotations.count()) if embedder is not None else 0
