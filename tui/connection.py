"""The connection to the engine: opened late, shared by all threads, opened again after it broke."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from secondme.api.door import Door


class Connection:
    """Opens the door to the engine once for all callers, and again after `drop`.

    `connect` may take seconds (it starts the engine) and raises `SecondMeError`.
    """

    def __init__(self, connect: Callable[[], Door]) -> None:
        self._connect = connect
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
        return attempt.result()

    def drop(self, door: Door) -> None:
        """Forget a door that no longer answers: the next `door()` connects again."""
        with self._lock:
            attempt = self._attempt
            if attempt is not None and attempt.done() and attempt.result() is door:
                self._attempt = None
