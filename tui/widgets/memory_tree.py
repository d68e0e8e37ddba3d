"""The memory as a tree that is read as far as it is in view: a branch when it is opened, a long one page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode as Row

from secondme.api import TreeNode, TreeView
from secondme.text.clean import clean

PAGE = 200
"""Children that are read at a time."""
AHEAD = 30
"""Lines below those in view at which the next children are read."""
LABEL = 300
"""Characters of a label that are looked at; the screen cuts it."""

DAY = 10
"""Characters of a date."""


@dataclass(frozen=True)
class More:
    """Stands for the children of a node from number `first` on, which are not read yet."""

    node: str
    first: int
    left: int


RowData: TypeAlias = TreeNode | More


class MemoryTree(Tree[RowData]):
    """Branches and memories; how many are below, or the day, stands at the right."""

    @dataclass
    class Wanted(Message):
        """Children of a node are in view and not read."""

        node: str
        first: int

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "branch(True)", "Open a branch", show=False),
        Binding("left", "branch(False)", "Close a branch", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"memory-tree--muted"}
    DEFAULT_CSS = """
    MemoryTree > .memory-tree--muted { color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Everything", id=id)
        self._asked: set[tuple[str, int]] = set()
        self._rows: dict[str, Row[RowData]] = {}

    def on_mount(self) -> None:
        """Only what is below the root is shown."""
        self.show_root = False
        self.guide_depth = 2

    def start(self) -> None:
        """Empty the tree, and ask for what is at the top."""
        self.empty()
        self._want("", 0)

    def empty(self) -> None:
        """Take all rows away."""
        self.clear()
        self._asked, self._rows = set(), {"": self.root}
        self.root.expand()
        self.scroll_to(y=0, animate=False)

    def action_branch(self, opens: bool) -> None:
        """Open the branch under the cursor, or go into an open one; close it, or go to the branch it is in."""
        row = self.cursor_node
        if row is None:
            return
        if row.allow_expand and row.is_expanded != opens:
            row.toggle()
        elif opens:
            self.move_cursor(row.children[0] if row.children else row)
        elif row.parent is not None and row.parent is not self.root:
            self.move_cursor(row.parent)

    def show_leaves(self, leaves: Sequence[TreeNode]) -> None:
        """Show these memories alone, without branches."""
        self.empty()
        for leaf in leaves:
            self.root.add_leaf(_label(leaf), data=leaf)
        self._highlight_first()

    def show_children(self, view: TreeView) -> None:
        """Add children that were asked for."""
        parent = self._rows.get(view.node)
        if parent is None or (view.node, view.first) not in self._asked:
            return
        held = parent.children
        if held and isinstance(held[-1].data, More):
            held[-1].remove()
        for child in view.children:
            if child.span_id:
                parent.add_leaf(_label(child), data=child)
            else:
                self._rows[child.id] = parent.add(_label(child), data=child)
        end = view.first + len(view.children)
        if view.children and end < view.total:
            parent.add_leaf("…", data=More(view.node, end, view.total - end))
        if not view.first and not view.node:
            self._highlight_first()
        self.call_after_refresh(self._look_ahead)

    def _highlight_first(self) -> None:
        def move() -> None:
            if self.root.children:
                self.move_cursor(self.root.children[0])

        self.call_after_refresh(move)

    def _want(self, node: str, first: int) -> None:
        if (node, first) not in self._asked:
            self._asked.add((node, first))
            self.post_message(self.Wanted(node, first))

    @on(Tree.NodeExpanded)
    def _expanded(self, event: Tree.NodeExpanded[RowData]) -> None:
        data = event.node.data
        if isinstance(data, TreeNode) and not event.node.children:
            self._want(data.id, 0)

    @on(Tree.NodeHighlighted)
    def _highlighted(self, event: Tree.NodeHighlighted[RowData]) -> None:
        if isinstance(event.node.data, More):
            self._want(event.node.data.node, event.node.data.first)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read on when the end of what was read comes near."""
        super().watch_scroll_y(old_value, new_value)
        self._look_ahead()

    def _look_ahead(self) -> None:
        top = int(self.scroll_offset.y)
        for line in range(top, min(self.last_line + 1, top + self.size.height + AHEAD)):
            row = self.get_node_at_line(line)
            if row is not None and isinstance(row.data, More):
                self._want(row.data.node, row.data.first)

    # --- drawing

    def _room(self, node: Row[RowData]) -> int:
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        return max(10, self.scrollable_content_region.width - (depth - 1) * self.guide_depth - 2)

    def get_label_width(self, node: Row[RowData]) -> int:
        """A line is as wide as the tree: nothing is to be scrolled sideways."""
        return self._room(node)

    def render_label(self, node: Row[RowData], base_style: Style, style: Style) -> Text:
        """The words, cut to fit, and at the right how many there are or when it was said."""
        data = node.data
        mark = ("▾ " if node.is_expanded else "▸ ") if node.allow_expand else "· "
        words = str(node.label)
        if isinstance(data, More):
            words, right = f"{data.left:,} more", ""
        elif isinstance(data, TreeNode):
            right = clean(data.when, keep_newlines=False)[:DAY] if data.span_id else f"{data.size:,}"
        else:
            right = ""
        room = self._room(node) - 2
        space = room - cell_len(right) - (1 if right else 0)
        if cell_len(words) > space:
            words = set_cell_size(words, max(space - 1, 0)).rstrip() + "…"
        filler = " " * max(0, room - cell_len(words) - cell_len(right))
        muted = self.get_component_rich_style("memory-tree--muted", partial=True)
        return Text.assemble((mark, muted), words, filler, (right, muted), style=base_style + style)


def _label(node: TreeNode) -> Text:
    """The words of a branch or memory in one line. Text from files is content, never markup."""
    return Text(" ".join(clean(node.label[:LABEL] or "…", keep_newlines=False).split()))
