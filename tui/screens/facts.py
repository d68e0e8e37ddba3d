"""The page of facts: what was said of people as a table, on a day, sorted and filtered; each can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Input, Static

from secondme.api import FactView
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.messages import CallFailed, PassageRequested, WhyRequested
from tui.screens.page import Page
from tui.screens.rewrite import RewriteScreen
from tui.widgets.empty import EmptyState
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import KeyLine

LOAD = "load"
CELL, NARROW_CELL = 60, 25
"""Characters of a cell, and of one where there are fewer than 100 columns."""
SETTLED = 0.12
"""Seconds without a key after which a filter is used."""


@dataclass(frozen=True)
class Column:
    """A column of the table; `narrow`: also shown where there are fewer than 100 columns."""

    title: str
    value: Callable[[FactView], str]
    order: Callable[[FactView], object]
    narrow: bool = True


def spelled(name: str, text: str) -> str:
    """A name as a text spells it; facts name people by a folded key."""
    at = text.casefold().find(name.casefold())
    return text[at : at + len(name)] if at >= 0 else name


def spelled_subject(fact: FactView) -> str:
    """Of whom a fact is, as the name is spelled."""
    return "you" if fact.subject == "me" else spelled(fact.subject, fact.sentence)


COLUMNS = (
    Column("Who", spelled_subject, lambda fact: fact.subject.casefold()),
    Column("What", lambda fact: fact.relation.replace("_", " "), lambda fact: fact.relation),
    Column("Value", lambda fact: fact.object, lambda fact: fact.object.casefold()),
    Column("From", lambda fact: fact.valid_from, lambda fact: fact.valid_from),
    Column("To", lambda fact: fact.valid_to, lambda fact: fact.valid_to or "9999"),
    Column("Said", lambda fact: f"{fact.statements:,}×", lambda fact: fact.statements, narrow=False),
    Column("Source", lambda fact: fact.source, lambda fact: fact.source.casefold(), narrow=False),
)


@dataclass
class FactsLoaded(Message):
    """The facts were read; `note` is said once."""

    facts: list[FactView]
    note: str = ""


class FactsScreen(Page):
    """A table of facts; Enter opens the words that say so."""

    CSS_PATH = Path(__file__).with_name("facts.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("facts")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._facts: list[FactView] = []
        self._by_id: dict[str, FactView] = {}
        self._order, self._reversed = 0, False
        self._day, self._everything = "", False
        self._judged = ""

    def compose(self) -> ComposeResult:
        """The heading, a box for a day and one for words, the table, the keys."""
        yield Static("Reading what was said…", id="head", markup=False)
        yield CleanInput(placeholder="a day, such as 2024-05-03; empty for today", id="day", compact=True)
        yield CleanInput(placeholder="words to look for", id="filter", compact=True)
        yield EmptyState(id="nothing")
        yield DataTable[Text](id="facts", cursor_type="row", zebra_stripes=False)
        yield KeyLine("facts", ("enter", "passage"))

    def on_mount(self) -> None:
        """Read the facts that hold today."""
        for name in ("#day", "#filter", "#nothing"):
            self.query_one(name).display = False
        self.query_one(DataTable).focus()
        self._load()

    def on_resize(self) -> None:
        """Show the columns that there is room for."""
        if self._facts:
            self._show()

    def _load(self, change: Callable[[Door], object] | None = None, note: str = "") -> None:
        day, everything = self._day, self._everything

        def read(door: Door) -> Iterator[Message]:
            if change is not None:
                change(door)
            yield FactsLoaded(door.facts(as_of="" if everything else day, everything=everything), note)

        self.calls.run(self, read, LOAD, exclusive=True)

    @on(FactsLoaded)
    def _loaded(self, event: FactsLoaded) -> None:
        self._facts = event.facts
        self._by_id = {fact.id: fact for fact in event.facts}
        if event.note:
            self.app.notify(event.note, markup=False)
        self._show()

    def _show(self) -> None:
        table = self.query_one(DataTable)
        kept = self._chosen_id()
        words = self.query_one("#filter", Input).value.casefold().split()
        rows = [fact for fact in self._facts if all(word in _searched(fact) for word in words)]
        rows.sort(key=lambda fact: COLUMNS[self._order].order(fact), reverse=self._reversed)  # type: ignore[arg-type,return-value]  # each column's values compare
        table.clear(columns=True)
        shown = [column for column in COLUMNS if column.narrow or self.size.width >= 100]
        for column in shown:
            mark = (" ▾" if self._reversed else " ▴") if column is COLUMNS[self._order] else ""
            table.add_column(column.title + mark, key=column.title)
        widest = CELL if self.size.width >= 100 else NARROW_CELL
        for fact in rows:
            table.add_row(*[_cell(column, fact, widest) for column in shown], key=fact.id)
        if kept in table.rows:
            table.move_cursor(row=table.get_row_index(kept))
        self._show_head(len(rows), bool(words))

    def _show_head(self, shown: int, filtered: bool) -> None:
        when = "ever" if self._everything else f"on {self._day}" if self._day else "today"
        number = f"{shown:,} of {len(self._facts):,}" if filtered else f"{shown:,}"
        note = f"{number} {'said' if self._everything else 'hold'} {when}"
        if not self._everything and not filtered:
            day = self._day or f"{self.now().astimezone():%Y-%m-%d}"
            planned = sum(fact.valid_from > day for fact in self._facts)
            note = f"{shown - planned:,} hold {when}{f', {planned:,} planned' if planned else ''}"
        self.query_one("#head", Static).update(
            Content.assemble(("Facts", "bold $title"), ("  " + note, "$text-muted")) if self._facts else Content("")
        )
        nothing = self.query_one(EmptyState)
        nothing.display, self.query_one(DataTable).display = not shown, bool(shown)
        if not self._facts:
            nothing.show(f"Nobody has said anything of people that holds {when}.", ("a", "all that was said"))
        elif not shown:
            nothing.show("No fact has these words.", ("esc", "show all"))

    def _chosen_id(self) -> str:
        table = self.query_one(DataTable)
        if not table.row_count or not table.is_valid_row_index(table.cursor_row):
            return ""
        return str(table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value)

    @property
    def chosen(self) -> FactView | None:
        """The fact under the cursor."""
        return self._by_id.get(self._chosen_id())

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        fact = self._by_id.get(str(event.row_key.value))
        if fact is not None:
            self.post_message(PassageRequested(fact.span_id))

    # --- order, day, words

    @on(DataTable.HeaderSelected)
    def _header(self, event: DataTable.HeaderSelected) -> None:
        place = next(i for i, column in enumerate(COLUMNS) if column.title == event.column_key.value)
        self._sort(place, reverse=place == self._order and not self._reversed)

    def action_sort(self) -> None:
        """Sort by the next column."""
        shown = [i for i, column in enumerate(COLUMNS) if column.narrow or self.size.width >= 100]
        self._sort(next((i for i in shown if i > self._order), 0), reverse=False)

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._sort(self._order, reverse=not self._reversed)

    def _sort(self, place: int, *, reverse: bool) -> None:
        self._order, self._reversed = place, reverse
        self._show()

    def action_day(self) -> None:
        """Ask for the day on which facts should hold."""
        box = self.query_one("#day", Input)
        box.display = True
        box.focus()

    @on(Input.Submitted, "#day")
    def _day_given(self, event: Input.Submitted) -> None:
        self._day, self._everything = event.value.strip(), False
        event.input.display = bool(self._day)
        self.query_one(DataTable).focus()
        self._load()

    def action_everything(self) -> None:
        """Show all that was ever said, or what holds."""
        self._everything = not self._everything
        self._load()

    def action_filter(self) -> None:
        """Look for words in the table."""
        box = self.query_one("#filter", Input)
        box.display = True
        box.focus()

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        text = event.value
        self.set_timer(SETTLED, lambda: self._show() if self.query_one("#filter", Input).value == text else None)

    @on(Input.Submitted, "#filter")
    def _submitted(self) -> None:
        self.query_one(DataTable).focus()

    def action_back(self) -> None:
        """From a box to all facts, then to where this was opened."""
        box, day = self.query_one("#filter", Input), self.query_one("#day", Input)
        if box.display or (day.display and day.has_focus):
            box.value, box.display, day.display = "", False, bool(self._day)
            self.query_one(DataTable).display = True
            self.query_one(DataTable).focus()
            self._show()
        else:
            self.dismiss()

    # --- changing a fact

    def action_correct(self) -> None:
        """Say what is right instead; it is kept as a note."""
        fact = self.chosen
        if fact is None:
            return

        def answered(text: str | None) -> None:
            if text:
                self._load(note="Corrected; a note keeps it.")

        screen = RewriteScreen(self.calls, fact.object, lambda door, text: door.correct_fact(fact.id, text))
        self.app.push_screen(screen, answered)

    def action_why(self) -> None:
        """Say where it came from, why it was recalled, what changed it."""
        if self.chosen is not None:
            self.post_message(WhyRequested(self.chosen.id))

    def action_reject(self) -> None:
        """Mark the fact as wrong."""
        fact = self.chosen
        if fact is not None:
            self._judged = fact.id
            note = with_keys(self.app, "It no longer counts; @facts.undo_reject takes this back.")
            self._load(lambda door: door.judge_fact(fact.id, "rejected"), note)

    def action_undo_reject(self) -> None:
        """Let the fact count again that was marked as wrong last."""
        judged, self._judged = self._judged, ""
        if judged:
            self._load(lambda door: door.judge_fact(judged, ""), "It counts again.")
        else:
            self.app.notify("Nothing was marked as wrong on this page.", markup=False)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        sentence = clean(event.error.sentence(), keep_newlines=False)
        self.query_one("#head", Static).update(Content.styled(f"⚠ {sentence}", "$text-warning"))
        if self._day and not self._facts:
            self._day = ""


def _cell(column: Column, fact: FactView, widest: int) -> Text:
    words = clean(column.value(fact), keep_newlines=False)
    cut = words if len(words) <= widest else words[: widest - 1] + "…"
    # Text from files is content, never markup.
    return Text(cut.rjust(len(column.title) + 2) if column.title == "Said" else cut)


def _searched(fact: FactView) -> str:
    return " ".join((fact.sentence, fact.subject, fact.relation, fact.object, fact.source)).casefold()
