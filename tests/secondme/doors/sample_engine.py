"""An engine whose answers a test sets, behind the doors that are tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from secondme.api import (
    Answer,
    AskEvent,
    Caller,
    Delta,
    Done,
    FactView,
    FoundFacts,
    FoundPassages,
    Grant,
    Hit,
    PassageView,
    Program,
    Remembered,
    Started,
    Turn,
)
from secondme.doors.calls import Engine
from secondme.errors import SecondMeError, UnknownProgram
from secondme.server.client import EngineClient
from tests.tui import samples


def hit(text: str = "The spare key hangs behind the kitchen door.", **changes: Any) -> Hit:
    """A passage of a file."""
    return replace(samples.hit(text=text), **{"id": "sp1", "title": "car.md", "line": 3, "speaker": "Ana", **changes})


def fact(sentence: str = "You live in Graz.", **changes: Any) -> FactView:
    """Something that was said of the person."""
    values: dict[str, Any] = {
        "id": "fa1",
        "sentence": sentence,
        "subject": "me",
        "relation": "home",
        "object": "Graz",
        "valid_from": "2024-05-03",
        "valid_to": "",
        "stance": "",
        "confidence": 0.9,
        "statements": 1,
        "span_id": "sp1",
        "quote": "I moved to Graz.",
        "source": "car.md",
    }
    return FactView(**{**values, **changes})


def answer(text: str = "It hangs behind the kitchen door. [1]", **changes: Any) -> Answer:
    """A finished answer."""
    return replace(samples.answer(text), **{"citations": (), "sentences": (), **changes})


TOKENS: Mapping[str, Literal["active", "paused", "expired"]] = {
    "good": "active",
    "idle": "paused",
    "late": "expired",
}
"""The tokens of programs in these states."""


@dataclass
class SampleEngine:
    """Returns what the test set, or raises it; notes the calls."""

    hits: tuple[Hit, ...] = (hit(),)
    left_out: int = 0
    view: PassageView = field(default_factory=lambda: PassageView(hit(), "Before.", "After.", 1, False))
    facts: tuple[FactView, ...] = (fact(),)
    events: Sequence[AskEvent] = (Started("", "me1"), Delta("It hangs"), Done(answer()))
    remembered: Remembered = field(default_factory=lambda: Remembered("waiting", "pr1"))
    error: SecondMeError | None = None
    calls: list[tuple[str, Caller, dict[str, Any]]] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    def program_check(self, caller: Caller) -> Program:
        state = TOKENS.get(caller.token)
        if state is None:
            raise UnknownProgram("No program has this token.", "Make one.")
        return Program("desk", state, Grant(), "2026-01-01T00:00:00Z")

    def program_recall(self, caller: Caller, query: str, **given: Any) -> FoundPassages:
        self._note("recall", caller, query=query, **given)
        return FoundPassages(self.hits, self.left_out)

    def program_read(self, caller: Caller, span_id: str, *, around: int = 0) -> PassageView:
        self._note("read", caller, id=span_id, around=around)
        return self.view

    def program_facts(self, caller: Caller, **given: Any) -> FoundFacts:
        self._note("facts", caller, **given)
        return FoundFacts(self.facts, self.left_out)

    def program_ask(self, caller: Caller, question: str, *, earlier: Sequence[Turn] = ()) -> Iterator[AskEvent]:
        self._note("ask", caller, question=question, earlier=list(earlier))
        yield from self.events

    def program_remember(self, caller: Caller, text: str, **given: Any) -> Remembered:
        self._note("remember", caller, text=text, **given)
        return self.remembered

    def program_embed(self, caller: Caller, texts: Sequence[str]) -> list[list[float]]:
        self._note("embed", caller, texts=list(texts))
        return [[0.5, float(len(text))] for text in texts]

    def stop(self, message_id: str) -> None:
        self.stopped.append(message_id)

    def _note(self, name: str, caller: Caller, **given: Any) -> None:
        self.calls.append((name, caller, given))
        if self.error is not None:
            raise self.error


class SampleDoor(Engine):
    """An `Engine` that always reaches the sample."""

    def __init__(self, engine: SampleEngine) -> None:
        self.engine = engine

    def door(self) -> EngineClient:
        """The sample."""
        return cast(EngineClient, self.engine)
