"""`service`: the engine as a background service of this user."""

from __future__ import annotations

import click

from secondme.cli.root import cli


@cli.group()
def service() -> None:
    """Keep watched folders up to date while no window is open: the background service."""


@service.command("install")
def service_install() -> None:
    """Install and start the service for this user (systemd, or launchd on macOS)."""
    from secondme.server.service import install

    for line in install():
        click.echo(line)


@service.command("status")
def service_status() -> None:
    """Show whether the service is installed and runs."""
    from secondme.server.service import status

    state = status()
    click.echo(state.sentence)
    if not state.running:
        click.get_current_context().exit(3)


@service.command("remove")
def service_remove() -> None:
    """Stop and remove the service; your memory stays."""
    from secondme.server.service import remove

    for line in remove():
        click.echo(line)
