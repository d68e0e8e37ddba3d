"""A page of lines under a heading, with its keys at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import OptionList

Row = TypeVar("Row")


class ListPage(Screen[None]):
    """What the pages of sources, activity, the profile and contradictions share; their lines are in `#rows`."""

    CSS_PATH = "list_page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def chosen(self, rows: Sequence[Row]) -> Row | None:
        """What the highlighted line stands for, of what each line stands for."""
        at = self.query_one("#rows", OptionList).highlighted
        return rows[at] if at is not None and at < len(rows) else None

    def action_back(self) -> None:
        """Return to the chat."""
        self.dismiss()
