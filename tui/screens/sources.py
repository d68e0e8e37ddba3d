"""What is indexed and watched, and the ways to take it out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import FileTrouble, FolderStatus, Removal, SourceSummary, Status
from secondme.api.door import Door
from secondme.ingest.walk import path_of
from secondme.text.clean import clean
from tui.actions import bindings
from tui.calls import Calls
from tui.messages import CallFailed, FolderChanged, FolderWatched, RemovalWeighed, Removed, SourcesLoaded, Undone
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.dialog import hints
from tui.screens.list_page import ListPage
from tui.screens.watch import WatchScreen
from tui.widgets.chat_list import age

Row: TypeAlias = SourceSummary | FolderStatus | FileTrouble | None
"""What a line of the list stands for; None for a heading."""

LISTED = 500
"""Sources that are listed, the newest; all are found by recall."""
TROUBLES = 100
REFRESH_SECONDS = 1.5


class SourcesScreen(ListPage):
    """Watched folders, then sources, newest first; forgotten ones stay in sight until they are erased."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("sources")

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
                ("r", "stop"),
                ("p", "pause"),
                ("s", "look again"),
                ("t", "retry"),
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
            status = door.status()
            troubles = door.failures()
            yield SourcesLoaded(door.sources(include_gone=True, limit=LISTED), list(status.folders), troubles, status)

        self._calls.run(self, read, "sources", exclusive=True)

    @on(SourcesLoaded)
    def _loaded(self, event: SourcesLoaded) -> None:
        self.query_one("#head", Static).update(head_line(event.status))
        options = self.query_one("#rows", OptionList)
        kept, width = options.highlighted, options.scrollable_content_region.width - 2
        self._rows = []
        lines: list[Option] = []
        troubles = event.troubles[:TROUBLES]
        more = f" ({TROUBLES} of {len(event.troubles):,})" if len(event.troubles) > TROUBLES else ""
        if event.folders:
            self._rows += [None, *event.folders]
            lines += [Option("Watched folders", disabled=True)]
            lines += [Option(folder_line(folder, width)) for folder in event.folders]
        if troubles:
            self._rows += [None, *troubles]
            lines += [Option(f"Files that want a look{more}", disabled=True)]
            lines += [Option(trouble_line(trouble, width)) for trouble in troubles]
        if lines and event.sources:
            self._rows.append(None)
            lines.append(Option("Files, chats and notes", disabled=True))
        self._rows += event.sources
        lines += [Option(source_line(source, self._now(), width)) for source in event.sources]
        options.clear_options()
        options.add_options(lines)
        first = 1 if event.folders or event.troubles else 0
        options.highlighted = min(kept if kept is not None else first, len(lines) - 1) if lines else None
        if event.status.activity or event.status.pending:
            self.set_timer(REFRESH_SECONDS, self.load)

    # --- taking out

    def action_forget(self) -> None:
        """Weigh a forget and ask."""
        self._weigh("forget")

    def action_purge(self) -> None:
        """Weigh an erasure and ask."""
        self._weigh("purge")

    def _weigh(self, verb: str) -> None:
        row = self.chosen(self._rows)
        if isinstance(row, FolderStatus):
            self.action_unwatch()
        elif isinstance(row, SourceSummary):
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
        row = self.chosen(self._rows)
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

        self.app.push_screen(WatchScreen(self._calls), answered)

    @on(FolderWatched)
    def _watched(self) -> None:
        self.load()

    def action_unwatch(self) -> None:
        """Ask what becomes of the memories, then stop watching the chosen folder."""
        row = self.chosen(self._rows)
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

    def _folder(self) -> FolderStatus | None:
        row = self.chosen(self._rows)
        if isinstance(row, FolderStatus):
            return row
        self.app.notify("Choose a watched folder first.", markup=False)
        return None

    def action_pause(self) -> None:
        """Pause the chosen folder, or resume it."""
        folder = self._folder()
        if folder is not None:
            path, paused = Path(folder.path), folder.state == "paused"

            def change(door: Door) -> Iterator[Message]:
                (door.watch_resume if paused else door.watch_pause)(path)
                yield FolderChanged("It is kept right again." if paused else "Paused; its memories stay.")

            self._calls.run(self, change, "folder")

    def action_rescan(self) -> None:
        """Look at all of the chosen folder."""
        folder = self._folder()
        if folder is not None:
            path = Path(folder.path)

            def look(door: Door) -> Iterator[Message]:
                door.watch_rescan(path)
                yield FolderChanged("It is looked at now.")

            self._calls.run(self, look, "folder")

    def action_confirm(self) -> None:
        """Let fade what is gone of the chosen folder, after a question."""
        folder = self._folder()
        if folder is None or folder.state != "asking":
            return
        path = Path(folder.path)

        def answered(choice: str | None) -> None:
            if choice == "fade":

                def confirm(door: Door) -> Iterator[Message]:
                    door.watch_confirm(path)
                    yield FolderChanged("What is gone of it fades.")

                self._calls.run(self, confirm, "folder")

        lines = [
            f"{folder.missing:,} files of {folder.path} are gone at once.",
            "Their memories can come back with the files.",
        ]
        choices = [Choice("no", "Keep them"), Choice("fade", "Let them fade", danger=True)]
        self.app.push_screen(ConfirmScreen("Is that right?", lines, choices), answered)

    def action_retry(self) -> None:
        """Read the chosen file again, or all that failed."""
        row = self.chosen(self._rows)
        paths = [Path(path_of(row.path))] if isinstance(row, FileTrouble) and row.state == "failed" else []

        def retry(door: Door) -> Iterator[Message]:
            count = door.retry(paths)
            yield FolderChanged(f"{count:,} {_plural('file', count)} read again.")

        self._calls.run(self, retry, "retry")

    @on(FolderChanged)
    def _changed(self, event: FolderChanged) -> None:
        self.app.notify(event.said, markup=False)
        self.load()

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.app.notify(clean(event.error.sentence()), severity="error", markup=False)


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
    """Path, files, what was skipped or failed, and how it is doing."""
    colour = "$text-success" if folder.state in ("watching", "polling") else "$text-warning"
    path = clean(folder.path, keep_newlines=False)
    state = clean(folder.state, keep_newlines=False)
    if folder.state == "asking":
        state = f"{folder.missing:,} gone, c"
    aside = ", ".join(
        f"{count:,} {word}" for count, word in ((folder.skipped, "skipped"), (folder.failed, "failed")) if count
    )
    return Content.assemble(
        _column(path, width - 60, "$foreground"),
        (f"{folder.files:>9,} files  ", "$foreground-muted"),
        (f"{aside:<26} ", "$text-warning" if folder.failed else "$foreground-muted"),
        (state, colour),
    )


def trouble_line(trouble: FileTrouble, width: int) -> Content:
    """A file and why it was not taken in, or what is to be known of it."""
    colour = "$text-error" if trouble.state == "failed" else "$foreground-muted"
    path = clean(trouble.path, keep_newlines=False)
    room = max(width // 2 - 8, 16)
    shown = path if len(path) <= room else f"…{path[-room + 1 :]}"
    return Content.assemble(
        (f"{trouble.state:<8}", colour),
        _column(shown, room, "$foreground"),
        (f"  {clean(trouble.reason, keep_newlines=False)}", colour),
    )


def head_line(status: Status) -> Content:
    """What there is and what is going on."""
    pending = f" · {status.pending:,} pending" if status.pending else ""
    busy = (
        f" · {clean(status.activity, keep_newlines=False)}"
        if status.activity and status.activity != "embedding"
        else ""
    )
    return Content.assemble(
        ("Sources", "bold $primary"),
        (f"   {status.sources:,} with {status.spans:,} passages", "$foreground-muted"),
        (f"{pending}{busy}", "$text-accent"),
    )
