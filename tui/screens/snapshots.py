"""The page of snapshots: the files in a folder, exporting, checking, comparing, importing with a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, ProgressBar, Static
from textual.worker import Worker

from secondme.api import Progress, Status
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import CallFailed
from tui.paths import typed_path
from tui.screens.ask_path import AskPathScreen
from tui.screens.confirm import Choice, ConfirmScreen
from tui.screens.list_page import LOAD, Line, ListPage, heading
from tui.widgets.chat_list import age

if TYPE_CHECKING:
    from secondme.engine.snapshot_contents import Difference, HeldSource, SnapshotContents

ENDING = ".tar.zst"
FOLDER = "secondme-snapshots"
"""Below the home folder; it is outside the memory's own, so that what is erased there is not kept in it."""
NAMED = 12
"""Sources of each kind that a comparison names."""


@dataclass(frozen=True)
class SnapshotFile:
    """A file that is called like a snapshot."""

    path: Path
    size: int
    at: str


@dataclass
class SnapshotsLoaded(Message):
    """The folder was read."""

    files: list[SnapshotFile]


@dataclass
class WorkProgressed(Message):
    """How far exporting, checking or importing is."""

    what: str
    progress: Progress


@dataclass
class WorkEnded(Message):
    """It is done; `text` says what came out."""

    text: Content


@dataclass
class ImportPreviewed(Message):
    """What an import would bring, and the memory that it would meet."""

    contents: SnapshotContents
    status: Status


