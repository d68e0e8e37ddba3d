"""What the chat screen knows of an answer that is written, and the messages by which it hears of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import Worker

from secondme.api import AskEvent, Chat, ChatSummary, Passages
from secondme.api.door import Door
from tui.widgets.conversation import QuestionView

if TYPE_CHECKING:
    from tui.widgets.answer import AnswerView


@dataclass
class AnswerProgressed(Message):
    """An event of an answer. `number` counts the questions: it tells a late event of an abandoned answer."""

    number: int
    event: AskEvent


@dataclass
class ChatBroughtBack(Message):
    """A forgotten chat is there again, and the question can be asked in it."""

    question: str


@dataclass
class ChatGone(Message):
    """A question went to a chat that is in no list any more: it was forgotten, or erased."""

    number: int
    forgotten: bool


@dataclass
class ChatsLoaded(Message):
    """The list of chats was read."""

    chats: list[ChatSummary]


@dataclass
class ChatLoaded(Message):
    """A chat was read."""

    chat: Chat


@dataclass
class Running:
    """The answer that is being written, whether or not its chat is on the screen."""

    number: int
    question: str
    question_view: QuestionView
    answer_view: AnswerView
    remember: bool
    worker: Worker[None] | None = None
    chat_id: str | None = None
    message_id: str | None = None
    text: list[str] = field(default_factory=list)
    passages: Passages | None = None
    stopping: bool = False


@dataclass
class Waiting:
    """A message that was sent while an answer was being written."""

    text: str
    remember: bool
    view: QuestionView


def is_gone(door: Door, running: Running) -> bool:
    """Whether a question could not be asked because its chat is in no list any more."""
    if running.message_id is not None or running.chat_id is None:
        return False
    return all(chat.id != running.chat_id for chat in door.chats())
