"""The model that an adapter is for, as a trainer and a gate need it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from models.protocol import ChatTurn, Finished, GenerateRequest, LanguageModel, Piece, TakesAdapters
from models.protocol.training import Example, shared_example
from secondme.adapters.lessons import UNTOLD, Lesson

BY_HEART = "You answer from what you know of me by heart, in one short sentence."
"""The system line of questions without any passage."""
MOST_TOKENS = 48
"""Of an answer by heart."""
TOGETHER = 6
"""Lessons in one example."""


class Learner(LanguageModel, TakesAdapters, Protocol):
    """A language model in a process of its own that can be taught."""

    def encode(self, pairs: Sequence[tuple[Sequence[ChatTurn], str]]) -> list[tuple[list[int], list[int]]]:
        """Tokens of prompts, and of the answers to them with their ends. Raises ModelError."""
        ...

    def perplexity(self, text: str, turns: Sequence[ChatTurn] = ()) -> float:
        """exp of the mean negative log-likelihood of a text's tokens, each after those before it; with `turns` of it as
        the answer to them, its end included. Raises ModelError."""
        ...


class Base(Protocol):
    """Where a learner comes from. `path` and `digest` (sha256, hex) are those of its file; `weights`: how many numbers
    it has."""

    @property
    def path(self) -> Path: ...

    @property
    def digest(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def layers(self) -> int: ...

    @property
    def weights(self) -> int: ...


def by_heart(question: str) -> list[ChatTurn]:
    """The turns that ask a question without any passage; training and asking make the same."""
    return [ChatTurn("system", BY_HEART), ChatTurn("user", question)]


def says(model: LanguageModel, turns: Sequence[ChatTurn], most: int = MOST_TOKENS) -> tuple[str, bool]:
    """What a model says, and whether it ended by itself. Raises ModelError."""
    text, ended = "", False
    for piece in model.generate(GenerateRequest(turns, max_tokens=most, repeat_penalty=1.0), threading.Event()):
        if isinstance(piece, Piece):
            text = "" if piece.retracts else text + ("" if piece.thought else piece.text)
        elif isinstance(piece, Finished):
            ended = piece.reason == "stop"
    return text.strip(), ended


def examples(model: Learner, lessons: Sequence[Lesson]) -> Iterator[Example]:
    """Lessons as tokens, some together, because all prompts begin alike: the loss is on the answers and their ends
    alone. Raises ModelError."""
    pairs = model.encode([(by_heart(lesson.question), lesson.answer) for lesson in lessons])
    for at in range(0, len(pairs), TOGETHER):
        yield shared_example(pairs[at : at + TOGETHER])


def is_untold(said: str) -> bool:
    """Whether a model says that it was not told."""
    return said.startswith(UNTOLD[:20])
