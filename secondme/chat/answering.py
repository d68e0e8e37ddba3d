"""The list of answerers: a message goes down it until an answerer takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from secondme.api import AskEvent
from secondme.chat.fact_answers import Acknowledgement, FactAnswerer
from secondme.chat.memory_answers import DatedAnswer, Greeting, Quotes, Refusal
from secondme.chat.model_answers import EverythingThatFits, ModelAnswer, ModelWriter
from secondme.chat.table_answers import TableAnswerer
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn


class Answerer(Protocol):
    """A way to answer a message.

    To add an answerer, write a class with this method in the file where it belongs, and give it its line in
    `every_answerer`. `Tools.replies` ends an answer for it: shows it, stores it and says what it was made from.
    """

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """The events of the whole answer, from its passages (Passages) to its end (Done or Failed); None to pass.

        What passes leaves no trace: nothing is written and no event comes before the answerer has decided.
        """
        ...


def every_answerer(tools: Tools) -> Sequence[Answerer]:
    """All answerers in the order in which they are asked; the last of them never pass.

    What is certain comes first: a table or a fact that settles the question, at no cost. A small model, or none, would add
    nothing to a statement: it is acknowledged. Then memory is searched. Too little evidence is refused before a date is
    taken from it or a model invents from it. Where no large model is there, a date is read off the passages, and greetings
    get a fixed line; without any model the best passages are quoted. A model reads everything if that fits, else the best
    passages.
    """
    writer = ModelWriter(tools)
    return (
        TableAnswerer(tools),
        FactAnswerer(tools),
        Acknowledgement(tools),
        Refusal(tools),
        DatedAnswer(tools),
        Greeting(tools),
        Quotes(tools),
        EverythingThatFits(tools, writer),
        ModelAnswer(tools, writer),
    )


def answer(turn: Turn, answerers: Sequence[Answerer]) -> Iterator[AskEvent]:
    """The events of the first answerer that does not pass. Raises LookupError when all do."""
    for answerer in answerers:
        events = answerer.answer(turn)
        if events is not None:
            return events
    raise LookupError("every answerer passed")
