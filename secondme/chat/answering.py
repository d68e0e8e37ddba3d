"""The list of answerers: a message goes down it until an answerer takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from secondme.api import AskEvent
from secondme.chat.acknowledgements import Acknowledgement, RemovalOrder
from secondme.chat.dated_answers import DatedAnswer
from secondme.chat.fact_answers import FactAnswerer
from secondme.chat.list_answers import ListAnswer
from secondme.chat.memory_answers import Greeting, Quotes, Refusal
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
    """All answerers in the order in which they are asked. The last never passes with a model, nor `Quotes` without one.

    1. A table or a fact settles a question for certain, and costs neither a search nor a model.
    2. A question for many is answered with all that is gathered for it, before a fact would name one of them.
    3. What the person tells is acknowledged, and an order to forget is answered, without a search or a model.
    4. Then memory is searched. Where it holds too little, the refusal comes before anything that would answer from it.
    5. Without a large model dates, greetings and, with no model at all, quotes are better than what would be written.
    6. A model reads everything if that fits, because that beats the best passages; else it reads the best passages.
    """
    writer = ModelWriter(tools)
    return (
        TableAnswerer(tools),
        ListAnswer(tools),
        FactAnswerer(tools),
        RemovalOrder(tools),
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
