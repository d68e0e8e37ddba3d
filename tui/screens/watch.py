"""The dialog that asks for a folder to watch."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from secondme.text import clean
from tui.paths import typed_path
from tui.screens.dialog import Dialog, hints
from tui.widgets.inputs import PathInput


class WatchScreen(Dialog[str]):
    """Dismissed with the path of a folder that is there, or with None."""

    def compose(self) -> ComposeResult:
        """One question."""
        with Vertical(id="frame"):
            yield Static("Watch a folder", classes="title", markup=False)
            yield Static("Its files are indexed now, and again whenever they change.", markup=False)
            yield PathInput()
            yield Static("", classes="error", markup=False)
            yield Static(hints(("enter", "watch"), ("→", "complete the path"), ("esc", "cancel")), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        path = typed_path(event.value)
        if event.value.strip() and path.is_dir():
            self.dismiss(str(path))
            return
        error = self.query_one(".error", Static)
        error.update(clean(f"There is no folder {path}.", keep_newlines=False))
        error.display = True
