"""Makes secondme/facts/relation_classifier.npz: what tells which relation a sentence may state of who says it.

Data: sentences of packaging/relations, and those of the invented messages of packaging/messages, which count as stating
nothing: few of them do, and each weighs little. Softmax regression, Adam (Kingma and Ba 2015) on all sentences at once;
a minute on one core, most of it for the vectors.

usage: uv run python packaging/train_relations.py [--held]

--held says how well sentences are told apart that were not learnt from, in five parts; nothing is written.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from secondme.facts.relation_classifier import NONE, WEIGHTS, inputs
from secondme.places import places
from secondme.runtimes.configured import ConfiguredModels
from secondme.text.sentences import sentences

HERE = Path(__file__).parent
MOST_PLAIN = 5000
PLAIN = 0.15
"""How much a sentence of packaging/messages weighs."""
STEPS, RATE, DECAY = 400, 0.05, 1e-3
PARTS = 5
LIMITS = (-1.0, 0.0, 1.0, 2.0)
SEED = 7
Floats = npt.NDArray[np.float32]


def main() -> None:
    """Train, and write the weights or say how good they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--held", action="store_true")
    held = parser.parse_args().held
    labelled, others = list(examples()), plain()
    vectors = embed([text for text, _ in labelled] + others)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    mean = unit[len(labelled) :].mean(axis=0)
    names = [NONE, *sorted({label for _, label in labelled} - {NONE})]
    labels = np.array([names.index(label) for _, label in labelled] + [0] * len(others))
    weigh = np.array([1.0] * len(labelled) + [PLAIN] * len(others), np.float32)
    rows = inputs(vectors, mean)
    if held:
        report(rows, labels, weigh, len(names), len(labelled))
        return
    weights, bias = fit(rows, labels, weigh, len(names))
    parts = {"mean": mean, "weights": weights, "bias": bias}
    np.savez_compressed(
        WEIGHTS, names=np.array(names), **{name: part.astype(np.float16) for name, part in parts.items()}
    )
    print(f"{len(labels)} sentences, {WEIGHTS.stat().st_size} bytes")


def examples() -> Iterator[tuple[str, str]]:
    """Sentences with what they state of who says them. Brackets mark the object; behind the sentence they are not of
    it."""
    label = ""
    for line in (HERE / "relations" / "me.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            label = line[2:]
            continue
        thing = re.search(r"\[(.+?)\]", line)
        assert thing is not None, line
        aside = f" {thing.group()}"
        repeats = line.endswith(aside) and thing[1].lower() in line.removesuffix(aside).lower()
        yield line.removesuffix(aside) if repeats else line.replace(thing.group(), thing[1]), label
    for line in (HERE / "relations" / "none.txt").read_text(encoding="utf-8").splitlines():
        yield line, NONE


def plain() -> list[str]:
    """Sentences of invented messages that tell."""
    found = []
    for file in sorted((HERE / "messages").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            message = json.loads(line)
            if message["k"] == "tell":
                found += [sentence.text for sentence in sentences(message["t"])]
    return random.Random(SEED).sample(found, MOST_PLAIN)


def embed(texts: Sequence[str]) -> Floats:
    """The vectors of texts, by the bundled multilingual embedder."""
    scorer = ConfiguredModels(places()).sentence_scorer()
    assert scorer is not None
    found = []
    for at in range(0, len(texts), 64):
        embedded = scorer.embed_tokens(texts[at : at + 64])
        assert embedded is not None
        found.append(embedded[0])
    return np.concatenate(found)


def fit(rows: Floats, labels: npt.NDArray[np.int64], weigh: Floats, classes: int) -> tuple[Floats, Floats]:
    """Weights (dimension, classes) and bias (classes)."""
    rows = np.column_stack([rows, np.ones(len(rows), np.float32)])
    wanted = np.eye(classes, dtype=np.float32)[labels]
    share = (weigh / weigh.sum())[:, None]
    weights = np.zeros((rows.shape[1], classes), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = rows.T @ ((chances(rows @ weights) - wanted) * share)
        slope[:-1] += DECAY * weights[:-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights[:-1], weights[-1]


def chances(logits: Floats) -> Floats:
    """The chance of each class."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def report(rows: Floats, labels: npt.NDArray[np.int64], weigh: Floats, classes: int, count: int) -> None:
    """Print, by a limit for the log odds, how many relations are found and right, and what is found in messages."""
    part = np.random.default_rng(SEED).integers(0, PARTS, len(rows))
    found = np.zeros((len(rows), classes), np.float32)
    for held in range(PARTS):
        learnt = part != held
        weights, bias = fit(rows[learnt], labels[learnt], weigh[learnt], classes)
        found[~learnt] = chances(rows[~learnt] @ weights + bias)
    best = found[:, 1:].argmax(axis=1) + 1
    chance = found[np.arange(len(found)), best].clip(1e-6, 1 - 1e-6)
    odds = np.log(chance / (1 - chance))
    states, ours = labels > 0, np.arange(len(rows)) < count
    for limit in LIMITS:
        over = odds >= limit
        right = over & (best == labels)
        print(
            f"odds {limit}: found {(right & states).sum() / states.sum():.2f}, right "
            f"{right[ours].sum() / max(over[ours].sum(), 1):.2f}, in {(~ours).sum()} of messages {(over & ~ours).sum()}"
        )


if __name__ == "__main__":
    main()
