"""The dialog that indexes a file or folder, and shows how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, ProgressBar, Static
from textual.worker import Worker

from secondme.api import Failed, ImportSurvey, Ingested, IngestEvent, Progress, Skipped
from secondme.api.door import Door
from secondme.errors import SecondMeError
from secondme.readers.exports.detect import is_export
from secondme.text.clean import clean
from tui.context import Context
from tui.messages import CallFailed
from tui.paths import typed_path
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.dialog import Dialog
from tui.times import duration
from tui.widgets.inputs import PathInput
from tui.widgets.key_line import key_hints

SPEAKERS = 4
"""Names that are offered; `secondme import` offers all of them."""
LISTED = 500
"""Skipped files that are listed."""


@dataclass
class ExportSurveyed(Message):
    """Who speaks in a chat export that is about to be taken in."""

    survey: ImportSurvey


@dataclass
class IngestProgressed(Message):
    """One event of the running ingest."""

    event: IngestEvent


class AddScreen(Dialog[None]):
    """Asks for a path, then shows the ingest. Esc stops it and keeps what was done; a second esc closes the dialog."""

    def __init__(self, context: Context, path: str = "") -> None:
        super().__init__()
        self._calls = context.calls
        self._path = path
        self._worker: Worker[None] | None = None
        self._skipped = 0

    def compose(self) -> ComposeResult:
        """Path, progress, skipped files, error, keys."""
        with Vertical(id="frame"):
            yield Static("Add files or a folder", classes="title", markup=False)
            yield PathInput(self._path, id="path")
            yield ProgressBar(show_eta=False, show_percentage=True)
            yield Static("", id="progress", markup=False)
            yield OptionList(id="skipped")
            yield Static("", classes="error", markup=False)
            yield Static(key_hints(("enter", "start"), ("→", "complete the path"), ("esc", "close")), classes="hint")

    def on_mount(self) -> None:
        """Begin at once when the path is known."""
        self.query_one(ProgressBar).display = False
        if self._path:
            self._start(self._path)

    @on(Input.Submitted, "#path")
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._start(event.value)

    def _start(self, text: str) -> None:
        path = typed_path(text)
        self.show_error("")
        self.query_one(PathInput).disabled = True
        self.query_one("#progress", Static).update(clean(f"Reading {path}…", keep_newlines=False))
        self.query_one(".hint", Static).update(key_hints(("esc", "stop, and keep what is done")))
        self._skipped = 0
        self.query_one("#skipped", OptionList).clear_options().display = False
        if is_export(path):
            self._path = str(path)
            survey = self._calls.run(self, lambda door: iter([ExportSurveyed(door.import_survey(path))]), "survey")
            self._worker = survey
        else:
            self._ingest(path, None)

    def _ingest(self, path: Path, me: str | None) -> None:
        def ingest(door: Door) -> Iterator[Message]:
            if me:
                held = door.setting("me.also")
                door.set_setting("me.also", f"{held}, {me}" if held else me)
            for event in door.ingest([path], me=me):
                yield IngestProgressed(event)

        self._worker = self._calls.run(self, ingest, "ingest")

    @on(ExportSurveyed)
    def _surveyed(self, event: ExportSurveyed) -> None:
        """Ask which speaker is the person, when none of them is known to be."""
        survey, path = event.survey, Path(self._path)
        if survey.me_known or not survey.speakers:
            self._ingest(path, None)
            return
        names = [name for name, _ in survey.speakers[:SPEAKERS]]

        def answered(choice: str | None) -> None:
            self._ingest(path, names[int(choice.removeprefix("n"))] if choice and choice != "none" else None)

        lines = [
            f"{survey.platform}: {survey.chats:,} chats with {survey.messages:,} messages.",
            "Which of these is you?",
        ]
        choices = [Choice("none", "None"), *(Choice(f"n{i}", name[:20]) for i, name in enumerate(names))]
        self.app.push_screen(ConfirmScreen("Who are you?", lines, choices), answered)

    @on(IngestProgressed)
    def _progressed(self, event: IngestProgressed) -> None:
        match event.event:
            case Progress() as progress:
                bar = self.query_one(ProgressBar)
                bar.display = True
                bar.update(total=progress.total or None, progress=progress.done)
                self.query_one("#progress", Static).update(progress_line(progress))
            case Skipped(path=path, why=why):
                self._skip(path, why)
            case Ingested() as ingested:
                self._end(ingested_line(ingested))
            case Failed(what=what, remedy=remedy, safe=safe):
                self._fail(SecondMeError(what, remedy, safe))

    def _skip(self, path: str, why: str) -> None:
        self._skipped += 1
        skipped = self.query_one("#skipped", OptionList)
        skipped.display = True
        if self._skipped <= LISTED:
            line = (
                clean(path, keep_newlines=False),
                "  ",
                (clean(why, keep_newlines=False), "$text-warning"),
            )
            skipped.add_option(Content.assemble(*line))

    def _end(self, line: str) -> None:
        self._worker = None
        bar = self.query_one(ProgressBar)
        bar.display = False
        self.query_one("#progress", Static).update(line)
        path = self.query_one(PathInput)
        path.disabled = False
        path.value = ""
        path.focus()
        self.query_one(".hint", Static).update(key_hints(("enter", "add another"), ("esc", "close")))

    @on(CallFailed)
    def _call_failed(self, event: CallFailed) -> None:
        self._fail(event.error)

    def _fail(self, error: SecondMeError) -> None:
        path = self.query_one(PathInput).value
        self._end("")
        self.query_one(PathInput).value = path
        self.show_error(error.sentence())

    def action_cancel(self) -> None:
        """Stop the ingest; when none runs, close."""
        if self._worker is None:
            self.dismiss(None)
            return
        self._worker.cancel()
        self._end("Stopped. What was indexed is kept.")


def progress_line(progress: Progress) -> str:
    """`embedding 120 of 300 spans · 54/s · 3 s left · notes/plan.md`."""
    total = f" of {progress.total:,}" if progress.total else ""
    parts = [f"{progress.stage} {progress.done:,}{total} {progress.unit}"]
    if progress.per_second:
        parts.append(f"{progress.per_second:,.0f}/s")
    if progress.seconds_left is not None:
        parts.append(f"{duration(progress.seconds_left)} left")
    if progress.detail:
        parts.append(progress.detail)
    return clean(" · ".join(parts), keep_newlines=False)


def ingested_line(done: Ingested) -> str:
    """What an ingest did, in one sentence."""
    counts = (
        (done.added, "added"),
        (done.updated, "updated"),
        (done.unchanged, "unchanged"),
        (done.skipped, "skipped"),
        (done.failed, "failed"),
    )
    files = ", ".join(f"{number:,} {word}" for number, word in counts if number) or "nothing new"
    start = "Stopped; kept" if done.cancelled else "Done"
    return f"{start}: {files}; {done.spans:,} passages in {duration(done.seconds)}."
