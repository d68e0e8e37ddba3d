"""Half of a memory faded by the policy: recall of questions that were not asked before, with and without a second
look.

usage: python benchmarks/recall/fading.py EVAL.json [--sweep]

Of each conversation a random half of the questions is asked, and what an answer would cite is recalled; then nights
pass until half of the spans have faded. Measured are the other questions, beside fading the oldest and the shortest
half.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.bundled import find_embedder
from models.minilm.embedder import MiniLM
from models.protocol import Embedder
from secondme.clock import FixedClock
from secondme.consolidation.merging import Merging
from secondme.consolidation.summaries import Summaries
from secondme.evaluation.conversations import ingest_conversation, load
from secondme.evaluation.recall import Ranked, ask, figures
from secondme.forgetting.fade_job import Forgetting
from secondme.forgetting.reinforcement import reinforce
from secondme.index.indexer import Indexer
from secondme.jobs.job import Run
from secondme.places import places
from secondme.recall.search import Faded, Recall
from secondme.text.terms import STOP_WORDS, index_terms
from storage.store import Store

CITED = 3
SEED = 20261121
START = datetime(2026, 1, 1, 3, tzinfo=UTC)
SWEEP = (16.0, 18.0, 20.0, 22.0, 26.0)


def perform(store: Store, clock: FixedClock, job: Any) -> None:
    """One run, to its end."""
    for _ in Run(store, clock, job.name).perform(job, "schedule"):
        pass


def fade_half(store: Store, clock: FixedClock) -> int:
    """Nights by the policy until half of all spans have faded; returns how many it took."""
    half = (store.words.span_count() + store.words.faded_count()) // 2
    nights = 0
    while (left := half - store.words.faded_count()) > 0:
        perform(store, clock, Forgetting(lambda: "gentle", most=lambda _, left=left: left))  # type: ignore[misc]
        clock.turn(1)
        nights += 1
    return nights


def without(store: Store, ids: Sequence[str]) -> str:
    """Fade these spans, whatever the policy says; returns the run, for undoing it."""
    run = Run(store, FixedClock(START), "arm")
    store.runs.begin(run.id, "arm", "person", "x")
    with run.step() as step:
        for one in ids:
            step.update("left out", "spans", (one,), {"faded_at": "x"})
    return run.id


def conversation_arms(
    conversation: dict[str, Any], embedder: Embedder, sweep: Sequence[float]
) -> Iterator[tuple[str, list[Ranked], int]]:
    """(arm, rankings of the held-out questions, second looks) of one conversation."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(
            Path(folder),
            model_id=embedder.model_id,
            dimension=embedder.dimension,
            analyse=index_terms,
            words_above=20_000,
        )
        names = ingest_conversation(store, embedder, conversation, Path(folder))
        Indexer(store, embedder).drain()
        questions = list(conversation["questions"])
        random.Random(SEED).shuffle(questions)
        asked, kept = questions[: len(questions) // 2], questions[len(questions) // 2 :]

        def arm(name: str, faded: Faded, strong: float | None = None) -> tuple[str, list[Ranked], int]:
            recall = Recall(store, embedder, exact_below=20_000, strong=strong)
            found = [ask(recall, names, conversation, question, faded) for question in kept]
            return name, found, recall.second_looks

        yield arm("nothing faded", "second look")
        clock = FixedClock(START)
        perform(store, clock, Merging())
        perform(store, clock, Summaries())
        yield arm("merged and summed up", "second look")
        perform(store, clock, Forgetting(lambda: "gentle"))
        recall = Recall(store, embedder, exact_below=20_000)
        for question in asked:
            hits = recall.search(question["question"], CITED, evidence_only=True)
            reinforce(store, [one.span.span.id for one in hits], clock.now())
        rows = store.database.read("SELECT id, happened_at, length(text) FROM spans ORDER BY seq")
        for name, column in (("oldest half faded, one look", 1), ("shortest half faded, one look", 2)):
            run = without(store, [row[0] for row in sorted(rows, key=lambda row: row[column])[: len(rows) // 2]])
            yield arm(name, "never")
            store.runs.undo(run, "x")
        print(f"{conversation['id']}: {fade_half(store, clock)} nights", file=sys.stderr)
        yield arm("half faded by the policy, one look", "never")
        yield arm("half faded by the policy, second look", "second look")
        yield arm("half faded by the policy, always both", "always")
        for strong in sweep:
            yield arm(f"half faded, second look below {strong}", "second look", strong)
        store.close()


def main() -> None:
    data = load(Path(sys.argv[1]))
    cache = places().cache
    files = find_embedder(cache)
    assert files is not None
    embedder = MiniLM(files, cache, stop_words=STOP_WORDS)
    arms: dict[str, list[Ranked]] = {}
    looks: dict[str, int] = {}
    for conversation in data["conversations"]:
        for name, found, second in conversation_arms(conversation, embedder, SWEEP if "--sweep" in sys.argv else ()):
            arms.setdefault(name, []).extend(found)
            looks[name] = looks.get(name, 0) + second
    report = {
        name: {
            **figures(found),
            "p50_ms": round(statistics.median(one.seconds for one in found) * 1000, 1),
            "second_looks": round(looks[name] / len(found), 3),
        }
        for name, found in arms.items()
    }
    print(json.dumps({"questions": len(arms["nothing faded"]), "arms": report}, indent=1))


if __name__ == "__main__":
    main()
