"""The course that teaches the facts a memory holds: what there is to learn, and whether it was learnt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from models.protocol.training import Example, TrainingOptions
from secondme.adapters.anchors import anchors
from secondme.adapters.confirming import Confirming
from secondme.adapters.course import upper_half
from secondme.adapters.gate import measure, verdict
from secondme.adapters.learner import Base, Learner, examples
from secondme.adapters.lessons import Known, Lessons, known, lessons
from secondme.adapters.side_by_side import GENERAL, Trial, side_by_side
from secondme.clock import Clock, instant
from secondme.errors import SecondMeError
from secondme.facts.intervals import Fact, known_facts
from secondme.facts.tie_words import said_words
from storage.adapters import Kind
from storage.store import Store

LEAST_LESSONS = 5
"""Sentences that are worth a training."""
EPOCHS = 2
"""Twice as many phrasings, seen twice, teach more than half of them seen thrice."""


@dataclass(frozen=True)
class FactsPlan:
    """Implements `Plan`. `held`: what holds, as an adapter may say it."""

    taught: Lessons
    options: TrainingOptions
    held: Sequence[Known]
    confirming: Confirming

    @property
    def span_ids(self) -> tuple[str, ...]:
        """The passages that say these facts."""
        return self.taught.span_ids

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The facts themselves."""
        return self.taught.fact_ids

    @property
    def questions(self) -> int:
        """What was kept aside, and general questions, twice."""
        return 2 * (len(self.taught.held_out) + len(GENERAL))

    def examples(self, learner: Learner) -> Iterator[Example]:
        """As `Plan.examples`."""
        yield from examples(learner, self.taught.learnt)
        yield from anchors(learner)

    def trial(self, learner: Learner, adapter: Path) -> Generator[None, None, Trial]:
        """As `Plan.trial`."""
        ask = partial(measure, learner, self.taught.held_out, self._confirm)
        return (yield from side_by_side(learner, adapter, ask, verdict))

    def _confirm(self, asked: str, said: str) -> Known | None:
        return self.confirming.confirmed(asked, said, self.held)


class FactsCourse:
    """Implements `Course`."""

    kind: Kind = "facts"

    def __init__(self, store: Store, clock: Clock, me: Callable[[], Sequence[str]], confirming: Confirming) -> None:
        """`me`: names of the owner."""
        self._store, self._clock, self._me, self._confirming = store, clock, me, confirming

    def plan(self, base: Base) -> FactsPlan:
        """As `Course.plan`."""
        facts = self.facts()
        taught = lessons(facts, self._today(), self._said)
        if len({lesson.answer for lesson in taught.learnt if lesson.kind == "fact"}) < LEAST_LESSONS:
            raise SecondMeError(
                "There is too little to learn: memory holds fewer than five facts that can be asked for.",
                "Tell more of yourself, or take in your notes and chats, and train then.",
            )
        return FactsPlan(taught, upper_half(base, "personal", EPOCHS), self.held(facts), self._confirming)

    def untrue(self, fact_ids: Collection[str], facts: Sequence[Fact]) -> int:
        """Those that do not hold today."""
        today = self._today()
        holding = {fact.id for fact in facts if fact.holds(today)}
        return sum(fact_id not in holding for fact_id in fact_ids)

    def facts(self) -> list[Fact]:
        """All facts that memory knows."""
        return known_facts(self._store, self._me())[0]

    def held(self, facts: Sequence[Fact]) -> list[Known]:
        """What of them holds today, as an adapter may say it."""
        return list(known(facts, self._today(), self._said))

    def _said(self, fact: Fact) -> list[str]:
        """The words for its object with which a fact was told."""
        return said_words(self._store, fact)

    def _today(self) -> str:
        return instant(self._clock.now())[:10]
