"""The memory as a tree: by topic, by time, by source. Branches are read when they are opened."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode as Row

from secondme.api import TreeNode
from secondme.text.clean import clean
from tui.calls import Calls
from tui.messages import BranchLoaded, CallFailed
from tui.screens.dialog import hints
from tui.widgets.citations import PassageWanted

KINDS = ("topic", "time", "source")


class TreeScreen(Screen[None]):
    """Enter opens a branch, or a passage in its source."""

    CSS_PATH = "tree.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        *(Binding(str(i), f"by('{kind}')", f"By {kind}", show=False) for i, kind in enumerate(KINDS, start=1)),
    ]

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls
        self._by = "topic"

    def compose(self) -> ComposeResult:
        """Which tree, and the tree."""
        yield Static("", id="which", markup=False)
        yield Tree[TreeNode]("Everything", id="tree")
        yield Static(
            hints(("1", "by topic"), ("2", "by time"), ("3", "by source"), ("enter", "open"), ("esc", "back")),
            classes="keys",
        )

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
        for one in KINDS:
            marks += [(f" {one} ", "bold $text-accent reverse" if one == kind else "$foreground-muted"), " "]
        self.query_one("#which", Static).update(Content.assemble(*marks))
        tree = self.query_one(Tree)
        tree.clear()
        tree.root.expand()
        self._load(kind, "")

    def _load(self, kind: str, node: str) -> None:
        self._calls.run(self, lambda door: iter([BranchLoaded(door.tree(kind, node))]), f"tree {kind} {node}")

    @on(Tree.NodeExpanded)
    def _expanded(self, event: Tree.NodeExpanded[TreeNode]) -> None:
        data = event.node.data
        if data is not None and not event.node.children:
            self._load(self._by, data.id)

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[TreeNode]) -> None:
        data = event.node.data
        if data is not None and data.span_id:
            self.post_message(PassageWanted(data.span_id))

    @on(BranchLoaded)
    def _loaded(self, event: BranchLoaded) -> None:
        if event.view.by != self._by:
            return
        row = self._row(event.view.node)
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

    def _row(self, node: str) -> Row[TreeNode] | None:
        tree: Tree[TreeNode] = self.query_one(Tree)
        if not node:
            return tree.root
        waiting = [tree.root]
        while waiting:
            row = waiting.pop()
            if row.data is not None and row.data.id == node:
                return row
            waiting += row.children
        return None

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#which", Static).update(clean(event.error.sentence(), keep_newlines=False))

    def action_back(self) -> None:
        """Return to the chat."""
        self.dismiss()


def branch_label(node: TreeNode) -> Text:
    """A branch as one line: its words, then how much there is or when it was said."""
    words = " ".join(clean(node.label or "…", keep_newlines=False).split())
    count = f"  {node.when}" if node.span_id and node.when else "" if node.span_id else f"  {node.size:,}"
    # Text from files is content, never markup.
    return Text.assemble(words[:200], (count, "dim"))
