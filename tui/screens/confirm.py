"""The dialog that asks before something is done, or shows a receipt after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from secondme.text.clean import clean
from tui.screens.dialog import Dialog


@dataclass(frozen=True)
class Choice:
    """A button. `id` is what the dialog answers; `danger` colours it as one that destroys something."""

    id: str
    label: str
    danger: bool = False


class ConfirmScreen(Dialog[str]):
    """Dismissed with the chosen id, or None. The first choice has the focus, so it must be a harmless one."""

    def __init__(self, title: str, lines: Sequence[str], choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title_text = clean(title, keep_newlines=False)
        self._lines = [clean(line, keep_newlines=False) for line in lines]
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Title, explanation, buttons."""
        with Vertical(id="frame"):
            yield Static(self._title_text, classes="title", markup=False)
            yield Static("\n".join(self._lines), markup=False)
            with Horizontal(classes="buttons"):
                for choice in self._choices:
                    yield Button(
                        choice.label, id=choice.id, variant="error" if choice.danger else "default", compact=True
                    )

    def on_mount(self) -> None:
        """Focus the first choice: enter must not destroy anything."""
        self.query(Button).first().focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)
