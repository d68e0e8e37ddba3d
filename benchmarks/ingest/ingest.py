"""Spans acknowledged a second without embedding, and the pipeline's embedding throughput over the raw embedder's.

usage: ingest.py [FOLDER]     (default: Python files of an installed package)
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy

from secondme.clock import SystemClock
from secondme.index.indexer import Indexer, embedded_text
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.walk import FileEntry, files_below
from secondme.places import places
from secondme.runtimes.configured import ConfiguredModels
from storage.store import Store

ROUNDS = 5
EMBEDDED = 600


def main() -> None:
    """Acknowledge a folder; embed the first spans through the pipeline and directly, in turn."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(numpy.__file__).parent / "lib"
    embedder = ConfiguredModels(places()).embedder()
    assert embedder is not None
    embedder.embed(["warm up"])
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as home:
        store = Store(Path(home), model_id=embedder.model_id, dimension=embedder.dimension)
        ingestion = Ingestion(store, SystemClock(), count_tokens=embedder.count_tokens, max_bytes=10**8)
        files = [met for met in files_below(str(folder)) if not met.reason]
        begun = time.perf_counter()
        spans = sum(result.spans for result in ingestion.take_files(files))
        acknowledge = time.perf_counter() - begun
        texts = [embedded_text(row) for row in store.outbox.pending(EMBEDDED, embedder.model_id)]
        store.close()
    pipeline, raw = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        embedder.embed(texts)
        raw.append(len(texts) / (time.perf_counter() - begun))
        pipeline.append(_pipeline(embedder, files, len(texts)))
    print(
        json.dumps(
            {
                "files": len(files),
                "spans": spans,
                "acknowledged_spans_per_s": round(spans / acknowledge, 1),
                "raw_texts_per_s": round(statistics.median(raw), 1),
                "pipeline_texts_per_s": round(statistics.median(pipeline), 1),
                "pipeline_over_raw": round(statistics.median(p / r for p, r in zip(pipeline, raw, strict=True)), 3),
            },
            indent=1,
        )
    )


def _pipeline(embedder, files: list[FileEntry], count: int) -> float:  # type: ignore[no-untyped-def]
    """Texts a second through outbox, SQLite and Chroma; opening the empty index beforehand."""
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as home:
        store = Store(Path(home), model_id=embedder.model_id, dimension=embedder.dimension)
        indexer = Indexer(store, embedder)
        indexer.drain()
        ingestion = Ingestion(store, SystemClock(), count_tokens=embedder.count_tokens, max_bytes=10**8)
        taken = 0
        for result in ingestion.take_files(files):
            taken += result.spans
            if taken >= count:
                break
        begun = time.perf_counter()
        indexer.drain()
        seconds = time.perf_counter() - begun
        store.close()
        return taken / seconds


if __name__ == "__main__":
    main()
