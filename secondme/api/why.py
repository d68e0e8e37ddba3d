"""Why a memory is what it is: where it came from, why recall found it, what changed it."""

from __future__ import annotations

from dataclasses import dataclass

from secondme.api.hits import ScorePart


@dataclass(frozen=True)
class Detail:
    """A line about where something came from. `target`: the passage that shows it, if one does."""

    label: str
    text: str
    target: str = ""


@dataclass(frozen=True)
class SignalValue:
    """What one signal of recall found in a passage, and the part of the score that it belongs to. `share`: value times
    weight, as it counts in the score."""

    name: str
    part: str
    value: float
    weight: float
    share: float


@dataclass(frozen=True)
class Scoring:
    """How a passage scores for a question, computed anew over the memory as it is now.

    `rank`: its place among the `candidates` that may be evidence, from 1 on; 0 where recall does not even compare it.
    `parts` and the shares of `signals` add up to `score`. `because`: reasons in words.
    """

    span_id: str
    title: str
    rank: int
    candidates: int
    score: float
    parts: tuple[ScorePart, ...]
    signals: tuple[SignalValue, ...]
    because: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Something that happened to it. `by`: a run (its id), or you. `undone`: the run was undone since."""

    at: str
    what: str
    by: str
    note: str = ""
    undone: bool = False


@dataclass(frozen=True)
class Why:
    """What is stored about a passage, a fact, an answer or a question. `question`: the one that `scorings` are for.

    `changes`: oldest first.
    """

    kind: str
    id: str
    text: str
    stored: tuple[Detail, ...]
    question: str
    scorings: tuple[Scoring, ...]
    changes: tuple[Change, ...]
