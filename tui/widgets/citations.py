"""The passages behind an answer, one line each."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from secondme.api import Citation
from secondme.text.clean import clean
from tui.messages import PassageRequested


class CitationList(OptionList):
    """A line for each passage, `[1] notes/plan.md:12  the first words`. Enter or a click opens it."""

    DEFAULT_CSS = """
    CitationList {
        height: auto;
        max-height: 10;
        border: none;
        padding: 0;
        margin: 0 0 0 0;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option, & > .option-list--option-highlighted {
            padding: 0; background: transparent; color: $foreground-muted; text-style: none;
        }
        &:focus { border: none; background-tint: transparent; }
        &:focus > .option-list--option-highlighted { background: $primary 25%; }
    }
    """

    def __init__(self, citations: Sequence[Citation] = ()) -> None:
        super().__init__()
        self.citations: tuple[Citation, ...] = ()
        if citations:
            self.show(citations)

    def show(self, citations: Sequence[Citation]) -> None:
        """Replace the passages."""
        self.citations = tuple(citations)
        self.clear_options()
        self.add_options([Option(citation_line(citation)) for citation in self.citations])
        self.display = bool(self.citations)

    def span_id(self, number: int) -> str | None:
        """The span of passage `number`, or None when this answer has none of that number."""
        return next((citation.hit.id for citation in self.citations if citation.number == number), None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(PassageRequested(self.citations[event.option_index].hit.id))


def citation_line(citation: Citation) -> Content:
    """One line for a passage: number, place, first words."""
    words = " ".join(clean(citation.hit.text[:300], keep_newlines=False).split())
    place = clean(citation.hit.location(), keep_newlines=False)
    return Content.assemble((f"[{citation.number}] ", "$text-accent"), (place, "$foreground"), f"  {words}")