class SnapshotsScreen(ListPage[SnapshotFile]):
    """Snapshots of a folder, the newest first; below them what one holds, or how far the work is."""

    PLACE = "snapshots"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Reading the folder…"
    KEYS = (("enter", "what it holds"),)
    DEFAULT_CSS = """
    SnapshotsScreen {
        #below { height: auto; max-height: 55%; margin: 0 2; padding: 1 0 0 0; border-top: solid $border-blurred; }
        #below { scrollbar-size-vertical: 1; }
        #result { height: auto; }
        #bar { display: none; }
        Bar { width: 1fr; }
    }
    """

    def __init__(self, context: Context, folder: Path | None = None) -> None:
        super().__init__(context)
        self._folder = folder or Path.home() / FOLDER
        self._work: Worker[None] | None = None
        self._doing = ""
        self._adapters = False
        """Whether what the model learnt by heart goes along."""
        self._marked: SnapshotFile | None = None
        """The snapshot with which another is compared."""

    def compose_below(self) -> Iterable[Widget]:
        """Results and progress."""
        with VerticalScroll(id="below"):
            yield Static("", id="result", markup=False)
            yield ProgressBar(show_eta=False, id="bar")

    def on_mount(self) -> None:
        """Read the folder."""
        super().on_mount()
        self._say(
            Content.styled("A snapshot is the whole memory in one file: sources, chats, facts, vectors.", "$text-muted")
        )

    def read(self, door: Door) -> Message:
        """List the snapshots of the folder."""
        return SnapshotsLoaded(snapshots_in(self._folder))

    @on(SnapshotsLoaded)
    def _loaded(self, event: SnapshotsLoaded) -> None:
        note = (
            f"{len(event.files):,} in {self._folder}"
            if event.files
            else f"None in {self._folder} yet; n makes one, o looks elsewhere."
        )
        if self._adapters:
            note += "; adapters go along"
        self.show(
            heading("Snapshots", note),
            [Line(file_line(file, self.now()), file, str(file.path)) for file in event.files],
        )

    def _say(self, text: Content) -> None:
        self.query_one("#result", Static).update(text)

    # --- work that takes a while

    def _start(self, doing: str, work: Callable[[Door], Iterator[Message]]) -> None:
        if self._work is not None:
            self.app.notify("One thing at a time; esc stops what runs.", markup=False)
            return
        self._doing = doing
        self._say(Content(f"{doing}…"))
        self._work = self.calls.run(self, work, "work", exclusive=True)

    @on(WorkProgressed)
    def _progressed(self, event: WorkProgressed) -> None:
        if self._work is None:
            return
        bar = self.query_one("#bar", ProgressBar)
        bar.display = True
        bar.update(total=max(event.progress.total, 1), progress=event.progress.done)
        self._say(progress_text(event.what, event.progress))

    @on(WorkEnded)
    def _ended(self, event: WorkEnded) -> None:
        self._stop_showing()
        self._say(event.text)
        self.load()

    def _stop_showing(self) -> None:
        self._work = None
        self.query_one("#bar").display = False

    def action_back(self) -> None:
        """Stop what runs; else return to the chat."""
        if self._work is not None:
            self._work.cancel()
            self._stop_showing()
            self._say(Content(f"Stopped: {self._doing.lower()}. Nothing was changed."))
        else:
            self.dismiss()

    # --- what the keys do

    def action_export(self) -> None:
        """Ask for a file, and write the whole memory to it."""
        name = f"secondme-{self.now():%Y-%m-%d}{ENDING}"

        def answered(typed: str | None) -> None:
            if typed:
                path = typed_path(typed)
                if path.exists():
                    self._ask_to_replace(path)
                else:
                    self._export(path)

        hint = "Everything is written to one file, which holds your words in plain: keep it where only you read it."
        if self._adapters:
            hint += " Adapters that can be used go along."
        self.app.push_screen(
            AskPathScreen("Export a snapshot", hint, str(self._folder / name), does="export"), answered
        )

    def _ask_to_replace(self, path: Path) -> None:
        def answered(choice: str | None) -> None:
            if choice == "replace":
                self._export(path)

        choices = [Choice("no", "Cancel"), Choice("replace", "Replace it", danger=True)]
        self.app.push_screen(ConfirmScreen("There is such a file already", [str(path)], choices), answered)

    def _export(self, path: Path) -> None:
        def work(door: Door) -> Iterator[Message]:
            self._folder = path.parent
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            for step in door.snapshot_export(path, adapters=self._adapters):
                yield WorkProgressed("Exporting", step)
            yield WorkEnded(
                Content.assemble(("✓ ", "$text-success"), f"Exported to {clean(str(path), keep_newlines=False)}.")
            )

        self._start("Exporting", work)

    @on(OptionList.OptionSelected)
    def _holds(self) -> None:
        self.action_verify()

    def action_verify(self) -> None:
        """Check every byte of the chosen snapshot, and say what it holds."""
        file = self._chosen_file()
        if file is not None:
            self._start(
                "Checking", lambda door: _checked(file.path, lambda held: iter([WorkEnded(contents_text(held))]))
            )

    def action_diff(self) -> None:
        """Say how the memory of now differs from the chosen snapshot, or how that one and the marked one differ."""
        file, marked = self._chosen_file(), self._marked
        if file is None:
            return
        if marked is None or marked.path == file.path:
            self._start("Comparing", lambda door: _compared_with_now(door, file.path))
        else:
            older, newer = sorted((marked, file), key=lambda snapshot: snapshot.at)
            self._start("Comparing", lambda door: _compared(older.path, newer.path))

    def action_along(self) -> None:
        """Take along what the model learnt by heart from the next export on, or no longer."""
        self._adapters = not self._adapters
        self._say(
            Content("Adapters that can be used go along with the next export.")
            if self._adapters
            else Content("Adapters stay here; a snapshot holds what they were made from.")
        )
        self.load()

    def action_mark(self) -> None:
        """Mark a snapshot, with which another is compared; again, take the mark away."""
        file = self._chosen_file()
        if file is not None:
            again = self._marked is not None and self._marked.path == file.path
            self._marked = None if again else file
            name = clean(file.path.name, keep_newlines=False)
            key = with_keys(self.app, "@snapshots.diff")
            self._say(
                Content(f"Unmarked; {key} compares with the memory of now.")
                if again
                else Content(f"Marked {name}. Choose another, and {key} compares the two.")
            )

    def action_import(self) -> None:
        """Say what an import of the chosen snapshot would bring, and ask."""
        file = self._chosen_file()
        if file is not None:
            self._start(
                "Looking what it would bring",
                lambda door: _checked(file.path, lambda held: iter([ImportPreviewed(held, door.status())])),
            )

    @on(ImportPreviewed)
    def _previewed(self, event: ImportPreviewed) -> None:
        self._stop_showing()
        status, path = event.status, Path(event.contents.path)
        if status.sources or status.spans or status.chats:
            self._say(
                Content.assemble(
                    contents_text(event.contents),
                    ("\n⚠ ", "$text-warning"),
                    f"This memory holds {status.sources:,} sources and {status.chats:,} chats, and a snapshot needs an "
                    "empty one. Begin a new memory beside it (SECONDME_HOME=FOLDER secondme) and import there. "
                    "Nothing was changed.",
                )
            )
            return

        def answered(choice: str | None) -> None:
            if choice == "import":
                self._start("Importing", lambda door: _imported(door, path))

        lines = [
            contents_text(event.contents).plain,
            "This memory is empty, so nothing is lost. Its folders are paused at first.",
        ]
        self._say(Content(""))
        choices = [Choice("no", "Cancel"), Choice("import", "Import it")]
        self.app.push_screen(ConfirmScreen(f"Import {path.name}?", lines, choices), answered)

    def action_folder(self) -> None:
        """Look at the snapshots of another folder."""

        def answered(typed: str | None) -> None:
            if typed:
                self._folder = typed_path(typed)
                self.load()

        self.app.push_screen(
            AskPathScreen("Look in another folder", "Where snapshots are.", str(self._folder), does="look"), answered
        )

    def _chosen_file(self) -> SnapshotFile | None:
        if self.chosen is None:
            self.app.notify("Choose a snapshot; n makes one, o looks in another folder.", markup=False)
        return self.chosen

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        """What went wrong stands below the list."""
        if event.group != LOAD:
            self._stop_showing()
            sentence = clean(event.error.sentence(), keep_newlines=False)
            self._say(Content.styled(f"⚠ {sentence}", "$text-warning"))


