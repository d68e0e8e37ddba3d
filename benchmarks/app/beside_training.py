"""Keys and answers while an adapter is trained, beside the same app at rest; goal: each at most 1.1 times as long.

`uv run python -m benchmarks.app.beside_training [--rounds 5]` prints JSON. Engine, model and training are the real
ones. A round is 80 keys and one question; so many are made at rest, then beside the training.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import threading
from contextlib import closing
from pathlib import Path

from textual.pilot import Pilot

from benchmarks.chat.by_heart import FACTS, ME
from benchmarks.recall.first_recall import TOPICS
from benchmarks.startup.keypress import summary, time_presses
from secondme.api import Done
from secondme.places import places
from secondme.server.client import EngineClient, connect
from tui.app import SecondMeApp

QUESTION = "what did the physician say about the tablets?"
"""Each time with a number: none is in the prompt cache."""
WAIT_SECONDS = 1800
"""For the training's first step."""


class Training:
    """A training in a thread of its own; `steps` is how many it made."""

    def __init__(self, engine: EngineClient) -> None:
        self.steps = 0
        self._engine = engine
        self._runs, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin, and wait until it makes steps."""
        self._thread.start()
        if not self._runs.wait(WAIT_SECONDS):
            raise TimeoutError("the training made no step")

    def stop(self) -> None:
        """End it after the step in hand."""
        self._ends.set()
        self._thread.join()

    def _run(self) -> None:
        with closing(self._engine.adapter_train()) as events:  # type: ignore[type-var]
            for event in events:
                if event.stage == "training" and event.done:
                    self.steps = event.done
                    self._runs.set()
                if self._ends.is_set():
                    return


async def measure(pilot: Pilot[None], app: SecondMeApp, engine: EngineClient, rounds: int) -> dict[str, float]:
    """Keys to paint, and the first token of an answer, over so many rounds."""
    keys: list[float] = []
    tokens: list[float] = []
    for number in range(rounds):
        keys += await time_presses(pilot, app)
        tokens.append(await asyncio.to_thread(first_token, engine, f"{number}: {QUESTION}"))
    return {**summary(keys), "first_token_s": round(statistics.median(tokens), 3)}


def first_token(engine: EngineClient, question: str) -> float:
    """Seconds from a question to the first token of its answer."""
    done = [event for event in engine.ask(question, remember=False) if isinstance(event, Done)]
    return done[-1].answer.seconds_to_first_token


async def run(rounds: int) -> dict[str, object]:
    """At rest, then beside a training."""
    engine = connect(places())
    engine.set_welcomed()
    engine.set_setting("me.name", ME)
    for fact in (*FACTS, TOPICS[0][0]):
        engine.remember(fact)
    for _ in engine.job_run("learn"):
        pass
    app = SecondMeApp(lambda: connect(places()), theme="textual-dark")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        first_token(engine, QUESTION)  # the model is loaded and warm
        rest = await measure(pilot, app, engine, rounds)
        training = Training(connect(places()))
        await asyncio.to_thread(training.start)
        begun = training.steps
        beside = await measure(pilot, app, engine, rounds)
        made = training.steps - begun
        await asyncio.to_thread(training.stop)
    engine.leave()
    return {
        "at_rest": rest,
        "beside_training": beside,
        "steps_meanwhile": made,
        "ratio": {what: round(beside[what] / rest[what], 2) for what in ("p95_ms", "first_token_s")},
        "goal": "each at most 1.1",
    }


def main() -> None:
    """Measure in a temporary home, and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="sm-") as home:
        os.environ.update(SECONDME_HOME=str(Path(home)), XDG_RUNTIME_DIR=home)
        print(json.dumps(asyncio.run(run(rounds)), indent=2))


if __name__ == "__main__":
    main()
