"""The question about text that looks like a key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from secondme.cli.terminal import say


def secrets_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--secrets` of a command."""
    return click.option(
        "--secrets", type=click.Choice(["keep", "mask"]), help="What to do with text that looks like a key."
    )


def ask_about_secrets(text: str) -> str:
    """`keep` or `mask`, as the person decides; they are asked only when the text holds a key.

    Raises SecretFound when there is a key and no terminal to ask on.
    """
    from secondme.errors import SecretFound
    from secondme.ingest.secrets import settle

    try:
        settle(text, "ask")
    except SecretFound as found:
        if not sys.stdin.isatty():
            raise SecretFound(
                found.what, "`--secrets keep` or `--secrets mask` says what to do.", found.safe
            ) from found
        say(found.what)
        return str(click.prompt("Keep it or mask it?", type=click.Choice(["keep", "mask"]), default="mask", err=True))
    return "keep"
