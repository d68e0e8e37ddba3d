"""The page of the memory: the trees by topic, time and source at the left, a memory at the right.

Where the terminal is narrow, Enter shows the memory in the place of the tree, and esc goes back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, Tree

from secondme.api import Hit, MemoryLife, TreeNode, TreeView
from secondme.api.door import Door
from secondme.errors import UsageError
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import CallFailed, ForgetRequested, PassageRequested, WhyRequested
from tui.screens.page import Page
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import KeyLine
from tui.widgets.memory_pane import MemoryPane
from tui.widgets.memory_tree import PAGE, MemoryTree, RowData

KINDS = ("topic", "time", "source")
WIDE = 100
"""Columns from which tree and memory stand side by side."""
FOUND = 100
"""Memories that a filter shows."""
SETTLED = 0.12
"""Seconds without a key after which a filter is looked for, and a memory shown."""
EMPTY = "Nothing here yet. @add adds files or a folder, and the tree grows while they are indexed."


@dataclass
class BranchLoaded(Message):
    """Children of a node of a tree."""

    view: TreeView


@dataclass
class MemoryLoaded(Message):
    """A memory was read; `note` is said once."""

    life: MemoryLife
    note: str = ""


@dataclass
class FilterLoaded(Message):
    """What a filter found."""

    query: str
    hits: list[Hit]


@dataclass
class NoteRead(Message):
    """The words of the note that is to be written anew."""

    span_id: str
    text: str


@dataclass
class Merged(Message):
    """One memory stands for another now; `run` did it."""

    run: str


class TakenBack(Message):
    """What was changed last is as it was."""


class MemoryScreen(Page):
    """Trees and a memory."""

    CSS_PATH = Path(__file__).with_name("memory.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("memory")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # as Textual declares it

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._by = "topic"
        self._life: MemoryLife | None = None
        self._query = ""
        self._marked: Hit | None = None
        """The memory that may be merged into another."""
        self._undo: Callable[[Door], object] | None = None
        """Takes back what was changed last."""

    def compose(self) -> ComposeResult:
        """Which tree, the filter, tree and memory, the keys."""
        yield Static("", id="which", markup=False)
        yield CleanInput(placeholder="words to look for", id="filter", compact=True)
        with Horizontal(id="both"):
            yield MemoryTree(id="tree")
            yield MemoryPane(id="memory")
        yield KeyLine("memory", ("enter", "open"))

    def on_mount(self) -> None:
        """Show the tree by topic."""
        self.query_one("#filter").display = False
        self.query_one(MemoryTree).focus()
        self.action_by("topic")

    # --- the tree

    def action_by(self, kind: str) -> None:
        """Show the tree by topic, time or source."""
        self._by = kind
        self._close_filter()
        self._show_which()
        self.query_one(MemoryTree).start()

    def _show_which(self, found: str = "") -> None:
        marks: list[str | tuple[str, str]] = []
        for number, name in enumerate(KINDS, start=1):
            chosen = name == self._by and not self._query
            marks += [(f" {number} {name} ", "bold $text-accent reverse" if chosen else "$text-muted"), " "]
        if self._marked is not None and not found:
            words = " ".join(clean(self._marked.text[:40], keep_newlines=False).split())
            found = f"marked: {words}… " + with_keys(self.app, "@memory.merge merges it into the chosen one")
        self.query_one("#which", Static).update(Content.assemble(*marks, (f" {found}", "$text-muted")))

    @on(MemoryTree.Wanted)
    def _wanted(self, event: MemoryTree.Wanted) -> None:
        kind, node, first = self._by, event.node, event.first

        def read(door: Door) -> Iterator[Message]:
            yield BranchLoaded(door.tree(kind, node, first=first, limit=PAGE))

        self.calls.run(self, read, f"tree {kind} {node} {first}")

    @on(BranchLoaded)
    def _loaded(self, event: BranchLoaded) -> None:
        if event.view.by != self._by or self._query:
            return
        self.query_one(MemoryTree).show_children(event.view)
        if not event.view.node and not event.view.children and not event.view.first:
            self.query_one(MemoryPane).show_notice(with_keys(self.app, EMPTY))
            self._show_which(with_keys(self.app, EMPTY) if self.size.width < WIDE else "")

    @on(Tree.NodeHighlighted)
    def _highlighted(self, event: Tree.NodeHighlighted[RowData]) -> None:
        data = event.node.data
        if not isinstance(data, TreeNode):
            return
        if data.span_id:
            span_id = data.span_id
            self.set_timer(SETTLED, lambda: self._show_if_still(span_id))
        else:
            self._life = None
            self.query_one(MemoryPane).show_branch(data)

    def _show_if_still(self, span_id: str) -> None:
        if self.chosen == span_id:
            self._load(span_id)

    @property
    def chosen(self) -> str:
        """The id of the memory under the cursor; empty on a branch."""
        row = self.query_one(MemoryTree).cursor_node
        return row.data.span_id if row is not None and isinstance(row.data, TreeNode) else ""

    def _load(self, span_id: str) -> None:
        self.calls.run(self, lambda door: iter([MemoryLoaded(door.memory(span_id))]), "memory", exclusive=True)

    @on(MemoryLoaded)
    def _memory_loaded(self, event: MemoryLoaded) -> None:
        if event.life.passage.hit.id != self.chosen:
            return
        self._life = event.life
        self.query_one(MemoryPane).show_life(event.life, self.now())
        if event.note:
            self.app.notify(event.note, markup=False)

    @on(Tree.NodeSelected)
    def _selected(self, event: Tree.NodeSelected[RowData]) -> None:
        data = event.node.data
        if not isinstance(data, TreeNode) or not data.span_id:
            return
        if self.has_class("-narrow") and not self.has_class("-pane"):
            self.add_class("-pane")
            self._load(data.span_id)
            self.query_one(MemoryPane).focus()
        else:
            self.post_message(PassageRequested(data.span_id))

    def key_enter(self) -> None:
        """On a memory that stands alone: open it in its source."""
        if self.has_class("-pane") and self.focused is self.query_one(MemoryPane) and self.chosen:
            self.post_message(PassageRequested(self.chosen))

    # --- the filter

    def action_filter(self) -> None:
        """Look for words among the memories."""
        box = self.query_one("#filter", Input)
        box.display = True
        box.focus()

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        text = event.value.strip()
        self.set_timer(SETTLED, lambda: self._find_if_still(text))

    def _find_if_still(self, text: str) -> None:
        if text == self._query or self.query_one("#filter", Input).value.strip() != text:
            return
        self._query = text
        if not text:
            self._show_which()
            self.query_one(MemoryTree).start()
            return

        def find(door: Door) -> Iterator[Message]:
            yield FilterLoaded(text, door.recall(text, k=FOUND, include_assistant=False))

        self.calls.run(self, find, "filter", exclusive=True)

    @on(FilterLoaded)
    def _found(self, event: FilterLoaded) -> None:
        if event.query != self._query:
            return
        self.query_one(MemoryTree).show_leaves([leaf_of(hit) for hit in event.hits])
        number = len(event.hits)
        words = f"{number} memor{'y' if number == 1 else 'ies'}" if number else "Nothing is near these words."
        self._show_which(words + ", the nearest first" * (number > 1))

    @on(Input.Submitted, "#filter")
    def _submitted(self) -> None:
        self.query_one(MemoryTree).focus()

    def _close_filter(self) -> None:
        box = self.query_one("#filter", Input)
        box.display, self._query = False, ""
        with box.prevent(Input.Changed):
            box.value = ""

    def action_back(self) -> None:
        """From the memory to the tree, from what was found to the whole tree, then to the chat."""
        if self.has_class("-pane"):
            self.remove_class("-pane")
            self.query_one(MemoryTree).focus()
        elif self.query_one("#filter").display:
            self.action_by(self._by)
            self.query_one(MemoryTree).focus()
        else:
            self.dismiss()

    # --- changing a memory

    def _chosen_life(self) -> MemoryLife | None:
        if self._life is None or self._life.passage.hit.id != self.chosen:
            self.app.notify("Choose a memory first: a line with a dot before it.", markup=False)
            return None
        return self._life

    def action_pin(self) -> None:
        """Pin the memory, or take the pin away."""
        life = self._chosen_life()
        if life is None:
            return
        span_id, held = life.passage.hit.id, life.passage.hit.standing
        pinned = not (held is not None and held.pinned)

        def change(door: Door) -> Iterator[Message]:
            door.pin(span_id, pinned=pinned)
            yield MemoryLoaded(door.memory(span_id), "Pinned: it never fades." if pinned else "No longer pinned.")

        self.calls.run(self, change, "pin", exclusive=True)

    def action_edit(self) -> None:
        """Write a note anew; of other memories say how they are changed."""
        life = self._chosen_life()
        if life is None:
            return
        hit = life.passage.hit
        if hit.kind == "note":
            self.calls.run(self, lambda door: iter([NoteRead(hit.id, door.note_text(hit.id))]), "edit", exclusive=True)
            return
        title = clean(hit.title, keep_newlines=False)
        how = f"Change {title}, and it is read again." if hit.kind == "file" else "What was said stays as it was said."
        how += with_keys(self.app, " A fact that it states is corrected on the page of facts: @memory.facts.")
        self.app.notify(how, markup=False)

    @on(NoteRead)
    def _edit_note(self, event: NoteRead) -> None:
        from tui.screens.remember import EditNoteScreen

        def answered(span_id: str | None) -> None:
            if span_id:
                self._changed(
                    "Written anew; what it said before is kept.",
                    lambda door: door.edit_note(span_id, event.text, secrets="keep"),
                )

        self.app.push_screen(EditNoteScreen(self.context, event.span_id, event.text), answered)

    def action_mark(self) -> None:
        """Mark the memory, so that it can be merged into another; again, take the mark away."""
        life = self._chosen_life()
        if life is None:
            return
        again = self._marked is not None and self._marked.id == life.passage.hit.id
        self._marked = None if again else life.passage.hit
        self._show_which()

    def action_merge(self) -> None:
        """Let the chosen memory stand for the marked one too."""
        life, marked = self._chosen_life(), self._marked
        if life is None:
            return
        if marked is None or marked.id == life.passage.hit.id:
            words = "Mark one memory with @memory.mark, then choose another that shall stand for both."
            self.app.notify(with_keys(self.app, words), markup=False)
            return
        into = life.passage.hit.id
        self.calls.run(self, lambda door: iter([Merged(door.merge_memories(marked.id, into))]), "merge", exclusive=True)

    @on(Merged)
    def _merged(self, event: Merged) -> None:
        self._marked = None
        remedy = with_keys(self.app, "The page of activity (@activity) lists the runs.")
        self._changed("Merged: one stands for both.", lambda door: _undo_run(door, event.run, remedy))

    def _changed(self, note: str, undo: Callable[[Door], object]) -> None:
        """Say that something was changed, keep how it is taken back, and read the tree anew."""
        self._undo = undo
        self.app.notify(f"{note} {with_keys(self.app, '@memory.undo')} takes this back.", markup=False)
        self.action_by(self._by)

    def action_why(self) -> None:
        """Say where it came from, why it was recalled, what changed it."""
        if self.chosen:
            self.post_message(WhyRequested(self.chosen))

    def action_forget(self) -> None:
        """Show what hangs on the memory, where it can be hidden or erased."""
        life = self._chosen_life()
        if life is not None:
            source = life.passage.hit.source_id
            self.post_message(ForgetRequested(life.passage.hit.id, lambda: self._source_changed(source)))

    def _source_changed(self, source: str) -> None:
        self._undo = lambda door: door.restore(source)
        self.action_by(self._by)

    def action_undo(self) -> None:
        """Take back what was changed here last."""
        undo = self._undo
        if undo is None:
            self.app.notify("Nothing was changed on this page.", markup=False)
            return

        def take_back(door: Door) -> Iterator[Message]:
            undo(door)
            yield TakenBack()

        self.calls.run(self, take_back, "undo")

    @on(TakenBack)
    def _taken_back(self) -> None:
        self._undo = None
        self.app.notify("It is as it was.", markup=False)
        self.action_by(self._by)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        sentence = clean(event.error.sentence(), keep_newlines=False)
        if event.group in ("pin", "edit", "merge", "undo"):
            self.app.notify(sentence, severity="warning", markup=False)
        else:
            self.query_one(MemoryPane).show_notice(sentence)
            self._show_which(sentence if self.has_class("-narrow") else "")


def _undo_run(door: Door, run: str, remedy: str) -> None:
    """Undo a run. Raises UsageError where rows were changed since."""
    if conflicts := door.undo(run).conflicts:
        raise UsageError(f"It cannot be taken back: {conflicts[0]}.", remedy)


def leaf_of(hit: Hit) -> TreeNode:
    """A memory that was found, as a line of the tree."""
    words = f"{hit.speaker}: {hit.text}" if hit.speaker else hit.text
    return TreeNode(hit.id, words, 1, span_id=hit.id, when=(hit.happened_at or "")[:10])
