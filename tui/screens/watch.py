"""The dialog that asks for a folder to watch."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from secondme.api import Survey
from secondme.text.clean import clean
from tui.context import Context
from tui.messages import CallFailed
from tui.paths import typed_path
from tui.screens.dialog import Dialog
from tui.widgets.inputs import PathInput
from tui.widgets.key_line import key_hints

KINDS = 6
"""Kinds of files that are listed."""


@dataclass
class FolderSurveyed(Message):
    """What watching a folder would read."""

    survey: Survey


class WatchScreen(Dialog[str]):
    """Counts what a folder holds. Dismissed with the folder's path, or with None when cancelled."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._calls = context.calls
        self._counted = ""

    def compose(self) -> ComposeResult:
        """The path, what the folder holds, error, keys."""
        with Vertical(id="frame"):
            yield Static("Watch a folder", classes="title", markup=False)
            yield Static("Its files are indexed now, and again whenever they change.", markup=False)
            yield PathInput()
            yield Static("", id="survey", markup=False)
            yield Static("", classes="error", markup=False)
            yield Static(
                key_hints(("enter", "count its files"), ("→", "complete the path"), ("esc", "cancel")), classes="hint"
            )

    @on(Input.Changed)
    def _changed(self) -> None:
        self._counted = ""

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        path = typed_path(event.value)
        if event.value.strip() and event.value == self._counted:
            self.dismiss(str(path))
        elif event.value.strip() and path.is_dir():
            self._counted = event.value
            self.query_one("#survey", Static).update("Counting…")
            self._calls.run(self, lambda door: iter([FolderSurveyed(door.survey(path))]), "survey", exclusive=True)
        else:
            self.show_error(f"There is no folder {path}.")

    @on(FolderSurveyed)
    def _surveyed(self, event: FolderSurveyed) -> None:
        self.show_error("")
        self.query_one("#survey", Static).update(survey_text(event.survey))
        self.query_one(".hint", Static).update(key_hints(("enter", "watch it"), ("esc", "cancel")))

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.show_error(event.error.sentence())


def survey_text(survey: Survey) -> str:
    """How much would be read and what would not, in a few lines."""
    lines = [f"{survey.files:,} files, {size(survey.bytes)}, can be read."]
    lines += [f"{count:>9,}  {kind} ({size(total)})" for kind, count, total in survey.kinds[:KINDS]]
    skipped = sum(count for _, count in survey.skipped)
    if skipped:
        why = survey.skipped[0][0]
        lines.append(
            f"{skipped:>9,}  skipped, most because {why}"
            if len(survey.skipped) > 1
            else f"{skipped:>9,}  skipped: {why}"
        )
    return clean("\n".join(lines))


def size(count: int) -> str:
    """Bytes for a person."""
    for unit in ("bytes", "KB", "MB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "bytes" or count >= 10 else f"{count:.1f} {unit}"
        count = count / 1000  # type: ignore[assignment]
    return f"{count:,.1f} GB"
