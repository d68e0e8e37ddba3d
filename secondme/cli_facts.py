"""Commands about what was said of people: facts, contradictions, and a person's verdict on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from secondme.terminal import nothing, open_engine, print_json, say

if TYPE_CHECKING:
    from secondme.api import FactView


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
        say("The later one holds. `secondme facts keep ID` lets both hold; `facts reject ID` takes a wrong one away.")


@click.command()
@click.option("--as-of", default="", metavar="DATE", help="On a day, such as 2024-05-03.")
@click.option("--json", "as_json", is_flag=True)
def profile(as_of: str, as_json: bool) -> None:
    """What your memory knows about you and the people around you, each line with the words that say so."""
    found = open_engine().profile(as_of=as_of)
    if as_json:
        print_json(found)
    for section in () if as_json else found.sections:
        click.echo(f"{section.title}")
        for line in section.lines:
            since = f" (since {line.since})" if line.since else ""
            click.echo(f"  {line.text}{since}  [{line.span_ids[0][:8] if line.span_ids else ''}]")
    if not found.sections:
        nothing("Nothing is known about you yet; `secondme jobs run learn` reads what was said.")


def fact_text(one: FactView) -> str:
    """A fact for a list: its id, the sentence, when it held, and its words."""
    until = f" to {one.valid_to}" if one.valid_to else " on"
    more = f", {one.statements} times" if one.statements > 1 else ""
    return f"{one.id[:8]}  {one.sentence}  (from {one.valid_from}{until}{more})\n    “{one.quote}” — {one.source}"
