"""A large watched folder: first index by words, a rescan of nothing, and one after changes; the embedder's projection.

`python benchmarks/ingest/folder.py [--files 100000] [--bytes 10000] [--folder DIR]` prints JSON. Each step
is a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from pydoc_data import topics
from typing import Any

from secondme.clock import SystemClock, instant
from secondme.folders.scan import FolderScan
from secondme.index.indexer import Indexer
from secondme.ingest.ingestion import Ingestion
from secondme.ingest.walk import FileEntry
from secondme.places import places
from secondme.runtimes.configured import ConfiguredModels
from storage.records import Folder
from storage.store import Store

EMBEDDED = 5000
CHANGES = 1000
SENTENCES = 30_000


def make(root: Path, files: int, size: int) -> int:
    """Files of sentences in 1,000 folders; returns their bytes."""
    source = random.Random(7)
    counted = Counter(re.findall(r"[A-Za-z]{2,}", " ".join(topics.topics.values())))  # English of Python's manual
    words, weights = list(counted), list(counted.values())
    sentences = [
        " ".join(source.choices(words, weights, k=source.randint(6, 20))).capitalize() + "." for _ in range(SENTENCES)
    ]
    total = 0
    for number in range(files):
        folder = root / f"{number % 1000 // 40:02}" / f"{number % 1000:03}"
        if number < 1000:
            folder.mkdir(parents=True, exist_ok=True)
        parts: list[str] = [f"# Note {number}\n"]
        length = 0
        while length < size:
            paragraph = " ".join(source.choices(sentences, k=5))
            parts.append(paragraph)
            length += len(paragraph) + 2
        text = "\n\n".join(parts)
        (folder / f"note-{number}.md").write_text(text, encoding="utf-8")
        total += len(text)
    return total


def scan(data: Path, root: Path) -> dict[str, Any]:
    """One look at the folder: seconds, outcomes, files whose bytes were read, peak memory."""
    clock = SystemClock()
    embedder = ConfiguredModels(places()).embedder()
    store = Store(data, model_id="none", dimension=1)
    folder = Folder("f", str(root), "watching", instant(clock.now()))
    store.folders.add(folder)
    ingestion = Ingestion(store, clock, count_tokens=embedder.count_tokens if embedder else None, max_bytes=10**8)
    read: list[str] = []
    inner = ingestion._read

    def count_and_read(entry: FileEntry, *rest: Any) -> Any:
        read.append(entry.uri)
        return inner(entry, *rest)

    setattr(ingestion, "_read", count_and_read)  # noqa: B010  (the type of a method cannot be assigned)
    outcomes: dict[str, int] = {}
    begun = time.perf_counter()
    for result in FolderScan(store, clock).run(folder, ingestion, ()):
        outcomes[result.outcome] = outcomes.get(result.outcome, 0) + 1
    seconds = time.perf_counter() - begun
    spans = store.outbox.counts().spans
    store.close()
    return {
        "seconds": round(seconds, 3),
        "outcomes": outcomes,
        "read": len(read),
        "spans": spans,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def embed(data: Path) -> dict[str, Any]:
    """Spans a second through the embedder into SQLite, without and with Chroma, and what Chroma takes of memory."""
    embedder = ConfiguredModels(places()).embedder()
    assert embedder is not None
    store = Store(data, model_id=embedder.model_id, dimension=embedder.dimension)
    with store.spans.batch() as tx:  # only so many of the spans wait
        tx.execute("DELETE FROM outbox WHERE seq NOT IN (SELECT seq FROM outbox ORDER BY seq LIMIT ?)", (EMBEDDED,))
        tx.execute("DELETE FROM derivations")
    indexer = Indexer(store, embedder)
    embedder.embed(["warm up"])
    begun = time.perf_counter()
    while indexer._embed_batch():
        pass
    seconds = time.perf_counter() - begun
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun = time.perf_counter()
    while indexer._index_batch():
        pass
    indexed = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    store.close()
    return {
        "spans_per_s": round(EMBEDDED / seconds, 1),
        "chroma_spans_per_s": round(EMBEDDED / indexed, 1),
        "peak_mb": before,
        "chroma_share_mb": after - before,
    }


def change(root: Path) -> None:
    """Edit, move and delete a thousand files each."""
    every = sorted(root.rglob("*.md"))
    chosen = random.Random(3).sample(every, 3 * CHANGES)
    (root / "moved").mkdir()
    for i, file in enumerate(chosen):
        if i < CHANGES:
            file.write_text(file.read_text(encoding="utf-8") + "\n\nOne more paragraph.\n", encoding="utf-8")
        elif i < 2 * CHANGES:
            file.rename(root / "moved" / file.name)
        else:
            file.unlink()


def find(root: Path) -> float:
    """Seconds of `find` on the same tree, the best of three."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run(["find", root, "-type", "f", "-printf", "%p %s %T@ %i\n"], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def step(name: str, *arguments: str) -> dict[str, Any]:
    """A step in a process of its own."""
    done = subprocess.run([sys.executable, __file__, "--step", name, *arguments], stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Run every step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--bytes", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step")
    parser.add_argument("rest", nargs="*", type=Path)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(scan(*options.rest) if options.step == "scan" else embed(*options.rest)))
        return
    with tempfile.TemporaryDirectory(prefix="secondme-bench-", dir=options.folder) as home:
        root, data = Path(home) / "notes", Path(home) / "data"
        data.mkdir()
        size = make(root, options.files, options.bytes)
        first = step("scan", str(data), str(root))
        again = min((step("scan", str(data), str(root)) for _ in range(3)), key=lambda one: one["seconds"])
        found = find(root)
        change(root)
        changed = step("scan", str(data), str(root))
        database = sum(file.stat().st_size for file in data.rglob("*") if file.is_file())
        embedded = step("embed", str(data))
        shutil.rmtree(root)
    print(
        json.dumps(
            {
                "files": options.files,
                "text_mb": size >> 20,
                "cpus": os.cpu_count(),
                "first": {
                    **first,
                    "files_per_s": round(options.files / first["seconds"]),
                    "mb_per_s": round(size / first["seconds"] / 1e6, 1),
                },
                "database_mb": database >> 20,
                "again": again,
                "find_seconds": round(found, 3),
                "again_over_find": round(again["seconds"] / found, 2),
                "after_changes": changed,
                "embedding": {**embedded, "hours_for_all": round(first["spans"] / embedded["spans_per_s"] / 3600, 1)},
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
