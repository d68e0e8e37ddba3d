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
from tui.keymap import with_keys
from tui.screens.facts import spelled
from tui.screens.list_page import Line, ListPage, heading

EMPTY = (
    "No two names were found to mean the same person yet. The jobs of the night look for them; @activity runs them now."
)


@dataclass(frozen=True)
class Name:
    """One name of a person, why it is theirs, and the span that shows it."""

    name: str
    reason: str
    span_id: str


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

    def read(self, door: Door) -> PeopleLoaded:
        """Read the people."""
        return PeopleLoaded(door.people())

    @on(PeopleLoaded)
    def _loaded(self, event: PeopleLoaded) -> None:
        lines: list[Line[Name] | str] = []
        for person in event.people:
            lines.append(clean(person.name, keep_newlines=False))
            lines += [Line(name_line(Name(*name)), Name(*name), f"{person.key}/{name[0]}") for name in person.names]
        number = len(event.people)
        note = f"{number:,} with more than one name" if number else with_keys(self.app, EMPTY)
        self.show(heading("People", note), lines)

    def passage_of(self, row: Name) -> str:
        """The passage that shows it."""
        return row.span_id


def name_line(name: Name) -> Content:
    """A name, and why it is theirs."""
    words, why = clean(name.name, keep_newlines=False), clean(name.reason, keep_newlines=False)
    return Content.assemble(f"  {spelled(words, why):24} ", (why, "$text-muted"))
