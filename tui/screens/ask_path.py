"""The dialog that asks for a path."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from secondme.text.clean import clean
from tui.screens.dialog import Dialog
from tui.widgets.inputs import PathInput
from tui.widgets.key_line import key_hints


class AskPathScreen(Dialog[str]):
    """Dismissed with the path as typed, or with None."""

    def __init__(self, title: str, hint: str, value: str = "", *, does: str = "go on") -> None:
        super().__init__()
        self._title_text, self._hint, self._value, self._does = title, hint, value, does

    def compose(self) -> ComposeResult:
        """What it is for, the path, the keys."""
        with Vertical(id="frame"):
            yield Static(self._title_text, classes="title", markup=False)
            yield Static(self._hint, markup=False)
            yield PathInput(self._value)
            yield Static(key_hints(("enter", self._does), ("→", "complete"), ("esc", "cancel")), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(clean(event.value, keep_newlines=False).strip() or None)
