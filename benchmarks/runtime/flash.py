"""Weights of twice the memory limit and more: streamed against naive mmap, with and without guesses; JSON.

Run: `python benchmarks/runtime/flash.py [--only dense | limits | experts] [--data FILE]`. The arms take turns, each in
a process of its own under the same limit, which counts the page cache of the model too. Goals: dense 2 times naive mmap
at one token a pass, and .9 of the disk's bandwidth; 3.5 times with guesses; experts 4 times. Neither arm repacks
weights.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.runtime.memory_limit import NoLimits, Outcome, run
from benchmarks.runtime.model_file import bundled_model
from benchmarks.runtime.synthetic_gguf import LLAMA_8B, QWEN3_30B_A3B, Shape, write
from benchmarks.runtime.traces import traces
from models.gguf.header import read_layout
from models.planning.speed import disk_rate

WORKER = str(Path(__file__).with_name("flash_worker.py"))
# Each arm has the setting of spinning threads that is best for it.
NAIVE = {"GOMP_SPINCOUNT": "1000"}


def arm(name: str, model: Path, limit: int, *arguments: str) -> Outcome:
    """A run of an arm, from a cold page cache."""
    return run(
        limit,
        [WORKER, name, "--model", str(model), "--memory", str(limit), *arguments],
        drop=[model],
        environment=NAIVE if name == "naive" else None,
    )


def summary(outcomes: list[Outcome], limit: int) -> dict[str, Any]:
    """Medians of the runs of an arm."""
    sound = [outcome for outcome in outcomes if "seconds" in outcome.printed]
    if not sound:
        return {"killed": True, "codes": [outcome.code for outcome in outcomes], "said": outcomes[0].printed}
    report: dict[str, Any] = {
        "seconds_a_token": round(statistics.median(outcome.printed["seconds"] for outcome in sound), 4),
        "all": [round(outcome.printed["seconds"], 3) for outcome in sound],
        "most_memory_mb": round(max(outcome.most for outcome in outcomes) / 1e6),
        "limit_mb": round(limit / 1e6),
        "times_at_the_limit": max(outcome.refused for outcome in outcomes),
    }
    for key in ("read", "tokens_a_pass"):
        if key in sound[0].printed:
            report[key] = round(statistics.median(outcome.printed[key] for outcome in sound), 2)
    return report


def measure_dense(model: Path, rounds: int, replayed: Path | None) -> dict[str, Any]:
    """The dense model at half its size."""
    limit = read_layout(model).weight_bytes // 2
    outcomes: dict[str, list[Outcome]] = {"naive": [], "ours": []}
    if replayed:
        outcomes["guesses"] = []
    disk: list[float] = []
    for turn in range(rounds):
        names = list(outcomes)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            extra = ["--traces", str(draw_answers(replayed, turn))] if replayed and name == "guesses" else []
            outcomes[name].append(arm(name, model, limit, *extra))
        disk.append(disk_rate(model))
    report: dict[str, Any] = {name: summary(found, limit) for name, found in outcomes.items()}
    naive, ours = report["naive"]["seconds_a_token"], report["ours"]["seconds_a_token"]
    rate = statistics.median(disk)
    report["raw_disk_mb_s"] = round(rate / 1e6)
    report["share_of_raw_disk"] = round(report["ours"]["read"] / ours / rate, 3)
    report["times_naive"] = round(naive / ours, 2)
    if replayed:
        report["times_naive_with_guesses"] = round(naive / report["guesses"]["seconds_a_token"], 2)
    return report


def draw_answers(replayed: Path, turn: int) -> Path:
    """Three answers for a round; the widths of passes are learnt from the first."""
    part = replayed.with_suffix(f".{turn}")
    part.write_text(json.dumps(random.Random(turn).sample(json.loads(replayed.read_text()), 3)))
    return part


def measure_limits(model: Path) -> dict[str, Any]:
    """Whether a process with the library's defaults, and ours, survives several limits."""
    size = read_layout(model).weight_bytes
    report: dict[str, Any] = {}
    for share in (1.0, 0.75, 0.5, 0.35):
        limit = int(size * share)
        default = arm("defaults", model, limit)
        ours = arm("ours", model, limit, "--tokens", "3")
        report[str(share)] = {
            "defaults": "alive" if default.printed.get("alive") else f"killed (exit {default.code})",
            "ours": summary([ours], limit),
        }
    return report


def measure_experts(model: Path, shape: Shape, rounds: int) -> dict[str, Any]:
    """The mixture at a quarter of its size, routed with the published overlap."""
    limit = read_layout(model).weight_bytes // 4
    routed = ("--experts", str(shape.experts), "--used", str(shape.experts_used), "--tokens", "16")
    outcomes: dict[str, list[Outcome]] = {"naive": [], "ours": []}
    for turn in range(rounds):
        for name in ("naive", "ours") if turn % 2 else ("ours", "naive"):
            outcomes[name].append(arm(name, model, limit, *routed))
    report: dict[str, Any] = {name: summary(found, limit) for name, found in outcomes.items()}
    report["times_naive"] = round(report["naive"]["seconds_a_token"] / report["ours"]["seconds_a_token"], 2)
    missed = [
        outcome.printed["missed"] / outcome.printed["picked"]
        for outcome in outcomes["ours"]
        if "missed" in outcome.printed
    ]
    report["share_of_experts_read"] = round(statistics.median(missed), 3) if missed else None
    return report


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "second-me-models")
    parser.add_argument("--data", type=Path, help="a memory-eval/1 file: the answers whose guesses are replayed")
    parser.add_argument("--traces", type=Path, help="answers that were traced before")
    parser.add_argument("--gigabytes", type=float, default=4.0, help="size of the dense model")
    parser.add_argument("--only", choices=["dense", "limits", "experts"])
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    like = bundled_model(arguments.folder)  # it lends the synthetic models its tokenizer
    big = LLAMA_8B.of_bytes(int(arguments.gigabytes * 1e9))
    mixture = QWEN3_30B_A3B.of_bytes(int(arguments.gigabytes * 1.4e9))
    report: dict[str, Any] = {"benchmark": "flash", "machine": platform.processor() or platform.machine()}
    began = time.perf_counter()
    try:
        if arguments.only in (None, "dense"):
            replayed = arguments.traces
            if replayed is None and arguments.data:
                replayed = arguments.folder / "traces.json"
                replayed.write_text(json.dumps(traces(like, arguments.data, 16, arguments.folder)))
            model = write(big, arguments.folder / f"dense-{big.layers}.gguf", like.path)
            report["dense"] = measure_dense(model, arguments.rounds, replayed)
        if arguments.only in (None, "limits"):
            model = write(big, arguments.folder / f"dense-{big.layers}.gguf", like.path)
            report["limits"] = measure_limits(model)
        if arguments.only in (None, "experts"):
            model = write(mixture, arguments.folder / f"experts-{mixture.layers}.gguf", like.path)
            report["experts"] = measure_experts(model, mixture, arguments.rounds)
    except NoLimits as error:
        report["skipped"] = str(error)
    report["seconds"] = round(time.perf_counter() - began)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
