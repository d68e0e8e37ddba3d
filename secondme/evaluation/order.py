"""Measures the sense of order on a `memory-eval/1` file: of two excerpts, which was said first?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from models.protocol import Embedder
from secondme.api import Progress
from secondme.evaluation.conversations import take_in, temporary_store
from secondme.recall.search import Recall

PAIRS = 60
"""Pairs of turns of each conversation."""
EXCERPT_WORDS = 8


@dataclass(frozen=True)
class OrderReport:
    """Of pairs of turns from different sessions, the share whose order recall told right; chance is .5."""

    pairs: int
    accuracy: float
    undecided: float


def evaluate_order(data: dict[str, Any], embedder: Embedder | None) -> Iterator[Progress | OrderReport]:
    """Questions as in SORT (Pink et al. 2024): of two excerpts, which was said first? Ends with the report.

    An excerpt is a part of a turn's text without its time; recall finds the turn, and its time decides.
    """
    dice = random.Random(11)
    right = asked = undecided = 0
    total = PAIRS * len(data["conversations"])
    for conversation in data["conversations"]:
        with temporary_store(embedder) as store:
            take_in(store, embedder, [conversation])
            recall = Recall(store, embedder, exact_below=10**9)
            turns = [
                (number, turn)
                for number, session in enumerate(conversation["sessions"])
                for turn in session["turns"]
                if len(turn["text"].split()) >= EXCERPT_WORDS
            ]
            for _ in range(PAIRS):
                (session, turn), (other_session, other) = dice.sample(turns, 2)
                while session == other_session:
                    (session, turn), (other_session, other) = dice.sample(turns, 2)
                first = recall.first_of(_excerpt(turn["text"], dice), _excerpt(other["text"], dice))
                asked += 1
                undecided += first is None
                right += first == (0 if session < other_session else 1)
                yield Progress("ordering", asked, total, "pairs")
    yield OrderReport(asked, round(right / max(asked, 1), 4), round(undecided / max(asked, 1), 4))


def _excerpt(text: str, dice: random.Random) -> str:
    """Some words in a row out of a turn."""
    words = text.split()
    begin = dice.randrange(len(words) - EXCERPT_WORDS + 1)
    return " ".join(words[begin : begin + EXCERPT_WORDS])
