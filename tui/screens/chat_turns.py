"""What the chat screen knows of an answer that is written, and the messages by which it hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker

from secondme.api import AskEvent, Chat, ChatSummary, Passages, Started
from secondme.api.door import Door
from tui.widgets.conversation import QuestionView
from tui.widgets.versions import Place

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
    """The list of chats was read; `note` is said once."""

    chats: list[ChatSummary]
    note: str = ""


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
    again: str = ""
    """The answer beside which this one is written as another version, or empty."""
    instead_of: str = ""
    """The question in whose place this one is asked, or empty."""
    named: tuple[str, ...] = ()
    """Ids of the sources and passages that it names with `@`."""
    place: Place = field(default_factory=Place)
    """Where the message stands of which this makes another version."""
    replaced: Widget | None = None
    """What it takes the place of on the screen, with all below."""
    worker: Worker[None] | None = None
    chat_id: str | None = None
    message_id: str | None = None
    text: list[str] = field(default_factory=list)
    passages: Passages | None = None
    stopping: bool = False

    def events(self, door: Door) -> Iterator[AskEvent]:
        """Ask for the answer."""
        if self.again:
            return door.answer_again(self.again)
        return door.ask(
            self.question,
            chat_id=self.chat_id,
            remember=self.remember,
            secrets="keep",
            instead_of=self.instead_of,
            named=self.named,
        )

    def started(self, event: Started) -> None:
        """Take the ids of what was saved, and show which version it is."""
        self.chat_id, self.message_id = event.chat_id, event.message_id
        self.answer_view.place = Place(event.message_id)
        if self.again:
            self.answer_view.show_place(self.place.with_new(event.message_id))
        elif self.instead_of:
            self.question_view.show_place(self.place.with_new(event.question_id))
        else:
            self.question_view.place = Place(event.question_id)


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
