"""Whether an adapter writes as its owner does: the model with it and without it on messages that it never saw."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from secondme.adapters.learner import Learner, says
from secondme.adapters.side_by_side import GENERAL, general_right, language_lost, neutral_perplexity
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
    general = yield from general_right(model)
    return VoiceFigures(
        len(own), round(surprise[0], 3), round(surprise[1], 3), len(GENERAL), general,
        neutral_perplexity(model), round(ended / max(1, len(own[:DRAFTED])), 3),
    )  # fmt: skip


def verdict(alone: VoiceFigures, adapted: VoiceFigures) -> str:
    """Why an adapter is not good enough, as one sentence; empty: it is."""
    return next(_reasons(alone, adapted), "")


def _reasons(alone: VoiceFigures, adapted: VoiceFigures) -> Iterator[str]:
    if adapted.own > MOST_OWN * alone.own:
        yield f"your own messages surprise it {adapted.own / alone.own:.2f} times as much as the model alone."
    yield from language_lost(alone, adapted)
    if adapted.ended < LEAST_ENDED:
        yield f"only {adapted.ended:.0%} of its drafts come to an end."
