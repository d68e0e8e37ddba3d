"""Training an adapter of the bundled model; goals: 60,000 tokens in 240 s on two idle cores, at most 1.2 GB.

Run: `python -P benchmarks/runtime/training.py [--tokens N] [--model MODEL.gguf] [--backend mlx]`. Prints JSON. The
upper half of the layers is trained, rank 16, on passages with five questions each; the tokens are random, which costs
the same. The seconds of the processor can be trusted beside other work, the seconds of the clock cannot.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.runtime.model_file import model_file
from models.adapters.process import TrainingProcess
from models.gguf.header import read_layout
from models.protocol.training import Branch, Example, TrainingEnd, TrainingOptions, TrainingProgress


def examples_of(tokens: int, passage: int, vocabulary: int) -> list[Example]:
    """Examples of about so many tokens in all, each a passage with five questions."""
    drawn = random.Random(1)

    def some(count: int) -> tuple[int, ...]:
        return tuple(drawn.randrange(vocabulary) for _ in range(count))

    found: list[Example] = []
    while sum(example.length for example in found) < tokens:
        branches = tuple(Branch(some(26), (False,) * 20 + (True,) * 6) for _ in range(5))
        found.append(Example(some(passage + drawn.randrange(-60, 60)), branches))
    return found


def measure(path: Path, tokens: int, passage: int, memory: int, folder: Path, backend: str) -> dict[str, Any]:
    """Train once, and say what it took."""
    layout = read_layout(path)
    layers = int(layout.number("block_count"))
    examples = examples_of(tokens, passage, 40_000)
    options = TrainingOptions(first_layer=layers // 2 - 1, memory=memory)
    trainer = TrainingProcess(folder / "log", niceness=0, backend=backend)
    began, frozen, last = time.monotonic(), 0.0, TrainingProgress(0, 0, 0.0, 0, 0.0)
    end: TrainingEnd | None = None
    for event in trainer.train(path, examples, options, folder / "training", threading.Event()):
        if isinstance(event, TrainingEnd):
            end = event
        elif event.step == 0:
            frozen = time.monotonic() - began
        else:
            last = event
    seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "benchmark": "training",
        "model": path.name,
        "layers": f"{options.first_layer} to {layers - 1}",
        "backend": backend or "of this machine",
        "end": end.reason if end else "",
        "tokens": last.tokens,
        "longest_example": max(example.length for example in examples),
        "seconds": round(seconds, 1),
        "of_them_frozen_layers": round(frozen, 1),
        "tokens_per_second": round(last.tokens / seconds, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "processors": os.cpu_count(),
        "peak_megabytes": round(used.ru_maxrss / 1000 if os.uname().sysname == "Linux" else used.ru_maxrss / 1e6),
        "adapter_megabytes": round(end.adapter.stat().st_size / 1e6, 1) if end and end.adapter else None,
        "goal": "60,000 tokens of the 135M in 240 s, 1,200 MB",
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tokens", type=int, default=60_000)
    parser.add_argument("--passage", type=int, default=300)
    parser.add_argument("--memory", type=int, default=1200, help="megabytes")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--backend", choices=["numpy", "mlx"], default="", help="instead of the machine's own")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = model_file(arguments.model, Path(folder))
        memory = arguments.memory * 1_000_000
        found = measure(path, arguments.tokens, arguments.passage, memory, Path(folder), arguments.backend)
        print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
