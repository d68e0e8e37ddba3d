"""Files and memories that may be named in a question, offered while one types `@`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from secondme.api import Hit, SourceSummary
from secondme.text.clean import clean
from tui.widgets.badge import badge
from tui.widgets.citations import source_facts

FILES = 5
MEMORIES = 4
LABEL_LENGTH = 40


@dataclass(frozen=True)
class Mention:
    """A source or passage that can be named: its id, what stands for it in the text, and its line in the list."""

    id: str
    label: str
    line: Content


class MentionList(OptionList, can_focus=False):
    """The offers, the nearest first. The box keeps the focus and moves the cursor here."""

    DEFAULT_CSS = """
    MentionList {
        height: auto; max-height: 9; margin: 0 1; padding: 0 1; border: none; background: $surface;
        text-wrap: nowrap; text-overflow: ellipsis;
        & > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground;
        }
    }
    """

    @dataclass
    class Taken(Message):
        """The person named this."""

        mention: Mention

    def __init__(self) -> None:
        super().__init__()
        self._mentions: Sequence[Mention] = ()

    def show(self, mentions: Sequence[Mention]) -> None:
        """Offer these; the first is at the cursor."""
        self._mentions = mentions
        self.clear_options()
        self.add_options([Option(mention.line) for mention in mentions])
        self.highlighted = 0 if mentions else None
        self.display = bool(mentions)

    def take(self) -> None:
        """Name what is at the cursor."""
        if self.highlighted is not None:
            self.post_message(self.Taken(self._mentions[self.highlighted]))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Taken(self._mentions[event.option_index]))


def matching_mentions(words: str, sources: Sequence[SourceSummary], hits: Sequence[Hit]) -> list[Mention]:
    """Sources whose title holds what was typed, those that begin with it first, then memories that were found."""
    typed = words.casefold()
    titled = [source for source in sources if typed in source.title.casefold() and source.kind != "chat"]
    titled.sort(key=lambda source: not source.title.casefold().startswith(typed))
    offers = [_of_source(source) for source in titled[:FILES]]
    return [*offers, *(_of_hit(hit) for hit in hits[:MEMORIES])]


def _of_source(source: SourceSummary) -> Mention:
    title = _short(source.title)
    return Mention(source.id, f"@{title}", Content.assemble(badge(source.kind), f" {title}"))


def _of_hit(hit: Hit) -> Mention:
    words = _short(hit.text)
    place = " · ".join(source_facts(hit)[:2])
    return Mention(hit.id, f"@“{words}”", Content.assemble(badge(hit.kind), f" {words}", (f"  {place}", "$text-muted")))


def _short(text: str) -> str:
    line = " ".join(clean(text, keep_newlines=False).split()) or "Untitled"
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1] + "…"
