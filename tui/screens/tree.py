"""The page of the tree: the memory by topic, time or source. A branch is read when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode as Row

from secondme.api import TreeNode, TreeView
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import CallFailed, PassageRequested
from tui.screens.page import Page
from tui.widgets.key_line import KeyLine

KINDS = ("topic", "time", "source")


@dataclass
class BranchLoaded(Message):
    """What is below a node of a tree."""

    view: TreeView


class TreeScreen(Page):
    """Enter opens a branch, or a passage in its source."""

    CSS_PATH = Path(__file__).with_name("tree.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("tree")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._by = "topic"

    def compose(self) -> ComposeResult:
        """Which tree, the tree, the keys."""
        yield Static("", id="which", markup=False)
        yield Tree[TreeNode]("Everything", id="tree")
        yield KeyLine("tree", ("enter", "open"))

    def on_mount(self) -> None:
        """Show the tree by topic."""
        tree = self.query_one(Tree)
        tree.show_root = False
        tree.guide_depth = 3
        tree.focus()
        self.action_by("topic")

    def action_by(self, kind: str) -> None:
        """Show the tree by topic, time or source."""
        self._by = kind
        marks: list[str | tuple[str, str]] = []
        for name in KINDS:
            marks += [(f" {name} ", "bold $text-accent reverse" if name == kind else "$foreground-muted"), " "]
        self.query_one("#which", Static).update(Content.assemble(*marks))
        tree = self.query_one(Tree)
        tree.clear()
        tree.root.expand()
        self._load(kind, "")

    def _load(self, kind: str, node: str) -> None:
        self.calls.run(self, lambda door: iter([BranchLoaded(door.tree(kind, node))]), f"tree {kind} {node}")

    @on(Tree.NodeExpanded)
    def _expanded(self, event: Tree.NodeExpanded[TreeNode]) -> None:
        data = event.node.data
        if data is not None and not event.node.children:
            self._load(self._by, data.id)

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[TreeNode]) -> None:
        data = event.node.data
        if data is not None and data.span_id:
            self.post_message(PassageRequested(data.span_id))

    @on(BranchLoaded)
    def _loaded(self, event: BranchLoaded) -> None:
        if event.view.by != self._by:
            return
        row = self._find_row(event.view.node)
        if row is None or row.children:
            return
        for child in event.view.children:
            label = branch_label(child)
            if child.span_id:
                row.add_leaf(label, data=child)
            else:
                row.add(label, data=child)
        if not event.view.children and not event.view.node:
            row.add_leaf("Nothing here yet: add files, or talk. The tree grows while they are indexed.")

    def _find_row(self, node: str) -> Row[TreeNode] | None:
        tree: Tree[TreeNode] = self.query_one(Tree)
        if not node:
            return tree.root
        left = [tree.root]
        while left:
            row = left.pop()
            if row.data is not None and row.data.id == node:
                return row
            left += row.children
        return None

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#which", Static).update(clean(event.error.sentence(), keep_newlines=False))


def branch_label(node: TreeNode) -> Text:
    """A branch as one line: its words, then how much there is or when it was said."""
    words = " ".join(clean(node.label or "…", keep_newlines=False).split())
    count = f"  {node.when}" if node.span_id and node.when else "" if node.span_id else f"  {node.size:,}"
    # Text from files is content, never markup.
    return Text.assemble(words[:200], (count, "dim"))
