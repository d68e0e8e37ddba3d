"""`profile`: what is known about the person, and their own edits of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from secondme.cli.root import cli
from secondme.cli.terminal import end_with_nothing, json_option, open_engine, print_result

if TYPE_CHECKING:
    from secondme.api import Profile


@cli.group(invoke_without_command=True)
@click.option("--as-of", default="", metavar="DATE", help="What held on a day, such as 2024-05-03.")
@click.option("--hidden", is_flag=True, help="Also show lines that you hid.")
@json_option()
@click.pass_context
def profile(ctx: click.Context, as_of: str, hidden: bool, as_json: bool) -> None:
    """Show what your memory knows about you and the people around you, each line with its passages."""
    if ctx.invoked_subcommand is None:
        _print_profile(open_engine().profile(as_of=as_of, hidden=hidden), as_json=as_json)


@profile.command("pin")
@click.argument("line")
def profile_pin(line: str) -> None:
    """Put a line first, here and in what a model reads about you. LINE is the id before it."""
    _print_profile(open_engine().edit_profile(line, "pinned"))


@profile.command("hide")
@click.argument("line")
def profile_hide(line: str) -> None:
    """Hide a line, here and from every model."""
    _print_profile(open_engine().edit_profile(line, "hidden"))


@profile.command("edit")
@click.argument("line")
@click.argument("text")
def profile_edit(line: str, text: str) -> None:
    """Say a line in your own words."""
    _print_profile(open_engine().edit_profile(line, "edited", text))


@profile.command("restore")
@click.argument("line")
def profile_restore(line: str) -> None:
    """Show a line as it was: not pinned, hidden or edited."""
    _print_profile(open_engine().edit_profile(line, ""))


def _print_profile(found: Profile, *, as_json: bool = False) -> None:
    print_result(found, _profile_lines(found), as_json=as_json)
    if not found.sections:
        end_with_nothing("Nothing is known about you yet; `secondme jobs run learn` reads what was said.")


def _profile_lines(found: Profile) -> Iterator[str]:
    for section in found.sections:
        yield section.title
        for line in section.lines:
            since = f" (since {line.since})" if line.since else ""
            state = f" ({line.action})" if line.action else ""
            cites = f"  [{', '.join(span_id[:8] for span_id in line.span_ids[:3])}]" if line.span_ids else ""
            yield f"  {line.id}  {line.text}{since}{state}{cites}"
