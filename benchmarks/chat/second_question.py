"""How soon the second question in a chat of 3,000 tokens is answered, compared with a cold start. Prints JSON.

usage: second_question.py [--rounds N]

`cold` reads the whole chat in a new process, `restarted` is a new process that takes up the state on disk, and `open`
is the process that answered the first question. They take turns. The goal: restarted takes at most .15 of cold.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.runtime.model_file import bundled_model
from models.llama.language_model import LlamaLanguageModel
from models.protocol import ChatTurn, Finished, GenerateRequest, Piece

SECOND = "And how many boats did she count on the last day?"


def chat(days: int) -> list[ChatTurn]:
    """A chat about so many days, a day in each exchange, and a first question."""
    turns = []
    for day in range(1, days + 1):
        statement = f"On day {day} the harbour master of Ostend counted {day * 7 % 31} boats before noon."
        turns += [ChatTurn("user", statement), ChatTurn("assistant", f"Noted: {day * 7 % 31} boats on day {day}.")]
    return [*turns, ChatTurn("user", "What did she count?")]


def first_token(model: LlamaLanguageModel, turns: list[ChatTurn], *, keep: bool) -> tuple[float, Finished]:
    """Seconds until the first piece of an answer, and how it ended."""
    began, first = time.perf_counter(), 0.0
    for part in model.generate(GenerateRequest(turns, 8, keep=keep), threading.Event()):
        if isinstance(part, Piece):
            first = first or time.perf_counter() - began
        elif isinstance(part, Finished):
            return first, part
    raise AssertionError("an answer ends with Finished")


def measure(rounds: int, folder: Path) -> dict[str, Any]:
    """Medians of each way over interleaved rounds; loading the model is not counted."""
    found = bundled_model(folder)
    seconds: dict[str, list[float]] = {"cold": [], "restarted": [], "open": []}
    turns = chat(70)
    then = [*turns, ChatTurn("assistant", "Boats."), ChatTurn("user", SECOND)]
    tokens = cached = 0
    for number in range(rounds):
        states = folder / f"states-{number}"

        def start(kept: Path | None) -> LlamaLanguageModel:
            model = LlamaLanguageModel(found.path, folder / "log", name=found.name, context_tokens=4096, states=kept)
            model.warm()
            return model

        model = start(None)
        seconds["cold"].append(first_token(model, then, keep=False)[0])
        model.close()
        model = start(states)
        first_token(model, turns, keep=True)
        model.rest()
        model.close()
        model = start(states)
        taken, end = first_token(model, then, keep=False)
        seconds["restarted"].append(taken)
        tokens, cached = end.prompt_tokens, end.cached_tokens
        model.close()
        model = start(None)
        first_token(model, turns, keep=False)
        seconds["open"].append(first_token(model, then, keep=False)[0])
        model.close()
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return {
        "benchmark": "second question",
        "model": found.name,
        "prompt_tokens": tokens,
        "not_read_again": cached,
        "seconds": {name: round(value, 3) for name, value in medians.items()},
        "restarted_over_cold": round(medians["restarted"] / medians["cold"], 3),
        "open_over_cold": round(medians["open"] / medians["cold"], 3),
        "goal": 0.15,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(parser.parse_args().rounds, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
