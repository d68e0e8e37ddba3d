"""The README's table of commands, `--help` and the operations of the Door say the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click

from secondme.api.operations import operations
from secondme.cli.root import cli

ROOT = Path(__file__).parents[3]
FOR_PROGRAMS: set[str] = set()
"""Operations that no door of ours needs."""


def documented_commands() -> set[str]:
    """Commands of the README's table: "jobs list" for `secondme jobs list|run`."""
    found: set[str] = set()
    table = (ROOT / "README.md").read_text().partition("## Commands")[2].partition("\n\nData goes")[0]
    for row in table.splitlines():
        cell = re.split(r"(?<!\\)\|", row)[1:2]
        for code in re.findall(r"`([^`]+)`", cell[0]) if cell else ():
            words = re.split(r"[^a-z |]", code.replace("\\|", "|").removeprefix("secondme"))[0].split()
            found |= {" ".join(choice) for choice in product(*(word.split("|") for word in words))}
    return found - {""}


def commands(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that `--help` lists, groups included, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        yield " ".join((*before, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))


def test_the_readme_lists_the_commands_that_help_lists() -> None:
    listed = dict(commands(cli))
    groups = {
        name
        for name, command in listed.items()
        if isinstance(command, click.Group) and not command.invoke_without_command
    }
    assert documented_commands() == set(listed) - groups


def test_every_command_says_in_help_what_it_does() -> None:
    assert [name for name, command in commands(cli) if not command.get_short_help_str()] == []


def test_every_operation_of_the_door_is_used_by_a_door() -> None:
    used: set[str] = set()
    doors = (ROOT / "secondme" / "cli", ROOT / "secondme" / "doors", ROOT / "tui")
    for file in [file for door in doors for file in door.rglob("*.py")]:
        used |= {node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)}
    assert set(operations()) - used == FOR_PROGRAMS
