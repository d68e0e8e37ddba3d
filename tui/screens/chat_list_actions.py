"""The part of the chat screen that renames, puts away, forgets and writes out chats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.message import Message

from secondme.api import Chat, ChatSummary
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.keymap import with_keys
from tui.messages import ForgetRequested
from tui.screens.chat_turns import ChatsLoaded
from tui.screens.chat_versions import ChatVersions
from tui.widgets.chat_list import ChatList

NO_CHAT = "Nothing was said in this chat yet."


class CurrentChatForgotten(Message):
    """The chat on the screen is in no list any more."""


@dataclass
class ChatToExport(Message):
    """A chat that is to be written into a file."""

    chat: Chat


class ChatListActions(ChatVersions):
    """What can be done with a chat of the list, or with the one on the screen."""

    _chats: list[ChatSummary]
    _last_forgotten = ""
    """Id of the chat or message that was forgotten last."""

    async def new_chat(self) -> None:
        """Show an empty conversation."""
        raise NotImplementedError

    def load_chats(self) -> None:
        """Read the list of chats again."""
        raise NotImplementedError

    @on(ChatList.Wanted)
    def _wanted(self, event: ChatList.Wanted) -> None:
        event.stop()
        if event.what == "undo_forget":
            self._undo_forget()
            return
        chat = next((chat for chat in self._chats if chat.id == event.chat_id), None)
        if chat is not None:
            getattr(self, f"_{event.what}")(chat)

    def action_rename_chat(self) -> None:
        """Give the chat on the screen another title."""
        self._with_current("rename")

    def action_archive_chat(self) -> None:
        """Put the chat on the screen away, or bring it back."""
        self._with_current("archive")

    def action_forget_chat(self) -> None:
        """Show what hangs on the chat on the screen; there it is hidden or erased."""
        self._with_current("forget")

    def action_export_chat(self) -> None:
        """Write the chat on the screen into a file."""
        self._with_current("export")

    def _with_current(self, what: str) -> None:
        if self._chat_id is None or all(chat.id != self._chat_id for chat in self._chats):
            self.app.notify(NO_CHAT, markup=False)
        else:
            self.post_message(ChatList.Wanted(what, self._chat_id))

    # --- title, put away

    def _rename(self, chat: ChatSummary) -> None:
        from tui.screens.rewrite import RewriteScreen

        def save(door: Door, title: str) -> None:
            self.post_message(ChatsLoaded(door.rename_chat(chat.id, title)))

        self.app.push_screen(RewriteScreen(self._calls, chat.title, save, title="Another title"))

    def _archive(self, chat: ChatSummary) -> None:
        archived = not chat.archived
        title = clean(chat.title, keep_newlines=False)
        note = (
            f"“{title}” was put away: it stands at the end of the list, and is remembered all the same."
            if archived
            else f"“{title}” is among the chats again."
        )

        def archive(door: Door) -> Iterator[Message]:
            yield ChatsLoaded(door.archive_chat(chat.id, archived=archived), note)

        self._calls.run(self, archive, "chat")

    # --- forgetting

    def _forget(self, chat: ChatSummary) -> None:
        self.ask_to_forget(chat.id)

    def ask_to_forget(self, target: str) -> None:
        """Open the page that shows what hangs on a chat or message; there it is hidden or erased."""
        self.app.post_message(ForgetRequested(target, lambda: self._told_changed(target)))

    def _told_changed(self, target: str) -> None:
        """Follow what was hidden, erased or brought back on that page."""
        self._last_forgotten = target
        current = self._chat_id

        def look(door: Door) -> Iterator[Message]:
            chats = door.chats()
            yield ChatsLoaded(chats)
            if current is not None:
                there = any(chat.id == current for chat in chats)
                yield ChatList.Chosen(current) if there else CurrentChatForgotten()

        self._calls.run(self, look, "chat")

    @on(CurrentChatForgotten)
    async def _current_chat_forgotten(self) -> None:
        await self.new_chat()

    def _undo_forget(self) -> None:
        target, self._last_forgotten = self._last_forgotten, ""
        if not target:
            words = "No chat was forgotten just now. The sources (@sources) list what was forgotten."
            self.app.notify(with_keys(self.app, words), markup=False)
            return

        def restore(door: Door) -> Iterator[Message]:
            door.restore(target)
            yield ChatsLoaded(door.chats())
            if self._chat_id is not None:
                yield ChatList.Chosen(self._chat_id)

        self._calls.run(self, restore, "chat")

    # --- writing out

    def _export(self, chat: ChatSummary) -> None:
        self._calls.run(self, lambda door: iter([ChatToExport(door.chat(chat.id))]), "chat")

    @on(ChatToExport)
    def _export_loaded(self, event: ChatToExport) -> None:
        from tui.screens.export_chat import ExportChatScreen

        def written(path: Path | None) -> None:
            if path is not None:
                self.app.notify(f"Written to {clean(str(path), keep_newlines=False)}.", markup=False)

        self.app.push_screen(ExportChatScreen(event.chat), written)
