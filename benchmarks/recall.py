"""Recall p50 and p95 over synthetic chat turns, exactly and through the index; embedding of the query included.

usage: recall.py [SPANS …]     (default 10000 100000)
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from secondme.indexing import Indexer
from secondme.places import places
from secondme.recall import Recall
from secondme.runtimes import Runtimes
from storage.records import Document, Source, Span
from storage.store import Store

QUERIES = 60
TURN_WORDS = 18
BATCH = 5000


def fill(store: Store, count: int, random: np.random.Generator, words: list[str]) -> None:
    """Turns with Zipf-distributed words and random unit vectors."""
    now = "2026-01-01T00:00:00.000Z"
    ranks = np.minimum(random.zipf(1.25, size=(count, TURN_WORDS)) - 1, len(words) - 1)
    for begin in range(0, count, BATCH):
        chat = f"chat-{begin}"
        spans = [
            Span(
                f"{chat}-{i}",
                chat,
                i,
                i // 25,
                i,
                i + 1,
                1,
                " ".join(words[r] for r in ranks[begin + i]),
                speaker="AnaTom"[3 * (i % 2) : 3 * (i % 2) + 3],
                happened_at=now,
            )
            for i in range(min(BATCH, count - begin))
        ]
        document = Document(chat, f"s-{chat}", 1, "", 0, 0, 0, "application/x-chat", chat, now, "second", now)
        store.spans.add_version(Source(f"s-{chat}", "import", chat, "", now), document, spans, now)
        vectors = random.normal(size=(len(spans), store.vectors.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        store.vectors.put([span.id for span in spans], vectors)


def timed(recall: Recall, queries: list[str]) -> dict[str, float]:
    """p50 and p95 in milliseconds after one warm-up."""
    recall.search(queries[0], 10)
    times = []
    for query in queries:
        begun = time.perf_counter()
        recall.search(query, 10)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1)}


def main() -> None:
    """Print one object a size."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]
    embedder = Runtimes(places()).embedder()
    assert embedder is not None
    random = np.random.default_rng(3)
    words = [f"{a}{b}{c}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ei") for c in "bdgklmnprstvxz"]
    words = [f"{first}{second}" for first in words[::5] for second in words[::7]][:30_000]
    results = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="secondme-bench-") as folder:
            store = Store(Path(folder), model_id=embedder.model_id, dimension=embedder.dimension)
            fill(store, size, random, words)
            queries = [
                " ".join(words[min(r - 1, len(words) - 1)] for r in random.zipf(1.25, size=7)) for _ in range(QUERIES)
            ]
            exact = timed(Recall(store, embedder, exact_below=10**9), queries)
            begun = time.perf_counter()
            Indexer(store, embedder).drain()
            build = time.perf_counter() - begun
            indexed = timed(Recall(store, embedder, exact_below=0), queries)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            disk = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1e6
            results.append(
                {
                    "spans": size,
                    "exact": exact,
                    "index": indexed,
                    "index_build_s": round(build, 1),
                    "peak_memory_mb": round(peak),
                    "disk_mb": round(disk),
                }
            )
            store.close()
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
