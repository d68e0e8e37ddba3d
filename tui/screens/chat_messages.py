"""The part of the chat screen that goes through the messages of a chat: block cursor, copying, searching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message as Event
from textual.timer import Timer

from secondme.api import Chat, Message
from secondme.api.door import Door
from tui.keymap import with_keys
from tui.messages import WhyRequested
from tui.screens.chat_list_actions import NO_CHAT, ChatListActions
from tui.widgets.conversation import Conversation, QuestionView
from tui.widgets.prompt import Prompt
from tui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from tui.widgets.answer import AnswerView

COPIED = "Copied."
SEARCH_SECONDS = 0.15
"""How long after a key the message that is found is shown."""
SENT = "Sent to the terminal; whether it copied is not known, as some terminals do not."


@dataclass
class CopyTried(Event):
    """A program of the desktop was asked to copy; `verified`: the clipboard then held the text."""

    text: str
    verified: bool


@dataclass
class WholeChatRead(Event):
    """All messages of the chat on the screen were read."""

    chat: Chat


@dataclass
class SearchLoaded(Event):
    """The messages of the chat that is searched were read."""

    chat: Chat


class ChatMessages(ChatListActions):
    """A block cursor over the messages, with what can be done to one."""

    _searched: Sequence[Message] = ()
    _found: Sequence[int] = ()
    """Positions of the messages that hold the words, oldest first."""
    _at = 0
    _search_timer: Timer | None = None

    # --- the cursor

    def action_message(self, step: int) -> None:
        """Go to the message above or below; below the last, to the box."""
        views = self.query_one(Conversation).messages()
        here = next((number for number, view in enumerate(views) if view.has_focus_within), len(views))
        there = here + step
        if there >= len(views):
            self.query_one(Prompt).focus()
        elif views:
            views[max(there, 0)].focus()

    @on(Conversation.Wanted)
    def _message_wanted(self, event: Conversation.Wanted) -> None:
        event.stop()
        getattr(self, f"_{event.what}_message")(event.view)

    @on(Conversation.EarlierWanted)
    def _earlier_wanted(self, event: Conversation.EarlierWanted) -> None:
        """Read all of the chat whose end is shown."""
        event.stop()
        chat_id = self._chat_id
        if chat_id is not None:
            self._calls.run(self, lambda door: iter([WholeChatRead(door.chat(chat_id))]), "chat", exclusive=True)

    @on(WholeChatRead)
    async def _whole_chat_read(self, event: WholeChatRead) -> None:
        if event.chat.id == self._chat_id:
            await self.query_one(Conversation).fill(event.chat.messages, event.chat.stretches)

    # --- copying

    def action_copy_answer(self) -> None:
        """Copy the last answer."""
        answers = self.query_one(Conversation).answers()
        self._copy_message(answers[-1] if answers else None)

    def _copy_message(self, view: QuestionView | AnswerView | None) -> None:
        text = view.text if view is not None else ""
        if not text:
            self.app.notify("There is nothing to copy yet.", markup=False)
            return

        def copy(door: Door) -> Iterator[Event]:
            from tui.clipboard import copy_verified

            yield CopyTried(text, copy_verified(text))

        self._calls.run(self, copy, "copy", exclusive=True)

    @on(CopyTried)
    def _copy_tried(self, event: CopyTried) -> None:
        if not event.verified:
            self.app.copy_to_clipboard(event.text)
        self.app.notify(COPIED if event.verified else SENT, markup=False)

    # --- wording otherwise, forgetting

    def _edit_message(self, view: QuestionView | AnswerView | None) -> None:
        if isinstance(view, QuestionView) and view.place.message_id:
            self.edit_question(view)
        else:
            words = "A question can be worded otherwise; go to one with @chat.message_minus_1."
            self.app.notify(with_keys(self.app, words), markup=False)

    def _forget_message(self, view: QuestionView | AnswerView | None) -> None:
        if view is None or not view.place.message_id:
            self.app.notify("This message is not kept, so there is nothing to forget.", markup=False)
            return
        self.ask_to_forget(view.place.message_id)

    def _why_message(self, view: QuestionView | AnswerView | None) -> None:
        if view is None or not view.place.message_id:
            self.app.notify("This message is not kept, so nothing is known of it.", markup=False)
        else:
            self.app.post_message(WhyRequested(view.place.message_id))

    # --- searching

    def action_search_chat(self) -> None:
        """Search in the chat on the screen."""
        self._search_message(None)

    def _search_message(self, view: QuestionView | AnswerView | None) -> None:
        chat_id = self._chat_id
        if chat_id is None or self._unkept:
            self.app.notify(NO_CHAT, markup=False)
            return
        self._calls.run(self, lambda door: iter([SearchLoaded(door.chat(chat_id))]), "chat", exclusive=True)

    @on(SearchLoaded)
    async def _search_loaded(self, event: SearchLoaded) -> None:
        self._searched, self._found = event.chat.messages, ()
        if not self.query(SearchBar):
            await self.query_one("#main").mount(SearchBar(), before="#prompt")

    @on(SearchBar.Changed)
    def _search_changed(self, event: SearchBar.Changed) -> None:
        words = event.words.casefold().split()
        self._found = [
            number
            for number, message in enumerate(self._searched)
            if words and all(word in message.text.casefold() for word in words)
        ]
        self._at = len(self._found) - 1
        self._show_count()
        # To show a message may mount others around it: not at every key.
        if self._search_timer is not None:
            self._search_timer.stop()
        self._search_timer = self.set_timer(SEARCH_SECONDS, self._show_found)

    @on(SearchBar.Moved)
    async def _search_moved(self, event: SearchBar.Moved) -> None:
        if self._found:
            self._at = (self._at + event.step) % len(self._found)
            await self._show_found()

    async def _show_found(self) -> None:
        """Show the message at which the search stands, and how many there are."""
        if not self.query(SearchBar):
            return
        self._show_count()
        for view in self.query(".-found"):
            view.remove_class("-found")
        if self._found:
            await self.query_one(Conversation).show_message(self._searched, self._found[self._at])

    def _show_count(self) -> None:
        count = len(self._found)
        text = f"{count - self._at} of {count}, newest first · enter next · esc" if count else "in no message"
        self.query_one(SearchBar).show_count(text)

    @on(SearchBar.Closed)
    async def _search_closed(self) -> None:
        """Leave the cursor at the message that was found."""
        await self.query(SearchBar).remove()
        found = self.query(".-found")
        target = found.first() if found else self.query_one(Prompt)
        for view in found:
            view.remove_class("-found")
        target.focus()
