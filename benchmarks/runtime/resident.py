"""The code of streamed weights, with all weights in memory, over plain llama.cpp; goal: at least .95. JSON.

Run: `python benchmarks/runtime/resident.py`. Both load a synthetic model of 3B shape in the same process, and decode in
turn; neither repacks weights.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.runtime.model_file import bundled_model
from benchmarks.runtime.synthetic_gguf import LLAMA_3B, write
from models.gguf.header import read_layout
from models.llama.model import LlamaModel, LoadOptions
from models.machine.processors import physical_cores

TOKENS = 12


def measure(rounds: int, folder: Path) -> dict[str, Any]:
    """Median tokens a second of both, over interleaved rounds."""
    path = write(LLAMA_3B, folder / "dense-3b.gguf", bundled_model(folder).path)
    threads, flag = physical_cores(), ctypes.create_string_buffer(2)
    whole = read_layout(path).weight_bytes * 2
    arms = {
        "plain": LoadOptions(path, 512, threads, threads, plain=True),
        "ours": LoadOptions(path, 512, threads, threads, memory=whole * 2, weight_bytes=whole),
    }
    loaded = {name: LlamaModel(options, lambda text: None, flag) for name, options in arms.items()}
    speeds: dict[str, list[float]] = {name: [] for name in arms}
    for runtime in loaded.values():
        runtime.read([1, 2, 3])
    for turn in range(rounds + 1):
        for name in ("plain", "ours") if turn % 2 else ("ours", "plain"):
            began = time.perf_counter()
            for token in range(TOKENS):
                loaded[name]._decode([100 + token], [True])
            if turn:
                speeds[name].append(TOKENS / (time.perf_counter() - began))
            loaded[name].truncate(3)
    medians = {name: statistics.median(values) for name, values in speeds.items()}
    flash = loaded["ours"].flash
    return {
        "benchmark": "resident",
        "threads": threads,
        "everything_resident": flash is not None and flash.plan.everything,
        "tokens_per_second": {name: round(value, 2) for name, value in medians.items()},
        "ratio": round(medians["ours"] / medians["plain"], 3),
        "goal": 0.95,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "second-me-models")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(json.dumps(measure(arguments.rounds, arguments.folder), indent=1))


if __name__ == "__main__":
    main()
