"""`programs`: other programs, what each may see and do, and what it did; `inbox`: what they propose to remember."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from secondme.cli.lines import shorten
from secondme.cli.root import cli
from secondme.cli.terminal import json_option, open_engine, print_json, print_result, print_rows, say

if TYPE_CHECKING:
    from secondme.api import Grant, Program, ProgramCall, Proposal

Command = TypeVar("Command", bound=Callable[..., Any])

ALLOWED = "read,facts,ask,propose"
"""What a new program may do, with the sources that are chosen for it."""
_OPTIONS = (
    click.option("--allow", metavar="SCOPES", help=f"Of read, facts, ask, propose, write. A new program: {ALLOWED}."),
    click.option("--see", "sources", multiple=True, metavar="SOURCE", help="all, a folder, a file, or a source's id."),
    click.option("--without", "without_sources", multiple=True, metavar="SOURCE", help="Leave this out again."),
    click.option("--without-person", "without_people", multiple=True, metavar="NAME", help="Nothing about them."),
    click.option("--without-speaker", "without_speakers", multiple=True, metavar="NAME", help="Nothing they say."),
    click.option("--since", metavar="DATE", help="Nothing that happened before this day."),
    click.option("--expires", metavar="DATE", help="The last day of its leave."),
    click.option("--calls-per-minute", type=int, metavar="N", help="Calls in a minute at most (60)."),
    click.option("--passages-per-day", type=int, metavar="N", help="Passages in 24 hours at most (500)."),
    click.option("--proposals-per-day", type=int, metavar="N", help="Proposals in 24 hours at most (20)."),
    click.option("--keep-queries/--no-queries", "keeps_queries", default=None, help="Keep the words of its calls."),
)


def grant_options(command: Command) -> Command:
    """Add the options that say what a program may."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@cli.group()
def programs() -> None:
    """Let other programs read memory, within limits, and see what they read."""


@programs.command("add")
@click.argument("name")
@grant_options
@json_option()
def programs_add(name: str, as_json: bool, **options: Any) -> None:
    """Let a program in. It sees nothing until `--see` names sources."""
    from secondme.api import Grant

    new = open_engine().program_add(name, _grant(Grant(), {**options, "allow": options["allow"] or ALLOWED}))
    print_result(new, _program_lines(new.program), as_json=as_json)
    if not as_json:
        click.echo(f"token      {new.token}")
        say("Programs that come over HTTP show this token; it is shown now and never again.")


@programs.command("change")
@click.argument("name")
@grant_options
@json_option()
def programs_change(name: str, as_json: bool, **options: Any) -> None:
    """Change what a program may: options that are given replace what was, `--see ""` empties a list."""
    engine = open_engine()
    program = engine.program_change(name, _grant(engine.program_show(name).grant, options))
    print_result(program, _program_lines(program), as_json=as_json)


@programs.command("list")
@json_option()
def programs_list(as_json: bool) -> None:
    """List the programs that were let in."""
    empty = "No program was let in; `secondme programs add NAME` lets one in."
    print_rows(open_engine().program_list(), _program_text, as_json=as_json, empty=empty)


@programs.command("show")
@click.argument("name")
@click.option("--calls", default=10, show_default=True, help="How many of its last calls are shown.")
@json_option()
def programs_show(name: str, calls: int, as_json: bool) -> None:
    """Show what a program may see and do, and its last calls."""
    engine = open_engine()
    program = engine.program_show(name)
    made = engine.program_calls(program.name, limit=max(calls, 0))
    if as_json:
        print_json({"program": program, "calls": made})
        return
    for line in (*_program_lines(program), *(("", *map(_call_text, made)) if made else ())):
        click.echo(line)


@programs.command("pause")
@click.argument("name")
def programs_pause(name: str) -> None:
    """Refuse all calls of a program from now on, also those on open connections."""
    click.echo(_program_text(open_engine().program_pause(name)))


@programs.command("resume")
@click.argument("name")
def programs_resume(name: str) -> None:
    """Let a paused program go on."""
    click.echo(_program_text(open_engine().program_pause(name, paused=False)))


