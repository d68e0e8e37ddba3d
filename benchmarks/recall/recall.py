"""Recall at scale: p50 and p95 over synthetic chat turns, embedding of the query included, and what each index costs.

Vectors and token vectors are random; words follow Zipf's law, the most frequent being English stop words, as in chats.
usage: recall.py [--no-chroma] [SPANS …]     (default 10000 100000)
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from secondme.index.indexer import Indexer
from secondme.index.tree import MemoryTree
from secondme.places import places
from secondme.recall.search import Recall
from secondme.runtimes.configured import ConfiguredModels
from secondme.text.terms import STOP_WORDS, index_terms
from storage.records import Document, Source, Span
from storage.store import Store

QUERIES = 200
TURN_WORDS = 18
BATCH = 5000
TOKENS = 9


def vocabulary() -> list[str]:
    """Stop words first, then 30,000 made-up ones."""
    parts = [f"{a}{b}{c}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ei") for c in "bdgklmnprstvxz"]
    return [*sorted(STOP_WORDS)[:150], *(f"{one}{other}" for one in parts[::5] for other in parts[::7])][:30_000]


def fill(store: Store, count: int, random: np.random.Generator, words: list[str]) -> float:
    """Turns of chats of 5,000 with random unit vectors; seconds until they were acknowledged, vectors apart."""
    now, seconds = "2026-01-01T00:00:00.000Z", 0.0
    for begin in range(0, count, BATCH):
        chat, here = f"chat-{begin}", min(BATCH, count - begin)
        ranks = np.minimum(random.zipf(1.15, size=(here, TURN_WORDS)) - 1, len(words) - 1)
        spans = [
            Span(
                id=f"{chat}-{i}",
                document_id=chat,
                ordinal=i,
                section=i // 25,
                start=i,
                end=i + 1,
                line=1,
                text=" ".join(words[r] for r in ranks[i]),
                speaker=("Ana", "Tom")[i % 2],
                happened_at=now,
                precision="second",
            )
            for i in range(here)
        ]
        document = Document(chat, f"s-{chat}", 1, "", 0, 0, 0, "application/x-chat", chat, now, "second", now)
        begun = time.perf_counter()
        store.spans.add_version(Source(f"s-{chat}", "import", chat, "", now), document, spans, now)
        seconds += time.perf_counter() - begun
        vectors = random.normal(size=(here, store.vectors.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        tokens = [random.integers(-30, 30, size=(TOKENS, 48), dtype=np.int8) for _ in range(here)]
        store.vectors.put([span.id for span in spans], vectors, tokens)
    return seconds


def quantiles(work: Callable[[str], object], queries: list[str]) -> dict[str, float]:
    """p50 and p95 in milliseconds after a warm-up."""
    for query in queries[:5]:
        work(query)
    times = []
    for query in queries[5:]:
        begun = time.perf_counter()
        work(query)
        times.append(1000 * (time.perf_counter() - begun))
    times.sort()
    return {"p50_ms": round(statistics.median(times), 1), "p95_ms": round(times[int(0.95 * (len(times) - 1))], 1)}


def until_done(step: Callable[[], bool]) -> float:
    """Seconds until a step finds nothing to do."""
    begun = time.perf_counter()
    while step():
        pass
    return round(time.perf_counter() - begun, 1)


def resident_mb() -> int:
    """Memory of this process now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def folder_mb(folder: Path) -> int:
    """Bytes below a folder, in millions."""
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6)


def measure(size: int, chroma: bool) -> dict[str, object]:
    """One store of `size` spans."""
    embedder = ConfiguredModels(places()).embedder()
    assert embedder is not None
    random = np.random.default_rng(3)
    words = vocabulary()
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as name:
        folder = Path(name)
        store = Store(
            folder, model_id=embedder.model_id, dimension=embedder.dimension, analyse=index_terms, words_above=9_999
        )
        acknowledged = fill(store, size, random, words)
        indexer = Indexer(store, embedder)
        result: dict[str, object] = {
            "spans": size,
            "acknowledged_per_s": round(size / acknowledged),
            "words_build_s": until_done(store.words.work),
            "annotate_s": until_done(indexer.annotate_batch),
        }
        tree = MemoryTree(store)
        tree_seconds = until_done(tree.step)
        result |= {
            "tree_s": tree_seconds,
            "tree_us_per_span": round(1e6 * tree_seconds / size),
            "tree_nodes": store.database.value("SELECT count(*) FROM nodes"),
            "before_chroma_mb": resident_mb(),
        }
        if chroma:
            result["chroma_build_s"] = until_done(indexer.step)
        queries = [
            " ".join(words[min(rank - 1, len(words) - 1)] for rank in random.zipf(1.15, size=9)) for _ in range(QUERIES)
        ]
        recall = Recall(store, embedder, exact_below=0 if chroma else 10**9)
        result["recall"] = quantiles(lambda query: recall.search(query, 10), queries)
        result["words_alone"] = quantiles(
            lambda query: store.words.search([word for word in query.split() if word not in STOP_WORDS], 120), queries
        )
        result["embedding_alone"] = quantiles(lambda query: embedder.embed_tokens([query]), queries)
        result["memory_mb"] = resident_mb()
        store.database.checkpoint()
        result["disk_mb"] = {
            "sqlite": round((folder / "secondme.db").stat().st_size / 1e6),
            "words": folder_mb(folder / "words"),
            "chroma": folder_mb(folder / "index"),
        }
        store.close()
    return result


def main() -> None:
    """Print one object a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--no-chroma", action="store_true", help="search vectors exactly")
    options = parser.parse_args()
    for size in options.sizes:
        print(json.dumps(measure(size, not options.no_chroma)), flush=True)


if __name__ == "__main__":
    main()
