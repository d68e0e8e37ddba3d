"""`facts`, `contradictions` and `people`: what was said of people, and a person's verdict on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from secondme.cli.root import cli
from secondme.cli.terminal import json_option, open_engine, print_rows, say

if TYPE_CHECKING:
    from secondme.api import FactView, Person


@cli.group(invoke_without_command=True)
@click.option("--about", default="", help="Only facts about this person or thing; `me` for yourself.")
@click.option("--as-of", default="", metavar="DATE", help="What held on a day, such as 2024-05-03.")
@click.option("--known-at", default="", metavar="DATE", help="What was known by the end of a day.")
@click.option("--all", "everything", is_flag=True, help="Also list what no longer holds.")
@json_option()
@click.pass_context
def facts(ctx: click.Context, about: str, as_of: str, known_at: str, everything: bool, as_json: bool) -> None:
    """List what people said of themselves and each other: who lives where, works at what, likes what."""
    if ctx.invoked_subcommand is None:
        found = open_engine().facts(about=about, as_of=as_of, known_at=known_at, everything=everything)
        empty = "Nothing was said of this yet, or it was not read yet: `secondme jobs run learn` reads it now."
        print_rows(found, _fact_text, as_json=as_json, empty=empty)


@facts.command("reject")
@click.argument("fact_id")
def facts_reject(fact_id: str) -> None:
    """Mark a fact as wrong: it does not count, even when its source is read again."""
    _judge(fact_id, "rejected")


@facts.command("keep")
@click.argument("fact_id")
def facts_keep(fact_id: str) -> None:
    """Let a fact hold beside those that seem to contradict it."""
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
    "--since", default="", metavar="DATE", help="The day from which it holds (default: that of the wrong fact)."
)
def facts_correct(fact_id: str, value: str, since: str) -> None:
    """Give a fact another VALUE by hand. It outranks what was read, for good, and is kept as a note of yours."""
    print_rows(open_engine().correct_fact(fact_id, value, since=since), _fact_text, as_json=False)


def _judge(fact_id: str, verdict: str) -> None:
    print_rows(open_engine().judge_fact(fact_id, verdict), _fact_text, as_json=False)


@cli.command()
@json_option()
def contradictions(as_json: bool) -> None:
    """List facts that a later statement ended.

    `facts keep ID` lets both hold, `facts reject ID` takes the wrong one away.
    """
    found = open_engine().facts(everything=True, contradicted=True)
    empty = "Nothing that was said contradicts anything else."
    print_rows(found, _contradiction_text, as_json=as_json, empty=empty)
    if not as_json:
        say("The later one holds. `secondme facts keep ID` lets both hold, `facts reject ID` takes a wrong one away,")
        say("and `facts correct ID VALUE` says what is right instead.")


@cli.group(invoke_without_command=True)
@json_option()
@click.pass_context
def people(ctx: click.Context, as_json: bool) -> None:
    """List names that were found to be those of one person, and why.

    `secondme undo RUN`, of a run of `people`, separates them again.
    """
    if ctx.invoked_subcommand is None:
        empty = "No two names are known to be one person's; `secondme jobs run people` looks for them."
        print_rows(open_engine().people(), _person_text, as_json=as_json, empty=empty)


@people.command("merge")
@click.argument("name")
@click.argument("into")
def people_merge(name: str, into: str) -> None:
    """Let NAME mean the person called INTO: two names of one person that were not found to be so."""
    say(f"Merged. `secondme undo {open_engine().merge_people(name, into)}` takes it back.")


def _fact_text(fact: FactView) -> str:
    """A fact for a list: its id, the sentence, when it held, and the words that say so."""
    until = f" to {fact.valid_to}" if fact.valid_to else " on"
    more = f", {fact.statements} times" if fact.statements > 1 else ""
    head = f"{fact.id[:8]}  {fact.sentence}  (from {fact.valid_from}{until}{more})"
    return f"{head}\n    “{fact.quote}” — {fact.source}"


def _contradiction_text(fact: FactView) -> str:
    return f"{_fact_text(fact)}\n    ended by: {fact.closed_by}"


def _person_text(person: Person) -> str:
    names = (f"    also {name}: {reason}  [{span_id[:8]}]" for name, reason, span_id in person.names)
    return "\n".join((person.name, *names))
