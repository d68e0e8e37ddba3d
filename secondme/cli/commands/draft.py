"""`draft`: a text in the owner's words, from cited memories."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from secondme.cli.lines import shorten
from secondme.cli.root import cli
from secondme.cli.terminal import (
    end_line,
    end_with_failure,
    interruptible,
    json_option,
    open_engine,
    print_json,
    say,
    show_progress,
)

if TYPE_CHECKING:
    from secondme.api import Draft


@cli.command()
@click.argument("order", required=False)
@json_option("Print the draft and its sources as JSON.")
def draft(order: str | None, as_json: bool) -> None:
    """Write ORDER as you write, such as "a note to Lena that I come later". Without ORDER it is read from stdin.

    What is in neither the order nor your memory is marked [?]. Nothing of a draft is kept. ctrl+c stops it; what was
    written stays on the screen.
    """
    from secondme import api

    found: Draft | None = None
    written = ""
    try:
        for event in interruptible(open_engine().draft(order if order is not None else sys.stdin.read())):
            if isinstance(event, api.Progress):
                show_progress(event)
            elif isinstance(event, api.Delta):
                end_line()
                written += event.text
                if sys.stdout.isatty() and not as_json:
                    click.echo(event.text, nl=False)
            elif isinstance(event, api.Drafted):
                found = event.draft
            elif isinstance(event, api.Failed):
                _leave(written, as_json=as_json)
                end_with_failure(event.what, event.safe, event.remedy, event.exit_code)
    except KeyboardInterrupt:
        _leave(written, as_json=as_json)
        raise
    assert found is not None
    end_line()
    if as_json:
        print_json(found)
        return
    click.echo("" if sys.stdout.isatty() else found.text)
    _say_about(found)


def _leave(written: str, *, as_json: bool) -> None:
    """Leave what was written on stdout, where a terminal has not shown it."""
    if written and not as_json:
        click.echo("" if sys.stdout.isatty() else written)


def _say_about(found: Draft) -> None:
    """Say who wrote a draft, from what, and what is to be looked at."""
    say(f"written by {found.model} in your voice (adapter {found.voice})" if found.voice else _without_voice(found))
    for citation in found.citations:
        say(f"[{citation.number}] {citation.hit.location()} — {shorten(citation.hit.text, 90)}")
    if not found.citations:
        say("Your memory holds nothing for it: it is written from the order alone.")
    if found.unknown:
        say(f"[?]: neither the order nor your memory holds {', '.join(found.unknown)}.")
    if found.finish == "length":
        say("It was cut off: a draft has at most 160 tokens.")


def _without_voice(found: Draft) -> str:
    return f"written by {found.model} without your voice: {found.why.rstrip('.')} (`secondme self train voice`)"
