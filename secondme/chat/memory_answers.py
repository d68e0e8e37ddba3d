"""Answers straight from what memory holds, without a model: a refusal, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondme.api import AskEvent
from secondme.chat.answer_text import lead_answer
from secondme.chat.own_words import own_words
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn

_WRITE = re.compile(
    r"(?i)\W*(?:please |can you |could you )?(?:tell|write|explain|describe|summari[sz]e|show|compare)\b"
)
"""What asks for a text is not looked up in one sentence."""
NEAR_MISS = "what comes nearest does not answer this"
NOTHING = "Nothing in your memory matches this."


class Refusal:
    """Says that memory holds too little to answer from. A model would only invent."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the evidence carries an answer."""
        found = turn.evidence.found
        if turn.evidence.weak and not (turn.reading.answers_in_spite(found.reason) or turn.goes_on_with_last_source):
            reason = found.reason
        elif turn.is_small_talk or turn.has_large_model or _WRITE.match(turn.question) or turn.reading.answers:
            return None
        else:
            reason = NEAR_MISS
        text = own_words("unknown", turn.question) or f"Your memory does not say: {reason}."
        return self._replies.refuse(turn, text)


class SureWords:
    """Leads with the words that answer, where the reader is sure of them: a small model finds no better ones, and a
    large one says in a sentence, seconds later, what they say at once."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes what asks for a text, and where the words are in doubt."""
        if turn.is_small_talk or _WRITE.match(turn.question) or not turn.reading.words:
            return None
        return self._replies.quote(turn, lead_answer(turn.reading, turn.citations, turn.reading.words))


class Quotes:
    """Leads with the sentence that answers, and quotes what comes near to it."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where there is a model."""
        if turn.model is not None:
            return None
        return self._replies.quote(turn, lead_answer(turn.reading, turn.citations) or NOTHING)
