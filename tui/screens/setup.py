"""The dialog of the first run that gets the small models that are missing, and shows how far that is."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, ProgressBar, Static
from textual.worker import Worker

from models.hub.first_models import FirstModel
from models.protocol import ModelError
from secondme.api.door import Door
from secondme.errors import SecondMeError
from secondme.runtimes.first_models import offer
from tui.context import Context
from tui.messages import CallFailed
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from models.hub.store import PullProgress

SHOWN_EACH_SECONDS = 0.1
Fetch = Callable[[FirstModel], "Generator[PullProgress, None, Path]"]
"""Gets a model, and yields how far it is."""


@dataclass
class FetchProgressed(Message):
    """How far one model is."""

    title: str
    progress: PullProgress


@dataclass
class Fetched(Message):
    """All models are here and in use."""


class SetupScreen(Dialog[None]):
    """Says what would be fetched from where, and fetches it when told to. Esc stops it and keeps what has arrived."""

    def __init__(self, context: Context, missing: list[FirstModel], endpoint: str, folder: Path, fetch: Fetch) -> None:
        super().__init__()
        self._calls = context.calls
        self._missing = missing
        self._lines = list(offer(missing, endpoint, folder))
        self._fetch = fetch
        self._worker: Worker[None] | None = None

    @property
    def what(self) -> str:
        """What would be fetched, from where and how large, and what it is good for."""
        return "\n".join(["Without them words are found, and your memory is quoted.", *self._lines])

    def compose(self) -> ComposeResult:
        """What, from where and how large; progress; two buttons."""
        with Vertical(id="frame"):
            yield Static("The small models", classes="title", markup=False)
            yield Static(self.what, markup=False)
            yield ProgressBar(show_eta=False)
            yield Static("", id="progress", markup=False)
            yield Static("", classes="error", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Not now (esc)", id="later", compact=True)
                yield Button("Fetch", id="fetch", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Nothing runs yet. Nothing is contacted by pressing enter in passing."""
        self.query_one(ProgressBar).display = False
        self.query_one("#later").focus()

    @on(Button.Pressed, "#later")
    def action_cancel(self) -> None:
        """Stop and leave; what has arrived is kept."""
        if self._worker is not None:
            self._worker.cancel()
            self.notify("Stopped; what has arrived is kept. `secondme setup` goes on from there.", markup=False)
        self.dismiss(None)

    @on(Button.Pressed, "#fetch")
    def _begin(self) -> None:
        def work(door: Door) -> Iterator[Message]:
            try:
                for model in self._missing:
                    last = 0.0
                    for step in self._fetch(model):
                        if time.monotonic() - last > SHOWN_EACH_SECONDS:
                            last = time.monotonic()
                            yield FetchProgressed(model.title, step)
            except ModelError as error:
                raise SecondMeError(error.what, error.remedy) from error
            door.reload()
            yield Fetched()

        self.show_error("")
        self.query_one("#fetch").disabled = True
        self._worker = self._calls.run(self, work, "setup", exclusive=True)

    @on(FetchProgressed)
    def _progressed(self, event: FetchProgressed) -> None:
        step, million = event.progress, 1_000_000
        bar = self.query_one(ProgressBar)
        bar.display = True
        bar.update(total=step.total, progress=step.done)
        left = "" if step.seconds_left is None else f", {step.seconds_left:.0f} s left"
        done = f"{step.done / million:.1f} of {step.total / million:.1f} MB"
        text = f"{event.title}: {step.stage} {done}, {step.per_second / million:.1f} MB/s{left}"
        self.query_one("#progress", Static).update(text)

    @on(Fetched)
    def _done(self) -> None:
        self.notify("The models are here and in use.", markup=False)
        self.dismiss(None)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        event.stop()
        self._worker = None
        self.query_one("#fetch").disabled = False
        self.show_error(event.error.sentence())
