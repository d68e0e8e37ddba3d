"""A page of lines under a heading, read from the engine, with its keys at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from secondme.api.door import Door
from secondme.text.clean import clean
from tui.context import Context
from tui.messages import CallFailed, PassageRequested
from tui.screens.page import Page
from tui.widgets.key_line import KeyLine

Row = TypeVar("Row")

LOAD = "load"
"""The group of the calls that read what the page shows."""
REFRESH_SECONDS = 1.5


@dataclass
class Noted(Message):
    """A change was made; `text` says so to the person."""

    text: str


@dataclass(frozen=True)
class Line(Generic[Row]):
    """A line of the list: its text, the row that it stands for, and the row's id, by which it is found again."""

    text: Content
    row: Row
    id: str


class ListPage(Page, Generic[Row]):
    """A list page says how it is read (`read`) and, in the handler of that message, what it shows (`show`)."""

    CSS_PATH = Path(__file__).with_name("list_page.tcss")
    PLACE: ClassVar[str]
    """The place of its actions."""
    WAITING: ClassVar[str] = "Reading the list…"
    """The heading until the first lines are there."""
    FOCUS: ClassVar[str] = "#rows"
    """What has the focus first."""
    KEYS: ClassVar[Sequence[tuple[str, str]]] = ()
    """Keys that are no actions, for the line of keys."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lines: list[Line[Row] | None] = []

    def compose(self) -> ComposeResult:
        """The heading, the list, what stands below it, the keys."""
        yield Static(self.WAITING, id="head", markup=False)
        yield OptionList(id="rows")
        yield from self.compose_below()
        yield KeyLine(self.PLACE, *self.KEYS)

    def compose_below(self) -> Iterable[Widget]:
        """Widgets between the list and the keys."""
        return ()

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one(self.FOCUS).focus()
        self.load()

    def read(self, door: Door) -> Message:
        """Read what the page shows, in a thread: the message brings it back."""
        raise NotImplementedError

    def load(self, change: Callable[[Door], object] | None = None, note: str = "") -> None:
        """Change something, if `change` does, then read the page anew; `note` is said once it is changed."""

        def work(door: Door) -> Iterator[Message]:
            if change is not None:
                change(door)
                yield Noted(note)
            yield self.read(door)

        self.calls.run(self, work, LOAD, exclusive=True)

    def passage_of(self, row: Row) -> str:
        """The passage that Enter on a row opens; empty: none."""
        return ""

    @on(OptionList.OptionSelected, "#rows")
    def _open_passage(self) -> None:
        if self.chosen is not None and (span_id := self.passage_of(self.chosen)):
            self.post_message(PassageRequested(span_id))

    @on(Noted)
    def _noted(self, event: Noted) -> None:
        if event.text:
            self.app.notify(clean(event.text, keep_newlines=False), markup=False)

    def load_soon(self) -> None:
        """Read the page again in a moment, because something on it is moving."""
        self.set_timer(REFRESH_SECONDS, self.load)

    def show(self, head: Content, lines: Sequence[Line[Row] | str]) -> None:
        """Show a heading and these lines; a string is the title of the lines below it and cannot be chosen. A blank
        line stands before each title but the first.

        The line that was highlighted stays so. When it is gone, the line in its place is highlighted.
        """
        options = self.query_one("#rows", OptionList)
        place = options.highlighted
        kept = self._lines[place] if place is not None and place < len(self._lines) else None
        blocks = [["", line] if at and isinstance(line, str) else [line] for at, line in enumerate(lines)]
        lines = [line for block in blocks for line in block]
        self._lines = [None if isinstance(line, str) else line for line in lines]
        self.query_one("#head", Static).update(head)
        options.clear_options()
        options.add_options(
            [Option(Content(line), disabled=True) if isinstance(line, str) else Option(line.text) for line in lines]
        )
        options.highlighted = self._place_of(kept.id if kept else "", place or 0)

    def _place_of(self, row_id: str, place: int) -> int | None:
        """Where the row with this id stands; else the nearest line at `place` that can be chosen."""
        choosable = [at for at, line in enumerate(self._lines) if line is not None]
        for at in choosable:
            line = self._lines[at]
            if row_id and line is not None and line.id == row_id:
                return at
        return next((at for at in choosable if at >= place), choosable[-1] if choosable else None)

    @property
    def rows(self) -> list[Row]:
        """The rows of all lines."""
        return [line.row for line in self._lines if line is not None]

    @property
    def chosen(self) -> Row | None:
        """The row of the highlighted line."""
        place = self.query_one("#rows", OptionList).highlighted
        line = self._lines[place] if place is not None and place < len(self._lines) else None
        return line.row if line is not None else None

    @on(CallFailed)
    def _call_failed(self, event: CallFailed) -> None:
        """A page that could not be read says so in its heading; anything else is a notice over it."""
        sentence = clean(event.error.sentence(), keep_newlines=False)
        if event.group == LOAD:
            self.query_one("#head", Static).update(sentence)
        else:
            self.app.notify(sentence, severity="warning", markup=False)


def heading(title: str, note: str) -> Content:
    """The title of a page, and below it what there is."""
    return Content.assemble((title, "bold $title"), "\n", (clean(note, keep_newlines=False), "$text-muted"))
