"""A door that answers whatever it is asked with the same words: in titles, texts, names, reasons, everywhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from secondme.api import Failed, Progress, Status, TreeNode, TreeView
from secondme.api.door import Door
from secondme.api.operations import operation

MOMENT = "2026-01-02T10:00:00+00:00"
MOMENTS = ("at", "last_scan", "last_success", "expires")
DAYS = ("day", "since", "valid_from", "valid_to", "when", "fades_at")
NAMES = ("id", "key", "target", "chat", "source", "run", "closed_by")
"""Fields that the engine makes itself: moments, days and names of rows. All other text may come from a file."""


BODIES = ("text", "before", "after")
"""Fields that are as long as a source or a message; titles and names are cut when they are taken in."""

Words = Callable[[str], str]
"""The text of a field, by its name."""


def fill(hint: Any, words: Words, name: str = "", number: int = 0) -> Any:
    """A value of a type, with `words` as each text that may come from a file. `name`: of the field that it is for;
    `number`: its place in a list, so that ids differ and literals vary."""
    origin, inner = get_origin(hint), get_args(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        return hint(**{field.name: fill(hints[field.name], words, field.name, number) for field in fields(hint)})
    if origin in (list, Sequence):
        return [fill(inner[0], words, name, place) for place in range(2)]
    if origin is tuple:
        return tuple(
            fill(kind, words, name, place)
            for place, kind in enumerate(inner[:1] * 2 if inner[-1] is Ellipsis else inner)
        )
    if origin in (Union, UnionType):
        return fill(inner[0], words, name, number)
    if origin is Literal:
        return inner[number % len(inner)]
    return _plain(hint, words, name, number)


def _plain(kind: type, words: Words, name: str, number: int) -> Any:
    if kind is str:
        if name in MOMENTS or name.endswith("_at"):
            return MOMENT
        if name in DAYS:
            return MOMENT[:10]
        owned = name in NAMES or name.endswith(("_id", "_ids"))
        return f"{name}-{number}" if owned else words(name)
    return {bool: bool(number % 2), int: number + 1, float: 0.5, NoneType: None, Path: Path("/")}[kind]


class HostileDoor:
    """A Door over `fill`. The status is followed until the door is closed."""

    def __init__(self, words: str, body: str = "") -> None:
        """`body`: what stands instead in texts that may be long."""
        self._words, self._body = words, body or words
        self._closed = threading.Event()

    def text(self, field: str) -> str:
        """What stands in a field."""
        return self._body if field in BODIES else self._words

    def door(self) -> Door:
        """This as what the app asks for."""
        return cast(Door, self)

    def close(self) -> None:
        """Let go of who follows the status."""
        self._closed.set()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        entry = operation(name)
        if entry is None:
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if not entry.streams:
                return fill(entry.result, self.text)
            events = get_args(entry.result) or (entry.result,)
            return iter([fill(event, self.text) for event in events if event is not Failed])

        return call

    def status(self) -> Status:
        return cast(Status, fill(Status, self.text, number=1))

    def watch_status(self) -> Iterator[Status]:
        yield self.status()
        self._closed.wait()

    def wait_indexed(self) -> Iterator[Progress]:
        yield fill(Progress, self.text)
        self._closed.wait()

    def tree(self, by: str = "topic", node: str = "", *, first: int = 0, limit: int = -1) -> TreeView:
        leaf = "span-1" if node else ""
        children = tuple(TreeNode(f"{node}.{number}", self._body, 1, leaf and f"{leaf}{number}") for number in range(2))
        return TreeView(by, node, children, 0, 2)
