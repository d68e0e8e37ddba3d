"""`web`: the app in a browser of this computer."""

from __future__ import annotations

import os
import sys
from threading import Thread

import click

from secondme.cli.root import cli
from secondme.cli.terminal import say

PORT = 8374


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes any free one.")
@click.option("--no-open", is_flag=True, help="Print the link only.")
def web(port: int, no_open: bool) -> None:
    """Open the app in a browser, on this computer only; ctrl+c ends it."""
    from tui.web.server import WebServer

    server = WebServer(port)
    click.echo(server.link)
    say("Only browsers on this computer that have this link see your memory. ctrl+c ends it.")
    if not no_open and _has_desktop():
        Thread(target=_open_browser, args=(server.link_for_once(),), daemon=True).start()
    server.serve()
    say("Closed.")


def _has_desktop() -> bool:
    """Whether a browser would open in a window; one that draws in this terminal would be in the way."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_browser(link: str) -> None:
    import webbrowser

    webbrowser.open(link)
