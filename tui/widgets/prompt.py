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
        """The person sent this. It has left the box; `put_back` brings it back if it cannot be taken."""

        text: str

    class RecallRequested(Message):
        """The person pressed up in the empty box: take up what was written last."""

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
        """Take up what was written last in an empty box only; otherwise the key moves the cursor."""
        if action == "recall_last":
            return not self.text
        return super().check_action(action, parameters)

    def action_send(self) -> None:
        """Send the text. The box is empty at once, so that what is typed next is a message of its own."""
        if text := clean(self.text).strip():
            self.last = text
            self.load_text("")
            self.post_message(self.Submitted(text))

    def action_newline(self) -> None:
        """Break the line at the cursor."""
        self.insert("\n")

    def action_recall_last(self) -> None:
        """Ask for what was written last, to be written anew."""
        self.post_message(self.RecallRequested())

    def fill(self, text: str) -> None:
        """Fill the box and set the cursor behind the text."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def put_back(self, text: str) -> None:
        """Bring back what was not taken, as a paragraph before what was typed since."""
        self.fill("\n\n".join(part for part in (text, self.text) if part))

    async def _on_key(self, event: events.Key) -> None:
        # TextArea breaks the line on Enter before any binding is looked up; its own handler runs after this.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_send()
        elif event.key.startswith("alt+"):
            event.prevent_default()  # terminals send alt+z with the character z, which nobody wants to type

    async def _on_paste(self, event: events.Paste) -> None:
        # The base class's handler runs after this one and finds the text already harmless.
        event.text = clean(unified_line_ends(event.text))
