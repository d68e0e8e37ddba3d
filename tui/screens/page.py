"""What pages share: they cover the chat, and esc goes back. `tui/actions.py` says how to add one."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.context import Context


class Page(Screen[None]):
    """A page on top of the chat."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.calls = context.calls
        self.now = context.now

    def action_back(self) -> None:
        """Return to where this was opened."""
        self.dismiss()
