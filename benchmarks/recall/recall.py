"""Recall at scale: p50 and p95 over synthetic chat turns, embedding of the query included, and what each index costs.

Vectors and token vectors are random; words follow Zipf's law, the most frequent being English stop words, as in chats.
With --chinese this share of the turns and of the questions are Chinese: words of one or two ideographs without spaces.
With --store the stores are kept below a folder, one for each size and share, and used again; what they cost is then
told as it was measured when they were made.
usage: recall.py [--no-chroma] [--no-tree] [--chinese .5] [--store FOLDER] [SPANS …]     (default 10000 100000)
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from secondme.index.indexer import Indexer
from secondme.index.tree import MemoryTree
from secondme.places import places
from secondme.recall.candidates import SEEDS
from secondme.recall.search import Recall
from secondme.runtimes.configured import ConfiguredModels
from secondme.text.terms import STOP_WORDS, content_words, index_terms
from storage.index.words import query_tokens
from storage.records import Document, Source, Span
from storage.store import Store

QUERIES = 200
TURN_WORDS = 18
BATCH = 5000
TOKENS = 9
QUERY_WORDS = 9
Words: TypeAlias = Callable[[npt.NDArray[np.int64]], str]
"""Writes words of given ranks as a text, the most frequent being 0."""


def vocabulary() -> list[str]:
    """Stop words first, then 30,000 made-up ones."""
    parts = [f"{a}{b}{c}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ei") for c in "bdgklmnprstvxz"]
    return [*sorted(STOP_WORDS)[:150], *(f"{one}{other}" for one in parts[::5] for other in parts[::7])][:30_000]


def english() -> Words:
    """Words with spaces between."""
    words = vocabulary()
    return lambda ranks: " ".join(words[min(rank, len(words) - 1)] for rank in ranks)


def chinese() -> Words:
    """The 100 most frequent words are single ideographs, 30,000 others pairs of 2,500."""
    letters = [chr(0x4E00 + 8 * i) for i in range(2_500)]
    words = [*letters[:100], *(letters[(7 * i) % 2_500] + letters[(i * i + 13) % 2_500] for i in range(30_000))]
    return lambda ranks: "".join(words[min(rank, len(words) - 1)] for rank in ranks)


def is_chinese(i: int, share: float) -> bool:
    """Whether the i-th text is Chinese, spread evenly."""
    return int((i + 1) * share) > int(i * share)


def fill(store: Store, count: int, random: np.random.Generator, write: Sequence[Words], share: float) -> float:
    """Turns of chats of 5,000 with random unit vectors; seconds until they were acknowledged, vectors apart.

    `write`: English and Chinese words. `share`: of the turns that are Chinese.
    """
    now, seconds = "2026-01-01T00:00:00.000Z", 0.0
    for begin in range(0, count, BATCH):
        chat, here = f"chat-{begin}", min(BATCH, count - begin)
        ranks = random.zipf(1.15, size=(here, TURN_WORDS)) - 1
        spans = [
            Span(
                id=f"{chat}-{i}",
                document_id=chat,
                ordinal=i,
                section=i // 25,
                start=i,
                end=i + 1,
                line=1,
                text=write[is_chinese(i, share)](ranks[i]),
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
    """p50 and p95 in milliseconds after a warm-up, and those of the processor's time, which other work does not raise
    as much."""
    for query in queries[:5]:
        work(query)
    times, busy = [], []
    for query in queries[5:]:
        begun, begun_busy = time.perf_counter(), time.process_time()
        work(query)
        times.append(1000 * (time.perf_counter() - begun))
        busy.append(1000 * (time.process_time() - begun_busy))
    last = int(0.95 * (len(times) - 1))
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(sorted(times)[last], 1),
        "cpu_p50_ms": round(statistics.median(busy), 1),
        "cpu_p95_ms": round(sorted(busy)[last], 1),
    }


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


def build(store: Store, indexer: Indexer, size: int, *, chroma: bool, tree: bool, share: float) -> dict[str, object]:
    """Fill a store and make its indexes; what that costs."""
    acknowledged = fill(store, size, np.random.default_rng(3), [english(), chinese()], share)
    costs: dict[str, object] = {
        "acknowledged_per_s": round(size / acknowledged),
        "words_build_s": until_done(store.words.work),
        "annotate_s": until_done(indexer.annotate_batch),
    }
    if tree:
        tree_seconds = until_done(MemoryTree(store).step)
        costs |= {
            "tree_s": tree_seconds,
            "tree_us_per_span": round(1e6 * tree_seconds / size),
            "tree_nodes": store.database.value("SELECT count(*) FROM nodes"),
        }
    costs["before_chroma_mb"] = resident_mb()
    if chroma:
        costs["chroma_build_s"] = until_done(indexer.step)
    return costs


def measure(size: int, folder: Path, *, chroma: bool, tree: bool, share: float) -> dict[str, object]:
    """One store of `size` spans, of which `share` are Chinese; `folder` may hold it already."""
    embedder = ConfiguredModels(places()).embedder()
    assert embedder is not None
    costs_file = folder / "costs.json"
    kept = costs_file.exists()
    if not kept:  # a build that was cut short is begun again
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    store = Store(
        folder, model_id=embedder.model_id, dimension=embedder.dimension, analyse=index_terms, words_above=9_999
    )
    if not kept:
        costs = build(store, Indexer(store, embedder), size, chroma=chroma, tree=tree, share=share)
        store.database.checkpoint()
        costs_file.write_text(json.dumps(costs), encoding="utf-8")
    result: dict[str, object] = {"spans": size, **json.loads(costs_file.read_text(encoding="utf-8"))}
    random, write = np.random.default_rng(4), [english(), chinese()]
    queries = [write[is_chinese(i, share)](random.zipf(1.15, size=QUERY_WORDS) - 1) for i in range(QUERIES)]
    recall = Recall(store, embedder, exact_below=0 if chroma else 10**9)
    result["recall"] = quantiles(lambda query: recall.search(query, 10), queries)
    if share:
        in_chinese = [query for i, query in enumerate(queries) if is_chinese(i, share)]
        result["recall_chinese"] = quantiles(lambda query: recall.search(query, 10), in_chinese)
    result["words_alone"] = quantiles(
        lambda query: store.words.search(content_words(query_tokens(query)), SEEDS), queries
    )
    result["embedding_alone"] = quantiles(lambda query: embedder.embed_tokens([query]), queries)
    result["memory_mb"] = resident_mb()
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
    parser.add_argument("--no-tree", action="store_true", help="leave the memory tree out, which recall does not need")
    parser.add_argument("--chinese", type=float, default=0.0, metavar="SHARE", help="of spans and questions")
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="keep the stores here and use them again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as temporary:
        for size in options.sizes:
            folder = (options.store or Path(temporary)) / f"{size}-{options.chinese}"
            costs = measure(size, folder, chroma=not options.no_chroma, tree=not options.no_tree, share=options.chinese)
            print(json.dumps(costs), flush=True)


if __name__ == "__main__":
    main()
