"""The course that teaches a model how its owner writes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from models.protocol.training import Example, TrainingOptions, shared_example
from secondme.adapters.anchors import anchors
from secondme.adapters.course import upper_half
from secondme.adapters.learner import TOGETHER, Base, Learner
from secondme.adapters.side_by_side import Trial, side_by_side
from secondme.clock import Clock, instant
from secondme.errors import SecondMeError
from secondme.facts.intervals import Fact, known_facts
from secondme.voice.gate import measure, questions, verdict
from secondme.voice.lessons import VoiceLesson, VoiceLessons, is_taken_back, untrue_spans, voice_lessons
from storage.adapters import Kind
from storage.store import Store

LEAST_WEIGHTS = 450_000_000
"""Models that are called 0.5B have some 490 million; one of 135 million learns the mannerisms and loses the matter."""
LEAST_MESSAGES = 30
RATE, EPOCHS = 3e-4, 2


@dataclass(frozen=True)
class VoicePlan:
    """Implements `Plan`."""

    taught: VoiceLessons
    options: TrainingOptions
    fact_ids: tuple[str, ...]
    me: str

    @property
    def span_ids(self) -> tuple[str, ...]:
        """The owner's messages."""
        return self.taught.span_ids

    @property
    def questions(self) -> int:
        """What was kept aside, drafts and general questions, twice."""
        return 2 * questions(self.taught.own, self.taught.others)

    def examples(self, learner: Learner) -> Iterator[Example]:
        """As `Plan.examples`. Lessons without notes begin alike, and stand some together."""
        alike: list[VoiceLesson] = []
        for group in self.taught.learnt:
            if any(lesson.notes for lesson in group):
                yield self._example(learner, group)
            else:
                alike += group
        for at in range(0, len(alike), TOGETHER):
            yield self._example(learner, alike[at : at + TOGETHER])
        yield from anchors(learner)

    def _example(self, learner: Learner, group: Sequence[VoiceLesson]) -> Example:
        return shared_example(learner.encode([(lesson.turns(self.me), lesson.message) for lesson in group]))

    def trial(self, learner: Learner, adapter: Path) -> Generator[None, None, Trial]:
        """As `Plan.trial`."""
        ask = partial(measure, learner, self.taught.own, self.taught.others, self.me)
        return (yield from side_by_side(learner, adapter, ask, verdict))


class VoiceCourse:
    """Implements `Course`."""

    kind: Kind = "voice"

    def __init__(self, store: Store, clock: Clock, me: Callable[[], str], names: Callable[[], Sequence[str]]) -> None:
        """`me`: the owner's name; `names`: all of them."""
        self._store, self._clock, self._me, self._names = store, clock, me, names

    def plan(self, base: Base) -> VoicePlan:
        """As `Course.plan`."""
        if base.weights < LEAST_WEIGHTS:
            raise SecondMeError(
                f"{base.name} is too small to write as you do: it has {base.weights / 1e6:,.0f} million weights, and "
                "it takes 500 million.",
                "Use a larger model, such as Qwen2.5 0.5B: `secondme models` lists those that you can get.",
            )
        spans = self._store.spans.evidence()
        facts, today = known_facts(self._store, self._names())[0], instant(self._clock.now())[:10]
        untrue = untrue_spans(facts, {row.span_id for row in self._store.facts.statements()}, today)
        taught = voice_lessons(spans, untrue, self._me())
        if len(taught.learnt) + len(taught.own) < LEAST_MESSAGES:
            raise SecondMeError(
                f"There is too little to learn: memory holds {len(taught.learnt) + len(taught.own)} messages of your "
                f"own that show how you write, and it takes {LEAST_MESSAGES}.",
                "Take in chats in which you write, such as an export of WhatsApp: `secondme import FILE`.",
            )
        learnt = set(taught.span_ids)
        told = (fact.id for fact in facts if any(row.span_id in learnt for row in fact.statements))
        return VoicePlan(taught, upper_half(base, "voice", EPOCHS, RATE), tuple(dict.fromkeys(told)), self._me())

    def untrue(self, fact_ids: Collection[str], facts: Sequence[Fact]) -> int:
        """Those that were corrected, ended or rejected since."""
        today = instant(self._clock.now())[:10]
        kept = {fact.id for fact in facts if not is_taken_back(fact, today)}
        return sum(fact_id not in kept for fact_id in fact_ids)
