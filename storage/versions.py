"""The versions of a chat: its messages as a tree, of which one path is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

ROOT = ""
"""What the first message of a chat follows."""


class Versions:
    """The tree that the messages of one chat make."""

    def __init__(self, rows: Sequence[tuple[str, str | None, str]]) -> None:
        """`rows`: (id, the message that it follows, role) in the order of writing. None stands for the message written
        before it, "" for none; a message that is gone counts like the one before."""
        self._parents: dict[str, str] = {}
        self._roles = {row_id: role for row_id, _, role in rows}
        self._children: dict[str, list[str]] = defaultdict(list)
        before = ROOT
        for row_id, parent, _ in rows:
            known = parent == ROOT or parent in self._parents
            self._parents[row_id] = parent if parent is not None and known else before
            self._children[self._parents[row_id]].append(row_id)
            before = row_id
        self._last = before

    def path(self, leaf: str | None = None) -> list[str]:
        """The messages from the first to a leaf; to the message written last where there is no such leaf."""
        found = []
        message_id = leaf if leaf in self._parents else self._last
        while message_id:
            found.append(message_id)
            message_id = self._parents[message_id]
        return found[::-1]

    def of(self, message_id: str) -> list[str]:
        """All messages of the same role in the place of this one, itself among them, oldest first."""
        siblings = self._children[self._parents[message_id]]
        return [other for other in siblings if self._roles[other] == self._roles[message_id]]

    def newest_below(self, message_id: str) -> str:
        """The end of the path that always takes what was written last."""
        while below := self._children.get(message_id):
            message_id = below[-1]
        return message_id
