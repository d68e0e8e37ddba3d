"""What memory holds for a question, with what the chat said before and the neighbours of a turn."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.api import Message
from secondme.chat.answer_text import is_question
from secondme.text.terms import content_stems, content_words
from storage.index.words import query_tokens
from storage.records import Span

CANDIDATES = 12
EARLIER = 4
"""So many things said earlier in the same chat may come along."""
NEAR_BEST = 6.0
"""What was said earlier in the chat comes along when its score is so near to the best of memory."""


def stated_in_history(question: str, history: Sequence[Message]) -> bool:
    """Whether something that the person stated in this chat shares a word with the question."""
    wanted = set(content_stems(question))
    stated = [message.text for message in history if message.role == "user" and not is_question(message.text)]
    return any(wanted & set(content_stems(text)) for text in stated)


def asks_before(one: Span, other: Span) -> bool:
    return one.ordinal < other.ordinal and one.text.rstrip().endswith("?")


def standalone_question(question: str, history: Sequence[Message]) -> str:
    """The question with the one before it when it says too little by itself ("and when was that?")."""
    asked = [message.text for message in history if message.role == "user"]
    tokens = query_tokens(question)
    meaningful = [token for token in content_words(tokens) if len(token) > 2]
    return f"{asked[-1]} {question}" if asked and len(meaningful) < 3 else question
