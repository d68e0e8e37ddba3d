"""The dialog that asks for the file into which a chat is written."""

from __future__ import annotations

import os
import re
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from secondme.api import Chat
from secondme.chat.markdown import chat_markdown
from tui.paths import typed_path
from tui.screens.dialog import Dialog
from tui.widgets.inputs import PathInput
from tui.widgets.key_line import KeyHints


class ExportChatScreen(Dialog[Path]):
    """Writes a chat as Markdown. Dismissed with the file, or with None."""

    def __init__(self, chat: Chat) -> None:
        super().__init__()
        self._chat = chat

    def compose(self) -> ComposeResult:
        """The name of the file, in a box."""
        with Vertical(id="frame"):
            yield Static("Write this chat as Markdown", classes="title", markup=False)
            yield PathInput(proposed_name(self._chat.title), id="path")
            yield Static(classes="error", markup=False)
            yield KeyHints(("enter", "write"), ("esc", "cancel"), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        path = Path(typed_path(event.value))
        try:
            write_new(path, chat_markdown(self._chat))
        except FileExistsError:
            self.show_error(f"{path} exists already. Give another name.")
        except OSError as error:
            self.show_error(f"{path} cannot be written ({error.strerror}). Name a folder that is writable.")
        else:
            self.dismiss(path)


def proposed_name(title: str) -> str:
    """`~/Weekend at the lake.md`: letters of every script, without what file systems refuse."""
    name = " ".join(re.sub(r"[^\w\s.,()-]", " ", title).split()).strip(". ")[:60]
    return f"~/{name or 'chat'}.md"


def write_new(path: Path, text: str) -> None:
    """Write a file that its owner alone may read. Raises FileExistsError, and OSError where it cannot be written."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
