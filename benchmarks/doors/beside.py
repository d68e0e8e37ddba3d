"""What a program that calls without pause costs a person who searches.

`python benchmarks/doors/beside.py [--passages 5000] [--searches 300] [--bundled]` prints JSON: milliseconds of the
person's searches alone, beside a program within its limits, and beside one whose limits are lifted. `--bundled` embeds
with the bundled model instead of toy vectors. `ratio` may be 1.5.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from secondme.api import Caller, Grant
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.errors import LimitReached
from secondme.jobs.priority import share_fairly
from secondme.places import Places
from tests.worlds.night_world import WordEmbedder

WORDS = "harbour boat sail recipe garden violin budget invoice meeting ticket winter lantern rope market letter".split()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--passages", type=int, default=5000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--bundled", action="store_true")
    given = parser.parse_args()
    with memory(given.passages, bundled=given.bundled) as (engine, root):
        alone = searches(engine, given.searches)
        report: dict[str, Any] = {"passages": given.passages, "alone ms": alone}
        for name, limit in (("within limits", 60), ("without limits", 10**9)):
            grant = Grant(
                ("read",), ("all",), (str(root / "notes" / "0"),), calls_per_minute=limit, passages_per_day=10**9
            )
            engine.program_add(name.replace(" ", "-"), grant)
            with calling(engine, name.replace(" ", "-")) as calls:
                beside = searches(engine, given.searches)
            report[name] = {"ms": beside, "ratio of p95": round(beside["p95"] / alone["p95"], 2), "calls": len(calls)}
            if calls:
                report[name]["call p50 ms"] = round(1000 * float(np.median(calls)), 1)
        print(json.dumps(report, indent=2))


@contextlib.contextmanager
def memory(passages: int, *, bundled: bool) -> Iterator[tuple[Engine, Path]]:
    """An engine with so many passages, in folders of 500 files with ten passages each."""
    source = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        for number in range(passages // 10):
            path = root / "notes" / str(number // 500) / f"{number}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            parts = (" ".join(source.choices(WORDS, k=60)) + f" n{number}x{part}." for part in range(10))
            path.write_text("".join(f"# Part {part}\n\n{text}\n\n" for part, text in enumerate(parts)))
        home = root / "home"
        where = Places(home / "data", home / "cache", home / "config", home / "logs", home / "run")
        where.make()
        share_fairly()  # as the engine's process does
        engine = Engine(where, SystemClock(), embedder=None if bundled else WordEmbedder())
        engine.start()
        try:
            list(engine.ingest([root / "notes"]))
            engine.run_due_jobs()  # else the tree is balanced while one measures
            yield engine, root
        finally:
            engine.close()


def searches(engine: Engine, count: int) -> dict[str, float]:
    """Milliseconds of a person's searches, with a pause of 50 ms after each."""
    source, times = random.Random(2), []
    for _ in range(count):
        query = " ".join(source.sample(WORDS, 3))
        began = time.perf_counter()
        engine.recall(query)
        times.append(1000 * (time.perf_counter() - began))
        time.sleep(0.05)
    return {"p50": round(float(np.percentile(times, 50)), 1), "p95": round(float(np.percentile(times, 95)), 1)}


@contextlib.contextmanager
def calling(engine: Engine, name: str) -> Iterator[list[float]]:
    """A program that calls without pause meanwhile; the seconds of its calls that were answered."""
    end, took = threading.Event(), []

    def call() -> None:
        source = random.Random(3)
        while not end.is_set():
            began = time.perf_counter()
            with contextlib.suppress(LimitReached):
                engine.program_recall(Caller(name), " ".join(source.sample(WORDS, 3)))
                took.append(time.perf_counter() - began)

    thread = threading.Thread(target=call)
    thread.start()
    try:
        yield took
    finally:
        end.set()
        thread.join()


if __name__ == "__main__":
    main()
