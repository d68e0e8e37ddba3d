"""The dialog that says a line in other words: it stays open until the engine has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from secondme.api.door import Door
from secondme.text.clean import clean
from tui.calls import Calls
from tui.messages import CallFailed
from tui.screens.dialog import Dialog
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import key_hints


@dataclass
class Rewritten(Message):
    """The engine has the new words."""

    text: str


class RewriteScreen(Dialog[str]):
    """Asks for the new text of a line, and has `save` keep it, in a thread. Dismissed with it once it is kept, or with
    None; what cannot be kept stays in the box."""

    def __init__(
        self, calls: Calls, text: str, save: Callable[[Door, str], object], *, title: str = "Say it in your own words"
    ) -> None:
        super().__init__()
        self._calls, self._save = calls, save
        self._text = clean(text, keep_newlines=False)
        self._title_text = title

    def compose(self) -> ComposeResult:
        """The line as it is, in a box."""
        with Vertical(id="frame"):
            yield Static(self._title_text, classes="title", markup=False)
            yield CleanInput(self._text)
            yield Static("", classes="error", markup=False)
            yield Static(key_hints(("enter", "keep"), ("esc", "cancel")), classes="hint")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        text = clean(event.value, keep_newlines=False).strip()
        if not text or text == self._text:
            self.dismiss(None)
            return

        def save(door: Door) -> Iterator[Message]:
            self._save(door, text)
            yield Rewritten(text)

        self._calls.run(self, save, "save", exclusive=True)

    @on(Rewritten)
    def _rewritten(self, event: Rewritten) -> None:
        self.dismiss(event.text)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.show_error(event.error.sentence())
