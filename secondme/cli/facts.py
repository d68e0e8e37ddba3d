"""Commands about what was said of people: facts, contradictions, and a person's verdict on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from secondme.cli.terminal import hit_text, nothing, open_engine, print_json, say

if TYPE_CHECKING:
    from secondme.api import FactView, Profile


@click.group(invoke_without_command=True)
@click.option("--about", default="", help="Only of this person or thing; `me` for yourself.")
@click.option("--as-of", default="", metavar="DATE", help="What held on a day, such as 2024-05-03.")
@click.option("--known-at", default="", metavar="DATE", help="What was known by the end of a day.")
@click.option("--all", "everything", is_flag=True, help="Also what no longer holds.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def facts(ctx: click.Context, about: str, as_of: str, known_at: str, everything: bool, as_json: bool) -> None:
    """What people said of themselves and each other: who lives where, works at what, likes what."""
    if ctx.invoked_subcommand is not None:
        return
    found = open_engine().facts(about=about, as_of=as_of, known_at=known_at, everything=everything)
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(fact_text(one))
    if not found:
        nothing("Nothing was said of this yet, or it was not read yet: `secondme jobs run learn` reads it now.")


@facts.command("reject")
@click.argument("fact_id")
def facts_reject(fact_id: str) -> None:
    """A fact is wrong: it counts no more, also when its source is read again."""
    _judge(fact_id, "rejected")


@facts.command("keep")
@click.argument("fact_id")
def facts_keep(fact_id: str) -> None:
    """A fact holds beside those that seem to contradict it."""
    _judge(fact_id, "kept")


@facts.command("accept")
@click.argument("fact_id")
def facts_accept(fact_id: str) -> None:
    """Take a verdict back: what was said last holds."""
    _judge(fact_id, "")


@facts.command("correct")
@click.argument("fact_id")
@click.argument("value")
@click.option(
    "--since", default="", metavar="DATE", help="From which day on it holds; else from the day of the wrong one."
)
def facts_correct(fact_id: str, value: str, since: str) -> None:
    """Another VALUE for a fact, by hand: it outranks what was read, for good, and is kept as a note of yours."""
    for one in open_engine().correct_fact(fact_id, value, since=since):
        click.echo(fact_text(one))


def _judge(fact_id: str, verdict: str) -> None:
    for one in open_engine().judge_fact(fact_id, verdict):
        click.echo(fact_text(one))


@click.command()
@click.option("--json", "as_json", is_flag=True)
def contradictions(as_json: bool) -> None:
    """Facts that a later statement ended. `facts keep ID` lets both hold, `facts reject ID` takes the wrong one away."""
    found = open_engine().facts(everything=True, contradicted=True)
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(fact_text(one))
        click.echo(f"    ended by: {one.closed_by}")
    if not found:
        nothing("Nothing that was said contradicts anything else.")
    elif not as_json:
        say("The later one holds. `secondme facts keep ID` lets both hold, `facts reject ID` takes a wrong one away,")
        say("and `facts correct ID VALUE` says what is right instead.")


@click.group(invoke_without_command=True)
@click.option("--as-of", default="", metavar="DATE", help="On a day, such as 2024-05-03.")
@click.option("--hidden", is_flag=True, help="Also lines that you hid.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def profile(ctx: click.Context, as_of: str, hidden: bool, as_json: bool) -> None:
    """What your memory knows about you and the people around you, each line with the passage that says so."""
    if ctx.invoked_subcommand is None:
        _show_profile(open_engine().profile(as_of=as_of, hidden=hidden), as_json=as_json)


@profile.command("pin")
@click.argument("line")
def profile_pin(line: str) -> None:
    """A line comes first, here and in what a model is told of you. LINE is the id before it."""
    _show_profile(open_engine().edit_profile(line, "pinned"))


@profile.command("hide")
@click.argument("line")
def profile_hide(line: str) -> None:
    """A line is shown no more, and no model is told of it."""
    _show_profile(open_engine().edit_profile(line, "hidden"))


@profile.command("edit")
@click.argument("line")
@click.argument("text")
def profile_edit(line: str, text: str) -> None:
    """A line in your own words."""
    _show_profile(open_engine().edit_profile(line, "edited", text))


@profile.command("restore")
@click.argument("line")
def profile_restore(line: str) -> None:
    """A line as it was: not pinned, hidden or edited."""
    _show_profile(open_engine().edit_profile(line, ""))


@click.command()
@click.option("--json", "as_json", is_flag=True)
def people(as_json: bool) -> None:
    """Names that were found to be one person's, and why. `secondme undo RUN` of a run of `people` takes it apart again."""
    found = open_engine().people()
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(one.name)
        for name, reason, span_id in one.names:
            click.echo(f"    also {name}: {reason}  [{span_id[:8]}]")
    if not found:
        nothing("No two names are known to be one person's; `secondme jobs run people` looks for them.")


@click.command("show")
@click.argument("span_id")
@click.option("--json", "as_json", is_flag=True)
def show_memory(span_id: str, as_json: bool) -> None:
    """One memory, by the beginning of its id, as the profile shows it: its words, keywords, tags, and what is linked to it and why."""
    view = open_engine().passage(span_id)
    if as_json:
        print_json(view)
        return
    click.echo(hit_text(1, view.hit))
    if view.keywords or view.tags:
        click.echo(f"keywords: {', '.join(view.keywords)}" + (f"; tags: {', '.join(view.tags)}" if view.tags else ""))
    for number, one in enumerate(view.related, start=1):
        click.echo(hit_text(number, one.hit))
        click.echo(f"    linked: {'; '.join(one.reasons)}")


def _show_profile(found: Profile, *, as_json: bool = False) -> None:
    if as_json:
        print_json(found)
    for section in () if as_json else found.sections:
        click.echo(f"{section.title}")
        for line in section.lines:
            since = f" (since {line.since})" if line.since else ""
            state = f" ({line.action})" if line.action else ""
            cites = f"  [{', '.join(one[:8] for one in line.span_ids[:3])}]" if line.span_ids else ""
            click.echo(f"  {line.id}  {line.text}{since}{state}{cites}")
    if not found.sections:
        nothing("Nothing is known about you yet; `secondme jobs run learn` reads what was said.")


def fact_text(one: FactView) -> str:
    """A fact for a list: its id, the sentence, when it held, and its words."""
    until = f" to {one.valid_to}" if one.valid_to else " on"
    more = f", {one.statements} times" if one.statements > 1 else ""
    return f"{one.id[:8]}  {one.sentence}  (from {one.valid_from}{until}{more})\n    “{one.quote}” — {one.source}"
