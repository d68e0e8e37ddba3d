"""A tool call as an operation of the engine: arguments in, text out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from secondme import __version__
from secondme.api import AskEvent, Caller, Done, Failed, Started, Turn
from secondme.api.wire import error_of
from secondme.doors.texts import answer_text, facts_text, passage_text, passages_text, remembered_text
from secondme.errors import EngineUnavailable
from secondme.places import Places
from secondme.server.client import EngineClient, client, connect


class Engine:
    """The engine as a door that stays open for days needs it: it is looked for at each call, and started if need be.

    Safe from several threads.
    """

    def __init__(self, where: Places) -> None:
        self._where = where
        self._lock = threading.Lock()
        self._client: EngineClient | None = None

    def door(self) -> EngineClient:
        """The running engine. Raises SecondMeError when it cannot start, or is of another version than this door:
        of two doors, each of which starts its own version, neither could work."""
        with self._lock:
            if self._client is None:
                self._client = client(self._where)
            version = self._client.hello()
            if version is None:
                self._client = connect(self._where)
            elif version != __version__:
                raise EngineUnavailable(
                    f"This connection is of version {__version__}, and the memory now of {version}.",
                    "Start the program that asks anew.",
                )
            return self._client


class Stopping:
    """Says to work on another thread that nobody waits for it any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = False
        self._end: Callable[[], None] | None = None

    def when_stopped(self, end: Callable[[], None] | None) -> None:
        """Call `end` when it is stopped, at once if it is already; None once there is nothing to end."""
        with self._lock:
            self._end, stopped = end, self._stopped
        if stopped and end is not None:
            end()

    def stop(self) -> None:
        """Nobody waits any more."""
        with self._lock:
            self._stopped, end = True, self._end
        if end is not None:
            end()


def answer_events(
    engine: EngineClient, caller: Caller, question: str, stopping: Stopping, earlier: Sequence[Turn] = ()
) -> Iterator[AskEvent]:
    """The events of an answer; the engine stops it as soon as `stopping` says so.

    Raises SecondMeError where the engine refuses or fails.
    """
    events = engine.program_ask(caller, question, earlier=earlier)
    try:
        for event in events:
            if isinstance(event, Started):
                stopping.when_stopped(partial(engine.stop, event.message_id))
            if isinstance(event, Failed):
                raise error_of(event)
            yield event
    finally:
        stopping.when_stopped(None)
        close = getattr(events, "close", None)
        if close is not None:
            close()


Call = Callable[[EngineClient, Caller, Mapping[str, Any], Stopping], str]


def _recall(engine: EngineClient, caller: Caller, given: Mapping[str, Any], _: Stopping) -> str:
    return passages_text(engine.program_recall(caller, **given))


def _read(engine: EngineClient, caller: Caller, given: Mapping[str, Any], _: Stopping) -> str:
    return passage_text(engine.program_read(caller, given["id"], around=given["around"]))


def _facts(engine: EngineClient, caller: Caller, given: Mapping[str, Any], _: Stopping) -> str:
    return facts_text(engine.program_facts(caller, **given))


def _ask(engine: EngineClient, caller: Caller, given: Mapping[str, Any], stopping: Stopping) -> str:
    events = answer_events(engine, caller, given["question"], stopping)
    answers = [event.answer for event in events if isinstance(event, Done)]
    return answer_text(answers[-1]) if answers else ""


def _remember(engine: EngineClient, caller: Caller, given: Mapping[str, Any], _: Stopping) -> str:
    return remembered_text(engine.program_remember(caller, **given))


CALLS: Mapping[str, Call] = {"recall": _recall, "read": _read, "facts": _facts, "ask": _ask, "remember": _remember}
"""What each tool does."""
