"""A page of lines under a heading, with its keys at the bottom."""

from __future__ import annotations

from textual.screen import Screen


class ListPage(Screen[None]):
    """The look of the pages of sources, activity and the profile."""

    CSS_PATH = "list_page.tcss"

    def action_back(self) -> None:
        """Return to the chat."""
        self.dismiss()
