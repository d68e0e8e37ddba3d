"""Predictions of `models plan` against what is then measured; goal: within 25 %. JSON.

Run: `python benchmarks/runtime/model_plan.py`. The bundled model, synthetic models of 3B and 8B shape, and a mixture of
experts, in memory and streamed. Each is planned and run in turn, several times; the medians are compared.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from benchmarks.runtime.model_file import bundled_model
from benchmarks.runtime.synthetic_gguf import LLAMA_3B, LLAMA_8B, QWEN3_30B_A3B, write
from models.gguf.header import read_layout
from models.llama.language_model import LlamaLanguageModel
from models.machine.processors import physical_cores
from models.planning.plan import PROMPT_TOKENS, plan
from models.planning.speed import measure
from models.protocol import ChatTurn, Finished, GenerateRequest

CONTEXT = 1024
WORDS = "The harbour master counted the boats and wrote their number into the blue book. "


def run_once(path: Path, memory: int, folder: Path, tokens: int, sentences: int) -> tuple[float, float]:
    """(tokens a second, seconds to the first token scaled to `PROMPT_TOKENS`) of an answer in a new process."""
    model = LlamaLanguageModel(path, folder / "log", context_tokens=CONTEXT, memory=memory)
    try:
        turns = [ChatTurn("user", WORDS * sentences)]
        for part in model.generate(GenerateRequest(turns, tokens), threading.Event()):
            if isinstance(part, Finished):
                return (part.completion_tokens - 1) / part.completion_seconds, (
                    part.prompt_seconds * PROMPT_TOKENS / part.prompt_tokens
                )
    finally:
        model.close()
    raise AssertionError("an answer ends with Finished")


def run_routed(path: Path, memory: int, folder: Path, tokens: int, sentences: int) -> tuple[float, float]:
    """As `run_once`, with the published overlap of experts: random weights would pick the same experts again and again.

    The time of the first token is that of `run_once`, where nothing steers the router.
    """
    shape = ["--experts", str(QWEN3_30B_A3B.experts), "--used", str(QWEN3_30B_A3B.experts_used)]
    worker = [sys.executable, "-P", str(Path(__file__).with_name("flash_worker.py")), "ours", "--model", str(path)]
    done = subprocess.run([*worker, "--memory", str(memory), *shape], capture_output=True, text=True, check=True)
    decoded = json.loads(done.stdout.strip().splitlines()[-1])
    return 1 / decoded["seconds"], run_once(path, memory, folder, 2, sentences)[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "second-me-models")
    parser.add_argument("--large", action="store_true", help="the 8B shape and the mixture, too")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    like = bundled_model(folder).path
    cases = [
        ("bundled", like, 4.0, 48, 38),
        ("3B in memory", write(LLAMA_3B, folder / "dense-3b.gguf", like), 4.0, 12, 10),
    ]
    cases.append(("3B, half", cases[1][1], 0.9, 12, 6))
    if arguments.large:
        big = LLAMA_8B.of_bytes(4_000_000_000)
        cases.append(("8B, half", write(big, folder / f"dense-{big.layers}.gguf", like), 2.1, 8, 4))
        mixture = QWEN3_30B_A3B.of_bytes(5_600_000_000)
        cases.append(
            ("experts, a quarter", write(mixture, folder / f"experts-{mixture.layers}.gguf", like), 1.5, 12, 4)
        )
    report: dict[str, Any] = {}
    for name, path, gigabytes, tokens, sentences in cases:
        memory, layout = int(gigabytes * 1e9), read_layout(path)
        predicted, measured = [], []
        for _ in range(arguments.rounds):
            machine = measure([1, *(tensor.kind for tensor in layout.tensors)], physical_cores(), path)
            made = plan(layout, machine, memory, context=CONTEXT)
            predicted.append((made.tokens_per_second, made.first_token))
            run = run_routed if layout.number("expert_count") else run_once
            measured.append(run(path, memory, folder, tokens, sentences))
        guess = [statistics.median(pair[column] for pair in predicted) for column in (0, 1)]
        truth = [statistics.median(pair[column] for pair in measured) for column in (0, 1)]
        report[name] = {
            "mode": made.mode,
            "tokens_per_second": {"predicted": round(guess[0], 2), "measured": round(truth[0], 2)},
            "off_by": round(guess[0] / truth[0] - 1, 3),
            "first_token": {"predicted": round(guess[1], 2), "measured": round(truth[1], 2)},
            "first_token_off_by": round(guess[1] / truth[1] - 1, 3),
        }
    print(json.dumps({"benchmark": "model plan", "goal": 0.25, "cases": report}, indent=1))


if __name__ == "__main__":
    main()
