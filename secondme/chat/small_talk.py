"""Replies that need no memory: to small talk, and to questions about the assistant itself. No model takes part."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.api import AskEvent
from secondme.chat.kinds.order_words import about_assistant
from secondme.chat.kinds.small_talk_words import small_talk
from secondme.chat.own_words import own_words
from secondme.chat.tools import Tools
from secondme.chat.turn import Turn


class SmallTalk:
    """Answers small talk in a word. A model would make small talk out of what it read."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message is more than small talk."""
        talk = small_talk(turn.question) if turn.is_small_talk else ""
        return self._replies.remark(turn, own_words(talk, turn.question)) if talk else None


class AboutAssistant:
    """Says what the assistant is, what it can do and where it keeps what it is told."""

    def __init__(self, tools: Tools) -> None:
        self._replies = tools.replies

    def answer(self, turn: Turn) -> Iterator[AskEvent] | None:
        """Passes where the message asks about anything else."""
        about = about_assistant(turn.question)
        return self._replies.remark(turn, own_words(about, turn.question)) if about else None
