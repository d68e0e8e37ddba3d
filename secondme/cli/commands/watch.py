"""`watch`: the folders that are kept up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from secondme.cli.lines import folder_text, removal_text
from secondme.cli.path_argument import NamedPath
from secondme.cli.root import cli
from secondme.cli.terminal import json_option, open_engine, print_json, print_result, print_rows, say

if TYPE_CHECKING:
    from secondme.api import Survey


@cli.group()
def watch() -> None:
    """Watch folders: their files are indexed now, and again whenever they change."""


@watch.command("add")
@click.argument("path", type=NamedPath())
@click.option("--dry-run", is_flag=True, help="Only count what would be read.")
@json_option()
def watch_add(path: Path, dry_run: bool, as_json: bool) -> None:
    """Watch a folder. It ignores what .gitignore and .secondmeignore name, hidden files, caches and keys."""
    engine = open_engine()
    found = engine.survey(path)
    if dry_run:
        if as_json:
            print_json(found)
            return
        print_result(found, _survey_lines(found), as_json=False)
    folder = None if dry_run else engine.watch_add(path)
    skipped = sum(count for _, count in found.skipped)
    say(f"{found.files:,} files with {found.bytes:,} bytes can be read, {skipped:,} are skipped.")
    if folder is None:
        return
    click.echo(f"{folder.state}  {folder.path}")
    say("It is indexed in the background; `secondme status --wait` waits for it.")


@watch.command("list")
@json_option()
def watch_list(as_json: bool) -> None:
    """List the watched folders."""
    empty = "No folder is watched; `secondme watch add PATH` adds one."
    print_rows(open_engine().watch_list(), folder_text, as_json=as_json, empty=empty)


@watch.command("pause")
@click.argument("path", type=NamedPath())
def watch_pause(path: Path) -> None:
    """Stop looking at a folder until it is resumed; its memories stay."""
    click.echo(folder_text(open_engine().watch_pause(path)))


@watch.command("resume")
@click.argument("path", type=NamedPath())
def watch_resume(path: Path) -> None:
    """Keep a paused folder up to date again, beginning with a look at all of it."""
    click.echo(folder_text(open_engine().watch_resume(path)))


@watch.command("rescan")
@click.argument("path", required=False, type=NamedPath())
def watch_rescan(path: Path | None) -> None:
    """Look through one folder now, or through all of them."""
    print_rows(open_engine().watch_rescan(path), folder_text, as_json=False)
    say("It is looked at in the background; `secondme status --wait` waits for it.")


@watch.command("confirm")
@click.argument("path", type=NamedPath())
def watch_confirm(path: Path) -> None:
    """Confirm that more than half of a folder is gone for good: those memories may fade."""
    click.echo(folder_text(open_engine().watch_confirm(path)))


@watch.command("run")
def watch_run() -> None:
    """Run the engine in the foreground until it is stopped, as the background service does."""
    from secondme.server.process import main as run

    click.get_current_context().exit(run(stay=True))


@watch.command("remove")
@click.argument("path", type=NamedPath())
@click.option("--keep/--purge", "keep", default=None, help="Keep its memories (default), or erase them.")
def watch_remove(path: Path, keep: bool | None) -> None:
    """Stop watching a folder. Without an option it asks whether the memories stay."""
    engine = open_engine()
    if keep is None:
        keep = not sys.stdin.isatty() or click.confirm("Keep what it brought?", default=True, err=True)
    removal = engine.watch_remove(path, purge=not keep)
    click.echo(removal_text(removal, "erased") if removal else "No longer watched; its memories stay.")


def _survey_lines(found: Survey) -> Iterator[str]:
    for kind, count, size in found.kinds:
        yield f"{count:9,} files {size:15,} bytes  {kind}"
    for why, count in found.skipped:
        yield f"{count:9,} files {'skipped':>15}        {why}"
