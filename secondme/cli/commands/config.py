"""`config`: read and change settings."""

from __future__ import annotations

import click

from secondme.cli.root import cli
from secondme.cli.terminal import say


@cli.group()
def config() -> None:
    """Read and change settings."""


@config.command("get")
@click.argument("key")
def config_get(key: str) -> None:
    """Print a setting."""
    from secondme.places import places
    from secondme.settings import load, value_of

    click.echo(value_of(load(places().config_file)[0], key))


@config.command("set")
@click.argument("key")
@click.argument("value")
def config_set(key: str, value: str) -> None:
    """Change a setting; it is in force at once."""
    from secondme.cli.change_setting import change_setting
    from secondme.places import places

    change_setting(places(), key, value)


@config.command("list")
def config_list() -> None:
    """Print every setting with its value and meaning."""
    from secondme.places import places
    from secondme.settings import describe, load, value_of

    settings, warnings = load(places().config_file)
    for key, default, description in describe():
        value = value_of(settings, key)
        shown = f"{value!r}" + ("" if value == default else f" (default {default!r})")
        click.echo(f"{key} = {shown}\n    {description}")
    for warning in warnings:
        say(warning)


@config.command("path")
def config_path() -> None:
    """Print where the settings file is."""
    from secondme.places import places

    click.echo(str(places().config_file))
