"""`serve`: OpenAI's interface for front ends and editors on this machine."""

from __future__ import annotations

import click

from secondme.cli.root import cli
from secondme.cli.terminal import say

PORT = 8765


@cli.command()
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--mcp", "with_mcp", is_flag=True, help="Also serve the Model Context Protocol, at /mcp.")
def serve(port: int, with_mcp: bool) -> None:
    """Answer programs on this machine as OpenAI's interface does, until ctrl+c.

    Each program needs a token: `secondme programs add NAME` makes one.
    """
    from secondme.doors.calls import Engine
    from secondme.doors.http_server import serve as run
    from secondme.places import places

    def started(port: int) -> None:
        say(f"Listening on http://127.0.0.1:{port}/v1, for programs with a token; ctrl+c ends it.")
        if with_mcp:
            say(f"The Model Context Protocol is at http://127.0.0.1:{port}/mcp.")

    run(Engine(places()), port, with_mcp=with_mcp, started=started)
