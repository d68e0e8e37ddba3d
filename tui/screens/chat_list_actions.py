"""The part of the chat screen that renames, puts away, forgets and writes out chats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import on
from textual.message import Message

from secondme.api import Chat, ChatSummary, Removal
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.screens.chat_turns import ChatsLoaded
from tui.screens.chat_versions import ChatVersions
from tui.screens.confirm import Choice, ConfirmScreen
from tui.widgets.chat_list import ChatList

NO_CHAT = "Nothing was said in this chat yet."


@dataclass(frozen=True)
class Told:
    """A chat, or a message of one, that may be forgotten, and how it is called."""

    id: str
    title: str


@dataclass
class ForgetPreviewed(Message):
    """What forgetting it would take away."""

    told: Told
    removal: Removal


@dataclass
class ToldForgotten(Message):
    """It was forgotten or, if not `undoable`, erased."""

    told: Told
    undoable: bool


@dataclass
class ChatToExport(Message):
    """A chat that is to be written into a file."""

    chat: Chat


class ChatListActions(ChatVersions):
    """What can be done with a chat of the list, or with the one on the screen."""

    _chats: list[ChatSummary]
    _last_forgotten: Told | None = None

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
        """Ask whether the chat on the screen shall be forgotten."""
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
        self.ask_to_forget(Told(chat.id, chat.title))

    def ask_to_forget(self, told: Told) -> None:
        """Show what forgetting would take away, and ask."""

        def preview(door: Door) -> Iterator[Message]:
            yield ForgetPreviewed(told, door.forget(told.id, dry_run=True))

        self._calls.run(self, preview, "chat")

    @on(ForgetPreviewed)
    def _forget_previewed(self, event: ForgetPreviewed) -> None:
        from tui.screens.sources import effects

        choices = [Choice("no", "Cancel"), Choice("forget", "Forget"), Choice("purge", "Erase for good", danger=True)]
        lines = [
            *effects(event.removal),
            "Forgetting hides it from lists and recall; that can be undone. What is erased cannot be brought back.",
        ]
        self.app.push_screen(
            ConfirmScreen(f"Forget “{event.told.title}”?", lines, choices), partial(self._forget_as_chosen, event.told)
        )

    def _forget_as_chosen(self, told: Told, choice: str | None) -> None:
        if choice not in ("forget", "purge"):
            return

        def forget(door: Door) -> Iterator[Message]:
            (door.forget if choice == "forget" else door.purge)(told.id)
            yield ToldForgotten(told, undoable=choice == "forget")

        self._calls.run(self, forget, "chat")

    @on(ToldForgotten)
    async def _told_forgotten(self, event: ToldForgotten) -> None:
        title = clean(event.told.title, keep_newlines=False)
        self._last_forgotten = event.told if event.undoable else None
        undo = " In the list of chats (ctrl+t), u brings it back." if event.undoable else ""
        self.app.notify(f"“{title}” was {'forgotten' if event.undoable else 'erased'}.{undo}", markup=False)
        if self._chat_id == event.told.id:
            await self.new_chat()
        elif self._chat_id is not None and all(chat.id != event.told.id for chat in self._chats):
            self.post_message(ChatList.Chosen(self._chat_id))  # a message of it
        self.load_chats()

    def _undo_forget(self) -> None:
        told, self._last_forgotten = self._last_forgotten, None
        if told is None:
            self.app.notify("No chat was forgotten just now. The sources (F4) list what was forgotten.", markup=False)
            return

        def restore(door: Door) -> Iterator[Message]:
            door.restore(told.id)
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
