"""The dialogs that keep a note, and that write one anew."""

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
    """A note was remembered; `id` is that of the note, or of the first passage of its new version."""

    id: str


class NoteScreen(Dialog[str]):
    """A box for a note. Dismissed with the id that `save` gives; what cannot be kept stays in the box."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j,alt+enter", "keep", "Keep", show=False, priority=True)]
    HEADING: ClassVar[str]

    def __init__(self, context: Context, note: str) -> None:
        super().__init__()
        self._note = clean(note)
        self._calls = context.calls

    def save(self, door: Door, text: str) -> str:
        """Keep the note, in a thread; a key in it was asked about."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The note, and the keys."""
        with Vertical(id="frame"):
            yield Static(self.HEADING, classes="title", markup=False)
            yield TextArea(
                self._note, tab_behavior="focus", highlight_cursor_line=False, placeholder="Ana's birthday is 3 May…"
            )
            yield Static("", classes="error", markup=False)
            yield Static(key_hints(("ctrl+j", "keep"), ("esc", "cancel")), classes="hint")

    def action_keep(self) -> None:
        """Keep the note; a key in it is asked about first."""
        text = clean(self.query_one(TextArea).text).strip()
        if text:
            ask_about_secrets(self, text, self._keep)

    def _keep(self, text: str) -> None:
        def keep(door: Door) -> Iterator[Message]:
            yield NoteKept(self.save(door, text))

        self._calls.run(self, keep, "remember", exclusive=True)

    @on(NoteKept)
    def _kept(self, event: NoteKept) -> None:
        self.dismiss(event.id)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.show_error(event.error.sentence())


class RememberScreen(NoteScreen):
    """Keeps a note of the person, which recall finds like any source. A note that is left half-written is there again
    when the dialog is opened next."""

    HEADING = "Remember a note"

    def __init__(self, context: Context, note: str = "") -> None:
        super().__init__(context, note or context.draft.latest.note)
        self._draft = context.draft
        self._keeper = DraftKeeper(context.draft, self)

    def save(self, door: Door, text: str) -> str:
        """Keep it."""
        return door.remember(text, secrets="keep")

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

    @on(NoteKept)
    def _remembered(self) -> None:
        self._hold("")
        self.app.notify("Remembered.", markup=False)


class EditNoteScreen(NoteScreen):
    """Writes the note anew that a passage is of; what it said before is kept as a version."""

    HEADING = "Write the note anew"

    def __init__(self, context: Context, span_id: str, note: str) -> None:
        super().__init__(context, note)
        self._span_id = span_id

    def save(self, door: Door, text: str) -> str:
        """Keep it as another version."""
        return door.edit_note(self._span_id, text, secrets="keep")
