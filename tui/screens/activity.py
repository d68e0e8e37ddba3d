"""What the memory does by itself: its jobs, what each run made, merged and let fade, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import JobStatus, Progress, RunDetail, RunSummary, Status
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.calls import Calls
from tui.messages import ActivityLoaded, CallFailed, JobMoved, RunShown, RunUndone
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.dialog import hints
from tui.screens.list_page import ListPage
from tui.widgets.chat_list import age

Row: TypeAlias = JobStatus | RunSummary | None
"""What a line of the list stands for; None for a heading."""

REFRESH_SECONDS = 1.5
CONFLICTS = 8


class ActivityScreen(ListPage):
    """The queue and the jobs, then the runs, newest first."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("activity")

    def __init__(self, calls: Calls, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._calls = calls
        self._now = now
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        """A heading, the list, a run's details, the keys."""
        yield Static("Reading what was done…", id="head", markup=False)
        yield OptionList(id="rows")
        with VerticalScroll(id="detail"):
            yield Static("", id="text", markup=False)
        yield Static(
            hints(
                ("enter", "details"),
                ("u", "undo"),
                ("r", "run now"),
                ("d", "preview"),
                ("s", "stop"),
                ("space", "pause"),
                ("esc", "back"),
            ),
            classes="keys",
        )

    def on_mount(self) -> None:
        """Read the lists."""
        self.query_one("#rows").focus()
        self.load()

    def load(self) -> None:
        """Ask for jobs and runs again."""

        def read(door: Door) -> Iterator[Message]:
            yield ActivityLoaded(door.status(), door.jobs(), door.runs())

        self._calls.run(self, read, "activity", exclusive=True)

    @on(ActivityLoaded)
    def _loaded(self, event: ActivityLoaded) -> None:
        self.query_one("#head", Static).update(head_line(event.status, event.jobs))
        options = self.query_one("#rows", OptionList)
        kept = options.highlighted
        self._rows = [None, *event.jobs]
        lines = [Option("Jobs", disabled=True), *(Option(job_line(job, self._now())) for job in event.jobs)]
        self._rows += [None, *event.runs]
        lines.append(Option("Runs" if event.runs else "No job changed anything yet", disabled=True))
        lines += [Option(run_line(run, self._now())) for run in event.runs]
        options.clear_options()
        options.add_options(lines)
        options.highlighted = min(kept if kept is not None else 1, len(lines) - 1)
        if event.status.activity or event.status.pending or any(job.running for job in event.jobs):
            self.set_timer(REFRESH_SECONDS, self.load)

    # --- runs

    @on(OptionList.OptionSelected)
    def _details(self) -> None:
        row = self.chosen(self._rows)
        if isinstance(row, RunSummary):
            name = row.id
            self._calls.run(self, lambda door: iter([RunShown(door.run(name))]), "run", exclusive=True)
        elif isinstance(row, JobStatus):
            self._show(Content(f"{row.title}.\nr runs it now, d shows what it would do, space pauses it."))

    @on(RunShown)
    def _run_shown(self, event: RunShown) -> None:
        self._show(detail_text(event.detail))

    def _show(self, text: Content) -> None:
        self.query_one("#text", Static).update(text)
        self.query_one("#detail").add_class("-open")

    def action_undo_run(self) -> None:
        """Ask, then give back what the chosen run changed."""
        row = self.chosen(self._rows)
        if not isinstance(row, RunSummary) or row.state in ("running", "undone"):
            self.app.notify("Choose a run that is over and not undone.", markup=False)
            return
        name = row.id

        def answered(choice: str | None) -> None:
            if choice == "undo":
                self._calls.run(self, lambda door: iter([RunUndone(door.undo(name))]), "undo")

        lines = [counts_text(row), f"{row.changes:,} rows become what they were before."]
        choices = [Choice("no", "Cancel"), Choice("undo", "Undo it")]
        self.app.push_screen(ConfirmScreen(f"Undo {name}?", lines, choices), answered)

    @on(RunUndone)
    def _undone(self, event: RunUndone) -> None:
        undone = event.undone
        if undone.conflicts:
            more = len(undone.conflicts) - CONFLICTS
            lines = [clean(line, keep_newlines=False) for line in undone.conflicts[:CONFLICTS]]
            lines += [f"… and {more:,} more"] if more > 0 else []
            title = "Nothing was undone: rows were changed since"
            self.app.push_screen(ConfirmScreen(title, lines, [Choice("ok", "Good")]))
        else:
            self.app.notify(f"Undone: {undone.rows:,} rows are as they were.", markup=False)
        self.load()

    # --- jobs

    def _job(self) -> JobStatus | None:
        row = self.chosen(self._rows)
        if isinstance(row, JobStatus):
            return row
        self.app.notify("Choose a job first.", markup=False)
        return None

    def action_run_job(self) -> None:
        """Run the chosen job now."""
        self._perform(dry=False)

    def action_preview_job(self) -> None:
        """List what the chosen job would do."""
        self._perform(dry=True)

    def _perform(self, *, dry: bool) -> None:
        job = self._job()
        if job is None:
            return
        name = job.name

        def work(door: Door) -> Iterator[Message]:
            for event in door.job_run(name, dry_run=dry):
                yield JobMoved(event) if isinstance(event, Progress) else RunShown(event)

        self._show(Content(f"{name}: working…"))
        self._calls.run(self, work, "job", exclusive=True)
        self.set_timer(REFRESH_SECONDS, self.load)

    @on(JobMoved)
    def _moved(self, event: JobMoved) -> None:
        progress = event.progress
        rate = f" · {progress.per_second:,.0f}/s" if progress.per_second else ""
        left = f" · {progress.seconds_left:,.0f} s left" if progress.seconds_left is not None else ""
        self._show(Content(f"{progress.stage} {progress.done:,} of {progress.total:,} {progress.unit}{rate}{left}"))

    def action_stop_job(self) -> None:
        """Stop the job that runs; what it did is kept."""

        def stop(door: Door) -> Iterator[Message]:
            door.job_stop()
            yield ActivityLoaded(door.status(), door.jobs(), door.runs())

        self._calls.run(self, stop, "stop")

    def action_pause_job(self) -> None:
        """Pause the chosen job, or let it go on."""
        job = self._job()
        if job is not None:
            name, paused = job.name, job.state != "paused"

            def change(door: Door) -> Iterator[Message]:
                door.job_pause(name, paused=paused)
                yield ActivityLoaded(door.status(), door.jobs(), door.runs())

            self._calls.run(self, change, "pause")

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.app.notify(event.error.sentence(), severity="warning", markup=False)

    def action_back(self) -> None:
        """Close the details, or return to the chat."""
        detail = self.query_one("#detail")
        if detail.has_class("-open"):
            detail.remove_class("-open")
        else:
            self.dismiss()


def head_line(status: Status, jobs: list[JobStatus]) -> Content:
    """What runs now, what waits, and what keeps jobs from running."""
    now = clean(status.activity or status.job, keep_newlines=False) or "Nothing runs now"
    facts = [f"{status.spans:,} memories at hand", f"{status.faded:,} faded"]
    facts += [f"{status.pending:,} to index"] if status.pending else []
    waits = next((job.waits_for for job in jobs if job.waits_for), "")
    facts += [f"due jobs wait for {waits}"] if waits else []
    return Content.assemble((now, "bold"), "\n", (" · ".join(facts), "$foreground-muted"))


def job_line(job: JobStatus, now: datetime) -> Content:
    """A job: whether it runs, its name, what it does."""
    if job.running:
        done = job.progress
        state = f"{done.done:,}/{done.total:,}, {done.per_second:,.0f}/s" if done else "running"
    elif job.state == "paused":
        state = "paused"
    else:
        state = _ago(job.last_success, now) if job.last_success else "never ran"
    mark = "▶" if job.running else "‖" if job.state == "paused" else "·"
    parts: list[str | tuple[str, str]] = [f"{mark} {job.name:10} ", (f"{state:18} ", "$foreground-muted"), job.title]
    if job.error:
        parts.append((f"  ⚠ {clean(job.error, keep_newlines=False)}", "$text-error"))
    return Content.assemble(*parts)


def run_line(run: RunSummary, now: datetime) -> Content:
    """A run: when, which, what it did."""
    style = {"undone": "$foreground-muted", "failed": "$text-error"}.get(run.state, "$foreground")
    marks = {"done": "✓", "undone": "↩", "failed": "⚠", "running": "▶"}
    return Content.assemble(
        (f"{marks.get(run.state, '‖')} {run.job:10} ", style),
        (f"{_ago(run.started_at, now):18} ", "$foreground-muted"),
        (counts_text(run), style),
    )


def _ago(instant: str, now: datetime) -> str:
    since = age(instant, now)
    return f"{since} ago" if since[-1:].isalpha() and since != "now" else since


def counts_text(run: RunSummary) -> str:
    """What a run did how often."""
    counts = ", ".join(f"{number:,} {what}" for what, number in run.counts)
    state = {"undone": " (undone)", "stopped": " (stopped)", "failed": f" (failed: {run.error})"}.get(run.state, "")
    return clean((counts or "changed nothing") + state, keep_newlines=False)


def detail_text(detail: RunDetail) -> Content:
    """A run line by line: what it changed, then what it refused and why."""
    parts: list[str | tuple[str, str]] = [
        (f"{detail.summary.id}  ", "bold"),
        (f"{detail.summary.started_at[:16].replace('T', ' ')}  {counts_text(detail.summary)}", "$foreground-muted"),
    ]
    for change in detail.changes:
        if change.what != "source":
            note = f"  ({clean(change.note, keep_newlines=False)})" if change.note else ""
            parts += ["\n", (f"{change.what:12} ", "$text-accent"), clean(change.label, keep_newlines=False), note]
    for reason, text in detail.refusals:
        parts += ["\n", (f"refused: {reason:12} ", "$text-warning"), clean(text, keep_newlines=False)]
    if not detail.changes and not detail.refusals:
        parts.append("\nIt changed nothing.")
    return Content.assemble(*parts)
