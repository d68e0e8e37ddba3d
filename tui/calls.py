"""Calls to the engine from threads; their results come back as messages.

Textual's own thread workers would keep the app from closing while they wait for a silent engine, so these
are daemon threads, each inside an ordinary Textual worker.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from traceback import extract_tb

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import Worker

from secondme.api.door import Door
from secondme.errors import EngineUnavailable, SecondMeError
from tui.app_log import LOG
from tui.commands import in_app
from tui.connection import Connection
from tui.messages import CallFailed

Work = Callable[[Door], Iterator[Message]]
"""What a call does: it may block, it touches no widget, and it yields messages. Closing it early stops it."""


class Calls:
    """Runs work against the engine and posts what it yields to a widget or screen."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, target: DOMNode, work: Work, group: str, *, exclusive: bool = False) -> Worker[None]:
        """Start `work` in a thread; `exclusive` cancels the group's earlier calls of this target.

        An error ends in `CallFailed(group, error)`. Cancelling the worker ends the posting at once, and
        the work at its next message.
        """
        return target.run_worker(
            partial(self._run, target, work, group), name=group, group=group, exclusive=exclusive, exit_on_error=False
        )

    async def _run(self, target: DOMNode, work: Work, group: str) -> None:
        stopped = threading.Event()

        def post(message: Message) -> None:
            if not stopped.is_set():
                target.post_message(message)

        def body() -> None:
            try:
                if not attempt(again=True):
                    attempt(again=False)
            except SecondMeError as error:
                LOG.warning("%s failed: %s", group.split()[0], type(error).__name__)
                error.what, error.remedy = in_app(target.app, error.what), in_app(target.app, error.remedy)
                post(CallFailed(group, error))
            except Exception as error:  # a bug must not close the app
                LOG.error("%s failed: %s in %s", group.split()[0], type(error).__name__, _place(error))
                what = f"Something unexpected went wrong ({type(error).__name__}: {error})."
                post(CallFailed(group, SecondMeError(what, "Run `secondme doctor` in a terminal.")))

        def attempt(*, again: bool) -> bool:
            """Do the work. False when the engine was gone before the first message, and `again` allows a retry."""
            door = self._connection.door()
            begun = False
            try:
                messages = work(door)
                try:
                    while not stopped.is_set() and (message := next(messages, None)) is not None:
                        begun = True
                        post(message)
                finally:
                    if isinstance(messages, Generator):
                        messages.close()
            except EngineUnavailable:
                self._connection.drop(door)
                if again and not begun and not stopped.is_set():
                    return False
                raise
            return True

        try:
            await _daemon(body, group)
        except asyncio.CancelledError:
            stopped.set()
            raise


def _place(error: BaseException) -> str:
    """Where an error was raised, `activity.py:120`; its words may hold a memory's text and are not logged."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


async def _daemon(body: Callable[[], None], name: str) -> None:
    """Run `body` in a daemon thread with this context and wait for its end."""
    loop = asyncio.get_running_loop()
    ended = loop.create_future()

    def finish() -> None:
        if not ended.done():
            ended.set_result(None)

    def run() -> None:
        try:
            body()
        finally:
            with suppress(RuntimeError):  # the app has closed in the meantime
                loop.call_soon_threadsafe(finish)

    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name=f"call-{name}", daemon=True).start()
    await ended
