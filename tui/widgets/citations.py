"""The passages behind an answer, as footnotes of one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from secondme.api import Citation, Hit
from secondme.text.clean import clean
from tui.messages import PassageRequested

TITLE_CELLS = 36
"""Of a title longer than this the end is left out, so that place and date are seen in a narrow window too."""
_DAY_FORMATS = {"year": "%Y", "month": "%b %Y", "day": "%-d %b %Y", "mtime": "%-d %b %Y"}


class CitationList(OptionList):
    """A line for each passage, `[1] notes/plan.md · line 12 · 3 May 2024  words`. Enter or a click opens it."""

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
        &:focus > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground;
        }
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
    """One line for a passage: number, title, place, date, first words."""
    words = " ".join(clean(citation.hit.text[:300], keep_newlines=False).split())
    title, *facts = source_facts(citation.hit)
    return Content.assemble(
        (f"[{citation.number}] ", "$text-accent"),
        (Content(title).truncate(TITLE_CELLS, ellipsis=True).plain, "$foreground"),
        *((f" · {fact}", "$foreground-muted") for fact in facts),
        (f"  {words}", "$text-muted"),
    )


def source_facts(hit: Hit) -> list[str]:
    """Title, place and date of a passage. The messages of one chat differ by who spoke and at what minute."""
    who = {"me": "you", "assistant": "Second Me"}.get(hit.role, hit.speaker) if hit.kind != "file" else ""
    line = f"line {hit.line}" if hit.kind == "file" and not hit.place else ""
    facts = [hit.title or "Untitled", who, hit.place, line, spoken_time(hit)]
    return [fact for fact in (clean(fact, keep_newlines=False).strip() for fact in facts) if fact]


def spoken_time(hit: Hit) -> str:
    """When a passage was said or written, as exactly as that is known: `2024`, `May 2024`, `3 May 2024 10:02`.

    What was said here is given in the local time; empty where nothing is known.
    """
    try:
        at = datetime.fromisoformat(hit.happened_at or "")
    except ValueError:
        return ""
    form = _DAY_FORMATS.get(hit.precision, "%-d %b %Y %H:%M")
    if hit.kind in ("chat", "note") and at.tzinfo is not None and "%H" in form:
        at = at.astimezone()
    return at.strftime(form)
