"""Reading the stream of an answer to its end, or to a cancellation."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from models.protocol import Finished, Piece


class SetAfter(threading.Event):
    """An event that is set once it was looked at a number of times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def is_set(self) -> bool:
        self._looks -= 1
        return self._looks < 0


def collect(stream: Iterator[Piece | Finished]) -> tuple[str, Finished]:
    """The whole text of an answer, and its end."""
    *pieces, end = stream
    assert isinstance(end, Finished)
    return "".join(piece.text for piece in pieces if isinstance(piece, Piece)), end
