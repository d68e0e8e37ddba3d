"""What is indexed and watched, and the ways to take it out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import FolderStatus, Removal, SourceSummary
from secondme.door import Door
from secondme.text import clean
from tui.actions import bindings
from tui.calls import Calls
from tui.messages import CallFailed, FolderWatched, RemovalWeighed, Removed, SourcesLoaded, Undone
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.dialog import hints
from tui.screens.watch import WatchScreen
from tui.widgets.chat_list import age

Row: TypeAlias = SourceSummary | FolderStatus | None
"""What a line of the list stands for; None for a heading."""


class SourcesScreen(Screen[None]):
    """Watched folders, then sources, newest first; forgotten ones stay in sight until they are erased."""

    CSS_PATH = "sources.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("sources"),
        Binding("escape", "back", "Back", show=False),
    ]

    def __init__(self, calls: Calls, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._calls = calls
        self._now = now
        self._rows: list[Row] = []
        self._forgotten: list[str] = []

    def compose(self) -> ComposeResult:
        """A heading, the list, the keys."""
        yield Static("Reading the list…", id="head", markup=False)
        yield OptionList(id="rows")
        yield Static(
            hints(
                ("x", "forget"),
                ("u", "undo"),
                ("X", "erase"),
                ("w", "watch"),
                ("r", "stop watching"),
                ("esc", "back"),
            ),
            classes="keys",
        )

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one("#rows").focus()
        self.load()

    def load(self) -> None:
        """Ask for sources and folders again."""

        def read(door: Door) -> Iterator[Message]:
            yield SourcesLoaded(door.sources(include_gone=True), door.watch_list())

        self._calls.run(self, read, "sources", exclusive=True)

    @on(SourcesLoaded)
    def _loaded(self, event: SourcesLoaded) -> None:
        spans = sum(source.spans for source in event.sources if source.state in ("live", "away"))
        count = sum(source.state in ("live", "away") for source in event.sources)
        self.query_one("#head", Static).update(
            Content.assemble(
                ("Sources", "bold $primary"), (f"   {count:,} with {spans:,} passages", "$foreground-muted")
            )
        )
        options = self.query_one("#rows", OptionList)
        kept, width = options.highlighted, options.scrollable_content_region.width - 2
        self._rows = []
        lines: list[Option] = []
        if event.folders:
            self._rows += [None, *event.folders, None]
            lines += [Option("Watched folders", disabled=True)]
            lines += [Option(folder_line(folder, width)) for folder in event.folders]
            lines += [Option("Files, chats and notes", disabled=True)]
        self._rows += event.sources
        lines += [Option(source_line(source, self._now(), width)) for source in event.sources]
        options.clear_options()
        options.add_options(lines)
        first = 1 if event.folders else 0
        options.highlighted = min(kept if kept is not None else first, len(lines) - 1) if lines else None

    def _chosen(self) -> Row:
        index = self.query_one("#rows", OptionList).highlighted
        return self._rows[index] if index is not None and index < len(self._rows) else None

    # --- taking out

    def action_forget(self) -> None:
        """Weigh a forget and ask."""
        self._weigh("forget")

    def action_purge(self) -> None:
        """Weigh an erasure and ask."""
        self._weigh("purge")

    def _weigh(self, verb: str) -> None:
        row = self._chosen()
        if isinstance(row, FolderStatus):
            self.action_unwatch()
        elif row is not None:
            target = row.id

            def weigh(door: Door) -> Iterator[Message]:
                remove = door.forget if verb == "forget" else door.purge
                yield RemovalWeighed(verb, remove(target, dry_run=True))

            self._calls.run(self, weigh, "weigh", exclusive=True)

    @on(RemovalWeighed)
    def _weighed(self, event: RemovalWeighed) -> None:
        target = event.removal.target
        source = next((row for row in self._rows if isinstance(row, SourceSummary) and row.id == target), None)
        name = source.title if source is not None else target
        if event.verb == "forget":
            lines = [*effects(event.removal), "It is hidden from recall; u brings it back."]
            screen = ConfirmScreen(f"Forget {name}?", lines, [Choice("no", "Cancel"), Choice("yes", "Forget")])
        else:
            lines = [*effects(event.removal), "It is erased from every store. This cannot be undone."]
            choices = [Choice("no", "Cancel"), Choice("yes", "Erase for good", danger=True)]
            screen = ConfirmScreen(f"Erase {name}?", lines, choices)

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self._remove(event.verb, target)

        self.app.push_screen(screen, answered)

    def _remove(self, verb: str, target: str) -> None:
        def remove(door: Door) -> Iterator[Message]:
            yield Removed(verb, (door.forget if verb == "forget" else door.purge)(target))

        self._calls.run(self, remove, "remove")

    @on(Removed)
    def _removed(self, event: Removed) -> None:
        if event.removal is None:
            self.app.notify("No longer watched; its memories stay.", markup=False)
        elif event.verb == "forget":
            self._forgotten.append(event.removal.target)
            self.app.notify("Forgotten. u brings it back.", markup=False)
        else:
            done = [f"Gone: {effects(event.removal)[0]}", *event.removal.notes]
            self.app.push_screen(ConfirmScreen("Erased", done, [Choice("ok", "Good")]))
        self.load()

    def action_undo(self) -> None:
        """Bring back the chosen source if it is forgotten, else the one forgotten last."""
        row = self._chosen()
        if isinstance(row, SourceSummary) and row.state == "hidden":
            target = row.id
        elif self._forgotten:
            target = self._forgotten.pop()
        else:
            self.app.notify("Nothing was forgotten here.", markup=False)
            return
        self._calls.run(self, lambda door: iter([Undone(door.restore(target))]), "restore")

    @on(Undone)
    def _undone(self, event: Undone) -> None:
        self._forgotten = [target for target in self._forgotten if target != event.restored.target]
        self.app.notify(f"Brought back, with {event.restored.spans:,} passages.", markup=False)
        self.load()

    # --- watching

    def action_watch(self) -> None:
        """Ask for a folder and watch it."""

        def answered(folder: str | None) -> None:
            if folder:
                path = Path(folder)
                self._calls.run(self, lambda door: iter([FolderWatched(door.watch_add(path))]), "watch")

        self.app.push_screen(WatchScreen(), answered)

    @on(FolderWatched)
    def _watched(self) -> None:
        self.load()

    def action_unwatch(self) -> None:
        """Ask what becomes of the memories, then stop watching the chosen folder."""
        row = self._chosen()
        if not isinstance(row, FolderStatus):
            self.app.notify("Choose a watched folder first.", markup=False)
            return
        path = Path(row.path)

        def answered(choice: str | None) -> None:
            if choice not in ("keep", "erase"):
                return

            def unwatch(door: Door) -> Iterator[Message]:
                yield Removed("purge", door.watch_remove(path, purge=choice == "erase"))

            self._calls.run(self, unwatch, "unwatch")

        choices = [
            Choice("keep", "Keep memories"),
            Choice("erase", "Erase them", danger=True),
            Choice("no", "Cancel"),
        ]
        lines = [f"{row.files:,} files of it are indexed. What becomes of their memories?"]
        self.app.push_screen(ConfirmScreen(f"Stop watching {row.path}?", lines, choices), answered)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.app.notify(clean(event.error.sentence()), severity="error", markup=False)

    def action_back(self) -> None:
        """Return to the chat."""
        self.dismiss()


def effects(removal: Removal) -> Sequence[str]:
    """What a removal touches, in one sentence, and its notes."""
    counts = (
        (removal.sources, "source"),
        (removal.spans, "passage"),
        (removal.messages, "message"),
        (removal.answers, "answer that used it"),
    )
    touched = [f"{number:,} {_plural(word, number)}" for number, word in counts if number]
    return [", ".join(touched) + "." if touched else "Nothing of it is stored.", *removal.notes]


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return word.replace("answer that", "answers that") if word.startswith("answer") else word + "s"


_STATES = {"hidden": "forgotten", "archived": "archived", "away": "away"}


def source_line(source: SourceSummary, now: datetime, width: int) -> Content:
    """Kind, title, passages, age, the state unless it is live, what is pending: columns in `width` cells."""
    gone = source.state in ("hidden", "archived")
    title = clean(source.title or source.uri, keep_newlines=False)
    pending = f", {source.pending:,} pending" if source.pending else ""
    state = _STATES.get(source.state, "")
    return Content.assemble(
        (f"{clean(source.kind, keep_newlines=False):<8}", "$foreground-muted"),
        _column(title, width - 42, "$foreground-muted strike" if gone else "$foreground"),
        (f"{source.spans:>7,} passages  {age(source.added_at, now):>4}", "$foreground-muted"),
        (f"  {state}", "$text-warning") if state else "",
        (pending, "$text-accent"),
    )


def _column(text: str, width: int, style: str) -> Content:
    """`text` in exactly `width` cells (16 at least), without colouring the cells that only fill."""
    content = Content(text).truncate(max(width, 16), ellipsis=True)
    return Content.assemble(content.stylize(style), " " * max(0, max(width, 16) - content.cell_length))


def folder_line(folder: FolderStatus, width: int) -> Content:
    """Path, files, and how it is doing."""
    colour = "$text-success" if folder.state in ("watching", "polling") else "$text-warning"
    path = clean(folder.path, keep_newlines=False)
    state = clean(folder.state, keep_newlines=False)
    return Content.assemble(
        _column(path, width - 34, "$foreground"),
        (f"{folder.files:>7,} files     ", "$foreground-muted"),
        (state, colour),
    )
