"""The box where a question is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from textual.widgets import TextArea

from secondme.text.clean import clean, unified_line_ends
from tui.actions import actions_of, bindings
from tui.keymap import key_map_of
from tui.slash import Command, read_command, suggestions
from tui.widgets.completions import Completion, Completions

SEND = next(action for action in actions_of("prompt") if action.name == "send")

_MENTION = re.compile(r"(?:^|\s)@([^\s@]*)$")


class Prompt(TextArea):
    """A text box that grows with its text: Enter sends, shift+Enter breaks the line."""

    BINDINGS = bindings("prompt")

    @dataclass
    class Submitted(Message):
        """The person sent this. It has left the box; `put_back` brings it back if it cannot be taken."""

        text: str

    @dataclass
    class CommandGiven(Message):
        """The person sent a slash command."""

        command: Command

    @dataclass
    class Mentioning(Message):
        """The word at the cursor begins with `@`: `words` stands behind it. None: it does so no longer."""

        words: str | None

    @dataclass
    class Named(Message):
        """What stands as `label` in the text names the source or passage `id`."""

        label: str
        id: str

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
        self._mentioned: str | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take up what was written last in an empty box only; otherwise the key moves the cursor."""
        if action == "recall_last":
            return not self.text
        return super().check_action(action, parameters)

    def action_send(self) -> None:
        """Send the text. The box is empty at once, so that what is typed next is a message of its own."""
        if text := clean(self.text).strip():
            command = read_command(text)
            if isinstance(command, str):
                self.app.notify(command, severity="warning", markup=False)
                return
            if command is not None:
                self.load_text("")
                self.post_message(self.CommandGiven(command))
                return
            self.last = text
            self.load_text("")
            self.post_message(self.Submitted(text))

    # --- completion

    @on(TextArea.Changed)
    def _suggest(self) -> None:
        """Show the commands that the text may become."""
        key_map = key_map_of(self.app)
        found = [
            Completion(f"/{name}", action.description, key_map.short_label(action), complete=not action.takes)
            for name, action in suggestions(self.text)
        ]
        if found or self.mention() is None:
            self.offer(found)

    def offer(self, found: list[Completion]) -> None:
        """Show what may be meant by what is being typed; none closes the list."""
        for completions in self.screen.query(Completions):
            completions.show(found)

    def take(self, completion: Completion) -> None:
        """Put a completion into the box: what names something in place of the `@` word at the cursor."""
        text = completion.insert + ("" if completion.complete else " ")
        words = self.mention()
        if not completion.named:
            self.fill(text)
        elif words is not None:
            row, column = self.cursor_location
            self.replace(text, (row, column - len(words) - 1), (row, column))
            self.post_message(self.Named(completion.insert, completion.named))
        self.offer([])
        self.focus()

    def _complete(self, key: str) -> bool:
        """Hand a key to the list of completions, if it is open; whether it was for the list."""
        completions = next(iter(self.screen.query(Completions)), None)
        chosen = completions.chosen if completions is not None else None
        if completions is None or chosen is None:
            return False
        if key in ("up", "down"):
            (completions.action_cursor_up if key == "up" else completions.action_cursor_down)()
        elif key == "tab" or (key == "enter" and not chosen.complete):
            self.take(chosen)
        elif key == "enter":
            self.take(chosen)
            self.action_send()
        elif key == "escape":
            self.offer([])
        else:
            return False
        return True

    # --- keys

    def action_newline(self) -> None:
        """Break the line at the cursor."""
        self.insert("\n")

    def action_recall_last(self) -> None:
        """Ask for what was written last, to be written anew."""
        self.post_message(self.RecallRequested())

    def mention(self) -> str | None:
        """What stands behind the `@` of the word at the cursor, or None."""
        row, column = self.cursor_location
        found = _MENTION.search(self.document.get_line(row)[:column])
        return found[1] if found else None

    @on(TextArea.Changed)
    def _look_for_mention(self) -> None:
        words = self.mention()
        if words != self._mentioned:
            self._mentioned = words
            self.post_message(self.Mentioning(words))

    def fill(self, text: str) -> None:
        """Fill the box and set the cursor behind the text."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def put_back(self, text: str) -> None:
        """Bring back what was not taken, as a paragraph before what was typed since."""
        self.fill("\n\n".join(part for part in (text, self.text) if part))

    async def _on_key(self, event: events.Key) -> None:
        # TextArea breaks the line on Enter before any binding is looked up; its own handler runs after this.
        if self._complete(event.key):
            event.stop()
            event.prevent_default()
        elif event.key == "enter" and "enter" in key_map_of(self.app).keys_of(SEND):
            event.stop()
            event.prevent_default()
            self.action_send()
        elif event.key.startswith("alt+"):
            event.prevent_default()  # terminals send alt+z with the character z, which nobody wants to type

    async def _on_paste(self, event: events.Paste) -> None:
        # The base class's handler runs after this one and finds the text already harmless.
        event.text = clean(unified_line_ends(event.text))
