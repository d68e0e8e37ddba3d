"""A passage in its source: what stands before it, the span itself marked, what follows."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from secondme.api import Hit, PassageView
from secondme.text import clean
from tui.calls import Calls
from tui.messages import CallFailed, PassageLoaded

SHOWN = 20_000
"""Characters shown at each side of the span; a whole book in one widget would take seconds."""


class PassageScreen(Screen[None]):
    """Opens a span by its id; esc goes back."""

    CSS_PATH = "passage.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", show=False)]

    def __init__(self, calls: Calls, span_id: str) -> None:
        super().__init__()
        self._calls = calls
        self._span_id = span_id

    def compose(self) -> ComposeResult:
        """Where it is from, and the document."""
        yield Static("Opening the passage…", id="where", markup=False)
        with VerticalScroll(id="document"):
            yield Static(id="before", markup=False)
            yield Static(id="span", markup=False)
            yield Static(id="after", markup=False)
        yield Static(
            Content.assemble(("esc", "$text-accent"), " back   ", ("↑ ↓", "$text-accent"), " scroll"),
            id="keys",
        )

    def on_mount(self) -> None:
        """Ask for the passage."""
        span_id = self._span_id
        self.query_one("#document").focus()
        self._calls.run(self, lambda door: iter([PassageLoaded(door.passage(span_id))]), "passage")

    @on(PassageLoaded)
    def _show(self, event: PassageLoaded) -> None:
        view = event.passage
        before, span, after = passage_text(view)
        self.query_one("#where", Static).update(passage_heading(view))
        for name, content in (("#before", before), ("#span", span), ("#after", after)):
            widget = self.query_one(name, Static)
            widget.update(content)
            widget.display = bool(content.plain)
        self.call_after_refresh(self._scroll)

    def _scroll(self) -> None:
        document, span = self.query_one("#document"), self.query_one("#span")
        top = span.virtual_region.y - max(2, (document.size.height - span.size.height) // 3)
        document.scroll_to(y=max(0, top), animate=False)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self.query_one("#where", Static).update(clean(event.error.sentence(), keep_newlines=False))

    def action_back(self) -> None:
        """Return to where this was opened."""
        self.dismiss()


def passage_heading(view: PassageView) -> Content:
    """Title, place, time and whether the source is still like this."""
    hit = view.hit
    title = _line(hit.title) + (f" / {_line(hit.heading)}" if hit.heading else "")
    facts = [_line(fact) for fact in (hit.uri, f"line {hit.line}" if hit.kind == "file" else "", said(hit)) if fact]
    parts: list[Content | str | tuple[str, str]] = [
        (title, "bold"),
        "\n",
        (" · ".join(facts), "$foreground-muted"),
    ]
    if hit.role == "assistant":
        parts += ["\n", ("said by the assistant: it can be found, it is no evidence", "$text-warning")]
    if view.archived:
        parts += [
            "\n",
            (f"the source has changed since, or is gone: this is version {view.version}", "$text-warning"),
        ]
    return Content.assemble(*parts)


def passage_text(view: PassageView) -> tuple[Content, Content, Content]:
    """The document in three blocks; the middle one has whole lines, so the span starts where it stood."""
    before, after = clean(view.before)[-SHOWN:], clean(view.after)[:SHOWN]
    cut = before.rfind("\n") + 1
    end = after.find("\n")
    end = len(after) if end < 0 else end
    middle = Content.assemble(
        (before[cut:], "$foreground-muted"),
        (clean(view.hit.text), "bold $foreground"),
        (after[:end], "$foreground-muted"),
    )
    return Content(before[:cut].rstrip("\n")), middle, Content(after[end:].removeprefix("\n"))


def said(hit: Hit) -> str:
    """Who said it and when, as far as is known: `Ana, 2024-05-03`."""
    when = ""
    if hit.happened_at:
        lengths = {"year": 4, "month": 7, "day": 10}
        when = hit.happened_at[: lengths.get(hit.precision, 16)].replace("T", " ")
    return ", ".join(part for part in (hit.speaker, when) if part)


def _line(text: str) -> str:
    return clean(text, keep_newlines=False)
