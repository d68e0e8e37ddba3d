"""Facts that an adapter names by heart where words and vectors found nothing that answers."""

from __future__ import annotations

from collections.abc import Iterator

from models.protocol import ModelError
from secondme.api import AskEvent
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn


class FactByHeart:
    """States a fact that memory holds, found by an adapter's proposal. Its words alone are never an answer."""

    def __init__(self, tools: Tools) -> None:
        self._by_heart = tools.by_heart
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes without an adapter, where a sentence of memory answers, and where memory confirms nothing."""
        if turn.is_small_talk or turn.reading.answers:
            return None
        try:
            found = self._by_heart(turn.full_question)
        except ModelError:
            return None  # then it is as if there were no adapter
        return self._replies.state(turn, found.sentence, found.span_ids) if found else None
