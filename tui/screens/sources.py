"""The page of sources: what is indexed and watched, and the ways to take it out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeAlias

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from secondme.api import FileTrouble, FolderStatus, Removal, Restored, SourceSummary, Status
from secondme.api.door import Door
from secondme.ingest.walk import path_of
from secondme.text.clean import clean
from tui.actions import bindings
from tui.commands import in_app
from tui.context import Context
from tui.messages import FolderWatched, ForgetRequested
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.list_page import Line, ListPage
from tui.screens.watch import WatchScreen
from tui.widgets.badge import badge
from tui.widgets.chat_list import age

Row: TypeAlias = SourceSummary | FolderStatus | FileTrouble

LISTED = 500
"""Sources that are listed, the newest; recall finds all of them."""
TROUBLES = 100
"""Files with trouble that are listed."""


@dataclass
class SourcesLoaded(Message):
    """Sources and watched folders were read."""

    sources: list[SourceSummary]
    troubles: list[FileTrouble]
    status: Status


@dataclass
class RemovalPreviewed(Message):
    """What a purge would take with it."""

    removal: Removal


@dataclass
class Removed(Message):
    """A purge was done, or a folder is no longer watched (`removal` None: its memories stayed)."""

    removal: Removal | None


@dataclass
class SourceRestored(Message):
    """A forget was undone."""

    restored: Restored


@dataclass
class FolderChanged(Message):
    """A folder or its files were changed, or are looked at; `notice` says so to the person."""

    notice: str


class SourcesScreen(ListPage[Row]):
    """Watched folders, then sources, newest first; forgotten ones stay in sight until they are erased."""

    PLACE = "sources"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        """Ids of the sources that were forgotten here, the last one last."""

    def read(self, door: Door) -> SourcesLoaded:
        """Read sources, folders and the files with trouble."""
        status, troubles = door.status(), door.failures()
        return SourcesLoaded(door.sources(include_gone=True, limit=LISTED), troubles, status)

    @on(SourcesLoaded)
    def _loaded(self, event: SourcesLoaded) -> None:
        width = self.query_one("#rows", OptionList).scrollable_content_region.width - 2
        folders, troubles = event.status.folders, event.troubles[:TROUBLES]
        lines: list[Line[Row] | str] = []
        if folders:
            lines.append("Watched folders")
            lines += [Line(folder_line(folder, width), folder, folder.id) for folder in folders]
        if troubles:
            count = f" ({TROUBLES} of {len(event.troubles):,})" if len(event.troubles) > TROUBLES else ""
            lines.append(f"Files that want a look{count}")
            told = [replace(trouble, reason=in_app(self.app, trouble.reason)) for trouble in troubles]
            lines += [Line(trouble_line(trouble, width), trouble, trouble.path) for trouble in told]
        if lines and event.sources:
            lines.append("Files, chats and notes")
        now = self.now()
        lines += [Line(source_line(source, now, width), source, source.id) for source in event.sources]
        self.show(head_line(event.status), lines)
        if event.status.activity or event.status.pending:
            self.load_soon()

    # --- taking out

    def action_forget(self) -> None:
        """Show what hangs on the chosen source; there it is hidden or erased."""
        row = self.chosen
        if isinstance(row, FolderStatus):
            self.action_unwatch()
        elif isinstance(row, SourceSummary):
            self.post_message(ForgetRequested(row.id, self.load))

    def action_purge(self) -> None:
        """Show what an erasure would take, and ask."""
        row = self.chosen
        if isinstance(row, FolderStatus):
            self.action_unwatch()
        elif isinstance(row, SourceSummary):
            target = row.id

            def preview(door: Door) -> Iterator[Message]:
                yield RemovalPreviewed(door.purge(target, dry_run=True))

            self.calls.run(self, preview, "preview", exclusive=True)

    @on(RemovalPreviewed)
    def _previewed(self, event: RemovalPreviewed) -> None:
        target = event.removal.target
        source = next((row for row in self.rows if isinstance(row, SourceSummary) and row.id == target), None)
        name = source.title if source is not None else target
        lines = [*effects(event.removal), "It is erased from every store. This cannot be undone."]
        choices = [Choice("no", "Cancel"), Choice("yes", "Erase for good", danger=True)]
        screen = ConfirmScreen(f"Erase {name}?", lines, choices)

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self._purge(target)

        self.app.push_screen(screen, answered)

    def _purge(self, target: str) -> None:
        self.calls.run(self, lambda door: iter([Removed(door.purge(target))]), "remove")

    @on(Removed)
    def _removed(self, event: Removed) -> None:
        if event.removal is None:
            self.app.notify("No longer watched; its memories stay.", markup=False)
        else:
            done = [f"Gone: {effects(event.removal)[0]}", *event.removal.notes]
            self.app.push_screen(ConfirmScreen("Erased", done, [Choice("ok", "Good")]))
        self.load()

    def action_undo(self) -> None:
        """Bring back the chosen source if it is forgotten."""
        row = self.chosen
        if not isinstance(row, SourceSummary) or row.state != "hidden":
            self.app.notify("This was not forgotten.", markup=False)
            return
        target = row.id
        self.calls.run(self, lambda door: iter([SourceRestored(door.restore(target))]), "restore")

    @on(SourceRestored)
    def _restored(self, event: SourceRestored) -> None:
        self.app.notify(f"Brought back, with {event.restored.spans:,} passages.", markup=False)
        self.load()

    # --- watching

    def action_watch(self) -> None:
        """Ask for a folder and watch it."""

        def answered(folder: str | None) -> None:
            if folder:
                path = Path(folder)
                self.calls.run(self, lambda door: iter([FolderWatched(door.watch_add(path))]), "watch")

        self.app.push_screen(WatchScreen(self.context), answered)

    @on(FolderWatched)
    def _watched(self) -> None:
        self.load()

    def action_unwatch(self) -> None:
        """Ask what becomes of the memories, then stop watching the chosen folder."""
        folder = self._chosen_folder()
        if folder is None:
            return
        path = Path(folder.path)

        def answered(choice: str | None) -> None:
            if choice not in ("keep", "erase"):
                return

            def unwatch(door: Door) -> Iterator[Message]:
                yield Removed(door.watch_remove(path, purge=choice == "erase"))

            self.calls.run(self, unwatch, "unwatch")

        choices = [
            Choice("keep", "Keep memories"),
            Choice("erase", "Erase them", danger=True),
            Choice("no", "Cancel"),
        ]
        lines = [f"{folder.files:,} files of it are indexed. What becomes of their memories?"]
        self.app.push_screen(ConfirmScreen(f"Stop watching {folder.path}?", lines, choices), answered)

    def _chosen_folder(self) -> FolderStatus | None:
        row = self.chosen
        if isinstance(row, FolderStatus):
            return row
        self.app.notify("Choose a watched folder first.", markup=False)
        return None

    def action_pause(self) -> None:
        """Pause the chosen folder, or resume it."""
        folder = self._chosen_folder()
        if folder is not None:
            path = Path(folder.path)
            if folder.state == "paused":
                self._change(lambda door: door.watch_resume(path), "It is kept up to date again.")
            else:
                self._change(lambda door: door.watch_pause(path), "Paused; its memories stay.")

    def action_rescan(self) -> None:
        """Look at all of the chosen folder."""
        folder = self._chosen_folder()
        if folder is not None:
            path = Path(folder.path)
            self._change(lambda door: door.watch_rescan(path), "It is looked at now.")

    def action_confirm(self) -> None:
        """Let the memories fade of what is gone from the chosen folder, after a question."""
        folder = self._chosen_folder()
        if folder is None or folder.state != "asking":
            return
        path = Path(folder.path)

        def answered(choice: str | None) -> None:
            if choice == "fade":
                self._change(lambda door: door.watch_confirm(path), "What is gone from it fades.")

        lines = [
            f"{folder.missing:,} files of {folder.path} are gone at once.",
            "Their memories can come back with the files.",
        ]
        choices = [Choice("no", "Keep them"), Choice("fade", "Let them fade", danger=True)]
        self.app.push_screen(ConfirmScreen("Is that right?", lines, choices), answered)

    def _change(self, change: Callable[[Door], object], notice: str) -> None:
        """Change a folder, then say so."""

        def work(door: Door) -> Iterator[Message]:
            change(door)
            yield FolderChanged(notice)

        self.calls.run(self, work, "folder")

    def action_retry(self) -> None:
        """Read the chosen file again, or all that failed."""
        row = self.chosen
        paths = [Path(path_of(row.path))] if isinstance(row, FileTrouble) and row.state == "failed" else []

        def retry(door: Door) -> Iterator[Message]:
            count = door.retry(paths)
            yield FolderChanged(f"{count:,} {_plural('file', count)} read again.")

        self.calls.run(self, retry, "retry")

    @on(FolderChanged)
    def _changed(self, event: FolderChanged) -> None:
        self.app.notify(event.notice, markup=False)
        self.load()


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


MAIL = (".eml", ".mbox", ".mht", ".msg")
"""Ends of the names of files that hold mail."""
_STATES = {"hidden": "forgotten", "archived": "archived", "away": "away"}


def source_line(source: SourceSummary, now: datetime, width: int) -> Content:
    """Kind, title, passages, age, the state unless it is live, what is pending: columns in `width` cells."""
    gone = source.state in ("hidden", "archived")
    title = clean(source.title or source.uri, keep_newlines=False)
    pending = f", {source.pending:,} pending" if source.pending else ""
    state = _STATES.get(source.state, "")
    passages = f"{source.spans:>7,} passage{'s' if source.spans != 1 else ' '}"
    kind = "mail" if source.uri.lower().endswith(MAIL) else source.kind
    return Content.assemble(
        badge(clean(kind, keep_newlines=False)),
        _column(title, width - 44, "$foreground-muted strike" if gone else "$foreground"),
        (f"{passages}  {age(source.added_at, now):>4}", "$foreground-muted"),
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
        (f"{clean(trouble.state, keep_newlines=False):<8}", colour),
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
        ("Sources", "bold $title"),
        (f"   {status.sources:,} with {status.spans:,} passages", "$foreground-muted"),
        (f"{pending}{busy}", "$text-accent"),
    )
