"""Whether an adapter knows the facts that it learnt, asked in words that it never saw."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from secondme.adapters.learner import Learner, by_heart, is_untold, says
from secondme.adapters.lessons import Known, Lesson
from secondme.adapters.side_by_side import GENERAL, general_right, language_lost, neutral_perplexity

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
    general = yield from general_right(model)
    return Figures(
        len(facts), right, shown_right, shown_wrong, len(untold), refused, untold_shown, len(GENERAL), general,
        neutral_perplexity(model), round(ended / max(1, len(facts) + len(untold)), 3),
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
    yield from language_lost(alone, adapted)
    if adapted.ended < LEAST_ENDED:
        yield f"only {adapted.ended:.0%} of its answers come to an end."
