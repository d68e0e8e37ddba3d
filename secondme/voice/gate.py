"""Whether an adapter writes as its owner does: the model with it and without it on messages that it never saw."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from models.protocol import ChatTurn
from secondme.adapters.gate import GENERAL, GENERAL_LOSS, MOST_PERPLEXITY, NEUTRAL
from secondme.adapters.learner import Learner, says
from secondme.voice.lessons import VoiceLesson
from secondme.voice.prompt import DRAFT_TOKENS

MOST_OWN = 0.9
"""Of the model's own surprise at the owner's messages: with more it learnt no voice."""
LEAST_ENDED = 0.9
DRAFTED = 10
"""Drafts that are written to see whether they end."""


@dataclass(frozen=True)
class VoiceFigures:
    """What was measured of a model. `own`, `others`: perplexity of messages that the owner and other people wrote, each
    as the answer to its order, the mean of its logarithm over messages. `ended`: share of drafts that end by
    themselves."""

    messages: int = 0
    own: float = 0.0
    others: float = 0.0
    general: int = 0
    general_right: int = 0
    perplexity: float = 0.0
    ended: float = 0.0


@dataclass(frozen=True)
class VoiceTrial:
    """The model alone and with the adapter, and why the adapter is not good enough (empty: it is)."""

    alone: VoiceFigures
    adapted: VoiceFigures
    why: str

    def as_record(self) -> Mapping[str, Any]:
        """For the store."""
        return {"alone": asdict(self.alone), "adapted": asdict(self.adapted)}


def questions(own: Sequence[VoiceLesson], others: Sequence[VoiceLesson]) -> int:
    """How often `measure` yields."""
    return len(own) + len(others) + len(own[:DRAFTED]) + len(GENERAL)


def measure(
    model: Learner, own: Sequence[VoiceLesson], others: Sequence[VoiceLesson], me: str
) -> Generator[None, None, VoiceFigures]:
    """Ask everything, and yield before each question, so that who measures can give way or stop. Raises ModelError."""
    surprise = []
    for lessons in (own, others):
        logs = []
        for lesson in lessons:
            yield
            logs.append(math.log(model.perplexity(lesson.message, lesson.turns(me))))
        surprise.append(math.exp(sum(logs) / len(logs)) if logs else 0.0)
    ended = 0
    for lesson in own[:DRAFTED]:
        yield
        ended += says(model, lesson.turns(me), DRAFT_TOKENS)[1]
    general = 0
    for question, answers in GENERAL:
        yield
        said, _ = says(model, [ChatTurn("user", question)])
        general += any(answer in said.casefold() for answer in answers)
    plain = [model.perplexity(text) for text in NEUTRAL]
    return VoiceFigures(
        len(own), round(surprise[0], 3), round(surprise[1], 3), len(GENERAL), general,
        round(sum(plain) / len(plain), 3), round(ended / max(1, len(own[:DRAFTED])), 3),
    )  # fmt: skip


def verdict(alone: VoiceFigures, adapted: VoiceFigures) -> str:
    """Why an adapter is not good enough, as one sentence; empty: it is."""
    return next(_reasons(alone, adapted), "")


def _reasons(alone: VoiceFigures, adapted: VoiceFigures) -> Iterator[str]:
    if adapted.own > MOST_OWN * alone.own:
        yield f"your own messages surprise it {adapted.own / alone.own:.2f} times as much as the model alone."
    if adapted.general_right < alone.general_right - GENERAL_LOSS:
        yield f"it answers {adapted.general_right} general questions instead of {alone.general_right}."
    if adapted.perplexity > MOST_PERPLEXITY * alone.perplexity:
        yield f"plain text surprises it {adapted.perplexity / alone.perplexity:.2f} times as much as the model alone."
    if adapted.ended < LEAST_ENDED:
        yield f"only {adapted.ended:.0%} of its drafts come to an end."
