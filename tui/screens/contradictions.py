"""The page of contradictions: facts that a later statement ended.

The later fact holds, unless a person says that both hold, or that one of them is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from secondme.api import FactView
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.screens.judging import JudgingPage
from tui.screens.list_page import Line, heading


@dataclass
class ContradictionsLoaded(Message):
    """The facts were read."""

    facts: list[FactView]


class ContradictionsScreen(JudgingPage[FactView]):
    """Each fact, with the words that ended it."""

    PLACE = "contradictions"
    BINDINGS: ClassVar[list[BindingType]] = bindings(PLACE)
    WAITING = "Comparing what was said…"
    KEYS = (("enter", "passage"),)

    def read(self, door: Door) -> ContradictionsLoaded:
        """Read the facts that were ended."""
        return ContradictionsLoaded(door.facts(everything=True, contradicted=True))

    @on(ContradictionsLoaded)
    def _loaded(self, event: ContradictionsLoaded) -> None:
        note = "The later one holds." if event.facts else "Nothing that was said contradicts anything else."
        self.show(heading("Contradictions", note), [Line(fact_lines(fact), fact, fact.id) for fact in event.facts])

    def passage_of(self, row: FactView) -> str:
        """The words that say so."""
        return row.span_id

    def action_keep_both(self) -> None:
        """Let both facts hold."""
        if self.chosen is not None:
            self.judge(self.chosen.id, "kept", "Both hold now.")

    def action_reject(self) -> None:
        """Mark the first fact as wrong."""
        if self.chosen is not None:
            self.judge(self.chosen.id, "rejected", "It no longer counts.")


def fact_lines(fact: FactView) -> Content:
    """A fact with its days, and the words that ended it."""
    days = f"  {fact.valid_from} to {fact.valid_to}"
    return Content.assemble(
        "  ",
        clean(fact.sentence, keep_newlines=False),
        (days, "$foreground-muted"),
        ("\n    ended by: ", "$foreground-muted"),
        clean(fact.closed_by, keep_newlines=False),
    )
