"""The root of the command line: it finds the commands and turns errors into sentences.

Data goes to stdout, narration to stderr. Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 nothing found, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from secondme import __version__
from secondme.cli.terminal import INTERRUPTED, say


class Root(click.Group):
    """The group of all commands. They are imported when a name is looked up, which `--version` never does."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        load_commands()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        load_commands()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Every error becomes one sentence with a remedy, and an exit code."""
        from secondme.errors import SecondMeError

        try:
            return super().invoke(ctx)
        except SecondMeError as error:
            say(error.sentence())
            ctx.exit(error.exit_code)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                # The reader of our output has gone (`| head`). Python would complain again when it flushes.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                ctx.exit(1)
            say(_os_error_text(error))
            ctx.exit(1)
        except (KeyboardInterrupt, click.Abort):
            say("Stopped; what was done is kept.")
            ctx.exit(INTERRUPTED)


def _os_error_text(error: OSError) -> str:
    """What the system refused, as a sentence with a remedy."""
    what = f"{error.filename} cannot be used" if error.filename else "Something cannot be read or written"
    return f"{what} ({error.strerror or error}). Check that it is there and may be written, then try again."


def load_commands() -> None:
    """Import every file of the folder `commands`; each adds its commands to `cli`."""
    folder = import_module("secondme.cli.commands")
    for module in iter_modules(folder.__path__):
        import_module(f"{folder.__name__}.{module.name}")


@click.group(cls=Root, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="secondme")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Second Me: a personal memory on your own computer. Without a command it opens the app."""
    os.umask(0o077)
    if ctx.invoked_subcommand is None:
        ctx.obj()  # `main` passes what opens the app
