"""Microseconds of an insertion into the memory tree at growing sizes, through the storage; a re-balance; its memory.

usage: tree.py [SIZE ...]     (default: 1000 10000 100000)
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from secondme.clock import SystemClock
from secondme.index.tree import BATCH, MemoryTree, depth_bound
from secondme.jobs.job import Run
from storage.records import Document, Source, Span
from storage.store import Store

DIMENSION = 384
TOPICS = 400
SPREAD = 1.0
"""Length of the noise over that of a topic's mean: spans of a topic have a cosine of about .5, as those of files do."""
CHUNK = 5000
MEASURED = 1000
"""Insertions that are timed after a tree has reached its size."""
NOW = "2024-01-01T00:00:00.000Z"


def main() -> None:
    """Grow one tree for each size and measure at its end."""
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 10_000, 100_000]
    print(json.dumps([measure(size) for size in sizes], indent=1))


def measure(size: int) -> dict[str, float]:
    """Figures of a tree of `size` spans."""
    dice = np.random.default_rng(7)
    topics = units(dice.normal(size=(TOPICS, DIMENSION)).astype(np.float32))
    with tempfile.TemporaryDirectory(prefix="secondme-bench-") as home:
        store = Store(Path(home), model_id="synthetic", dimension=DIMENSION)
        tree = MemoryTree(store)
        inserting = 0.0
        for begin in range(0, size, CHUNK):
            add(store, begin, clustered(dice, topics, min(CHUNK, size - begin)))
            inserting += insert(store, tree)
        sentences = until_done(tree)
        before = tree.visited
        add(store, size, clustered(dice, topics, MEASURED))
        last = insert(store, tree)
        visited = (tree.visited - before) / MEASURED
        until_done(tree)
        nodes, deepest = shape(store)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        run = Run(store, SystemClock(), "rebalance")
        store.runs.begin(run.id, "rebalance", "person", NOW)
        for _ in tree.rebalance(run):
            pass
        rebalance = time.perf_counter() - begun
        balanced_nodes, balanced_deepest = shape(store)
        problems = store.trees.problems()
        assert not problems, problems
        store.close()
    return {
        "spans": size,
        "us_per_insertion_mean": round(1e6 * inserting / size, 1),
        "us_per_insertion_at_size": round(1e6 * last / MEASURED, 1),
        "nodes_compared_per_insertion": round(visited, 2),
        "sentences_s": round(sentences, 2),
        "nodes": nodes,
        "depth": deepest,
        "depth_bound": depth_bound(size + MEASURED),
        "rebalance_s": round(rebalance, 2),
        "rebalanced_nodes": balanced_nodes,
        "rebalanced_depth": balanced_deepest,
        "peak_mb_before_rebalance": round(peak / 1024),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def clustered(dice: np.random.Generator, topics: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    """Unit vectors (count, d) around topics, some of which are far more common than others."""
    chosen = topics[(TOPICS * dice.random(count) ** 2).astype(np.int64)]
    return units(chosen + (SPREAD / np.sqrt(DIMENSION)) * dice.normal(size=chosen.shape).astype(np.float32))


def units(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows of length 1."""
    result: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return result


def add(store: Store, first: int, matrix: npt.NDArray[np.float32]) -> None:
    """Spans with their vectors, as one import."""
    name = f"s{first}"
    document = Document(f"doc-{name}", name, 1, name, 0, 0, 0, "text", name, NOW, "second", NOW)
    spans: Sequence[Span] = [
        Span(f"{name}-{i}", document.id, i, 0, 0, 30, 1, f"Sentence {first + i} is here. And more.", speaker="Ana")
        for i in range(len(matrix))
    ]
    store.spans.add_messages(Source(name, "import", name, name, NOW), document, spans, [], NOW)
    store.vectors.put([span.id for span in spans], matrix)


def insert(store: Store, tree: MemoryTree) -> float:
    """Seconds until every waiting span has its place."""
    begun = time.perf_counter()
    for _ in range(-(-store.trees.queue_length() // BATCH)):
        tree.step()
    seconds = time.perf_counter() - begun
    assert store.trees.queue_length() == 0
    return seconds


def until_done(tree: MemoryTree) -> float:
    """Seconds until every node has its sentences."""
    begun = time.perf_counter()
    while tree.step():
        pass
    return time.perf_counter() - begun


def shape(store: Store) -> tuple[int, int]:
    """(nodes, depth of the deepest) of the live tree."""
    live = store.trees.live()
    assert live is not None
    nodes, depth, level = 0, -1, [store.trees.root(live)]
    while level:
        nodes, depth = nodes + len(level), depth + 1
        level = [child.id for node in level for child in store.trees.children(node)]
    return nodes, depth


if __name__ == "__main__":
    main()
