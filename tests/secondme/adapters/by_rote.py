"""A learner and a trainer without weights: what was trained is said again to the question that is most alike."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.protocol import ChatTurn, Finished, GenerateRequest, Piece
from models.protocol.training import Example, TrainingEnd, TrainingEvent, TrainingOptions, TrainingProgress

PARROT = "It is a thing that many people like."
"""What the learner says without an adapter, and to what it was not taught."""


@dataclass(frozen=True)
class File:
    """A model's file."""

    path: Path
    digest: str = "d1"
    name: str = "Parrot"
    layers: int = 30
    weights: int = 490_000_000


@dataclass
class Parrot:
    """A learner. Its tokens are characters; its adapter is a JSON file of questions with answers."""

    name: str = "parrot"
    context_tokens: int = 4096
    surprise: float = 20.0
    """Perplexity of any text."""
    learnt: dict[str, str] = field(default_factory=dict)

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """Characters."""
        return sum(len(turn.content) for turn in turns)

    def encode(self, pairs: Sequence[tuple[Sequence[ChatTurn], str]]) -> list[tuple[list[int], list[int]]]:
        """Characters of each last turn, and of each answer."""
        return [([*map(ord, turns[-1].content)], [*map(ord, answer)]) for turns, answer in pairs]

    def perplexity(self, text: str, turns: Sequence[ChatTurn] = ()) -> float:
        """More once it was taught."""
        return self.surprise if self.learnt else 20.0

    def use_adapter(self, adapter: Path | None, scale: float = 1.0) -> None:
        """Learn a file, or forget."""
        self.learnt = json.loads(adapter.read_text(encoding="utf-8")) if adapter else {}

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """The answer to the question that has most words in common."""
        asked = set(request.turns[-1].content.lower().strip("?.").split())
        best = max(self.learnt, key=lambda known: len(asked & set(known.lower().strip("?.").split())), default="")
        yield Piece(self.learnt.get(best, PARROT))
        yield Finished("stop", 0, 0, 0.0, 0.0)

    def close(self) -> None:
        """There is nothing to stop."""


class Rote:
    """A trainer that writes down what it was given; with `stops` it is stopped in the middle that many times."""

    def __init__(self, stops: int = 0) -> None:
        self.stops = stops
        self.folders: list[Path] = []
        self.meanwhile: Callable[[], object] = lambda: None
        """What happens in the middle of a training."""

    def train(
        self, base: Path, examples: Sequence[Example], options: TrainingOptions, folder: Path, stop: threading.Event
    ) -> Iterator[TrainingEvent]:
        """As `AdapterTrainer.train`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folders.append(folder)
        self.meanwhile()
        yield TrainingProgress(1, 2, 2.0, 10, 100.0)
        if self.stops or stop.is_set():
            self.stops = max(0, self.stops - 1)
            yield TrainingEnd("stopped", 1)
            return
        learnt = {}
        for example in examples:
            for branch in example.branches:
                answer = sum(branch.counted)
                question = (*example.prefix, *branch.tokens[:-answer])
                learnt["".join(map(chr, question))] = "".join(map(chr, branch.tokens[-answer:]))
        path = folder / "trained.gguf"
        path.write_text(json.dumps(learnt), encoding="utf-8")
        yield TrainingEnd("done", 2, path)
