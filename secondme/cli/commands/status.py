"""`status`, `doctor` and `paths`: how the memory is, whether it is sound, and where it is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from secondme.cli.lines import folder_text
from secondme.cli.root import cli
from secondme.cli.terminal import (
    end_line,
    interruptible,
    json_option,
    open_engine,
    print_json,
    print_result,
    print_rows,
    say,
)

if TYPE_CHECKING:
    from secondme.api import Status
    from secondme.api.door import Door
    from secondme.cli.doctor import Finding


@cli.command()
@click.option("--wait", is_flag=True, help="Wait until everything is embedded and indexed.")
@json_option()
def status(wait: bool, as_json: bool) -> None:
    """Show what is in memory, which models answer and what is going on."""
    engine = open_engine()
    if wait:
        _wait_until_indexed(engine)
    state = engine.status()
    if as_json:
        print_json(state)
        return
    print_result(state, _status_lines(state), as_json=False)
    for problem in state.problems:
        say(f"! {problem.what} {problem.remedy}".rstrip())


def _wait_until_indexed(engine: Door) -> None:
    for state in interruptible(engine.watch_status()):
        if not state.pending and not state.activity:
            break
        if sys.stderr.isatty():
            done = f"{state.spans - state.pending} of {state.spans} spans"
            click.echo(f"\r{state.activity}: {done}\033[K", nl=False, err=True)
    end_line()


def _status_lines(state: Status) -> Iterator[str]:
    spans = f"{state.spans} spans ({state.embedded} embedded, {state.pending} pending)"
    yield f"memory     {spans} from {state.sources} sources"
    if state.faded:
        yield f"faded      {state.faded} spans: a second look finds them"
    if state.failed or state.noted:
        yield f"unread     {state.failed} files, and parts of {state.noted}: `secondme failures` lists them"
    yield f"chats      {state.chats}, notes {state.notes}"
    yield f"model      {state.model or 'none: answers are quotes'}"
    yield f"embedder   {state.embedder or 'none: recall finds words only'}"
    yield f"index      {state.index}"
    yield from (f"leaving    {sentence}" for sentence in state.leaving)
    if state.reading:
        yield f"reading    {', '.join(state.reading)}: `secondme programs show NAME` says what"
    if state.waiting:
        yield f"inbox      {state.waiting} of programs: `secondme inbox list`"
    yield from (f"folder     {folder_text(folder)}" for folder in state.folders)
    yield from (f"now        {work}" for work in (state.activity, state.job) if work)


@cli.command()
@json_option()
def doctor(as_json: bool) -> None:
    """Check your data and this installation. It changes nothing."""
    from secondme.cli.doctor import examine
    from secondme.places import places

    findings = examine(places(), open_engine)
    print_rows(findings, _finding_text, as_json=as_json)
    if not all(finding.ok for finding in findings):
        click.get_current_context().exit(1)


def _finding_text(finding: Finding) -> str:
    remedy = f" {finding.remedy}" if finding.remedy else ""
    return f"{'ok ' if finding.ok else '!! '} {finding.about}: {finding.what}{remedy}"


@cli.command()
def paths() -> None:
    """Print where everything is kept."""
    from secondme.places import places

    where = places()
    for name in ("data", "cache", "config", "logs", "runtime"):
        click.echo(f"{name:8} {getattr(where, name)}")
    click.echo(f"{'socket':8} {where.running_socket()}")
