"""`snapshot`: the whole memory as one file."""

from __future__ import annotations

from pathlib import Path

import click

from secondme.cli.path_argument import NamedPath
from secondme.cli.root import cli
from secondme.cli.terminal import follow_to_end, open_engine, say


@cli.group()
def snapshot() -> None:
    """Take your memory along as one file; the same memory gives the same bytes."""


@snapshot.command("export")
@click.argument("path", type=NamedPath())
@click.option("--adapters", is_flag=True, help="Take along what the model learnt by heart (`secondme self`).")
def snapshot_export(path: Path, adapters: bool) -> None:
    """Write everything to PATH (a .tar.zst)."""
    door = open_engine()
    follow_to_end(door.snapshot_export(path, adapters=adapters))
    click.echo(str(path))
    if not adapters and door.adapters():
        say("What the model learnt by heart is not in it: --adapters takes it along.")


@snapshot.command("import")
@click.argument("path", type=NamedPath())
def snapshot_import(path: Path) -> None:
    """Bring a snapshot into an empty memory. Its watched folders are paused at first."""
    follow_to_end(open_engine().snapshot_import(path))
    click.echo(f"Imported {path}.")


@snapshot.command("verify")
@click.argument("path", type=NamedPath())
def snapshot_verify(path: Path) -> None:
    """Check every byte of a snapshot against its manifest."""
    from secondme.engine.snapshot import verify_snapshot

    manifest = verify_snapshot(path)
    click.echo(f"{path} is sound: {len(manifest.members)} members.")
