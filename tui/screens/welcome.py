"""The dialog of the first run: what this is, a name, a folder. All of it can be skipped."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import monotonic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Checkbox, Input, Static

from secondme.text.clean import clean
from tui.paths import typed_path
from tui.screens.dialog import Dialog
from tui.widgets.inputs import CleanInput, PathInput


@dataclass(frozen=True)
class Welcome:
    """What the person answered; empty where they answered nothing."""

    name: str
    folder: str
    watch: bool


SEEN_AFTER = 0.4
"""Seconds after the dialog is on the screen: a key that comes sooner was meant for what was there before."""


class WelcomeScreen(Dialog[Welcome]):
    """Dismissed with the answers, or with None when skipped."""

    def __init__(self) -> None:
        super().__init__()
        self.seen_at = inf
        """When a person has seen it, by the clock of events."""

    def on_mount(self) -> None:
        """Count as seen a moment after it was drawn."""
        self.call_after_refresh(self._drawn)

    def _drawn(self) -> None:
        self.seen_at = monotonic() + SEEN_AFTER

    def compose(self) -> ComposeResult:
        """The promise, two questions, two buttons."""
        with Vertical(id="frame"):
            yield Static("Welcome to second me", classes="title", markup=False)
            yield Static("A memory for your files and chats: ask it, and it answers from them.", markup=False)
            yield Static("Nothing leaves this machine.", classes="promise", markup=False)
            yield Static("What is your name?", classes="label", markup=False)
            yield CleanInput(placeholder="so that I know which words are yours", id="name", compact=True)
            yield Static("A folder to begin with (→ completes the path)", classes="label", markup=False)
            yield PathInput(id="folder", compact=True)
            yield Checkbox("Keep watching it for changes", value=True, compact=True)
            yield Static("", classes="error", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Skip (esc)", id="skip", compact=True)
                yield Button("Begin", id="begin", variant="primary", compact=True)

    @on(Input.Submitted, "#name")
    def _named(self) -> None:
        self.query_one("#folder").focus()

    @on(Input.Submitted, "#folder")
    @on(Button.Pressed, "#begin")
    def _begin(self) -> None:
        folder = self.query_one("#folder", Input).value.strip()
        if folder and not typed_path(folder).exists():
            self.show_error(f"There is no {typed_path(folder)}. Correct it, or leave it empty.")
            self.query_one("#folder").focus()
            return
        watch = self.query_one(Checkbox).value and typed_path(folder).is_dir()
        self.dismiss(Welcome(clean(self.query_one("#name", Input).value).strip(), folder, watch))

    @on(Button.Pressed, "#skip")
    def _skip(self) -> None:
        self.dismiss(None)
