"""The page of a passage: its source, with the span itself marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from secondme.api import PassageView, Standing
from secondme.api.door import Door
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import CallFailed, ForgetRequested, PassageRequested, WhyRequested
from tui.screens.page import Page
from tui.widgets.key_line import KeyLine
from tui.widgets.memory_pane import speaker_and_time

SHOWN = 20_000
"""Characters shown at each side of the span; a whole book in one widget would take seconds."""


@dataclass
class PassageLoaded(Message):
    """The passage was read."""

    passage: PassageView


@dataclass
class PinChanged(Message):
    """The passage was pinned or unpinned; `passage` is how it stands now."""

    passage: PassageView


class PassageScreen(Page):
    """Shows the span with this id."""

    CSS_PATH = Path(__file__).with_name("passage.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings("passage")

    def __init__(self, context: Context, span_id: str) -> None:
        super().__init__(context)
        self._span_id = span_id
        self._pinned = False
        self._related: list[str] = []

    def compose(self) -> ComposeResult:
        """Where it is from, the document, what is linked, the keys."""
        yield Static("Opening the passage…", id="where", markup=False)
        with VerticalScroll(id="document"):
            yield Static(id="before", markup=False)
            yield Static(id="span", markup=False)
            yield Static(id="after", markup=False)
            yield Static(id="linked", markup=False)
        yield KeyLine("passage", ("↑ ↓", "scroll"))

    def on_mount(self) -> None:
        """Ask for the passage."""
        span_id = self._span_id
        self.query_one("#document").focus()
        self.calls.run(self, lambda door: iter([PassageLoaded(door.passage(span_id))]), "passage")

    @on(PassageLoaded)
    def _show(self, event: PassageLoaded) -> None:
        view = event.passage
        before, span, after = passage_text(view)
        self._show_heading(view)
        for name, content in (("#before", before), ("#span", span), ("#after", after)):
            widget = self.query_one(name, Static)
            widget.update(content)
            widget.display = bool(content.plain)
        self._related = [related.hit.id for related in view.related]
        linked = self.query_one("#linked", Static)
        linked.update(linked_text(view))
        linked.display = bool(view.related)
        self.call_after_refresh(self._scroll)

    def action_follow(self, number: int) -> None:
        """Open a linked passage."""
        if number <= len(self._related):
            self.post_message(PassageRequested(self._related[number - 1]))

    def action_forget(self) -> None:
        """Show what hangs on it; there it is hidden or erased."""
        self.post_message(ForgetRequested(self._span_id))

    def action_why(self) -> None:
        """Say where it came from, why it was recalled, what changed it."""
        self.post_message(WhyRequested(self._span_id))

    def action_pin(self) -> None:
        """Pin this memory, or take the pin away."""
        span_id, pinned = self._span_id, not self._pinned

        def change(door: Door) -> Iterator[Message]:
            door.pin(span_id, pinned=pinned)
            yield PinChanged(door.passage(span_id))

        self.calls.run(self, change, "pin", exclusive=True)

    @on(PinChanged)
    def _pin_changed(self, event: PinChanged) -> None:
        self._show_heading(event.passage)
        self.app.notify("Pinned: it never fades." if self._pinned else "No longer pinned.", markup=False)

    def _show_heading(self, view: PassageView) -> None:
        held = view.hit.standing
        self._pinned = held is not None and held.pinned
        self.query_one("#where", Static).update(passage_heading(view))

    def _scroll(self) -> None:
        document, span = self.query_one("#document"), self.query_one("#span")
        top = span.virtual_region.y - max(2, (document.size.height - span.size.height) // 3)
        document.scroll_to(y=max(0, top), animate=False)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#where", Static).update(clean(event.error.sentence(), keep_newlines=False))


def passage_heading(view: PassageView) -> Content:
    """Title, place, time, and whether the source has changed since."""
    hit = view.hit
    title = _line(hit.title) + (f" / {_line(hit.heading)}" if hit.heading else "")
    facts = [
        _line(fact)
        for fact in (hit.uri, f"line {hit.line}" if hit.kind == "file" else "", speaker_and_time(hit))
        if fact
    ]
    parts: list[Content | str | tuple[str, str]] = [
        (title, "bold"),
        "\n",
        (" · ".join(facts), "$foreground-muted"),
    ]
    if hit.also:
        parts += ["\n", (f"also in {', '.join(_line(title) for title in hit.also)}", "$foreground-muted")]
    if hit.standing is not None:
        parts += ["\n", (standing_line(hit.standing), "$foreground-muted")]
    if view.keywords:
        parts += ["\n", (" · ".join(_line(word) for word in (*view.keywords, *view.tags)), "$text-accent")]
    if hit.role == "assistant":
        parts += ["\n", ("said by the assistant: recall finds it, but it is no evidence", "$text-warning")]
    if view.archived:
        parts += [
            "\n",
            (f"the source has changed since, or is gone: this is version {view.version}", "$text-warning"),
        ]
    return Content.assemble(*parts)


def passage_text(view: PassageView) -> tuple[Content, Content, Content]:
    """The document in three blocks: before the span, the lines that hold it, and after it.

    The middle block has whole lines, so that the span starts in the same column as in the document.
    """
    before, after = clean(view.before)[-SHOWN:], clean(view.after)[:SHOWN]
    start = before.rfind("\n") + 1
    end = after.find("\n")
    end = len(after) if end < 0 else end
    middle = Content.assemble(
        (before[start:], "$foreground-muted"),
        (clean(view.hit.text), "bold $foreground"),
        (after[:end], "$foreground-muted"),
    )
    return Content(before[:start].rstrip("\n")), middle, Content(after[end:].removeprefix("\n"))


def linked_text(view: PassageView) -> Content:
    """Related memories, numbered, each with the reasons."""
    parts: list[Content | str | tuple[str, str]] = [("Linked", "bold")]
    for number, related in enumerate(view.related, start=1):
        text = _line(" ".join(related.hit.text.split()))
        who = f"{_line(related.hit.speaker)}: " if related.hit.speaker else ""
        parts += ["\n", (f"{number} ", "$text-accent"), f"{who}{text[:100]}{'…' if len(text) > 100 else ''}"]
        parts += ["\n  ", (_line("; ".join(related.reasons)), "$foreground-muted")]
    return Content.assemble(*parts)


def standing_line(held: Standing) -> str:
    """How strongly a memory is held, and when it fades."""
    fades = f"fades on {held.fades_at}" if held.fades_at else "does not fade"
    state = "faded: a recall brings it back" if held.faded else "pinned: never fades" if held.pinned else fades
    recalls = f"recalled {held.recalls} time{'s' if held.recalls != 1 else ''}"
    layer = _line(held.layer)
    return f"strength {held.strength:.1f}, {held.retention:.0%} retained, layer of {layer}, {recalls}; {state}"


def _line(text: str) -> str:
    return clean(text, keep_newlines=False)
