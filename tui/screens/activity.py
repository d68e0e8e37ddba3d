"""The page of activity: the jobs, what each run made, merged and let fade, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeAlias

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from secondme.api import JobStatus, Progress, RunDetail, RunSummary, Status, Undone
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.list_page import Line, ListPage
from tui.widgets.chat_list import age
from tui.widgets.weeks import by_week, week_bars

Row: TypeAlias = JobStatus | RunSummary

RUNS = 1_000
"""Runs that are read, for the weeks."""
LISTED = 100
"""Runs that are listed."""
WIDE = 100
"""Columns from which it is said what a job does."""
BAR = 20
"""Cells of a bar of progress."""
RUN_TITLES = f"  {'Runs':12}{'when':14}what it did"
WHAT_A_JOB_CAN = (
    "@activity.run_job runs it now, @activity.preview_job shows what it would do, @activity.pause_job pauses it."
)
OUTCOMES = {"support": "said again", "update": "changed", "contradiction": "contradicted"}
"""Words for what a statement is to those before it."""
CONFLICTS = 8
"""Conflicts of an undo that are listed."""


@dataclass
class ActivityLoaded(Message):
    """Jobs and runs were read."""

    status: Status
    jobs: list[JobStatus]
    runs: list[RunSummary]


@dataclass
class IndexingProgressed(Message):
    """How far what was taken in is indexed."""

    progress: Progress


@dataclass
class IndexingEnded(Message):
    """Nothing waits to be indexed."""


@dataclass
class JobProgressed(Message):
    """How far a job is that the person started."""

    progress: Progress


@dataclass
class RunLoaded(Message):
    """What a run did, or what a preview would do."""

    detail: RunDetail


@dataclass
class RunUndone(Message):
    """A run was undone, or could not be."""

    undone: Undone


class ActivityScreen(ListPage[Row]):
    """The jobs, then the runs, newest first; the details of one of them below."""

    PLACE = "activity"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Reading what was done…"
    KEYS = (("enter", "details"),)
    DEFAULT_CSS = """
    ActivityScreen {
        #detail {
            height: 45%; margin: 0 2; padding: 0 1; border-top: solid $border-blurred; display: none;
            scrollbar-size-vertical: 1;
        }
        #detail.-open { display: block; }
        #text { height: auto; }
    }
    """

    def compose_below(self) -> Iterable[Widget]:
        """The details, closed at first."""
        yield VerticalScroll(Static("", id="text", markup=False), id="detail")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._loaded_last: ActivityLoaded | None = None
        self._indexing: Progress | None = None
        self._following = False

    def read(self, door: Door) -> ActivityLoaded:
        """Read jobs and runs."""
        return ActivityLoaded(door.status(), door.jobs(), door.runs(RUNS))

    def _follow_indexing(self) -> None:
        """Show how far indexing is, until nothing is pending."""
        if self._following:
            return
        self._following = True

        def follow(door: Door) -> Iterator[Message]:
            for progress in door.wait_indexed():
                yield IndexingProgressed(progress)
            yield IndexingEnded()

        self.calls.run(self, follow, "indexing")

    @on(IndexingProgressed)
    def _indexing_progressed(self, event: IndexingProgressed) -> None:
        self._indexing = event.progress
        self._show_head()

    @on(IndexingEnded)
    def _indexing_ended(self) -> None:
        self._following, self._indexing = False, None
        self.load()

    def _show_head(self) -> None:
        known = self._loaded_last
        if known is not None:
            head = head_text(known.status, known.jobs, known.runs, self._indexing, self.now())
            self.query_one("#head", Static).update(head)

    @on(ActivityLoaded)
    def _loaded(self, event: ActivityLoaded) -> None:
        now = self.now()
        self._loaded_last = event
        wide = self.size.width >= WIDE
        lines: list[Line[Row] | str] = [
            f"  {'Jobs':12}{'last run':14}{'next run':14}" + ("what it does" if wide else "")
        ]
        lines += [Line(job_line(job, now, wide=wide), job, job.name) for job in event.jobs]
        lines.append(RUN_TITLES if event.runs else "No job has changed anything yet; r runs the chosen one now.")
        lines += [Line(run_line(run, now), run, run.id) for run in event.runs[:LISTED]]
        self.show(head_text(event.status, event.jobs, event.runs, self._indexing, now), lines)
        if event.status.pending:
            self._follow_indexing()
        if event.status.activity or event.status.pending or any(job.running for job in event.jobs):
            self.load_soon()

    # --- runs

    @on(OptionList.OptionSelected)
    def _details(self) -> None:
        row = self.chosen
        if isinstance(row, RunSummary):
            name = row.id
            self.calls.run(self, lambda door: iter([RunLoaded(door.run(name))]), "run", exclusive=True)
        elif isinstance(row, JobStatus):
            self._show_detail(Content(f"{row.title}.\n{with_keys(self.app, WHAT_A_JOB_CAN)}"))

    @on(RunLoaded)
    def _run_loaded(self, event: RunLoaded) -> None:
        self._show_detail(detail_text(event.detail))

    def _show_detail(self, text: Content) -> None:
        self.query_one("#text", Static).update(text)
        self.query_one("#detail").add_class("-open")
        # The details take half of the page. The list learns of its new height after the refresh, and only then can the
        # chosen line come back into view.
        rows = self.query_one("#rows", OptionList)
        self.call_after_refresh(rows.call_after_refresh, rows.scroll_to_highlight)

    def action_undo_run(self) -> None:
        """Ask, then give back what the chosen run changed."""
        row = self.chosen
        if not isinstance(row, RunSummary) or row.state in ("running", "undone"):
            self.app.notify("Choose a run that has ended and is not undone.", markup=False)
            return
        name = row.id

        def answered(choice: str | None) -> None:
            if choice == "undo":
                self.calls.run(self, lambda door: iter([RunUndone(door.undo(name))]), "undo")

        lines = [counts_text(row), f"{row.changes:,} rows become what they were before."]
        choices = [Choice("no", "Cancel"), Choice("undo", "Undo it")]
        self.app.push_screen(ConfirmScreen(f"Undo {name}?", lines, choices), answered)

    @on(RunUndone)
    def _undone(self, event: RunUndone) -> None:
        undone = event.undone
        if undone.conflicts:
            more = len(undone.conflicts) - CONFLICTS
            lines = [_line(line) for line in undone.conflicts[:CONFLICTS]]
            lines += [f"… and {more:,} more"] if more > 0 else []
            title = "Nothing was undone: rows were changed since"
            self.app.push_screen(ConfirmScreen(title, lines, [Choice("ok", "Good")]))
        else:
            self.app.notify(f"Undone: {undone.rows:,} rows are as they were.", markup=False)
        self.load()

    # --- jobs

    def _chosen_job(self) -> JobStatus | None:
        row = self.chosen
        if isinstance(row, JobStatus):
            return row
        self.app.notify("Choose a job first.", markup=False)
        return None

    def action_run_job(self) -> None:
        """Run the chosen job now."""
        self._run_job(dry=False)

    def action_preview_job(self) -> None:
        """List what the chosen job would do."""
        self._run_job(dry=True)

    def _run_job(self, *, dry: bool) -> None:
        job = self._chosen_job()
        if job is None:
            return
        name = job.name

        def work(door: Door) -> Iterator[Message]:
            for event in door.job_run(name, dry_run=dry):
                yield JobProgressed(event) if isinstance(event, Progress) else RunLoaded(event)

        self._show_detail(Content(f"{_line(name)}: working…"))
        self.calls.run(self, work, "job", exclusive=True)
        self.load_soon()

    @on(JobProgressed)
    def _progressed(self, event: JobProgressed) -> None:
        stops = with_keys(self.app, "  @activity.stop_job stops it")
        self._show_detail(Content.assemble(moving_text(event.progress), (stops, "$text-muted")))

    def action_stop_job(self) -> None:
        """Stop the running job; what it did is kept."""
        self.load(lambda door: door.job_stop())

    def action_pause_job(self) -> None:
        """Pause the chosen job, or let it go on."""
        job = self._chosen_job()
        if job is not None:
            name, paused = job.name, job.state != "paused"
            self.load(lambda door: door.job_pause(name, paused=paused))

    def action_back(self) -> None:
        """Close the details, or return to the chat."""
        detail = self.query_one("#detail")
        if detail.has_class("-open"):
            detail.remove_class("-open")
        else:
            self.dismiss()


def head_text(
    status: Status, jobs: list[JobStatus], runs: list[RunSummary], indexing: Progress | None, now: datetime
) -> Content:
    """What runs now, with rate and end; what waits, and what keeps jobs from running; the weeks."""
    moving = indexing or next((job.progress for job in jobs if job.running and job.progress), None)
    activity = _line(status.activity or status.job) or "Nothing runs now"
    facts = [f"{status.spans:,} memories at hand", f"{status.faded:,} faded"]
    facts += [f"{status.pending:,} to index"] if status.pending else []
    waits = next((job.waits_for for job in jobs if job.waits_for), "")
    facts += [f"due jobs wait for {_line(waits)}"] if waits else []
    parts: list[Content | str | tuple[str, str]] = [
        ("Activity", "bold $title"),
        ("  " + " · ".join(facts), "$text-muted"),
    ]
    parts += ["\n", moving_text(moving) if moving else Content.styled(activity, "bold")]
    changes = by_week(((run.started_at, run.changes) for run in runs if run.state != "undone"), now)
    parts += ["\n", week_bars(changes, "changes by jobs")] if any(changes) else []
    return Content.assemble(*parts)


def moving_text(step: Progress) -> Content:
    """A bar, how much of how much, the rate, and the time that is left."""
    full = round(BAR * min(step.done / step.total, 1.0)) if step.total else 0
    rate = f" · {step.per_second:,.0f}/s" if step.per_second else ""
    left = f" · {wait_text(step.seconds_left)} left" if step.seconds_left is not None else ""
    return Content.assemble(
        (f"{_line(step.stage)} ", "bold"),
        ("█" * full, "$text-accent"),
        ("░" * (BAR - full), "$text-muted"),
        f" {step.done:,} of {step.total:,} {_line(step.unit)}{rate}{left}",
    )


def wait_text(seconds: float) -> str:
    """A time to wait as people say it: `40 s`, `12 min`, `3 h`, `2 days`."""
    for limit, unit, name in ((90, 1, "s"), (5400, 60, "min"), (129_600, 3600, "h")):
        if seconds < limit:
            return f"{seconds / unit:.0f} {name}"
    return f"{seconds / 86_400:.0f} days"


def job_line(job: JobStatus, now: datetime, *, wide: bool = True) -> Content:
    """A job: whether it runs, its name, when it ran, when it is due, what it does."""
    if job.running:
        done = job.progress
        last = f"{done.done:,}/{done.total:,}" if done else "running"
    else:
        last = _ago(job.last_success, now) if job.last_success else "never"
    rests = "paused" if job.state == "paused" else "off" if job.needs else ""
    state = "running" if job.running else rests or _due(job.next_at, now)
    mark = "▶" if job.running else "‖" if rests else "·"
    parts: list[str | tuple[str, str]] = [f"{mark} {_line(job.name):12}", (f"{last:14}{state:14}", "$text-muted")]
    parts += [_line(job.title)] if wide else []
    if job.error:
        parts.append((f"  ⚠ {_line(job.error)}", "$text-error"))
    return Content.assemble(*parts)


def _due(instant: str, now: datetime) -> str:
    """When a job is due: `when idle`, `in 40 min`, `in 5 h`."""
    try:
        seconds = (datetime.fromisoformat(instant) - now).total_seconds()
    except ValueError:
        return "when idle"
    return f"in {wait_text(seconds)}" if seconds > 0 else "when idle"


def run_line(run: RunSummary, now: datetime) -> Content:
    """A run: when, which, what it made, merged, let fade and refused."""
    style = {"undone": "$text-muted", "failed": "$text-error"}.get(run.state, "$foreground")
    marks = {"done": "✓", "undone": "↩", "failed": "✗", "running": "▶"}
    return Content.assemble(
        (f"{marks.get(run.state, '‖')} {_line(run.job):12}", style),
        (f"{_ago(run.started_at, now):14}", "$text-muted"),
        (counts_text(run), style),
    )


def _ago(instant: str, now: datetime) -> str:
    since = age(instant, now)
    return f"{since} ago" if since[-1:].isalpha() and since != "now" else since


def _in_words(what: str, number: int = 1) -> str:
    """What was done to so many: `support` is said again, `day written` of more than one are days written."""
    thing, space, done = what.partition(" ")
    return f"{thing}s {done}" if number != 1 and space and done == "written" else OUTCOMES.get(what, what)


def counts_text(run: RunSummary) -> str:
    """What a run did, and how often."""
    counts = ", ".join(f"{number:,} {_in_words(what, number)}" for what, number in run.counts)
    state = {"undone": " (undone)", "stopped": " (stopped)", "failed": f" (failed: {run.error})"}.get(run.state, "")
    return _line((counts or "changed nothing") + state)


def detail_text(detail: RunDetail) -> Content:
    """A run line by line: what it changed, then what it refused and why."""
    parts: list[str | tuple[str, str]] = [
        (f"{detail.summary.id}  ", "bold"),
        (f"{detail.summary.started_at[:16].replace('T', ' ')}  {counts_text(detail.summary)}", "$text-muted"),
    ]
    for change in detail.changes:
        if change.what != "source":
            note = f"  ({_line(change.note)})" if change.note else ""
            parts += ["\n", (f"{_in_words(_line(change.what)):12} ", "$text-accent"), _line(change.label), note]
    for reason, text in detail.refusals:
        parts += ["\n", (f"refused: {_line(reason):12} ", "$text-warning"), _line(text)]
    if not detail.changes and not detail.refusals:
        parts.append("\nIt changed nothing.")
    return Content.assemble(*parts)


def _line(text: str) -> str:
    return clean(text, keep_newlines=False)
