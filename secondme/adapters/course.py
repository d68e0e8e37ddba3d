"""What an adapter can be taught: a course says what there is to learn now, and tries whether it was learnt."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from models.protocol.training import Example, TrainingOptions
from secondme.adapters.learner import Base, Learner
from secondme.adapters.side_by_side import Trial
from secondme.facts.intervals import Fact
from storage.adapters import Kind

MEMORY = 3_000_000_000
"""Bytes that a training may take: one of 0.5B takes 2.9 GB, one of the bundled model 1.2 GB at most."""
UPPER_HALF = 0.47
"""Layers from this share on are trained: layers 14 to 29 of 30, the upper half, is enough and a third cheaper
(`docs/adapters.md`)."""


def upper_half(base: Base, name: str, epochs: int, rate: float = TrainingOptions.rate) -> TrainingOptions:
    """How a course of this name teaches a model."""
    return TrainingOptions(
        first_layer=round(UPPER_HALF * base.layers),
        rate=rate,
        epochs=epochs,
        memory=MEMORY,
        examples_per_step=2,
        base_digest=base.digest,
        name=name,
    )


class Plan(Protocol):
    """What a training would teach now, to which model, and how. `span_ids`, `fact_ids`: what it is made from."""

    @property
    def options(self) -> TrainingOptions: ...

    @property
    def span_ids(self) -> tuple[str, ...]: ...

    @property
    def fact_ids(self) -> tuple[str, ...]: ...

    @property
    def questions(self) -> int:
        """How often a trial yields."""
        ...

    def examples(self, learner: Learner) -> Iterator[Example]:
        """What is learnt, as tokens, as the model takes its time. Raises ModelError."""
        ...

    def trial(self, learner: Learner, adapter: Path) -> Generator[None, None, Trial]:
        """Try the model without and with an adapter on what was kept aside; yields before each question, so that who
        tries can give way or stop. Raises ModelError."""
        ...


class Course(Protocol):
    """A kind of adapters."""

    @property
    def kind(self) -> Kind: ...

    def plan(self, base: Base) -> Plan:
        """What a training of this model would teach now. Raises SecondMeError where there is too little to learn, or
        the model can't learn it."""
        ...

    def untrue(self, fact_ids: Collection[str], facts: Sequence[Fact]) -> int:
        """How many of the facts that were learnt may no longer be said, by all that are known."""
        ...
