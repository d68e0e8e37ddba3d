"""A one-line text box for text from anywhere."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from secondme.text.clean import clean
from tui.paths import PathSuggester


class CleanInput(Input):
    """An input whose pasted text is made harmless."""

    def _on_paste(self, event: events.Paste) -> None:
        # The base class's handler runs after this one.
        event.text = clean(event.text.strip(), keep_newlines=False)


class PathInput(CleanInput):
    """An input for a path, completed from the file system: the right arrow takes the suggestion."""

    def __init__(self, value: str = "", *, id: str | None = None, compact: bool = False) -> None:
        super().__init__(value, placeholder="~/Documents", suggester=PathSuggester(), id=id, compact=compact)
