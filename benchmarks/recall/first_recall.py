"""From saving a file in a watched folder to finding it, by its words and by its meaning; and indexing beside a chat.

`python benchmarks/recall/first_recall.py [--saves 20] [--files 3000]` prints JSON. The engine, the watcher and the
models are the real ones.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.ingest.folder import make
from secondme.api import Done, Started
from secondme.places import places
from secondme.server.client import EngineClient, connect

TOPICS = (
    ("The physician told me to take the tablets after breakfast.", "advice from the doctor about medicine"),
    ("Our puppy chewed the slippers again.", "a young dog destroyed footwear"),
    ("The locomotive stood still for an hour outside the city.", "the train was late"),
    ("She planted roses and lilies beside the wall.", "flowers in the garden"),
    ("He repaired the bicycle with a new chain.", "fixing a bike"),
)


def seconds_until(found: Callable[[], bool], limit: float = 30.0) -> float:
    """How long it takes until something holds; asked every 20 ms."""
    begun = time.perf_counter()
    while not found():
        if time.perf_counter() - begun > limit:
            return float("inf")
        time.sleep(0.02)
    return time.perf_counter() - begun


def saves(engine: EngineClient, root: Path, count: int) -> dict[str, float]:
    """Save files one after another; each is looked for by a word that only it has, then by its meaning."""
    by_words, by_meaning = [], []
    for number in range(count):
        text, meant = TOPICS[number % len(TOPICS)]
        name, word = f"save-{number}.md", f"zyx{number}wv"
        (root / name).write_text(f"{text} Mark {word}.\n", encoding="utf-8")
        begun = time.perf_counter()
        by_words.append(seconds_until(lambda n=name, w=word: any(h.title == n for h in engine.recall(w, k=5))))  # type: ignore[misc]

        def embedded(n: str = name, m: str = meant) -> bool:
            return any(h.title == n and any(p.name == "meaning" for p in h.parts) for h in engine.recall(m, k=50))

        seconds_until(embedded)
        by_meaning.append(time.perf_counter() - begun)
        (root / name).unlink()
    return {
        "words_p50_s": round(statistics.median(by_words), 2),
        "words_max_s": round(max(by_words), 2),
        "meaning_p50_s": round(statistics.median(by_meaning), 2),
        "meaning_max_s": round(max(by_meaning), 2),
    }


def beside_a_chat(engine: EngineClient, root: Path, files: int) -> dict[str, object]:
    """Ask while a large folder is indexed: what was embedded meanwhile, and the first token with and without it."""
    asked = iter(range(1000))

    def ask() -> tuple[float, int, float]:
        question = f"{next(asked)}: what did the physician say about the tablets?"  # none is in the prompt cache
        begun = time.perf_counter()
        started = engine.status().embedded
        at_start = 0
        first = 0.0
        for event in engine.ask(question, remember=False):
            if isinstance(event, Started):
                at_start = engine.status().embedded
            if isinstance(event, Done):
                first = event.answer.seconds_to_first_token
        return time.perf_counter() - begun, engine.status().embedded - max(at_start, started), first

    ask()  # the model is loaded and warm
    quiet = [ask() for _ in range(5)]
    make(root / "many", files, 3000)
    seconds_until(lambda: engine.status().pending > 200)
    busy = [ask() for _ in range(5)]
    before = engine.status().embedded
    time.sleep(2)
    after = engine.status().embedded
    return {
        "first_token_quiet_s": round(statistics.median(one[2] for one in quiet), 2),
        "first_token_while_indexing_s": round(statistics.median(one[2] for one in busy), 2),
        "answer_while_indexing_s": round(statistics.median(one[0] for one in busy), 2),
        "spans_embedded_during_an_answer": [one[1] for one in busy],
        "spans_embedded_in_2_s_after": after - before,
    }


def main() -> None:
    """Print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--files", type=int, default=3000)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="sm-"))
    os.environ.update(SECONDME_HOME=str(home), XDG_RUNTIME_DIR=str(home))
    root = home / "notes"
    root.mkdir()
    (root / "first.md").write_text("The physician told me to take the tablets after breakfast.\n")
    engine = connect(places())
    engine.watch_add(root)
    seconds_until(lambda: engine.status().embedded > 0)
    found: dict[str, object] = {"saved_to_found": saves(engine, root, options.saves)}
    found["beside_a_chat"] = beside_a_chat(engine, root, options.files)
    engine.leave()
    print(json.dumps(found, indent=1))
    shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
