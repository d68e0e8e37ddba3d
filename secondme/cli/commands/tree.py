"""`tree`: the memory by topic, time or source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from secondme.cli.root import cli
from secondme.cli.terminal import end_with_nothing, follow_to_end, json_option, open_engine, print_json

if TYPE_CHECKING:
    from secondme.api import TreeNode
    from secondme.api.door import Door

SHOWN_CHILDREN = 12
"""Children of a node that are listed before "… more"."""


@cli.command()
@click.argument("node", default="")
@click.option(
    "--by",
    type=click.Choice(["topic", "time", "source"]),
    default="topic",
    show_default=True,
    help="What the branches stand for.",
)
@click.option("--depth", default=2, show_default=True, help="Levels to show.")
@click.option("--rebalance", is_flag=True, help="First build the tree by topic anew; ctrl+c keeps it as it was.")
@json_option()
def tree(node: str, by: str, depth: int, rebalance: bool, as_json: bool) -> None:
    """Show your memory as a tree: below NODE, or from the root."""
    engine = open_engine()
    if rebalance:
        follow_to_end(engine.rebalance())
    if as_json:
        print_json(engine.tree(by, node))
    elif not _print_branch(engine, by, node, depth, ""):
        end_with_nothing("The tree is empty: add something with `secondme ingest`.")


def _print_branch(engine: Door, by: str, node: str, depth: int, margin: str) -> int:
    """Print what is below a node; returns how many children it has."""
    children = engine.tree(by, node).children
    shown = children[:SHOWN_CHILDREN]
    for i, child in enumerate(shown):
        last = i == len(shown) - 1 and len(children) == len(shown)
        click.echo(f"{margin}{'└─ ' if last else '├─ '}{_node_text(child, by, len(margin))}")
        if depth > 1 and not child.span_id:
            _print_branch(engine, by, child.id, depth - 1, margin + ("   " if last else "│  "))
    if len(children) > len(shown):
        click.echo(f"{margin}└─ … {len(children) - len(shown):,} more")
    return len(children)


def _node_text(node: TreeNode, by: str, margin: int) -> str:
    """A node on one line of the terminal, `margin` cells from its left."""
    import shutil  # it loads archive formats, and every command would wait for that

    width = max(shutil.get_terminal_size().columns, 40)
    count = f" ({node.size:,})" if not node.span_id else f" {node.when}" if node.when else ""
    key = f" [{node.id}]" if by == "topic" and not node.span_id else ""
    room = width - margin - 4 - len(count) - len(key)
    label = node.label or "…"
    label = label if len(label) <= room else label[: max(room - 1, 8)] + "…"
    return f"{label}{count}{key}"
