"""Files and memories that may be named in a question, offered while one types `@`."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from secondme.api import Hit, SourceSummary
from secondme.text.clean import clean_line
from tui.widgets.badge import badge
from tui.widgets.citations import source_facts
from tui.widgets.completions import Completion

FILES = 5
MEMORIES = 4
LABEL_LENGTH = 40


def matching_mentions(words: str, sources: Sequence[SourceSummary], hits: Sequence[Hit]) -> list[Completion]:
    """Sources whose title holds what was typed, those that begin with it first, then memories that were found."""
    typed = words.casefold()
    titled = [source for source in sources if typed in source.title.casefold() and source.kind != "chat"]
    titled.sort(key=lambda source: not source.title.casefold().startswith(typed))
    offers = [_of_source(source) for source in titled[:FILES]]
    return [*offers, *(_of_hit(hit) for hit in hits[:MEMORIES])]


def _of_source(source: SourceSummary) -> Completion:
    title = _short(source.title)
    line = Content.assemble(badge(source.kind), f" {title}")
    return Completion(f"@{title}", complete=False, named=source.id, line=line)


def _of_hit(hit: Hit) -> Completion:
    words = _short(hit.text)
    place = " · ".join(source_facts(hit)[:2])
    line = Content.assemble(badge(hit.kind), f" {words}", (f"  {place}", "$text-muted"))
    return Completion(f"@“{words}”", complete=False, named=hit.id, line=line)


def _short(text: str) -> str:
    return clean_line(text, LABEL_LENGTH) or "Untitled"
