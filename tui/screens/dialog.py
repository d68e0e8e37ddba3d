"""What dialogs share: a frame in the middle of a dimmed screen."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from secondme.text.clean import clean

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog; esc leaves it without an answer."""

    CSS_PATH = Path(__file__).with_name("dialog.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def show_error(self, sentence: str) -> None:
        """Show an error in the widget `.error`, or take it away when there is none."""
        error = self.query_one(".error", Static)
        error.update(clean(sentence, keep_newlines=False))
        error.display = bool(sentence)