@programs.command("remove")
@click.argument("name")
def programs_remove(name: str) -> None:
    """Take leave back: its calls and the proposals that wait are erased, accepted notes stay."""
    open_engine().program_remove(name)
    click.echo(f"{name} was removed.")


@programs.command("token")
@click.argument("name")
@json_option()
def programs_token(name: str, as_json: bool) -> None:
    """Make a new token for a program; the one before is void."""
    new = open_engine().program_token(name)
    print_result(new, [new.token], as_json=as_json)


@cli.group()
def inbox() -> None:
    """Decide about what other programs want remembered."""


@inbox.command("list")
@json_option()
def inbox_list(as_json: bool) -> None:
    """List the proposals that wait."""
    print_rows(open_engine().inbox_list(), _proposal_text, as_json=as_json, empty="Nothing waits in the inbox.")


@inbox.command("accept")
@click.argument("proposal_id", metavar="ID")
@json_option()
def inbox_accept(proposal_id: str, as_json: bool) -> None:
    """Make a proposal a note: the program's, not yours."""
    proposal = open_engine().inbox_accept(proposal_id)
    print_result(proposal, [f"It is a note now ({proposal.source_id})."], as_json=as_json)


@inbox.command("reject")
@click.argument("proposal_id", metavar="ID")
@json_option()
def inbox_reject(proposal_id: str, as_json: bool) -> None:
    """Erase a proposal."""
    print_result(open_engine().inbox_reject(proposal_id), ["It was erased."], as_json=as_json)


def _grant(before: Grant, options: dict[str, Any]) -> Grant:
    """A grant with what the options change."""
    changed: dict[str, Any] = {}
    for key, value in options.items():
        if key == "allow":
            if value is not None:
                changed["scopes"] = tuple(scope.strip() for scope in value.split(",") if scope.strip())
        elif isinstance(value, tuple):
            if value:
                changed[key] = tuple(_absolute(key, item) for item in value if item)
        elif value is not None:
            changed[key] = value
    return replace(before, **changed)


def _absolute(key: str, source: str) -> str:
    """A path from where the person stands; ids and "all" stay as they are."""
    from pathlib import Path

    path = Path(source).expanduser()
    return str(path.absolute()) if key.endswith("sources") and path.exists() else source


def _program_text(program: Program) -> str:
    """A program for a list."""
    last = program.last_call_at[:16].replace("T", " ") or "never"
    waits = f", {program.waiting} in the inbox" if program.waiting else ""
    return (
        f"{program.state:8} {program.name}  {', '.join(program.grant.scopes)}; "
        f"{program.calls_today:,} calls, {program.passages_today:,} passages in 24 hours, last {last}{waits}"
    )


def _program_lines(program: Program) -> Iterator[str]:
    grant = program.grant
    yield f"{program.name}  ({program.state})"
    yield f"may        {', '.join(grant.scopes)}"
    sees = ", ".join(grant.sources) or "nothing: no source was chosen"
    yield f"sees       {sees}" + (f" ({program.visible:,} passages)" if program.visible >= 0 else "")
    for label, values in (
        ("without", grant.without_sources),
        ("people", grant.without_people),
        ("speakers", grant.without_speakers),
    ):
        if values:
            yield f"{label:10} {'' if label == 'without' else 'without '}{', '.join(values)}"
    if grant.since:
        yield f"since      {grant.since}"
    if grant.expires:
        yield f"expires    {grant.expires}"
    yield (
        f"limits     {grant.calls_per_minute} calls a minute, {grant.passages_per_day} passages and "
        f"{grant.proposals_per_day} proposals a day"
    )
    yield f"last 24 h  {program.calls_today:,} calls, {program.passages_today:,} passages"


def _call_text(call: ProgramCall) -> str:
    at = call.at[:19].replace("T", " ")
    what = f"refused: {call.refusal}" if call.refusal else f"{len(call.span_ids):,} passages, {call.bytes:,} bytes"
    return f"{at}  {call.tool:9} {what}" + (f"  {shorten(call.query, 60)}" if call.query else "")


def _proposal_text(proposal: Proposal) -> str:
    why = f" ({shorten(proposal.why, 80)})" if proposal.why else ""
    return f"{proposal.id}  {proposal.program}, {proposal.at[:10]}: {shorten(proposal.text, 200)}{why}"
