"""Commands about background jobs, what they did, and how to undo it; and pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from secondme.cli.terminal import end_line, interruptible, nothing, open_engine, print_json, say, show

if TYPE_CHECKING:
    from secondme.api import JobStatus, RunDetail, RunSummary

SHOWN_CHANGES = 40


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def jobs(ctx: click.Context, as_json: bool) -> None:
    """Background jobs: merging, summaries, forgetting. Each run is listed and can be undone."""
    if ctx.invoked_subcommand is None:
        _list(as_json)


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True)
def jobs_list(as_json: bool) -> None:
    """List the jobs: what each does, when it last ran, when it is due."""
    _list(as_json)


def _list(as_json: bool) -> None:
    found = open_engine().jobs()
    if as_json:
        print_json(found)
        return
    for one in found:
        click.echo(job_text(one))
    if found and found[0].waits_for:
        say(f"Due jobs wait for {found[0].waits_for}.")


@jobs.command("run")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Only list what it would do.")
@click.option("--json", "as_json", is_flag=True)
def jobs_run(name: str, dry_run: bool, as_json: bool) -> None:
    """Run a job now; ctrl+c stops it and keeps what it did."""
    from secondme import api

    detail: api.RunDetail | None = None
    for event in interruptible(open_engine().job_run(name, dry_run=dry_run)):
        if isinstance(event, api.Progress):
            show(event)
        else:
            detail = event
    end_line()
    if detail is None:
        return
    if as_json:
        print_json(detail)
        return
    _print(detail)
    if dry_run:
        say("Nothing was changed: this is what it would do.")
    elif detail.summary.changes:
        say(f"`secondme undo {detail.summary.id}` gives everything back.")


@jobs.command("pause")
@click.argument("name", default="")
def jobs_pause(name: str) -> None:
    """Pause a job, or all of them."""
    for one in open_engine().job_pause(name, paused=True):
        click.echo(job_text(one))


@jobs.command("resume")
@click.argument("name", default="")
def jobs_resume(name: str) -> None:
    """Let a paused job go on, or all of them."""
    for one in open_engine().job_pause(name, paused=False):
        click.echo(job_text(one))


@jobs.command("stop")
def jobs_stop() -> None:
    """Stop the job that runs now; what it did is kept."""
    click.echo("Stopped; what it did is kept." if open_engine().job_stop() else "No job is running.")


@click.group(invoke_without_command=True)
@click.option("-n", "limit", default=30, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def runs(ctx: click.Context, limit: int, as_json: bool) -> None:
    """What background jobs did, newest first."""
    if ctx.invoked_subcommand is not None:
        return
    found = open_engine().runs(limit)
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(run_text(one))
    if not found:
        nothing("No job changed anything yet.")


@runs.command("show")
@click.argument("run_id")
@click.option("--json", "as_json", is_flag=True)
def runs_show(run_id: str, as_json: bool) -> None:
    """Show one run: what it made, merged and let fade, and what it refused. RUN_ID may be shortened."""
    detail = open_engine().run(run_id)
    print_json(detail) if as_json else _print(detail)


@click.command()
@click.argument("run_id")
@click.option("--json", "as_json", is_flag=True)
def undo(run_id: str, as_json: bool) -> None:
    """Undo a run: every row that it changed is as it was. Refuses where rows were changed since, and lists them."""
    undone = open_engine().undo(run_id)
    if as_json:
        print_json(undone)
    elif undone.conflicts:
        say(f"Nothing was undone: {len(undone.conflicts):,} rows were changed since.")
        for line in undone.conflicts[:SHOWN_CHANGES]:
            click.echo(line)
    else:
        click.echo(f"Undone: {undone.rows:,} rows are as they were before {undone.run}.")
    if undone.conflicts:
        click.get_current_context().exit(1)


@click.command("pin")
@click.argument("target")
@click.option("--json", "as_json", is_flag=True)
def pin_(target: str, as_json: bool) -> None:
    """Pin a memory: it never fades. TARGET: a passage's id, or a source by id or path."""
    _pin(target, pinned=True, as_json=as_json)


@click.command()
@click.argument("target")
@click.option("--json", "as_json", is_flag=True)
def unpin(target: str, as_json: bool) -> None:
    """Take a pin away: the memory fades as others do."""
    _pin(target, pinned=False, as_json=as_json)


def _pin(target: str, *, pinned: bool, as_json: bool) -> None:
    done = open_engine().pin(target, pinned=pinned)
    if as_json:
        print_json(done)
    else:
        click.echo(f"{done.memories:,} memories {'pinned' if pinned else 'unpinned'}.")


def job_text(one: JobStatus) -> str:
    """A job for a list."""
    if one.running:
        when = f"running, {one.progress.done:,} of {one.progress.total:,}" if one.progress else "running"
    elif one.state == "paused":
        when = "paused"
    else:
        last = f"last {one.last_success[:16].replace('T', ' ')}" if one.last_success else "never ran"
        when = f"{last}, next {one.next_at[:16].replace('T', ' ')}" if one.next_at else f"{last}, due"
    failed = f"  ! {one.error}" if one.error else ""
    return f"{one.name:10} {when:48} {one.title}{failed}"


def run_text(one: RunSummary) -> str:
    """A run for a list."""
    counts = ", ".join(f"{number:,} {what}" for what, number in one.counts) or "nothing changed"
    failed = f"  ! {one.error}" if one.error else ""
    return f"{one.id:20} {one.started_at[:16].replace('T', ' ')}  {one.state:8} {counts}{failed}"


def _print(detail: RunDetail) -> None:
    click.echo(run_text(detail.summary))
    shown = [one for one in detail.changes if one.what != "source"]
    for one in shown[:SHOWN_CHANGES]:
        note = f"  ({one.note})" if one.note else ""
        click.echo(f"  {one.what:14} {one.label}{note}")
    rest = detail.summary.changes - len(detail.changes) + len(shown) - len(shown[:SHOWN_CHANGES])
    if rest > 0:
        click.echo(f"  … and {rest:,} more rows")
    for reason, text in detail.refusals[:SHOWN_CHANGES]:
        click.echo(f"  refused ({reason}): {text}")
