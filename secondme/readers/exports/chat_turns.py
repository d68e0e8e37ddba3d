"""The turns of one chat while its messages are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from secondme.readers.documents import ParsedDocument, ReadItem, Turn, Unread


class ChatTurns:
    """Turns in the order of their messages. A damaged message is counted and costs only itself."""

    def __init__(self) -> None:
        self._turns: list[Turn] = []
        self._damaged = 0

    def add(self, messages: Iterable[Any], parse: Callable[[Any], Turn | Iterable[Turn] | None]) -> None:
        """Add the turn, or the turns, of each message; `parse` returns None for a message without words.

        What iterating raises is passed on; the turns before it are kept.
        """
        for message in messages:
            try:
                found = parse(message)
                turns = [found] if isinstance(found, Turn) else list(found or ())
            except (KeyError, TypeError, ValueError, AttributeError):
                self._damaged += 1
                continue
            self._turns += turns

    def document(self, title: str, chat_key: str, place: str) -> Iterator[ReadItem]:
        """The chat, if it has turns; before it, how many messages of `place` (a file, a chat) are damaged."""
        if self._damaged:
            yield Unread(f"{self._damaged} messages of {place} are damaged")
        if self._turns:
            yield ParsedDocument("application/x-chat", title, turns=tuple(self._turns), chat_key=chat_key)
