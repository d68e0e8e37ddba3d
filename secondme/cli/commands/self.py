"""`self`: adapters that know by heart what your memory holds, and how you write."""

from __future__ import annotations

import click

from secondme.api import Hit
from secondme.api.adapters import Adapter, AdapterKind
from secondme.cli.lines import shorten
from secondme.cli.root import cli
from secondme.cli.terminal import follow_to_end, json_option, open_engine, print_result, print_rows

_NONE = "There is no adapter. `secondme self train` makes one from the facts that your memory holds."


@cli.group("self")
def self_() -> None:
    """Teach the model what you told it, or how you write: adapters in weights that can be taken back."""


@self_.command("train")
@click.argument("kind", type=click.Choice(["facts", "voice"]), default="facts")
def self_train(kind: AdapterKind) -> None:
    """Train an adapter on the facts that hold now, or with `voice` on what you wrote in chats; try it, and use it if it
    is good enough.

    It takes minutes. ctrl+c stops it; the next `secondme self train` goes on from there.
    """
    door = open_engine()
    follow_to_end(door.adapter_train(kind))
    found = next((found for found in door.adapters() if found.kind == kind), None)
    if found is not None:
        click.echo("\n".join(_lines(found)))


@self_.command("list")
@json_option()
def self_list(as_json: bool) -> None:
    """List the adapters, the latest first."""
    print_rows(open_engine().adapters(), _line, as_json=as_json, empty=_NONE)


@self_.command("show")
@click.argument("number", type=int)
@click.option("--passages", is_flag=True, help="List the passages that it was made from.")
@json_option()
def self_show(number: int, passages: bool, as_json: bool) -> None:
    """Show what an adapter was made from, and how it did beside the model alone."""
    door = open_engine()
    if passages:
        print_rows(door.adapter_passages(number), _passage, as_json=as_json, empty="They are all forgotten.")
    else:
        found = door.adapter(number)
        print_result(found, _lines(found), as_json=as_json)


@self_.command("use")
@click.argument("number", type=int)
def self_use(number: int) -> None:
    """Use an adapter from the next question on."""
    click.echo(_line(open_engine().adapter_use(number)))


@self_.command("off")
@click.argument("number", type=int, default=0)
def self_off(number: int) -> None:
    """Use an adapter no more; without NUMBER, use none."""
    open_engine().adapter_off(number)
    click.echo(f"Adapter {number} is not used." if number else "No adapter is used.")


@self_.command("remove")
@click.argument("number", type=int)
def self_remove(number: int) -> None:
    """Delete an adapter with its files."""
    open_engine().adapter_remove(number)
    click.echo(f"Adapter {number} is deleted.")


def _line(found: Adapter) -> str:
    why = f": {found.why}" if found.why else ""
    return f"{found.number}  {found.made_at[:16].replace('T', ' ')}  {found.base}  {found.learnt}  {found.state}{why}"


def _passage(hit: Hit) -> str:
    return f"{hit.location()}  {shorten(hit.text, 90)}"


def _lines(found: Adapter) -> list[str]:
    lines = [_line(found)]
    if found.parent:
        lines.append(f"Replaced adapter {found.parent}.")
    lines.append(f"Made from {found.spans} passages: {found.recipe}, for the file {found.digest[:12]}.")
    if found.figures:
        lines.append(f"{'':44}{'alone':>12}{'with it':>12}")
        lines += [f"{figure.what:44}{figure.alone:>12}{figure.adapted:>12}" for figure in found.figures]
    return lines
