"""The box where a question is written."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from secondme.text.clean import clean, unified_line_ends
from tui.actions import bindings


class Prompt(TextArea):
    """A text box that grows with its text: Enter sends, shift+Enter breaks the line."""

    BINDINGS = bindings("prompt")

    @dataclass
    class Submitted(Message):
        """The person wants to ask this question. The box keeps it until `clear_sent`."""

        text: str

    def __init__(self) -> None:
        super().__init__(
            id="prompt",
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            tab_behavior="focus",
            placeholder="Ask about anything you have kept…",
        )
        self.last = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take up the last question in an empty box only; otherwise the key moves the cursor."""
        if action == "recall_last":
            return not self.text and bool(self.last)
        return super().check_action(action, parameters)

    def action_send(self) -> None:
        """Offer the text to the screen."""
        if text := clean(self.text).strip():
            self.post_message(self.Submitted(text))

    def action_newline(self) -> None:
        """Break the line at the cursor."""
        self.insert("\n")

    def action_recall_last(self) -> None:
        """Put the last question into the empty box."""
        self.fill(self.last)

    def fill(self, text: str) -> None:
        """Fill the box and set the cursor behind the text."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def clear_sent(self) -> None:
        """Empty the box; its question is on its way."""
        self.last = clean(self.text).strip()
        self.load_text("")

    async def _on_key(self, event: events.Key) -> None:
        # TextArea breaks the line on Enter before any binding is looked up; its own handler runs after this.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()

    async def _on_paste(self, event: events.Paste) -> None:
        # The base class's handler runs after this one and finds the text already harmless.
        event.text = clean(unified_line_ends(event.text))
