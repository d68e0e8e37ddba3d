"""Why a candidate was found: the parts of its score, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondme.api import ScorePart
from secondme.recall.candidates import LINKING
from secondme.recall.comparison import words_and_form
from secondme.recall.scores import Scores
from secondme.recall.weights import Weights
from storage.store import Store

NAMES_SHOWN = 3
NODES_SHOWN, NODE_CHARACTERS = 3, 48


@dataclass(frozen=True)
class SignalShare:
    """A signal of a candidate: its value, its weight, and the part of the score that it belongs to."""

    name: str
    part: str
    value: float
    weight: float


@dataclass(frozen=True)
class Explanation:
    """How a span scores for a question. `rank`: its place among the `candidates` that may be evidence, from 1 on; 0
    where it is no candidate of the question."""

    rank: int
    candidates: int
    score: float
    parts: tuple[ScorePart, ...]
    signals: tuple[SignalShare, ...]
    because: tuple[str, ...]


def explanation(
    store: Store, scores: Scores, i: int, weights: Weights, parts: Mapping[str, str], *, is_candidate: bool
) -> Explanation:
    """How candidate i scores. `weights`: those of its kind. `is_candidate`: it is one by itself, not by name."""
    evidence = [j for j, candidate in enumerate(scores.candidates) if candidate.evidence or j == i]
    order = sorted(evidence, key=lambda j: (-scores.total[j], scores.candidates[j].id))
    signals = (
        SignalShare(name, parts[name], round(float(values[i]), 4), weights.get(name, 0.0))
        for name, values in scores.signals.items()
    )
    return Explanation(
        rank=order.index(i) + 1 if is_candidate else 0,
        candidates=len(order),
        score=float(scores.total[i]),
        parts=score_parts(scores, i, weights, parts),
        signals=tuple(signal for signal in signals if signal.weight and signal.value),
        because=reasons(store, scores, [i], order)[0],
    )


def score_parts(scores: Scores, i: int, weights: Weights, parts: Mapping[str, str]) -> tuple[ScorePart, ...]:
    """The parts of candidate i's score, which add up to it. `parts`: which part each signal belongs to."""
    values: dict[str, float] = {}
    for name, signal in scores.signals.items():
        part = parts[name]
        values[part] = values.get(part, 0.0) + weights.get(name, 0.0) * float(signal[i])
    return tuple(ScorePart(part, round(value, 4)) for part, value in values.items() if abs(value) >= 0.00005)


def reasons(store: Store, scores: Scores, wanted: Sequence[int], chosen: Sequence[int]) -> list[tuple[str, ...]]:
    """Why each of the wanted candidates was found, in words. `chosen`: the candidates found, best first."""
    best = [scores.candidates[j].seq for j in chosen[:LINKING]]
    seqs = [scores.candidates[i].seq for i in wanted]
    names = store.annotations.names(list(dict.fromkeys([*best, *seqs])))
    paths = store.trees.paths(seqs)
    headings = store.trees.headings(sorted({node for path in paths.values() for node in path[1:]}))
    found = []
    for i, seq in zip(wanted, seqs, strict=True):
        own = set(names.get(seq, ()))
        linking = sorted({key for other in best if other != seq for key in names.get(other, ())} & own)
        above = [headings[node] for node in paths.get(seq, ())[1:] if node in headings]
        found.append((*_of_question(scores, i), *_of_graph(linking), *_of_tree(above)))
    return found


def _of_question(scores: Scores, i: int) -> Iterator[str]:
    """What a candidate has of the question's words, names and times."""
    candidate, question = scores.candidates[i], scores.question
    words = set(words_and_form(candidate)[0].tolist())
    shared = [
        token for token, forms in zip(question.tokens, question.words, strict=True) if not words.isdisjoint(forms)
    ]
    if shared:
        yield f"words: {', '.join(shared)}"
    if candidate.speaker in question.named:
        yield f"speaker: {candidate.speaker}"
    if scores.when.interval is not None:
        begins = scores.when.interval[0]
        if scores.signals["said then"][i]:
            yield f"time: said {scores.when.relation} {begins:%Y-%m-%d}"
        if scores.signals["tells of then"][i]:
            yield f"time: tells of {begins:%Y-%m-%d}"


def _of_graph(names: Sequence[str]) -> Iterator[str]:
    """The names that link a candidate to the best."""
    if names:
        yield f"graph: {', '.join(names[:NAMES_SHOWN])}"


def _of_tree(above: Sequence[str]) -> Iterator[str]:
    """The sentences that stand for the nodes above a candidate, the highest first."""
    if above:
        yield "tree: " + " > ".join(" ".join(text.split())[:NODE_CHARACTERS] for text in above[-NODES_SHOWN:])
