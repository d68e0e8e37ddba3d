"""The page of what was known on a day: the facts that held then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from secondme.api import FactView
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import WhyRequested
from tui.screens.facts import spelled_subject
from tui.screens.list_page import Line, ListPage
from tui.widgets.empty import EmptyState


@dataclass
class KnownLoaded(Message):
    """The facts of a day."""

    facts: list[FactView]


class KnownScreen(ListPage[FactView]):
    """Facts as they held on a day; enter opens the words that say so."""

    PLACE = "known"
    KEYS: ClassVar = (("enter", "open its words"),)
    BINDINGS: ClassVar[list[BindingType]] = bindings("known")
    WAITING = "Reading the facts…"

    def __init__(self, context: Context, day: date) -> None:
        super().__init__(context)
        self._day = day
        self._by_then = False
        """Only what had been said by the end of that day."""

    def compose_below(self) -> Iterable[Widget]:
        """What is said where there is nothing."""
        empty = EmptyState("No fact held on this day, as far as anyone said.", ("k", "known now, or known by then"))
        empty.display = False
        yield empty

    def read(self, door: Door) -> Message:
        """The facts that held on the day."""
        day = self._day.isoformat()
        return KnownLoaded(door.facts(as_of=day, known_at=day if self._by_then else ""))

    @on(KnownLoaded)
    def _loaded(self, event: KnownLoaded) -> None:
        how = "as known by the end of that day" if self._by_then else "as known today"
        day, shown = self._day.isoformat(), f"{self._day:%a} {self._day.day} {self._day:%b} {self._day.year}"
        head = Content.assemble((f"What held on {shown}", "bold $title"), (f"   {how}", "$text-muted"))
        lines: list[Line[FactView] | str] = []
        for fact in sorted(event.facts, key=lambda fact: (fact.subject, fact.relation, fact.valid_from)):
            subject = clean(spelled_subject(fact), keep_newlines=False)
            if not lines or not isinstance(lines[-1], Line) or lines[-1].row.subject != fact.subject:
                lines.append(subject.capitalize() if fact.subject == "me" else subject)
            lines.append(Line(fact_line(fact, day), fact, fact.id))
        self.show(head, lines)
        self.query_one("#rows").display = bool(lines)
        self.query_one(EmptyState).display = not lines

    def passage_of(self, row: FactView) -> str:
        """The words that say so."""
        return row.span_id

    def action_why(self) -> None:
        """Say where the chosen fact came from and what changed it."""
        if self.chosen is not None:
            self.post_message(WhyRequested(self.chosen.id))

    def action_by_then(self) -> None:
        """Only what had been said by then, or all that is known today of that day."""
        self._by_then = not self._by_then
        self.load()


def fact_line(fact: FactView, day: str) -> Content:
    """A fact: the sentence, how long it held, seen from a day, its words."""
    begins = "from" if fact.valid_from > day else "since"
    held = f"{begins} {fact.valid_from}" if not fact.valid_to else f"{fact.valid_from} to {fact.valid_to}"
    return Content.assemble(
        "  ", clean(fact.sentence, keep_newlines=False),
        (f"  {clean(held, keep_newlines=False)}", "$text-muted"),
        (f"  “{clean(' '.join(fact.quote.split()), keep_newlines=False)}”", "$text-muted"),
    )  # fmt: skip
