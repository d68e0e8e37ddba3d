"""`ingest` and `import`: take in files, folders and the exports of messengers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from secondme.cli.path_argument import NamedPath
from secondme.cli.root import cli
from secondme.cli.terminal import end_with_failure, follow, json_option, open_engine, print_json, print_result, say

if TYPE_CHECKING:
    from secondme.api import Ingested
    from secondme.api.door import Door

SHOWN_SKIPPED = 40
"""Skipped files that are listed; of the others only the number is shown."""


def no_wait_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--no-wait` of a command that takes files in."""
    return click.option("--no-wait", is_flag=True, help="Return when everything is stored, before it is embedded.")


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=NamedPath())
@click.option("--me", help="The speaker of a chat who is you.")
@no_wait_option()
@json_option()
def ingest(paths: tuple[Path, ...], me: str | None, no_wait: bool, as_json: bool) -> None:
    """Take in files and folders: documents, notes, tables, mail, calendars, source code, chats."""
    _take_in(open_engine().ingest(paths, me=me, wait=not no_wait), as_json)


@cli.command("import")
@click.argument("path", type=NamedPath())
@click.option(
    "--as",
    "platform",
    type=click.Choice(["chatgpt", "claude", "telegram", "whatsapp", "slack", "discord"]),
    help="The platform it comes from, where that is not recognised.",
)
@click.option("--me", help="Your name in this export.")
@no_wait_option()
@click.option("--dry-run", is_flag=True, help="Only show what it holds.")
@json_option()
def import_(path: Path, platform: str | None, me: str | None, no_wait: bool, dry_run: bool, as_json: bool) -> None:
    """Take in the export of an assistant or messenger: a file, a folder or a zip.

    A newer export of the same chats adds only what is new.
    """
    engine = open_engine()
    if dry_run or not me:
        found = engine.import_survey(path, platform=platform or "")
        if as_json and dry_run:
            print_json(found)
            return
        say(f"{found.platform}: {found.chats:,} chats with {found.messages:,} messages")
        if dry_run:
            for name, count in found.speakers:
                click.echo(f"{count:7,}  {name}")
            return
        me = None if found.me_known else _ask_who_is_me(engine, found.speakers)
    _take_in(engine.import_export(path, platform=platform or "", me=me, wait=not no_wait), as_json)


def _ask_who_is_me(engine: Door, speakers: Sequence[tuple[str, int]]) -> str | None:
    """Ask once which speaker is the person, and keep the answer as one of their names."""
    if not speakers or not sys.stdin.isatty():
        if speakers:
            say("None of its speakers is known to be you; `--me NAME` says which one is.")
        return None
    say("Which of these is you?")
    for number, (name, count) in enumerate(speakers, start=1):
        say(f"{number:3}  {name} ({count:,} messages)")
    chosen = click.prompt("Number, or enter for none", default=0, type=click.IntRange(0, len(speakers)), err=True)
    if not chosen:
        return None
    name = speakers[chosen - 1][0]
    held = engine.setting("me.also")
    engine.set_setting("me.also", f"{held}, {name}" if held else name)
    return name


def _take_in(events: Iterator[Any], as_json: bool) -> None:
    """Follow the intake, then print what became of it."""
    from secondme import api

    skipped: list[api.Skipped] = []
    result: api.Ingested | None = None
    failure: api.Failed | None = None
    for event in follow(events):
        if isinstance(event, api.Skipped):
            skipped.append(event)
        elif isinstance(event, api.Ingested):
            result = event
        elif isinstance(event, api.Failed):
            failure = event
    if failure is not None:
        end_with_failure(failure.what, failure.safe, failure.remedy, failure.exit_code)
    for file in skipped[:SHOWN_SKIPPED]:
        say(f"{file.state} {file.path}: {file.why}")
    if len(skipped) > SHOWN_SKIPPED:
        say(f"… and {len(skipped) - SHOWN_SKIPPED:,} more; `secondme failures --all` lists them.")
    assert result is not None
    print_result({"result": result, "skipped": skipped}, [_ingested_text(result)], as_json=as_json)
    if not result.added + result.updated + result.unchanged and result.failed + result.skipped:
        end_with_failure("Nothing was taken in.", "", "The lines above say why.", 1)


def _ingested_text(result: Ingested) -> str:
    counts = f"{result.added} added, {result.updated} updated, {result.unchanged} unchanged, {result.skipped} skipped"
    failed = f", {result.failed} failed" if result.failed else ""
    return f"{counts}{failed}; {result.spans} spans in {result.seconds:.1f} s"
