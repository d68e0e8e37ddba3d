"""The part of the chat screen that completes `@` with files and memories, and remembers what was named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.message import Message

from secondme.api import Hit, SourceSummary
from secondme.api.door import Door
from secondme.errors import SecondMeError
from tui.screens.chat_messages import ChatMessages
from tui.widgets.completions import Completions
from tui.widgets.mentions import MEMORIES, matching_mentions
from tui.widgets.prompt import Prompt

SHORTEST = 3
"""Characters from which on memories are looked for; titles are from the first."""


@dataclass
class MentionsFound(Message):
    """What fits what was typed behind the `@`."""

    words: str
    sources: Sequence[SourceSummary]
    hits: Sequence[Hit]


class ChatMentions(ChatMessages):
    """A chat in whose box sources and memories can be named."""

    _named: dict[str, str]
    """The id of what stands behind each label that was put into the box."""
    _sources_offered: Sequence[SourceSummary] | None = None

    def named_in(self, text: str) -> tuple[str, ...]:
        """Ids of what a text names."""
        return tuple(named for label, named in self._named.items() if label in text)

    @on(Prompt.Mentioning)
    def _mentioning(self, event: Prompt.Mentioning) -> None:
        words = event.words
        if words is None:
            self._sources_offered = None
            return
        sources = self._sources_offered

        def find(door: Door) -> Iterator[Message]:
            listed = sources if sources is not None else door.sources()
            yield MentionsFound(words, listed, ())
            if len(words) >= SHORTEST:
                try:
                    yield MentionsFound(words, listed, door.recall(words, k=MEMORIES, include_assistant=False))
                except SecondMeError:
                    return  # titles are offered all the same

        self._calls.run(self, find, "mention", exclusive=True)

    @on(MentionsFound)
    def _mentions_found(self, event: MentionsFound) -> None:
        prompt = self.query_one(Prompt)
        self._sources_offered = event.sources
        if prompt.mention() == event.words:
            prompt.offer(matching_mentions(event.words, event.sources, event.hits))

    @on(Completions.Taken)
    def _completion_clicked(self, event: Completions.Taken) -> None:
        self.query_one(Prompt).take(event.completion)

    @on(Prompt.Named)
    def _remember_name(self, event: Prompt.Named) -> None:
        self._named[event.label] = event.id
