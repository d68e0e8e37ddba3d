"""The manual page secondme(1), made from the commands: `uv run python packaging/man_page.py > secondme.1`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from secondme import __version__
from secondme.cli.root import cli

FILES = (
    ("$SECONDME_HOME", "If set, everything is kept below it."),
    ("~/.local/share/secondme", "The memory: databases and models. `secondme paths` prints all places."),
    ("~/.config/secondme/config.toml", "The settings. `secondme config list` explains each."),
)


def page() -> str:
    """The page in roff, ending with a newline."""
    return "\n".join([*_head(), *_options(cli, click.Context(cli)), *_commands(), *_foot()]) + "\n"


def _head() -> Iterator[str]:
    yield f'.TH SECONDME 1 "" "secondme {__version__}" "User Commands"'
    yield ".SH NAME\nsecondme \\- a personal memory on your own computer"
    yield ".SH SYNOPSIS\n.B secondme\n[\\fICOMMAND\\fR [\\fIARGUMENTS\\fR]]"
    yield f".SH DESCRIPTION\n{_text(cli.help or '')}"
    yield ".SH OPTIONS"


def _commands() -> Iterator[str]:
    yield ".SH COMMANDS"
    yield from _below(cli, "")


def _below(group: click.Group, before: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        own = click.Context(command, info_name=name)
        usage = " ".join(piece for piece in command.collect_usage_pieces(own) if piece != "[OPTIONS]")
        yield f".SS secondme {_text(f'{before}{name} {usage}'.strip())}"
        yield _text(command.help or "")
        yield from _options(command, own)
        if isinstance(command, click.Group):
            yield from _below(command, f"{before}{name} ")


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.params:
        told = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if told is not None:
            yield f".TP\n.B {_text(told[0])}\n{_text(told[1])}"


def _foot() -> Iterator[str]:
    yield ".SH FILES"
    for place, what in FILES:
        yield f".TP\n.I {_text(place)}\n{_text(what)}"
    yield ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage, 3 nothing found, 130 interrupted."


def _text(text: str) -> str:
    """Text that roff reads as text: a paragraph for each of its own, lines of a block that click keeps stay lines."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        kept = "\b" in paragraph
        lines = [line.strip() for line in paragraph.replace("\b", "").strip().splitlines()]
        escaped = [re.sub(r"^(?=[.'])", r"\\&", line.replace("\\", "\\e").replace("-", "\\-")) for line in lines]
        paragraphs.append("\n.br\n".join(escaped) if kept else "\n".join(escaped))
    return "\n.PP\n".join(paragraphs)


if __name__ == "__main__":
    click.echo(page(), nl=False)
