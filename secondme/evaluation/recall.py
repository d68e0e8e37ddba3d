"""Measures recall on a `memory-eval/1` file, through the ordinary ingest and recall paths of a fresh store."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.protocol import Embedder
from secondme.api import Progress
from secondme.clock import SystemClock
from secondme.evaluation.conversations import asked_at, take_in, temporary_store
from secondme.facts.extraction import learn_job
from secondme.jobs.job import Run
from secondme.recall.search import Faded, Mechanisms, Recall
from secondme.recall.signals import PARTS
from secondme.recall.weights import Weights, weights_for
from storage.store import Store

DEPTH = 50
"""k of every search."""
CUTS = (5, 10, 20, 50)
"""k at which recall is measured."""


@dataclass(frozen=True)
class Ranked:
    """The ranking for a question: names of turns as "conversation/turn", the best first, each once."""

    conversation: str
    question: str
    category: str
    evidence: tuple[str, ...]
    ranked: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Report:
    """Figures over all questions: recall at 5, 10, 20, 50 and MRR, overall and by category, and costs."""

    overall: dict[str, float]
    categories: dict[str, dict[str, float]]
    questions: int
    turns: int
    turns_per_second: float
    p50_ms: float
    p95_ms: float
    model_calls_per_turn: float
    peak_memory_mb: float


@dataclass(frozen=True)
class Arm:
    """A way to ask: with all mechanisms, without one of them, or with one of them alone."""

    name: str
    off: frozenset[str] = frozenset()
    only: str = ""
    promote: bool = False
    """Whether facts that are asked for rank higher (the setting `recall.facts`)."""


EVERYTHING = Arm("everything")


def ablation() -> list[Arm]:
    """Everything, then each mechanism off, then each alone."""
    names = sorted(set(PARTS.values()))
    return [
        EVERYTHING,
        Arm("facts promoted", promote=True),
        *(Arm(f"without {name}", off=frozenset({name})) for name in names),
        *(Arm(f"{name} alone", only=name) for name in names),
    ]


def arm_weights(weights: Weights, arm: Arm) -> Weights:
    """The weights of the mechanisms that take part."""
    return {
        signal: weight
        for signal, weight in weights.items()
        if PARTS[signal] not in arm.off and (not arm.only or PARTS[signal] == arm.only)
    }


def evaluate(
    data: dict[str, Any],
    embedder: Embedder | None,
    *,
    pooled: bool,
    exact_below: int,
    arms: Sequence[Arm] = (EVERYTHING,),
) -> Iterator[Progress | dict[str, tuple[Report, list[Ranked]]]]:
    """Ingest each conversation into a store of its own (or all into one) and ask every question with k = 50.

    Ends with a report and the rankings of each arm, by its name.
    """
    conversations = data["conversations"]
    groups = [conversations] if pooled else [[conversation] for conversation in conversations]
    rankings: dict[str, list[Ranked]] = {arm.name: [] for arm in arms}
    turns, ingest_seconds, asked = 0, 0.0, 0
    total = len(arms) * sum(len(conversation["questions"]) for conversation in conversations)
    for group in groups:
        with temporary_store(embedder, words_above=exact_below) as store:
            begun = time.perf_counter()
            names = take_in(store, embedder, group)
            job = learn_job()
            for _ in Run(store, SystemClock(), job.name).perform(job, "person"):
                pass
            ingest_seconds += time.perf_counter() - begun
            turns += sum(len(session["turns"]) for conversation in group for session in conversation["sessions"])
            for arm in arms:
                recall = _recall(store, embedder, arm, exact_below)
                for conversation in group:
                    for question in conversation["questions"]:
                        rankings[arm.name].append(ask(recall, names, conversation, question))
                        asked += 1
                        yield Progress("asking", asked, total, "questions")
    yield {name: (report(found, turns, ingest_seconds), found) for name, found in rankings.items()}


def _recall(store: Store, embedder: Embedder | None, arm: Arm, exact_below: int) -> Recall:
    weights = weights_for(embedder.model_id if embedder else "")
    return Recall(
        store,
        embedder,
        exact_below=exact_below,
        turns=arm_weights(weights.turns, arm),
        passages=arm_weights(weights.passages, arm),
        mechanisms=Mechanisms(arm.off),
        promote=lambda: arm.promote,
    )


def report(rankings: list[Ranked], turns: int, ingest_seconds: float) -> Report:
    """Figures from rankings."""
    by_category: dict[str, list[Ranked]] = defaultdict(list)
    for ranked in rankings:
        by_category[ranked.category].append(ranked)
    times = sorted(ranked.seconds * 1000 for ranked in rankings)
    # ru_maxrss is in kilobytes on Linux, in bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Report(
        overall=figures(rankings),
        categories={name: figures(members) for name, members in sorted(by_category.items())},
        questions=len(rankings),
        turns=turns,
        turns_per_second=round(turns / ingest_seconds, 1) if ingest_seconds else 0.0,
        p50_ms=round(statistics.median(times), 1) if times else 0.0,
        p95_ms=round(times[int(0.95 * (len(times) - 1))], 1) if times else 0.0,
        # Ingestion holds no language model: there is nothing that it could call.
        model_calls_per_turn=0.0,
        peak_memory_mb=round(peak, 1),
    )


def figures(rankings: list[Ranked]) -> dict[str, float]:
    """Recall at each of CUTS and the mean reciprocal rank, rounded to four places."""
    figures = {
        f"r{cut}": statistics.fmean(len(set(r.evidence) & set(r.ranked[:cut])) / len(set(r.evidence)) for r in rankings)
        for cut in CUTS
    }
    figures["mrr"] = statistics.fmean(
        next((1 / (i + 1) for i, turn in enumerate(r.ranked) if turn in r.evidence), 0.0) for r in rankings
    )
    return {name: round(value, 4) for name, value in figures.items()}


def ask(
    recall: Recall,
    names: dict[str, str],
    conversation: dict[str, Any],
    question: dict[str, Any],
    faded: Faded = "second look",
) -> Ranked:
    """Ask a question with k = 50. `names` gives the turn of a span."""
    moment = asked_at(conversation)
    begun = time.perf_counter()
    hits = recall.search(question["question"], DEPTH, asked_at=moment, faded=faded)
    seconds = time.perf_counter() - begun
    ranked = dict.fromkeys(names[hit.span.span.id] for hit in hits if hit.span.span.id in names)
    evidence = tuple(f"{conversation['id']}/{turn}" for turn in question["evidence"])
    return Ranked(conversation["id"], question["id"], question["category"], evidence, tuple(ranked), seconds)
