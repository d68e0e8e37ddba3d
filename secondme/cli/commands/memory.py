"""`remember`, `forget`, `purge`, `pin` and `unpin`: keep a note, hide, erase or hold on to what is there."""

from __future__ import annotations

import sys

import click

from secondme.cli.lines import removal_text
from secondme.cli.root import cli
from secondme.cli.secrets import ask_about_secrets, secrets_option
from secondme.cli.terminal import json_option, open_engine, print_result, say
from secondme.errors import SecondMeError, UsageError


@cli.command()
@click.argument("text", required=False)
@secrets_option()
def remember(text: str | None, secrets: str | None) -> None:
    """Keep a note, word for word, and print its id. Without TEXT it is read from stdin."""
    text = text if text is not None else sys.stdin.read()
    try:
        kept = open_engine().remember(text, secrets=secrets or ask_about_secrets(text))
    except UsageError:
        raise
    except SecondMeError as error:
        raise SecondMeError(error.what, error.remedy, error.safe or "The note was not kept.") from error
    click.echo(kept)


@cli.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Only show what would be hidden.")
@click.option("--undo", is_flag=True, help="Bring it back.")
@json_option()
def forget(target: str, dry_run: bool, undo: bool, as_json: bool) -> None:
    """Hide a source, chat, message or note from recall; `--undo` brings it back. TARGET: id or path."""
    engine = open_engine()
    if undo:
        restored = engine.restore(target)
        print_result(restored, [f"{restored.spans} spans are back."], as_json=as_json)
        return
    removal = engine.forget(target, dry_run=dry_run)
    print_result(removal, [removal_text(removal, "hidden")], as_json=as_json)
    if not dry_run and not as_json:
        say(f"`secondme forget --undo {removal.target}` brings it back.")


@cli.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Only show what would be erased.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option()
def purge(target: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Erase a source, chat, message or note for good, from every store. TARGET: id or path."""
    engine = open_engine()
    removal = engine.purge(target, dry_run=True)
    if not dry_run:
        if not yes:
            say(removal_text(removal, "to be erased"))
            click.confirm("This cannot be undone. Erase?", abort=True, err=True)
        removal = engine.purge(target)
    print_result(removal, [removal_text(removal, "erased")], as_json=as_json)
    for note in removal.notes:
        say(note)


@cli.command()
@click.argument("target")
@json_option()
def pin(target: str, as_json: bool) -> None:
    """Pin a memory, so that it never fades. TARGET: the id of a passage, or the id or path of a source."""
    _pin(target, pinned=True, as_json=as_json)


@cli.command()
@click.argument("target")
@json_option()
def unpin(target: str, as_json: bool) -> None:
    """Take a pin away, so that the memory fades as others do."""
    _pin(target, pinned=False, as_json=as_json)


def _pin(target: str, *, pinned: bool, as_json: bool) -> None:
    result = open_engine().pin(target, pinned=pinned)
    text = f"{result.memories:,} memories {'pinned' if pinned else 'unpinned'}."
    print_result(result, [text], as_json=as_json)
