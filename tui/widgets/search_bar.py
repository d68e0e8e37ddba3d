"""The line in which a chat is searched."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from tui.widgets.inputs import CleanInput


class SearchBar(Horizontal):
    """A box, and how many messages hold what is in it. Enter or up: an older one; down: a newer one; esc: the end."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1; margin: 0 1; background: $panel;
        & > Static { width: auto; color: $text-muted; padding: 0 1; }
        & > .search--label { color: $text-accent; }
        & > Input { width: 1fr; height: 1; border: none; padding: 0; background: $panel; }
        & > Input:focus { border: none; background-tint: transparent; }
    }
    """

    @dataclass
    class Changed(Message):
        """Other words are searched."""

        words: str

    @dataclass
    class Moved(Message):
        """The person wants the next message that holds the words: `step` -1 an older, 1 a newer one."""

        step: int

    class Closed(Message):
        """The person has seen enough."""

    def compose(self) -> ComposeResult:
        """Label, box, count."""
        yield Static("/", classes="search--label", markup=False)
        yield CleanInput(placeholder="search in this chat", compact=True)
        yield Static("", classes="search--count", markup=False)

    def on_mount(self) -> None:
        """Let the person type at once."""
        self.query_one(Input).focus()

    def show_count(self, text: str) -> None:
        """Say how many messages were found."""
        self.query_one(".search--count", Static).update(text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Moved(-1))

    def on_key(self, event: events.Key) -> None:
        """Move by the arrows, end by esc."""
        if event.key in ("up", "down"):
            event.stop()
            self.post_message(self.Moved(-1 if event.key == "up" else 1))
        elif event.key == "escape":
            event.stop()
            self.post_message(self.Closed())
