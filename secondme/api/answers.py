"""Answers while they come and when they are kept, and the chats that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.api.hits import Citation


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of an answer: its character range there, and the passages that support it (none: unsupported)."""

    start: int
    end: int
    citations: tuple[int, ...]
    support: float


@dataclass(frozen=True)
class Answer:
    """A finished (or stopped) answer."""

    chat_id: str
    message_id: str
    text: str
    """Markdown, with [n] after each supported sentence."""
    citations: tuple[Citation, ...]
    sentences: tuple[AnswerSentence, ...]
    finish: Literal["stop", "length", "cancelled", "error", "quoted"]
    """quoted: no language model, the best passages were quoted."""
    model: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    context_tokens: int = 0
    seconds_to_first_token: float = 0.0
    seconds: float = 0.0
    refused: bool = False
    """True when the evidence was too weak for an answer; the text says so."""
    said: str = ""
    """The answer's own words, without the quotes that follow them."""


UNSUPPORTED = "[?]"
"""The mark behind a sentence that nothing in memory holds, as in the app."""


def marked_text(answer: Answer) -> str:
    """The text of an answer with a mark after each sentence that nothing in memory holds, as the app has it."""
    text = answer.text
    for sentence in sorted(answer.sentences, key=lambda found: -found.end):
        if not sentence.citations and not answer.refused:
            text = f"{text[: sentence.end]} {UNSUPPORTED}{text[sentence.end :]}"
    return text


@dataclass(frozen=True)
class Started:
    """The question is saved; an answer is on its way. `stop(message_id)` stops it."""

    chat_id: str
    message_id: str
    type: Literal["started"] = "started"
    question_id: str = ""
    """The message that the question was saved as; empty off the record."""


@dataclass(frozen=True)
class Passages:
    """What was recalled for the question, before the first token."""

    citations: tuple[Citation, ...]
    prompt_tokens: int
    context_tokens: int
    filling: tuple[tuple[str, int], ...] = ()
    """What fills the prompt, in tokens: instructions, earlier (stretches of this chat), chat, memory, question."""
    whole: int = 0
    """Passages that the model read, where it read all that is known, and `citations` are those nearest to the question;
    0 where the best passages were looked for."""
    type: Literal["passages"] = "passages"


@dataclass(frozen=True)
class Delta:
    """A piece of the answer's text. `unsupported`: it is a sentence that nothing in memory holds."""

    text: str
    unsupported: bool = False
    type: Literal["delta"] = "delta"


@dataclass(frozen=True)
class Thought:
    """A piece of what a reasoning model thinks before it answers: neither kept nor evidence.

    `seconds`: since the turn began.
    """

    text: str
    seconds: float
    type: Literal["thought"] = "thought"


@dataclass(frozen=True)
class Done:
    """The end; `answer.text` replaces all deltas."""

    answer: Answer
    type: Literal["done"] = "done"


@dataclass(frozen=True)
class Failed:
    """The end, with an error; what came before is kept."""

    what: str
    remedy: str
    safe: str = ""
    exit_code: int = 1
    type: Literal["failed"] = "failed"


AskEvent: TypeAlias = Started | Passages | Thought | Delta | Done | Failed


@dataclass(frozen=True)
class ChatSummary:
    """A chat in the list of chats. `started_at`, `last_at` are instants."""

    id: str
    title: str
    messages: int
    started_at: str
    last_at: str
    archived: bool = False
    """Whether it was put away: it is still memory, but not in the way."""


@dataclass(frozen=True)
class Message:
    """A saved message. `state`: complete, streaming, stopped (partial kept), failed (partial kept), removed."""

    id: str
    role: Literal["user", "assistant"]
    text: str
    at: str
    state: str
    citations: tuple[Citation, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    model: str = ""
    versions: tuple[str, ...] = ()
    """Ids of the versions of this message, oldest first, itself among them; empty where it is the only one."""


@dataclass(frozen=True)
class ChatStretch:
    """A finished stretch of a long chat: messages first to last (positions), its summary, the spans it rests on."""

    first: int
    last: int
    summary: str
    span_ids: tuple[str, ...]


@dataclass(frozen=True)
class Chat:
    """A chat with its messages, oldest first, and its finished stretches if it is long.

    `before`: how many messages come before these, where only the last were asked for; then it has no stretches.
    """

    id: str
    title: str
    messages: tuple[Message, ...]
    stretches: tuple[ChatStretch, ...] = ()
    before: int = 0
