"""The connection to the engine: opened late, shared by all threads, opened again after it broke."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from secondme.api.door import Door


class Connection:
    """Opens the door to the engine once for all callers, and again after `drop`.

    `connect` may take seconds (it starts the engine) and raises `SecondMeError`. `on_open` is called in the caller's
    thread each time it was opened.
    """

    def __init__(self, connect: Callable[[], Door], on_open: Callable[[], object] = lambda: None) -> None:
        self._connect = connect
        self._on_open = on_open
        self._lock = threading.Lock()
        self._attempt: Future[Door] | None = None

    def door(self) -> Door:
        """The open door. Blocks while it is being opened; all who wait share one attempt and its error."""
        with self._lock:
            attempt, mine = self._attempt, False
            if attempt is None:
                attempt, mine = Future(), True
                self._attempt = attempt
        if mine:
            try:
                attempt.set_result(self._connect())
            except BaseException as error:
                with self._lock:
                    self._attempt = None
                attempt.set_exception(error)
            else:
                self._on_open()
        return attempt.result()

    @property
    def is_open(self) -> bool:
        """Whether a door is open, as far as anyone noticed."""
        with self._lock:
            attempt = self._attempt
        return attempt is not None and attempt.done()

    def drop(self, door: Door) -> None:
        """Forget a door that no longer answers: the next `door()` connects again."""
        with self._lock:
            attempt = self._attempt
            if attempt is not None and attempt.done() and attempt.result() is door:
                self._attempt = None
