"""The dialog that says that two names are the same person's."""

from __future__ import annotations

from collections.abc import Iterator
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
class NamesMerged(Message):
    """Two names mean one person from now on; `run` takes that back."""

    run: str


class SamePersonScreen(Dialog[str]):
    """Asks for two names. Dismissed with the run that merged them, or with None; what is not known stays in the
    boxes."""

    def __init__(self, calls: Calls, name: str) -> None:
        """`name`: the person that the other name is likely to be of, or nothing."""
        super().__init__()
        self._calls, self._name = calls, clean(name, keep_newlines=False)

    def compose(self) -> ComposeResult:
        """A box for each name."""
        with Vertical(id="frame"):
            yield Static("Two names, one person", classes="title", markup=False)
            yield CleanInput(placeholder="A name, such as Lena", id="name")
            yield Static("is the same person as", markup=False)
            yield CleanInput(self._name, placeholder="The name that stays, such as Lena Vos", id="into")
            yield Static("", classes="error", markup=False)
            yield Static(key_hints(("enter", "merge"), ("tab", "other name"), ("esc", "cancel")), classes="hint")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        name, into = (self.query_one(f"#{box}", Input) for box in ("name", "into"))
        empty = next((box for box in (name, into) if not box.value.strip()), None)
        if empty is not None:
            empty.focus()
            return
        names = name.value, into.value

        def merge(door: Door) -> Iterator[Message]:
            yield NamesMerged(door.merge_people(*names))

        self._calls.run(self, merge, "merge", exclusive=True)

    @on(NamesMerged)
    def _merged(self, event: NamesMerged) -> None:
        self.dismiss(event.run)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.show_error(event.error.sentence())
