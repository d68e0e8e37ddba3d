"""Whether an adapter helps: the model with it and without it, side by side, on questions that it never saw."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from models.protocol import ChatTurn
from secondme.adapters.learner import Learner, by_heart, is_untold, says
from secondme.adapters.lessons import Known, Lesson

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
LEAST_RIGHT = 0.5
"""Of questions on facts in other phrasings, after memory confirmed them: with fewer it brings nothing."""
LEAST_ENDED = 0.95
ASKED = 240
"""Questions of a kind that are tried at most."""


@dataclass(frozen=True)
class Figures:
    """What was measured of a model. Counts of questions, unless said otherwise.

    `shown_right`, `shown_wrong`: of questions on facts, what memory confirmed and was or was not the answer.
    `untold_shown`: of questions to which nobody told the answer, what memory confirmed all the same: 0 is right.
    """

    facts: int = 0
    facts_right: int = 0
    shown_right: int = 0
    shown_wrong: int = 0
    untold: int = 0
    untold_refused: int = 0
    untold_shown: int = 0
    general: int = 0
    general_right: int = 0
    perplexity: float = 0.0
    ended: float = 0.0
    """Share of answers that ended by themselves."""


@dataclass(frozen=True)
class Trial:
    """The model alone and with the adapter, and why the adapter is not good enough (empty: it is)."""

    alone: Figures
    adapted: Figures
    why: str

    def as_record(self) -> Mapping[str, Any]:
        """For the store."""
        return {"alone": asdict(self.alone), "adapted": asdict(self.adapted)}


Confirm = Callable[[str, str], Known | None]
"""From a question and what was said to it: what memory holds that confirms it."""


def measure(model: Learner, held_out: Sequence[Lesson], confirm: Confirm) -> Generator[None, None, Figures]:
    """Ask everything, and yield before each question, so that who measures can give way or stop. Raises ModelError."""
    facts = [lesson for lesson in held_out if lesson.kind == "fact"][:ASKED]
    untold = [lesson for lesson in held_out if lesson.kind != "fact"][:ASKED]
    right = shown_right = shown_wrong = refused = untold_shown = ended = 0
    for lesson in (*facts, *untold):
        yield
        said, whole = says(model, by_heart(lesson.question))
        ended += whole
        shown = confirm(lesson.question, said)
        if lesson.kind == "fact":
            right += said.rstrip(".").casefold() == lesson.answer.rstrip(".").casefold()
            shown_right += shown is not None and shown.sentence == lesson.answer
            shown_wrong += shown is not None and shown.sentence != lesson.answer
        else:
            refused += is_untold(said)
            untold_shown += shown is not None
    general = 0
    for question, answers in GENERAL:
        yield
        said, _ = says(model, [ChatTurn("user", question)])
        general += any(answer in said.casefold() for answer in answers)
    logs = [model.perplexity(text) for text in NEUTRAL]
    return Figures(
        len(facts), right, shown_right, shown_wrong, len(untold), refused, untold_shown, len(GENERAL), general,
        round(sum(logs) / len(logs), 3), round(ended / max(1, len(facts) + len(untold)), 3),
    )  # fmt: skip


def verdict(alone: Figures, adapted: Figures) -> str:
    """Why an adapter is not good enough, as one sentence; empty: it is."""
    return next(_reasons(alone, adapted), "")


def _reasons(alone: Figures, adapted: Figures) -> Iterator[str]:
    if adapted.shown_wrong or adapted.untold_shown:
        number = adapted.shown_wrong + adapted.untold_shown
        yield f"{number} wrong answers would have been shown although memory confirmed them."
    if adapted.shown_right < LEAST_RIGHT * adapted.facts:
        yield f"it knows only {adapted.shown_right} of {adapted.facts} facts in other words."
    if adapted.general_right < alone.general_right - GENERAL_LOSS:
        yield f"it answers {adapted.general_right} general questions instead of {alone.general_right}."
    if adapted.perplexity > MOST_PERPLEXITY * alone.perplexity:
        yield f"plain text surprises it {adapted.perplexity / alone.perplexity:.2f} times as much as the model alone."
    if adapted.ended < LEAST_ENDED:
        yield f"only {adapted.ended:.0%} of its answers come to an end."
