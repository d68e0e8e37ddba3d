"""The list of answerers: a message goes down it until an answerer takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from secondme.api import AskEvent
from secondme.chat.acknowledgements import Acknowledgement, LateAcknowledgement
from secondme.chat.by_heart import FactByHeart
from secondme.chat.changed_values import ChangedValue
from secondme.chat.dated_answers import DatedAnswer
from secondme.chat.debts import DebtAnswer
from secondme.chat.fact_answers import FactAnswerer
from secondme.chat.list_answers import ListAnswer, WhoIs
from secondme.chat.memory_answers import Quotes, Refusal, SureWords
from secondme.chat.model_answers import EverythingThatFits, ModelAnswer, ModelWriter
from secondme.chat.next_time import NextTime
from secondme.chat.orders import Orders
from secondme.chat.places_in_lists import PlaceInList
from secondme.chat.small_talk import AboutAssistant, SmallTalk
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

    1. Small talk, orders and what the person tells ask memory for nothing, and get the same reply with every model.
    2. A table or a fact settles a question for certain, and costs neither a search nor a model.
    3. A question for many is answered with all that is gathered for it, before a fact would name one of them.
    4. Then memory is searched. What is left of a debt, the next of what comes again, and a place in a list are
       counted. What may tell or ask is acknowledged where memory does not clearly answer it. Who somebody is, all that
       names them tells where no sentence does. Where memory holds too little, the refusal comes before anything that
       would answer from it; but an adapter may know by heart where a fact stands that the search missed.
    5. A date and, without a large model, the one of two values that holds then are better than what would be written.
    6. A model reads everything if that fits and is wanted, because that beats the best passages.
    7. The words of which the reader is sure and, with no model at all, quotes are better than what would be written;
       else a model reads the best passages.
    """
    writer, acknowledgement = ModelWriter(tools), Acknowledgement(tools)
    return (
        SmallTalk(tools),
        AboutAssistant(tools),
        Orders(tools),
        acknowledgement,
        TableAnswerer(tools),
        ListAnswer(tools),
        FactAnswerer(tools),
        FactByHeart(tools),
        DebtAnswer(tools),
        NextTime(tools),
        PlaceInList(tools),
        LateAcknowledgement(acknowledgement),
        WhoIs(tools),
        Refusal(tools),
        ChangedValue(tools),
        DatedAnswer(tools),
        EverythingThatFits(tools, writer),
        SureWords(tools),
        Quotes(tools),
        ModelAnswer(tools, writer),
    )


def answer(turn: Turn, answerers: Sequence[Answerer]) -> Iterator[AskEvent]:
    """The events of the first answerer that does not pass. Raises LookupError when all do."""
    for answerer in answerers:
        events = answerer.answer(turn)
        if events is not None:
            return events
    raise LookupError("every answerer passed")
