"""The model without an adapter and with it, side by side; and what every adapter must leave as it was: plain language,
and what the model knows besides."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from models.protocol import ChatTurn
from secondme.adapters.learner import Learner, says

GENERAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What is the capital of France?", ("paris",)),
    ("What is 2 + 3?", ("5", "five")),
    ("What colour is grass?", ("green",)),
    ("How many days has a week?", ("7", "seven")),
    ("What do bees make?", ("honey",)),
    ("What is the opposite of hot?", ("cold",)),
    ("Which planet do we live on?", ("earth",)),
    ("What is frozen water called?", ("ice",)),
    ("What do cows drink as calves?", ("milk",)),
    ("How many legs has a spider?", ("8", "eight")),
    ("What is the largest ocean?", ("pacific",)),
    ("Which animal barks?", ("dog",)),
    ("What is the first month of the year?", ("january",)),
    ("What is the chemical formula of water?", ("h2o", "h₂o")),
    ("In which country is Rome?", ("italy",)),
    ("What does a clock show?", ("time", "hour")),
)
"""Questions that have nothing to do with anyone, with what a right answer holds."""
NEUTRAL = (
    "The river rises in the hills to the north and runs for some forty miles before it reaches the sea. In spring the "
    "water is high, and the meadows along its lower course are often flooded for a week or two.",
    "To make a simple bread, mix flour, water, salt and a little yeast, and leave the dough to rise in a warm place "
    "until it has doubled. Shape it, let it rest for half an hour, and bake it in a hot oven.",
    "A library lends books to anyone who lives in the town. Readers may keep a book for three weeks, and if nobody "
    "else has asked for it they may keep it for another three.",
)
"""Text that says nothing of anyone, for perplexity."""
MOST_PERPLEXITY = 1.05
"""Over the model's own."""
GENERAL_LOSS = 1
"""Right answers to general questions that may be lost."""


class Measured(Protocol):
    """What was measured of a model: a dataclass with figures of its kind, and these of its language."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def general_right(self) -> int:
        """Of GENERAL."""
        ...

    @property
    def perplexity(self) -> float:
        """The mean over NEUTRAL."""
        ...


Figures = TypeVar("Figures", bound=Measured)


@dataclass(frozen=True)
class Trial:
    """The model alone and with the adapter, and why the adapter is not good enough (empty: it is)."""

    alone: Measured
    adapted: Measured
    why: str

    def as_record(self) -> Mapping[str, Any]:
        """For the store."""
        return {"alone": asdict(self.alone), "adapted": asdict(self.adapted)}


def side_by_side(
    learner: Learner,
    adapter: Path,
    measure: Callable[[], Generator[None, None, Figures]],
    verdict: Callable[[Figures, Figures], str],
) -> Generator[None, None, Trial]:
    """Measure a model without and with an adapter; yields where `measure` does. `verdict`: why the adapter is not
    good enough. Raises ModelError."""
    learner.use_adapter(None)
    alone = yield from measure()
    learner.use_adapter(adapter)
    adapted = yield from measure()
    return Trial(alone, adapted, verdict(alone, adapted))


def general_right(model: Learner) -> Generator[None, None, int]:
    """How many general questions are answered right; yields before each. Raises ModelError."""
    right = 0
    for question, answers in GENERAL:
        yield
        said, _ = says(model, [ChatTurn("user", question)])
        right += any(answer in said.casefold() for answer in answers)
    return right


def neutral_perplexity(model: Learner) -> float:
    """The mean perplexity of plain text. Raises ModelError."""
    return round(sum(model.perplexity(text) for text in NEUTRAL) / len(NEUTRAL), 3)


def language_lost(alone: Measured, adapted: Measured) -> Iterator[str]:
    """What an adapter spoils besides what it teaches, each as a sentence."""
    if adapted.general_right < alone.general_right - GENERAL_LOSS:
        yield f"it answers {adapted.general_right} general questions instead of {alone.general_right}."
    if adapted.perplexity > MOST_PERPLEXITY * alone.perplexity:
        yield f"plain text surprises it {adapted.perplexity / alone.perplexity:.2f} times as much as the model alone."
