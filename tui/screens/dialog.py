"""What dialogs share: a frame in the middle of a dimmed screen."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog; esc leaves it without an answer."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


def hints(*pairs: tuple[str, str]) -> Content:
    """Keys with what they do, in one line."""
    parts: list[str | tuple[str, str]] = []
    for key, what in pairs:
        parts += [(key, "$text-accent"), f" {what}   "]
    return Content.assemble(*parts)
