"""`mcp`: the door for assistants that speak the Model Context Protocol, and their configuration."""

from __future__ import annotations

import os
import sys

import click

from secondme.cli.root import cli
from secondme.cli.terminal import say

HOST_NAMES = ("claude-desktop", "claude-code", "cursor", "vscode", "codex")


@cli.group(invoke_without_command=True)
@click.option("--as", "program", metavar="NAME", help="The program that asks, as `secondme programs` lists it.")
@click.pass_context
def mcp(ctx: click.Context, program: str | None) -> None:
    """Let an assistant ask your memory over the Model Context Protocol, on stdin and stdout."""
    if ctx.invoked_subcommand is not None:
        return
    if not program:
        raise click.UsageError("Name the program that asks: `secondme mcp --as NAME`.")
    if sys.stdin.isatty():
        say("A host starts this, and speaks to it on stdin; `secondme mcp install` tells one how. ctrl+c ends it.")
    from secondme.doors.mcp_server import run_stdio
    from secondme.places import places

    run_stdio(places(), program)


@mcp.command("install")
@click.argument("host_name", metavar="HOST", type=click.Choice(HOST_NAMES))
@click.option("--as", "program", metavar="NAME", help="The program's name in `secondme programs`; by default HOST.")
@click.option("--print", "only_print", is_flag=True, help="Print the configuration instead of writing it.")
def mcp_install(host_name: str, program: str | None, only_print: bool) -> None:
    """Put this memory into the configuration of HOST: claude-desktop, claude-code, cursor, vscode or codex."""
    from secondme.doors.hosts import command, entry, here, host, install, snippet

    one = host(host_name)
    file = one.file(here())
    program = program or one.name
    wanted = entry(one, program, command(), os.environ.get("SECONDME_HOME", ""))
    if only_print:
        click.echo(snippet(one, file, wanted), nl=False)
        say(f"This belongs into {file}.")
        return
    if install(one, file, wanted):
        click.echo(f"{one.title} has it now ({file}). {one.next}")
        click.echo(
            f"`secondme programs add {program} --see all`, or a folder, lets it in; before that it sees nothing."
        )
    else:
        click.echo(f"{one.title} has it already ({file}); nothing was changed.")
