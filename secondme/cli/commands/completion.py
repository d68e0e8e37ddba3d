"""`completion`: the script that teaches a shell to complete the commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from secondme.cli.root import cli

SHELLS = ("bash", "zsh", "fish")


def completion_script(shell: str) -> str:
    """What a shell of this name has to read."""
    found = get_completion_class(shell)
    assert found is not None, shell
    return found(cli, {}, "secondme", "_SECONDME_COMPLETE").source()


@cli.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what teaches SHELL to complete commands and options.

    \b
    bash:  secondme completion bash > ~/.local/share/bash-completion/completions/secondme
    zsh:   secondme completion zsh > "${fpath[1]}/_secondme"
    fish:  secondme completion fish > ~/.config/fish/completions/secondme.fish
    """
    click.echo(completion_script(shell))
