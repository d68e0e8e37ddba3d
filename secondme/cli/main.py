"""The console script `secondme`: a command, or the app when there is none."""

from __future__ import annotations

import os
import sys

import click

from secondme.cli.root import cli
from secondme.cli.terminal import open_engine, say


def main() -> None:
    """Run the command line."""
    cli(prog_name="secondme", obj=open_app)


_CANNOT_DRAW = ("dumb", "unknown")
"""Values of TERM that say that a terminal cannot place text, such as the shell of Emacs."""


def open_app() -> None:
    """Open the terminal app, and stay until it is closed. Without a terminal that it can draw in, end with 2."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("The app needs a terminal. `secondme --help` lists the commands that do not.")
        click.get_current_context().exit(2)
    kind = os.environ.get("TERM", "")
    if kind in _CANNOT_DRAW:
        say(f"The app cannot draw in this terminal (TERM={kind}). `secondme ask` answers here, too.")
        click.get_current_context().exit(2)
    from secondme.places import places
    from secondme.settings import load
    from tui.app import run

    where = places()
    settings, _ = load(where.config_file)
    run(open_engine, theme=settings.ui_theme, keys=settings.ui_keys, draft=where.draft)
