"""How full the prompt was for the last answer, and with what."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from secondme.api import Passages
from secondme.text.clean import clean
from tui.widgets.citations import CitationList

CELLS = 10
PARTS = 20
"""Cells of the bar of a part that fills the whole prompt."""


class ContextMeter(Vertical):
    """A line, `▰▰▰▱▱▱▱▱▱▱ 31% of 2,048 tokens · 4 memories`. It opens to what fills the prompt."""

    DEFAULT_CSS = """
    ContextMeter {
        height: auto; max-height: 40%; margin: 0 1; padding: 0 1; display: none; color: $text-muted;
        & > Static { height: auto; }
        & > .meter--parts { display: none; margin: 0 0 1 0; }
        & > CitationList { max-height: 8; }
        &.-open { background: $surface; }
        &.-open > .meter--parts { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._passages: Passages | None = None
        self._head = Static("", markup=False)
        self._parts = Static("", classes="meter--parts", markup=False)
        self._memories = CitationList()

    def compose(self) -> ComposeResult:
        """The line, the parts, the memories."""
        yield self._head
        yield self._parts
        yield self._memories

    def show(self, passages: Passages | None) -> None:
        """Show what an answer is written from; with None, nothing."""
        self._passages = passages if passages is not None and passages.context_tokens else None
        self.display = self._passages is not None
        if self._passages is None:
            self.remove_class("-open")
            return
        self._parts.update(parts_text(self._passages))
        self._memories.show(self._passages.citations)
        self._show_head()

    def toggle(self) -> bool:
        """Open or close it; whether there is anything to show."""
        if self._passages is None:
            return False
        self.toggle_class("-open")
        self._show_head()
        return True

    def on_click(self, event: events.Click) -> None:
        """Open or close it by the mouse."""
        if event.widget is self._head:
            self.toggle()

    def _show_head(self) -> None:
        if self._passages is not None:
            is_open = self.has_class("-open")
            sign = "▾" if is_open else "▸"
            self._memories.display = is_open and bool(self._passages.citations)
            self._head.update(Content.assemble(f"{sign} ", meter_text(self._passages)))


def meter_text(passages: Passages) -> Content:
    """The share of the context that the prompt took, and how many memories are in it."""
    share = min(passages.prompt_tokens / passages.context_tokens, 1.0)
    filled = max(1, round(CELLS * share)) if passages.prompt_tokens else 0
    count = passages.whole or len(passages.citations)
    memories = f"all {count:,} passages" if passages.whole else f"{count:,} {'memory' if count == 1 else 'memories'}"
    return Content.assemble(
        ("▰" * filled, "$text-accent"),
        ("▱" * (CELLS - filled), "$text-muted"),
        f" {share:.0%} of {passages.context_tokens:,} tokens · {memories}",
    )


def parts_text(passages: Passages) -> Content:
    """A line for each part of the prompt: its tokens, its share as a bar, its name. What is left comes last."""
    parts = [(clean(name, keep_newlines=False), tokens) for name, tokens in passages.filling if tokens]
    parts.append(("left for the answer", max(passages.context_tokens - passages.prompt_tokens, 0)))
    return Content("\n").join(
        [
            Content.assemble(
                f"{tokens:>8,} ",
                ("━" * max(1, round(PARTS * tokens / passages.context_tokens)), "$text-accent"),
                f" {name}",
            )
            for name, tokens in parts
        ]
    )
