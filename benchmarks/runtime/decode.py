"""Decoding speed through our child process over the same model called directly; goal: ratio at least .97.

Run: `python -P benchmarks/runtime/decode.py`. Prints JSON. The arms take turns, each in a process of its own, and have
the same prompt, sampling and threads. `direct` has our child's environment, `direct_default` that of llama-cpp-python
(whose OpenMP threads spin).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from benchmarks.runtime.model_file import bundled_model
from models.llama.language_model import LlamaLanguageModel
from models.machine.processors import physical_cores
from models.protocol import ChatTurn, Finished, GenerateRequest

QUESTION = "Tell me about the sea in many words."

# A loop over llama-cpp-python's generator of tokens: the least that a caller has to do.
DIRECT = """
import json, sys, time, ctypes
from models.llama.library import load_library
llama_cpp, log = load_library()
path, threads, question, tokens = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
model = llama_cpp.Llama(path, n_ctx=4096, n_batch=256, n_ubatch=256, n_threads=threads,
                        n_threads_batch=threads, verbose=False)
system = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
prompt = model.tokenize((f"<|im_start|>system\\n{system}<|im_end|>\\n"
                         f"<|im_start|>user\\n{question}<|im_end|>\\n"
                         "<|im_start|>assistant\\n").encode(), add_bos=False, special=True)
for line in sys.stdin:
    model.reset()
    began, first, count = time.perf_counter(), 0.0, 0
    for token in model.generate(prompt, temp=0.0, repeat_penalty=1.1):
        first = first or time.perf_counter()
        model.detokenize([token])
        count += 1
        if count == tokens or token == model.token_eos():
            break
    ended = time.perf_counter()
    print(json.dumps([count / (ended - first), len(prompt) / (first - began)]), flush=True)
"""


class Direct:
    """llama-cpp-python called directly, in a process that waits between measurements."""

    def __init__(self, path: Path, threads: int, tokens: int, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", DIRECT, str(path), str(threads), QUESTION, str(tokens)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **environment},
        )

    def measure(self) -> float:
        """Tokens a second of an answer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        speed: float = json.loads(self._process.stdout.readline())[0]
        return speed

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def tokens_per_second(model: LlamaLanguageModel, tokens: int) -> float:
    """Of an answer, from its first token to its last, by the child's clock."""
    for part in model.generate(GenerateRequest([ChatTurn("user", QUESTION)], tokens), threading.Event()):
        if isinstance(part, Finished):
            return part.completion_tokens / part.completion_seconds
    raise AssertionError("an answer ends with Finished")


class Ours:
    """The same through `LlamaLanguageModel`."""

    def __init__(self, path: Path, log: Path, threads: int, tokens: int) -> None:
        self._model = LlamaLanguageModel(path, log, threads=threads)
        self._tokens = tokens

    def measure(self) -> float:
        """Tokens a second of an answer."""
        return tokens_per_second(self._model, self._tokens)

    def close(self) -> None:
        """End the process."""
        self._model.close()


def measure(rounds: int, tokens: int, folder: Path) -> dict[str, Any]:
    """Median tokens/s of each arm over `rounds` interleaved answers of `tokens` tokens."""
    model = bundled_model(folder)
    threads = physical_cores()
    arms: dict[str, Ours | Direct] = {
        "ours": Ours(model.path, folder / "log", threads, tokens),
        "direct": Direct(model.path, threads, tokens, {"GOMP_SPINCOUNT": "1000"}),
        "direct_default": Direct(model.path, threads, tokens, {}),
    }
    try:
        for arm in arms.values():
            arm.measure()  # loads the model and warms it
        speeds: dict[str, list[float]] = {name: [] for name in arms}
        for turn in range(rounds):
            names = list(arms)
            for name in names[turn % 3 :] + names[: turn % 3]:
                speeds[name].append(arms[name].measure())
    finally:
        for arm in arms.values():
            arm.close()
    medians = {name: statistics.median(values) for name, values in speeds.items()}
    return {
        "benchmark": "decode",
        "model": model.name,
        "threads": threads,
        "rounds": rounds,
        "tokens": tokens,
        "tokens_per_second": {name: round(value, 1) for name, value in medians.items()},
        # On a machine with other work the best answers are those that were not disturbed.
        "best": {name: round(max(values), 1) for name, values in speeds.items()},
        "ratio_best": round(max(speeds["ours"]) / max(speeds["direct"]), 3),
        "ratio": round(medians["ours"] / medians["direct"], 3),
        "ratio_default": round(medians["ours"] / medians["direct_default"], 3),
        "goal": 0.97,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--tokens", type=int, default=80)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(arguments.rounds, arguments.tokens, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