def _checked(path: Path, then: Callable[[SnapshotContents], Iterator[Message]]) -> Iterator[Message]:
    """Check a snapshot with progress, then go on with what it holds."""
    from secondme.engine.snapshot_contents import read_contents

    for step in read_contents(path):
        if isinstance(step, Progress):
            yield WorkProgressed("Checking", step)
        else:
            yield from then(step)


def _compared_with_now(door: Door, path: Path) -> Iterator[Message]:
    """How the memory of now differs from a snapshot."""
    from secondme.engine.snapshot_contents import difference, sources_now

    def compare(held: SnapshotContents) -> Iterator[Message]:
        now = sources_now(door.sources(include_gone=True))
        yield WorkEnded(difference_text(difference(held.sources, now)))

    yield from _checked(path, compare)


def _compared(older: Path, newer: Path) -> Iterator[Message]:
    """How one snapshot differs from an older one."""
    from secondme.engine.snapshot_contents import difference

    def compare(first: SnapshotContents, second: SnapshotContents) -> Iterator[Message]:
        names = clean(f"{newer.name} beside {older.name}: ", keep_newlines=False)
        what = Content.styled(names, "$text-muted")
        yield WorkEnded(what + difference_text(difference(first.sources, second.sources)))

    yield from _checked(older, lambda first: _checked(newer, lambda second: compare(first, second)))


def _imported(door: Door, path: Path) -> Iterator[Message]:
    for step in door.snapshot_import(path):
        yield WorkProgressed("Importing", step)
    yield WorkEnded(Content.assemble(("✓ ", "$text-success"), f"Imported {clean(path.name, keep_newlines=False)}."))


def snapshots_in(folder: Path) -> list[SnapshotFile]:
    """Files that are called like snapshots, the newest first; none where the folder cannot be read."""
    found = []
    try:
        for path in folder.iterdir():
            if path.name.endswith(ENDING) and path.is_file():
                told = path.stat()
                found.append(SnapshotFile(path, told.st_size, datetime.fromtimestamp(told.st_mtime, UTC).isoformat()))
    except OSError:
        return []
    return sorted(found, key=lambda file: (file.at, file.path.name), reverse=True)


def file_line(file: SnapshotFile, now: datetime) -> Content:
    """Name, size, age."""
    name = clean(file.path.name, keep_newlines=False)
    name = name if len(name) <= 44 else name[:43] + "…"
    return Content.assemble(f"  {name:44} {bytes_text(file.size):>10}", (f"  {age(file.at, now):>5}", "$text-muted"))


def contents_text(held: SnapshotContents) -> Content:
    """That it is sound, and what it holds."""
    counts = (
        ", ".join(f"{number:,} {name[:-1] if number == 1 else name}" for name, number in held.counts.items() if number)
        or "nothing"
    )
    models = (
        f"\nVectors of {', '.join(clean(model, keep_newlines=False) for model in held.models)}." if held.models else ""
    )
    name = clean(Path(held.path).name, keep_newlines=False)
    return Content.assemble(("✓ ", "$text-success"), f"{name} is sound. It holds {counts}.", (models, "$text-muted"))


def difference_text(found: Difference) -> Content:
    """What the memory of now has more, has no longer, and has otherwise."""
    parts: list[Content | str | tuple[str, str]] = [(f"{found.same:,} sources are as in the snapshot.", "$text-muted")]
    groups = (
        ("+ since then", "$text-success", list(found.only_second)),
        ("- no longer here", "$text-error", list(found.only_first)),
        ("~ changed since", "$text-warning", [new for _, new in found.changed]),
    )
    for title, style, sources in groups:
        if sources:
            parts += [(f"\n{title}: {len(sources):,}", style)]
            parts += [f"\n    {source_text(source)}" for source in sources[:NAMED]]
            parts += [f"\n    … and {len(sources) - NAMED:,} more"] if len(sources) > NAMED else []
    if len(parts) == 1:
        parts.append(" Nothing differs.")
    return Content.assemble(*parts)


def source_text(source: HeldSource) -> str:
    """A source in a line."""
    title, kind = clean(source.title, keep_newlines=False), clean(source.kind, keep_newlines=False)
    facts = [kind, *([f"{source.versions} versions"] if source.versions > 1 else [])]
    return f"{title} ({', '.join([*facts, *(['forgotten'] if source.hidden else [])])})"


def progress_text(what: str, step: Progress) -> Content:
    """How far it is, with a rate and an end where they are known."""
    if step.unit == "bytes":
        done, rate = f"{bytes_text(step.done)} of {bytes_text(step.total)}", f", {bytes_text(int(step.per_second))}/s"
    else:
        done = f"{step.done:,} of {step.total:,} {step.unit}"
        rate = f", {step.per_second:,.0f}/s" if step.per_second else ""
    left = f", {step.seconds_left:,.0f} s left" if step.seconds_left is not None else ""
    return Content.assemble(f"{what}: {step.stage} {done}{rate}{left}", ("  esc stops it", "$text-muted"))


def bytes_text(size: int) -> str:
    """Bytes in decimal kB, MB or GB."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"
