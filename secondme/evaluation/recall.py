"""Measuring recall on a `memory-eval/1` file, through the ordinary ingest and recall paths of a fresh store."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.protocol import Embedder
from secondme.api import Progress
from secondme.clock import SystemClock, parse_instant
from secondme.errors import UsageError
from secondme.facts.extraction import learning
from secondme.ids import derived_id
from secondme.index.indexer import Indexer
from secondme.ingest.ingestion import Ingestion
from secondme.jobs.job import Run
from secondme.recall.search import Faded, Mechanisms, Recall
from secondme.recall.signals import PARTS
from secondme.recall.weights import PASSAGES, TURNS, Weights
from secondme.text.terms import stems
from storage.store import Store

DEPTH = 50
CUTS = (5, 10, 20, 50)


@dataclass(frozen=True)
class Ranked:
    """One question's ranking: "conversation/turn" names, best first, each once."""

    conversation: str
    question: str
    category: str
    evidence: tuple[str, ...]
    ranked: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Report:
    """Figures over all questions: recall at 5, 10, 20, 50 and MRR, overall and per category, and costs."""

    overall: dict[str, float]
    categories: dict[str, dict[str, float]]
    questions: int
    turns: int
    turns_per_second: float
    p50_ms: float
    p95_ms: float
    model_calls_per_turn: float
    peak_memory_mb: float


def load(path: Path) -> dict[str, Any]:
    """Read an evaluation file. Raises UsageError when it is not one."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as an evaluation file ({error}).") from error
    if not isinstance(data, dict) or data.get("format") != "memory-eval/1":
        raise UsageError(f"{path} is not in the format memory-eval/1.")
    return data


@dataclass(frozen=True)
class Arm:
    """One way to ask: everything, or with one mechanism left out, or with that one alone."""

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
        with tempfile.TemporaryDirectory(prefix="secondme-eval-") as folder:
            store = Store(
                Path(folder),
                model_id=embedder.model_id if embedder else "none",
                dimension=embedder.dimension if embedder else 1,
                analyse=stems,
                words_above=exact_below,
            )
            try:
                begun = time.perf_counter()
                names: dict[str, str] = {}
                for conversation in group:
                    names.update(ingest_conversation(store, embedder, conversation, Path(folder)))
                Indexer(store, embedder).drain()
                job = learning()
                for _ in Run(store, SystemClock(), job.name).perform(job, "person"):
                    pass
                ingest_seconds += time.perf_counter() - begun
                turns += sum(len(s["turns"]) for c in group for s in c["sessions"])
                for arm in arms:
                    recall = Recall(
                        store,
                        embedder,
                        exact_below=exact_below,
                        turns=arm_weights(TURNS, arm),
                        passages=arm_weights(PASSAGES, arm),
                        mechanisms=Mechanisms(arm.off),
                        promote=lambda arm=arm: arm.promote,  # type: ignore[misc]
                    )
                    for conversation in group:
                        for question in conversation["questions"]:
                            rankings[arm.name].append(ask(recall, names, conversation, question))
                            asked += 1
                            yield Progress("asking", asked, total, "questions")
            finally:
                store.close()
    yield {name: (report(found, turns, ingest_seconds), found) for name, found in rankings.items()}


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
    figures = {
        f"r{cut}": statistics.fmean(len(set(r.evidence) & set(r.ranked[:cut])) / len(set(r.evidence)) for r in rankings)
        for cut in CUTS
    }
    figures["mrr"] = statistics.fmean(
        next((1 / (i + 1) for i, turn in enumerate(r.ranked) if turn in r.evidence), 0.0) for r in rankings
    )
    return {name: round(value, 4) for name, value in figures.items()}


def ingest_conversation(
    store: Store, embedder: Embedder | None, conversation: dict[str, Any], folder: Path
) -> dict[str, str]:
    """Take a conversation in as a chat file; returns the turn's full name by the id of its span."""
    chat_id = str(conversation["id"])
    source_id = derived_id("import", "chat", chat_id)
    names: dict[str, str] = {}
    file = folder / f"{derived_id(chat_id)}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for session in conversation["sessions"]:
            for turn in session["turns"]:
                message = {
                    "chat_id": chat_id,
                    "message_id": turn["id"],
                    "speaker": turn["speaker"],
                    "text": turn["text"],
                    "at": session["started_at"],
                }
                if turn.get("caption"):
                    message["caption"] = turn["caption"]
                out.write(json.dumps(message) + "\n")
                name = f"{chat_id}/{turn['id']}"
                names[derived_id(source_id, turn["id"])] = name
                # A long turn is kept in pieces.
                names.update({derived_id(source_id, f"{turn['id']}#{i}"): name for i in range(40)})
    ingestion = Ingestion(
        store,
        SystemClock(),
        count_tokens=embedder.count_tokens if embedder else None,
        max_bytes=10**9,
    )
    ingestion.take_file(file)
    return names


def ask(
    recall: Recall,
    names: dict[str, str],
    conversation: dict[str, Any],
    question: dict[str, Any],
    faded: Faded = "second look",
) -> Ranked:
    """Ask one question with k = 50."""
    asked_at = datetime.fromisoformat(parse_instant(conversation["asked_at"])[0])
    begun = time.perf_counter()
    hits = recall.search(question["question"], DEPTH, asked_at=asked_at, faded=faded)
    seconds = time.perf_counter() - begun
    ranked = dict.fromkeys(names[hit.span.span.id] for hit in hits if hit.span.span.id in names)
    evidence = tuple(f"{conversation['id']}/{turn}" for turn in question["evidence"])
    return Ranked(conversation["id"], question["id"], question["category"], evidence, tuple(ranked), seconds)
