"""Decoding speed with an adapter over that without; goal: at least .9.

Run: `python -P benchmarks/runtime/adapter_decode.py [--first-layer N] [--rank R]`. Prints JSON.

The adapter has random values so small that the model writes the same: the speed doesn't depend on them. The two take
turns in one process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.runtime.decode import tokens_per_second
from benchmarks.runtime.model_file import model_file
from models.adapters.base_model import BaseModel
from models.adapters.lora import LoraLayout
from models.gguf.adapter_file import write_adapter
from models.llama.language_model import LlamaLanguageModel


def measure(path: Path, first_layer: int, rank: int, rounds: int, tokens: int, folder: Path) -> dict[str, Any]:
    """Median tokens/s of both, over interleaved answers."""
    shape = BaseModel(path).shape
    lora = LoraLayout(shape, first_layer, rank, 2.0 * rank)
    vector = np.random.default_rng(1).normal(0, 1e-4, lora.size).astype(np.float32)
    adapter = folder / "adapter.gguf"
    how = {"architecture": shape.architecture, "base_digest": "", "name": "random"}
    write_adapter(adapter, lora.matrices(vector), alpha=lora.alpha, **how)
    model = LlamaLanguageModel(path, folder / "log")
    speeds: dict[str, list[float]] = {"without": [], "with": []}
    try:
        tokens_per_second(model, tokens)
        for _ in range(rounds):
            for name, used in (("without", None), ("with", adapter)):
                model.use_adapter(used)
                speeds[name].append(tokens_per_second(model, tokens))
    finally:
        model.close()
    medians = {name: statistics.median(found) for name, found in speeds.items()}
    return {
        "benchmark": "adapter_decode",
        "model": path.name,
        "layers": f"{first_layer} to {shape.layers - 1}",
        "rank": rank,
        "tokens_per_second": {name: round(found, 1) for name, found in medians.items()},
        "best": {name: round(max(found), 1) for name, found in speeds.items()},
        "ratio": round(medians["with"] / medians["without"], 3),
        "ratio_best": round(max(speeds["with"]) / max(speeds["without"]), 3),
        "goal": 0.9,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--first-layer", type=int, default=8)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--tokens", type=int, default=80)
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = model_file(arguments.model, Path(folder))
        how = (arguments.first_layer, arguments.rank, arguments.rounds, arguments.tokens)
        print(json.dumps(measure(path, *how, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
