"""Turns off the record: held in this process for the next such turn, and never written."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.api import Message
from secondme.chat.messages import Draft
from secondme.chat.working_memory import History
from secondme.ids import new_id

OFF_RECORD_MESSAGES = 12
OFF_RECORD_CHATS = 8


class OffRecord:
    """The latest messages off the record, of the latest chats that have any."""

    def __init__(self) -> None:
        self._chats: dict[str, History] = {}

    def __contains__(self, chat: str) -> bool:
        return chat in self._chats

    def history(self, chat: str) -> History:
        """What is held of a chat."""
        return self._chats.get(chat, History())

    def begin(self, messages: Sequence[Message]) -> str:
        """Hold messages that were not answered here, as a new chat; returns its id."""
        chat = new_id()
        self._keep(chat, History(tuple(messages[-OFF_RECORD_MESSAGES:])))
        return chat

    def hold(self, chat: str, question: str, draft: Draft, at: str) -> None:
        """Hold a turn that ended at the instant `at`, and drop the oldest where too much is held."""
        held = self._chats.pop(chat, History())
        messages = (
            *held.messages,
            Message(new_id(), "user", question, at, "complete"),
            Message(draft.record.id, "assistant", draft.text, at, "complete"),
        )
        refusals = held.refusals | ({draft.record.id} if draft.refused else frozenset())
        written = held.written | ({draft.record.id} if draft.written else frozenset())
        kept = messages[-OFF_RECORD_MESSAGES:]
        ids = {message.id for message in kept}
        self._keep(chat, History(kept, refusals & ids, written & ids))

    def _keep(self, chat: str, history: History) -> None:
        self._chats[chat] = history
        while len(self._chats) > OFF_RECORD_CHATS:
            self._chats.pop(next(iter(self._chats)))
