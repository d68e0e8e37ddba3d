"""The dialog that keeps a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from secondme.api.door import Door
from secondme.text.clean import clean
from tui.context import Context
from tui.draft import DraftKeeper
from tui.messages import CallFailed
from tui.screens.dialog import Dialog
from tui.screens.secrets import ask_about_secrets
from tui.widgets.key_line import key_hints


@dataclass
class NoteKept(Message):
    """A note was remembered."""

    source_id: str


class RememberScreen(Dialog[None]):
    """Keeps a note of the person, which recall finds like any source. A note that is left half-written is there again
    when the dialog is opened next."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j,alt+enter", "keep", "Keep", show=False, priority=True)]

    def __init__(self, context: Context, note: str = "") -> None:
        super().__init__()
        self._draft = context.draft
        self._keeper = DraftKeeper(context.draft, self)
        self._note = note or clean(context.draft.latest.note)
        self._calls = context.calls

    def compose(self) -> ComposeResult:
        """The note, and the keys."""
        with Vertical(id="frame"):
            yield Static("Remember a note", classes="title", markup=False)
            yield TextArea(
                self._note, tab_behavior="focus", highlight_cursor_line=False, placeholder="Ana's birthday is 3 May…"
            )
            yield Static("", classes="error", markup=False)
            yield Static(key_hints(("ctrl+j", "keep"), ("esc", "cancel")), classes="hint")

    @on(TextArea.Changed)
    def _keep_draft(self, event: TextArea.Changed) -> None:
        self._hold(event.text_area.text)

    def _hold(self, note: str) -> None:
        """What is written of the note outlives the app until it is remembered."""
        self._draft.latest = replace(self._draft.latest, note=note)
        self._keeper.changed()

    def on_unmount(self) -> None:
        """Keep the last keys too."""
        self._keeper.write()

    def action_keep(self) -> None:
        """Keep the note; a key in it is asked about first."""
        text = clean(self.query_one(TextArea).text).strip()
        if text:
            ask_about_secrets(self, text, self._keep)

    def _keep(self, text: str) -> None:
        def keep(door: Door) -> Iterator[Message]:
            yield NoteKept(door.remember(text, secrets="keep"))

        self._calls.run(self, keep, "remember", exclusive=True)

    @on(NoteKept)
    def _kept(self) -> None:
        self._hold("")
        self.app.notify("Remembered.", markup=False)
        self.dismiss(None)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.show_error(event.error.sentence())
