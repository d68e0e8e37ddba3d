"""Commands about watched folders, the background service, and files that could not be read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from secondme.cli.terminal import folder_text, nothing, open_engine, print_json, removal_text, say


@click.command()
@click.option("--all", "include_skipped", is_flag=True, help="Files that nobody reads too.")
@click.option("--json", "as_json", is_flag=True)
def failures(include_skipped: bool, as_json: bool) -> None:
    """List files that could not be read and why, and what was masked or left out of others."""
    found = open_engine().failures(include_skipped=include_skipped)
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(f"{one.state:8} {one.path}: {one.reason}")
    if not found:
        nothing("Every file could be read.")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def retry(paths: tuple[Path, ...]) -> None:
    """Try files again that failed: these, or all of them."""
    count = open_engine().retry(paths)
    click.echo(f"{count:,} files are tried again; `secondme status --wait` waits for them.")


@click.group()
def watch() -> None:
    """Watched folders: indexed now and kept right."""


@watch.command("add")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only count what it would read.")
@click.option("--json", "as_json", is_flag=True)
def watch_add(path: Path, dry_run: bool, as_json: bool) -> None:
    """Watch a folder. What is ignored: .gitignore, .secondmeignore, hidden files, caches, keys."""
    engine = open_engine()
    found = engine.survey(path)
    if dry_run:
        if as_json:
            print_json(found)
            return
        for kind, count, size in found.kinds:
            click.echo(f"{count:9,} files {size:15,} bytes  {kind}")
        for why, count in found.skipped:
            click.echo(f"{count:9,} files {'skipped':>15}        {why}")
    say(
        f"{found.files:,} files with {found.bytes:,} bytes can be read, {sum(c for _, c in found.skipped):,} are skipped."
    )
    if dry_run:
        return
    folder = engine.watch_add(path)
    click.echo(f"{folder.state}  {folder.path}")
    say("It is indexed in the background; `secondme status --wait` waits for it.")


@watch.command("list")
@click.option("--json", "as_json", is_flag=True)
def watch_list(as_json: bool) -> None:
    """List the watched folders."""
    found = open_engine().watch_list()
    if as_json:
        print_json(found)
    for one in [] if as_json else found:
        click.echo(folder_text(one))
    if not found:
        nothing("No folder is watched; `secondme watch add PATH` adds one.")


@watch.command("pause")
@click.argument("path", type=click.Path(path_type=Path))
def watch_pause(path: Path) -> None:
    """Look at a folder no more until it is resumed; its memories stay."""
    click.echo(folder_text(open_engine().watch_pause(path)))


@watch.command("resume")
@click.argument("path", type=click.Path(path_type=Path))
def watch_resume(path: Path) -> None:
    """Keep a paused folder right again, beginning with a look at all of it."""
    click.echo(folder_text(open_engine().watch_resume(path)))


@watch.command("rescan")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def watch_rescan(path: Path | None) -> None:
    """Look at one folder, or at all, now."""
    for folder in open_engine().watch_rescan(path):
        click.echo(folder_text(folder))
    say("It is looked at in the background; `secondme status --wait` waits for it.")


@watch.command("confirm")
@click.argument("path", type=click.Path(path_type=Path))
def watch_confirm(path: Path) -> None:
    """More than half of a folder is gone, and that is right: let those memories fade."""
    click.echo(folder_text(open_engine().watch_confirm(path)))


@watch.command("run")
def watch_run() -> None:
    """Run the engine in the foreground until it is stopped, as the background service does."""
    from secondme.server.process import main as run

    click.get_current_context().exit(run(stay=True))


@watch.command("remove")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--keep/--purge", "keep", default=None, help="Keep its memories (default), or erase them.")
def watch_remove(path: Path, keep: bool | None) -> None:
    """Stop watching a folder; asks whether its memories stay."""
    engine = open_engine()
    if keep is None:
        keep = not sys.stdin.isatty() or click.confirm("Keep what it brought?", default=True, err=True)
    removal = engine.watch_remove(path, purge=not keep)
    click.echo(removal_text(removal, "erased") if removal else "No longer watched; its memories stay.")


@click.group()
def service() -> None:
    """The background service: keeps watched folders right while no window is open."""


@service.command("install")
def service_install() -> None:
    """Install and start it for this user (systemd, or launchd on macOS)."""
    from secondme.server.service import install

    for line in install():
        click.echo(line)


@service.command("status")
def service_status() -> None:
    """Whether it is installed and runs."""
    from secondme.server.service import status as service_state

    state = service_state()
    click.echo(state.sentence)
    if not state.running:
        click.get_current_context().exit(3)


@service.command("remove")
def service_remove() -> None:
    """Stop and remove it; your memory stays."""
    from secondme.server.service import remove

    for line in remove():
        click.echo(line)
