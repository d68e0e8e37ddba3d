"""The page of people: names that were found to mean the same person, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from secondme.api import Person
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.keymap import with_keys
from tui.screens.facts import spelled
from tui.screens.list_page import Line, ListPage, heading
from tui.screens.same_person import SamePersonScreen

EMPTY = (
    "No two names were found to mean the same person yet. The jobs of the night look for them; @activity runs them "
    "now, and @people.merge says it by hand."
)


@dataclass(frozen=True)
class Name:
    """One name of a person, why it is theirs, the span that shows it, and the person."""

    name: str
    reason: str
    span_id: str
    person: str


@dataclass
class PeopleLoaded(Message):
    """The people were read."""

    people: list[Person]


class PeopleScreen(ListPage[Name]):
    """Each person, and below it the names; Enter opens the words that show it."""

    PLACE = "people"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Reading who is who…"
    KEYS = (("enter", "passage"),)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._merged = ""
        """The run that merged two names on this page last."""

    def read(self, door: Door) -> PeopleLoaded:
        """Read the people."""
        return PeopleLoaded(door.people())

    @on(PeopleLoaded)
    def _loaded(self, event: PeopleLoaded) -> None:
        lines: list[Line[Name] | str] = []
        for person in event.people:
            lines.append(clean(person.name, keep_newlines=False))
            names = [Name(*name, person.name) for name in person.names]
            lines += [Line(name_line(name), name, f"{person.key}/{name.name}") for name in names]
        number = len(event.people)
        note = f"{number:,} with more than one name" if number else with_keys(self.app, EMPTY)
        self.show(heading("People", note), lines)

    def action_merge(self) -> None:
        """Ask which two names are one person's."""
        name = self.chosen.person if self.chosen is not None else ""

        def merged(run: str | None) -> None:
            if run:
                self._merged = run
                self.load(
                    lambda door: None, with_keys(self.app, "They are one person now. @people.undo takes it back.")
                )

        self.app.push_screen(SamePersonScreen(self.calls, name), merged)

    def action_undo(self) -> None:
        """Take back what was merged on this page last."""
        merged, self._merged = self._merged, ""
        if merged:
            self.load(lambda door: door.undo(merged), "They are two people again.")
        else:
            note = "Nothing was merged on this page; @activity undoes what a night merged."
            self.app.notify(with_keys(self.app, note), markup=False)

    def passage_of(self, row: Name) -> str:
        """The passage that shows it."""
        return row.span_id


def name_line(name: Name) -> Content:
    """A name, and why it is theirs."""
    words, why = clean(name.name, keep_newlines=False), clean(name.reason, keep_newlines=False)
    return Content.assemble(f"  {spelled(words, why):24} ", (why, "$text-muted"))
