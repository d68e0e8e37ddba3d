"""The list of chats at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from secondme.api import ChatSummary
from secondme.text.clean import clean
from tui.actions import bindings


class ChatList(OptionList):
    """The title and age of each chat, the latest first; those that were put away stand at the end."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("chats")
    DEFAULT_CSS = """
    ChatList {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $text-muted; }
        & > .option-list--option-highlighted {
            background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
        }
        &:focus { border: none; background-tint: transparent; }
        &:focus > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
    }
    """

    @dataclass
    class Chosen(Message):
        """The person wants to see this chat."""

        chat_id: str

    @dataclass
    class Wanted(Message):
        """The person wants something done with a chat: rename, archive, forget, export; or undo_forget, with none."""

        what: str
        chat_id: str

    def show(self, chats: Sequence[ChatSummary], current: str | None, now: datetime) -> None:
        """Replace the list; `current` is the chat on the screen."""
        width = max(self.content_size.width - 2, 12)
        here, away = ([chat for chat in chats if chat.archived is archived] for archived in (False, True))
        options: list[Option] = [Option(chat_line(chat, now, width), id=chat.id) for chat in here]
        if away:
            heading = Option(Content(f"\nput away ({len(away)})"), disabled=True)
            options += [heading, *(Option(chat_line(chat, now, width), id=chat.id) for chat in away)]
        before = self.highlighted_id
        self.clear_options()
        self.add_options(options)
        wanted = before if self.has_focus and before is not None else current
        self.highlighted = next((index for index, option in enumerate(options) if option.id == wanted), None)

    @property
    def highlighted_id(self) -> str | None:
        """The chat at the cursor."""
        return None if self.highlighted is None else self.get_option_at_index(self.highlighted).id

    def action_want(self, what: str) -> None:
        """Ask for something to be done with the chat at the cursor."""
        if what == "undo_forget" or self.highlighted_id is not None:
            self.post_message(self.Wanted(what, self.highlighted_id or ""))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(event.option_id))


def chat_line(chat: ChatSummary, now: datetime, width: int) -> Content:
    """One line of `width` cells: the title, and the age at the right."""
    when = age(chat.last_at, now)
    title = Content(clean(chat.title, keep_newlines=False).strip() or "Untitled")
    room = width - len(when) - 1
    title = title.truncate(room, ellipsis=True)
    return Content.assemble(title.pad_right(max(0, room - title.cell_length)), " ", (when, "$foreground-muted"))


def age(instant: str, now: datetime) -> str:
    """How long ago an ISO 8601 instant was: `now`, `5m`, `3h`, `2d`, `7w`, or the year."""
    try:
        seconds = (now - datetime.fromisoformat(instant)).total_seconds()
    except (TypeError, ValueError):
        return ""
    for limit, unit, letter in ((60, 0, ""), (3600, 60, "m"), (86400, 3600, "h"), (604800, 86400, "d")):
        if seconds < limit:
            return f"{int(seconds // unit)}{letter}" if unit else "now"
    return f"{int(seconds // 604800)}w" if seconds < 31536000 else instant[:4]
