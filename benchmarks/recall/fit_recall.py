"""Fits the weights of recall to an evaluation file and shows what they are worth on conversations left out.

Listwise logistic regression (the evidence's share of a softmax over the candidates), by Newton's method,
with a small ridge. First all signals but the graph; then one number, the graph's weight beside their sum.

usage: python benchmarks/recall/fit_recall.py EVAL.json [--embedder e5|minilm] [--ridge 0.002] [--without SIGNAL,…]
"""

from __future__ import annotations

import argparse
import json
import pickle
import tempfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.bundled import find_embedder, find_multilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from models.minilm.embedder import MiniLM
from models.protocol import Embedder
from secondme.clock import parse_instant
from secondme.evaluation.conversations import ingest_conversation, load
from secondme.index.indexer import Indexer
from secondme.recall.search import Recall
from secondme.recall.signals import GRAPH, PARTS
from secondme.text.terms import STOP_WORDS
from storage.store import Store

Floats = npt.NDArray[np.float64]


class Case:
    """One question: signals of its candidates (n, signals), which of them are evidence, and of how much evidence."""

    def __init__(self, group: int, category: str, signals: Floats, gold: npt.NDArray[np.int64], wanted: int) -> None:
        self.group, self.category, self.signals, self.gold, self.wanted = group, category, signals, gold, wanted


def bundled_embedder(name: str, cache: Path) -> Embedder:
    """The bundled embedder of this name: e5 or minilm."""
    if name == "e5":
        multilingual = find_multilingual(cache)
        assert multilingual is not None
        return MultilingualE5(E5Parts(multilingual), cache, stop_words=STOP_WORDS)
    files = find_embedder(cache)
    assert files is not None
    return MiniLM(files, cache, stop_words=STOP_WORDS)


def collect(path: Path, names: list[str], embedder_name: str) -> list[Case]:
    """The signals of every question of an evaluation file."""
    cases: list[Case] = []
    with tempfile.TemporaryDirectory() as cache:
        embedder = bundled_embedder(embedder_name, Path(cache))
        for group, conversation in enumerate(load(path)["conversations"]):
            with tempfile.TemporaryDirectory() as folder:
                store = Store(Path(folder), model_id=embedder.model_id, dimension=embedder.dimension)
                turn_of = ingest_conversation(store, embedder, conversation, Path(folder))
                Indexer(store, embedder).drain()
                recall = Recall(store, embedder, exact_below=10**9)
                asked_at = datetime.fromisoformat(parse_instant(conversation["asked_at"])[0])
                for question in conversation["questions"]:
                    scores = recall.score(question["question"], asked_at)
                    evidence = {f"{conversation['id']}/{turn}" for turn in question["evidence"]}
                    gold = [i for i, span in enumerate(scores.candidates) if turn_of.get(span.id) in evidence]
                    zero = np.zeros(len(scores.candidates))
                    signals = np.stack([scores.signals.get(name, zero) for name in names], axis=1)
                    cases.append(Case(group, question["category"], signals, np.array(gold, np.int64), len(evidence)))
                store.close()
    return cases


def fit(cases: list[Case], columns: list[int], ridge: float) -> Floats:
    """Weights of the columns that make the evidence most likely."""
    usable = [(case.signals[:, columns], case.gold) for case in cases if len(case.gold)]
    weights = np.zeros(len(columns))

    def loss(w: Floats) -> float:
        total = 0.0
        for signals, gold in usable:
            scores = signals @ w
            total -= (scores[gold] - scores.max() - np.log(np.exp(scores - scores.max()).sum())).mean()
        return total / len(usable) + ridge * float(w @ w) / 2

    best = loss(weights)
    for _ in range(25):
        gradient, curvature = ridge * weights, ridge * np.eye(len(columns))
        for signals, gold in usable:
            scores = signals @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            mean = share @ signals
            gradient = gradient + (mean - signals[gold].mean(axis=0)) / len(usable)
            centred = signals - mean
            curvature = curvature + (centred * share[:, None]).T @ centred / len(usable)
        step = np.linalg.solve(curvature, gradient)
        size = 1.0
        while size > 1e-3 and loss(weights - size * step) > best:
            size /= 2
        weights = weights - size * step
        now = loss(weights)
        if best - now < 1e-6:
            break
        best = now
    return weights


def figures(cases: list[Case], weights: Floats, columns: list[int]) -> dict[str, list[float]]:
    """Per question: recall at 5, 10, 20, 50, reciprocal rank, and recall at 10 by category."""
    found: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        scores = case.signals[:, columns] @ weights
        rank = np.empty(len(scores), np.int64)
        rank[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
        ranks = rank[case.gold]
        for cut in (5, 10, 20, 50):
            found[f"r{cut}"].append(float((ranks < cut).sum()) / case.wanted)
        found["mrr"].append(1 / (int(ranks.min()) + 1) if len(ranks) else 0.0)
        found[case.category].append(float((ranks < 10).sum()) / case.wanted)
    return found


def mean(found: dict[str, list[float]]) -> dict[str, float]:
    """Means, rounded."""
    return {name: round(float(np.mean(values)), 4) for name, values in found.items()}


def left_out(cases: list[Case], columns: list[int], ridge: float) -> tuple[dict[str, float], list[dict[str, float]]]:
    """Figures of each group with weights fitted on the others, all together and one by one."""
    everything: dict[str, list[float]] = defaultdict(list)
    groups: list[dict[str, float]] = []
    for group in sorted({case.group for case in cases}):
        weights = fit([case for case in cases if case.group != group], columns, ridge)
        found = figures([case for case in cases if case.group == group], weights, columns)
        groups.append(mean(found))
        for name, values in found.items():
            everything[name] += values
    return mean(everything), groups


def main() -> None:
    """Print the figures and the weights as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--ridge", type=float, default=0.002)
    parser.add_argument("--embedder", choices=("e5", "minilm"), default="e5")
    parser.add_argument("--without", default="")
    parser.add_argument("--cache", type=Path, help="keep the collected signals here, to fit again quickly")
    options = parser.parse_args()
    every = list(PARTS)
    names = [name for name in every if name not in options.without.split(",")]
    if options.cache and options.cache.exists():
        cases, cached = pickle.loads(options.cache.read_bytes())  # our own file, written below
        assert cached == every
    else:
        cases = collect(options.file, every, options.embedder)
        if options.cache:
            options.cache.write_bytes(pickle.dumps((cases, every)))
    columns = [every.index(name) for name in names if name != GRAPH]
    together, groups = left_out(cases, columns, options.ridge)
    weights = fit(cases, columns, options.ridge)
    result: dict[str, Any] = {
        "questions": len(cases),
        "left out": together,
        "left out, each": groups,
        "fitted": mean(figures(cases, weights, columns)),
        "weights": {every[c]: round(float(w), 2) for c, w in zip(columns, weights, strict=True)},
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
