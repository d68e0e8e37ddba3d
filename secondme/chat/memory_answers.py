"""Answers straight from what memory holds, without a model: a refusal, a greeting, quotes."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.api import AskEvent
from secondme.chat.answer_text import lead_answer
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn

NOTHING = "Nothing in your memory matches this."
GREETING = "Ask me about anything that you have kept."


class Refusal:
    """Says that memory holds too little to answer from. A model would only invent."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the evidence carries an answer."""
        if not turn.evidence.weak:
            return None
        return self._replies.say(turn, f"Your memory does not say: {turn.evidence.found.reason}.", refused=True)


class Greeting:
    """Answers a greeting with a fixed line. A small model would make small talk out of what it read."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where a large model can answer, or the message is more than small talk."""
        if turn.has_large_model or not turn.is_small_talk:
            return None
        return self._replies.quote(turn, GREETING)


class Quotes:
    """Leads with the sentence that answers, and quotes what comes near to it."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where there is a model."""
        if turn.model is not None:
            return None
        return self._replies.quote(turn, lead_answer(turn.reading, turn.citations) or NOTHING)
