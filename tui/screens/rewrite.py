"""The dialog that says a line of the profile in other words."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from secondme.text.clean import clean
from tui.screens.dialog import Dialog
from tui.widgets.key_line import key_hints


class RewriteScreen(Dialog[str]):
    """Asks for the new text of a line. Dismissed with it, or with None."""

    def __init__(self, text: str, *, title: str = "Say it in your own words") -> None:
        super().__init__()
        self._text = text
        self._title_text = title

    def compose(self) -> ComposeResult:
        """The line as it is, in a box."""
        with Vertical(id="frame"):
            yield Static(self._title_text, classes="title", markup=False)
            yield Input(clean(self._text, keep_newlines=False))
            yield Static(key_hints(("enter", "keep"), ("esc", "cancel")), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(clean(event.value, keep_newlines=False).strip() or None)
