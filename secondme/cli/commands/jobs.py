"""`jobs`, `runs` and `undo`: the background jobs, what they did, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from secondme.cli.root import cli
from secondme.cli.terminal import follow, json_option, open_engine, print_result, print_rows, say

if TYPE_CHECKING:
    from secondme.api import JobStatus, RunDetail, RunSummary

SHOWN_CHANGES = 40


@cli.group(invoke_without_command=True)
@json_option()
@click.pass_context
def jobs(ctx: click.Context, as_json: bool) -> None:
    """List the background jobs, or run, pause and stop them. Each run can be undone."""
    if ctx.invoked_subcommand is None:
        _list_jobs(as_json)


@jobs.command("list")
@json_option()
def jobs_list(as_json: bool) -> None:
    """List the jobs: what each does, when it last ran, when it is due."""
    _list_jobs(as_json)


def _list_jobs(as_json: bool) -> None:
    found = open_engine().jobs()
    print_rows(found, _job_text, as_json=as_json)
    if found and found[0].waits_for and not as_json:
        say(f"Due jobs wait for {found[0].waits_for}.")


@jobs.command("run")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Only list what it would do.")
@json_option()
def jobs_run(name: str, dry_run: bool, as_json: bool) -> None:
    """Run a job now; ctrl+c stops it and keeps what it did."""
    detail: RunDetail | None = None
    for event in follow(open_engine().job_run(name, dry_run=dry_run)):
        detail = event
    if detail is None:
        return
    print_result(detail, _detail_lines(detail), as_json=as_json)
    if as_json:
        return
    if dry_run:
        say("Nothing was changed: this is what it would do.")
    elif detail.summary.changes:
        say(f"`secondme undo {detail.summary.id}` gives everything back.")


@jobs.command("pause")
@click.argument("name", default="")
def jobs_pause(name: str) -> None:
    """Pause the job NAME, or all jobs."""
    print_rows(open_engine().job_pause(name, paused=True), _job_text, as_json=False)


@jobs.command("resume")
@click.argument("name", default="")
def jobs_resume(name: str) -> None:
    """Let the paused job NAME go on, or all of them."""
    print_rows(open_engine().job_pause(name, paused=False), _job_text, as_json=False)


@jobs.command("stop")
def jobs_stop() -> None:
    """Stop the job that is running; what it did is kept."""
    click.echo("Stopped; what it did is kept." if open_engine().job_stop() else "No job is running.")


@cli.group(invoke_without_command=True)
@click.option("-n", "limit", default=30, show_default=True, help="How many runs to list.")
@json_option()
@click.pass_context
def runs(ctx: click.Context, limit: int, as_json: bool) -> None:
    """List what background jobs did, the newest run first."""
    if ctx.invoked_subcommand is None:
        found = open_engine().runs(limit)
        print_rows(found, _run_text, as_json=as_json, empty="No job changed anything yet.")


@runs.command("show")
@click.argument("run_id")
@json_option()
def runs_show(run_id: str, as_json: bool) -> None:
    """Show one run: what it made, merged and let fade, and what it refused. RUN_ID may be shortened."""
    detail = open_engine().run(run_id)
    print_result(detail, _detail_lines(detail), as_json=as_json)


@cli.command()
@click.argument("run_id")
@json_option()
def undo(run_id: str, as_json: bool) -> None:
    """Undo a run: every row that it changed becomes what it was before.

    If any of the rows were changed since, nothing is undone and those rows are listed.
    """
    undone = open_engine().undo(run_id)
    if undone.conflicts and not as_json:
        say(f"Nothing was undone: {len(undone.conflicts):,} rows were changed since.")
    lines = undone.conflicts[:SHOWN_CHANGES] or [f"Undone: {undone.rows:,} rows are as they were before {undone.run}."]
    print_result(undone, lines, as_json=as_json)
    if undone.conflicts:
        click.get_current_context().exit(1)


def _job_text(job: JobStatus) -> str:
    if job.running:
        when = f"running, {job.progress.done:,} of {job.progress.total:,}" if job.progress else "running"
    elif job.state == "paused":
        when = "paused"
    elif job.needs:
        when = f"off: it needs {job.needs}"
    else:
        last = f"last {_minute(job.last_success)}" if job.last_success else "never ran"
        when = f"{last}, next {_minute(job.next_at)}" if job.next_at else f"{last}, due"
    failed = f"  ! {job.error}" if job.error else ""
    return f"{job.name:10} {when:48} {job.title}{failed}"


def _run_text(run: RunSummary) -> str:
    counts = ", ".join(f"{number:,} {what}" for what, number in run.counts) or "nothing changed"
    failed = f"  ! {run.error}" if run.error else ""
    return f"{run.id:20} {_minute(run.started_at)}  {run.state:8} {counts}{failed}"


def _detail_lines(detail: RunDetail) -> Iterator[str]:
    """A run line by line: what it changed, how much is not shown, then what it refused and why."""
    yield _run_text(detail.summary)
    listed = [change for change in detail.changes if change.what != "source"]
    for change in listed[:SHOWN_CHANGES]:
        note = f"  ({change.note})" if change.note else ""
        yield f"  {change.what:14} {change.label}{note}"
    rest = detail.summary.changes - len(detail.changes) + len(listed[SHOWN_CHANGES:])
    if rest > 0:
        yield f"  … and {rest:,} more rows"
    for reason, text in detail.refusals[:SHOWN_CHANGES]:
        yield f"  refused ({reason}): {text}"


def _minute(instant: str) -> str:
    """An ISO 8601 instant as `2026-01-02 03:00`."""
    return instant[:16].replace("T", " ")
