"""A source beside the answer that cites it, with the passage marked in its surroundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantBlur, DescendantFocus
from textual.message import Message
from textual.widgets import Static

from secondme.api import PassageView
from secondme.api.door import Door
from secondme.errors import SecondMeError
from secondme.text.clean import clean
from tui.actions import bindings
from tui.messages import PassageRequested, WhyRequested
from tui.screens.passage import linked_text, passage_heading, passage_text
from tui.widgets.key_line import KeyHints


@dataclass
class SourceLoaded(Message):
    """The passage that was asked for was read."""

    span_id: str
    passage: PassageView


class SourceText(VerticalScroll):
    """The document around the passage; it scrolls."""


AWAY = (("esc", "close"), ("tab", "go there"), ("@chat.open_citation", "another"))
HERE = (
    ("esc", "close"),
    ("@beside.why", "why"),
    ("@beside.open_page", "as a page"),
    ("@chat.open_citation", "another"),
)
"""Its keys while the cursor is in the box, where a letter is text, and while it is here."""


class SourcePanel(Vertical):
    """The right half of the chat, or all of it in a narrow window."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("beside")
    DEFAULT_CSS = """
    SourcePanel {
        width: 1fr;
        height: 1fr;
        background: $surface;
        & > .source--heading { height: auto; max-height: 40%; padding: 1 2; color: $text; }
        & > SourceText { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & > SourceText:focus { background-tint: transparent; }
        & > .source--keys { height: 1; padding: 0 2; color: $text-muted; }
        SourceText > Static { height: auto; padding: 0 1; }
        .source--around { color: $text-muted; }
        .source--span { padding: 0 1 0 0; border-left: outer $accent; background: $boost; }
        .source--linked { margin: 1 0; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.span_id = ""
        self._heading = Static(classes="source--heading", markup=False)
        self._text = SourceText()
        self._before = Static(classes="source--around", markup=False)
        self._span = Static(classes="source--span", markup=False)
        self._after = Static(classes="source--around", markup=False)
        self._linked = Static(classes="source--linked", markup=False)

    def compose(self) -> ComposeResult:
        """Where it is from, the document, the keys."""
        yield self._heading
        with self._text:
            yield self._before
            yield self._span
            yield self._after
            yield self._linked
        yield KeyHints(*AWAY, classes="source--keys")

    @on(DescendantFocus)
    def _entered(self) -> None:
        self.query_one(KeyHints).show(*HERE)

    @on(DescendantBlur)
    def _left(self) -> None:
        self.query_one(KeyHints).show(*AWAY)

    def begin(self, span_id: str) -> None:
        """Say that a passage is being read; what was shown before stays away."""
        self.span_id = span_id
        self._heading.update("Opening the passage…")
        for widget in (self._before, self._span, self._after, self._linked):
            widget.display = False

    def focus_text(self) -> None:
        """Let the keys scroll the document."""
        self._text.focus()

    def show(self, event: SourceLoaded) -> None:
        """Show a passage, unless another was asked for since."""
        if event.span_id != self.span_id:
            return
        self._heading.update(passage_heading(event.passage))
        texts = (*passage_text(event.passage), linked_text(event.passage))
        for widget, content in zip((self._before, self._span, self._after, self._linked), texts, strict=True):
            widget.update(content)
            widget.display = bool(content.plain)
        self._linked.display = bool(event.passage.related)
        self.call_after_refresh(self._scroll)

    def fail(self, error: SecondMeError) -> None:
        """Say why the passage cannot be shown."""
        self._heading.update(clean(error.sentence(), keep_newlines=False))

    def _scroll(self) -> None:
        """Bring the passage to the upper third."""
        top = self._span.virtual_region.y - max(2, (self._text.size.height - self._span.size.height) // 3)
        self._text.scroll_to(y=max(0, top), animate=False)

    def action_why(self) -> None:
        """Say where the passage came from, why it was recalled, what changed it."""
        self.app.post_message(WhyRequested(self.span_id))

    def action_open_page(self) -> None:
        """Show the passage on a page of its own, with what can be done with it."""
        self.app.post_message(PassageRequested(self.span_id))


def read_source(door: Door, span_id: str) -> Iterator[Message]:
    """Read a passage for the panel."""
    yield SourceLoaded(span_id, door.passage(span_id))
