"""The life of a memory: how it fades, which answers used it, what changed it."""

from __future__ import annotations

from dataclasses import dataclass

from secondme.api.sources import PassageView


@dataclass(frozen=True)
class Recalling:
    """An answer that was made from a memory: when, to which question, in which chat."""

    at: str
    question: str
    chat_id: str


@dataclass(frozen=True)
class LifeEvent:
    """Something that happened to a memory, such as `kept` or `faded`; `run` is the run of a job that did it."""

    at: str
    what: str
    run: str = ""
    undone: bool = False


@dataclass(frozen=True)
class MemoryLife:
    """A memory with its past and its outlook.

    `curve` is (days lived from now on, retention 0 to 1), if nobody recalls it; below `threshold` it fades, in
    `fades_in` days, None for never. `recalled_at` is empty until it was recalled.
    """

    passage: PassageView
    curve: tuple[tuple[float, float], ...]
    threshold: float
    fades_in: float | None
    recalled_at: str
    recallings: tuple[Recalling, ...]
    """The latest first."""
    events: tuple[LifeEvent, ...]
    """The earliest first."""
