"""The page that searches everything kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from secondme.api import GROUPS, Hit
from secondme.text.clean import clean
from tui.actions import bindings
from tui.context import Context
from tui.messages import CallFailed, ForgetRequested, PassageRequested, WhyRequested
from tui.screens.page import Page
from tui.widgets.badge import badge
from tui.widgets.inputs import CleanInput
from tui.widgets.key_line import KeyLine
from tui.widgets.memory_pane import speaker_and_time

COUNT = 30
"""Passages that a search shows."""

LONGEST_LINE = 160
"""Characters of a passage that its line is made of: cutting a longer text to the width takes time at each key."""


@dataclass
class SearchFinished(Message):
    """What a search found."""

    query: str
    hits: list[Hit]


class FindScreen(Page):
    """Results appear while the person types, the passage beside them. Enter opens it in its source."""

    CSS_PATH = Path(__file__).with_name("find.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("find"),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  # Textual declares it so

    def __init__(self, context: Context, query: str = "") -> None:
        super().__init__(context)
        self._query = query
        self._hits: Sequence[Hit] = ()
        self._asked = ""
        """What was searched for last."""
        self._searching = False

    def compose(self) -> ComposeResult:
        """Query, results, preview."""
        yield CleanInput(self._query, placeholder="Find in everything you have kept…", id="query")
        yield Static("", id="result", markup=False)
        with Horizontal(id="found"):
            yield OptionList(id="hits")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static("", markup=False)
        yield KeyLine("find", ("↑ ↓", "choose"), ("enter", "open in its source"))

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        if self._typed_query() != self._asked:
            self.search()

    def _typed_query(self) -> str:
        return clean(self.query_one("#query", Input).value).strip()

    def search(self) -> None:
        """Search for what stands in the box.

        One search runs at a time, and what was typed meanwhile is searched for after it: two at once would take twice
        as long each, and the engine can't stop one that nobody waits for any more.
        """
        if self._searching:
            return
        self._asked = query = self._typed_query()
        if not query:
            self._show("", [])
            return
        self._searching = True
        self.calls.run(
            self, lambda door: iter([SearchFinished(query, door.recall(query, k=COUNT, explain=True))]), "recall"
        )

    @on(SearchFinished)
    def _finished(self, event: SearchFinished) -> None:
        found = sum(not hit.group for hit in event.hits)
        count = f"{found} best passage{'s' if found != 1 else ''}" if event.hits else "nothing found"
        self._end_search(count, event.hits)

    @on(CallFailed)
    def _failed(self, event: CallFailed) -> None:
        self._end_search(event.error.sentence(), [])

    def shows(self, query: str) -> bool:
        """Whether the results on the screen are those of this query."""
        return self._asked == query and not self._searching

    def _end_search(self, sentence: str, hits: Sequence[Hit]) -> None:
        """Show what a search led to, also while more is typed; then search for that."""
        self._searching = False
        self._show(sentence, hits)
        if self._typed_query() != self._asked:
            self.search()

    def _show(self, sentence: str, hits: Sequence[Hit]) -> None:
        self._hits = hits
        self.query_one("#result", Static).update(clean(sentence, keep_newlines=False))
        options = self.query_one("#hits", OptionList)
        options.clear_options()
        lines: list[Option | None] = []
        for before, hit in zip([None, *hits], hits, strict=False):
            if before is not None and before.group != hit.group:
                lines.append(None)  # a line between the groups
            lines.append(Option(hit_line(hit)))
        options.add_options(lines)
        options.highlighted = 0 if hits else None
        self._preview(0)

    @on(OptionList.OptionHighlighted, "#hits")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._preview(event.option_index)

    def _preview(self, index: int) -> None:
        preview = self.query_one("#preview Static", Static)
        preview.update(hit_preview(self._hits[index]) if index < len(self._hits) else "")
        self.query_one("#preview").scroll_home(animate=False)

    @on(Input.Submitted, "#query")
    def _enter(self) -> None:
        self._open(self.query_one("#hits", OptionList).highlighted)

    @on(OptionList.OptionSelected, "#hits")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._open(event.option_index)

    def _open(self, index: int | None) -> None:
        if index is not None and index < len(self._hits):
            self.post_message(PassageRequested(self._hits[index].id))

    @property
    def chosen(self) -> Hit | None:
        """The result under the cursor of the list."""
        place = self.query_one("#hits", OptionList).highlighted
        return self._hits[place] if place is not None and place < len(self._hits) else None

    def action_why(self) -> None:
        """Say where the chosen result came from, and why these words recalled it."""
        if self.chosen is not None:
            self.post_message(WhyRequested(self.chosen.id, self.query_one("#query", Input).value.strip()))

    def action_forget(self) -> None:
        """Show what hangs on the chosen result; there it is hidden or erased."""
        if self.chosen is not None:
            self.post_message(ForgetRequested(self.chosen.id, self.search))

    def action_move(self, by: int) -> None:
        """Move through the results while the cursor stays in the box."""
        options = self.query_one("#hits", OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()


def hit_line(hit: Hit) -> Content:
    """One result: its place and first words."""
    words = " ".join(clean(hit.text[:LONGEST_LINE], keep_newlines=False).split())
    group = f"{GROUPS[hit.group]} · " if hit.group else ""
    return Content.assemble(
        badge(clean(hit.kind, keep_newlines=False), word=False),
        " ",
        (f"{group}{clean(hit.location(), keep_newlines=False)}", "$foreground"),
        (f"  {words}", "$foreground-muted"),
    )


def hit_preview(hit: Hit) -> Content:
    """A result in full, with where it is from and why it was found."""
    place = " · ".join(part for part in (hit.location(), hit.heading, speaker_and_time(hit)) if part)
    why = "  ".join(f"{part.name} {part.value:.2f}" for part in hit.parts)
    parts: list[str | tuple[str, str]] = [
        (clean(place, keep_newlines=False), "bold"),
        "\n\n",
        clean(hit.text),
    ]
    if why:
        reasons = [f"score {hit.score:.2f}: {why}", *hit.because]
        parts += ["\n\n", ("\n".join(clean(line, keep_newlines=False) for line in reasons), "$foreground-muted")]
    return Content.assemble(*parts)
