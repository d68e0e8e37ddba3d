"""The engine's socket: each operation of the Door is one POST; streams are JSON Lines."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from models.protocol import ModelError
from secondme.api import Failed, Started
from secondme.api.door import Door
from secondme.api.operations import operation
from secondme.api.wire import encode, error_to_wire
from secondme.errors import SecondMeError
from storage.database import StoreError

log = logging.getLogger(__name__)


class Traffic:
    """Which doors are open and when the last one closed, so that the engine knows when it may leave."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self.last = time.monotonic()
        self.leave = False

    def enter(self) -> None:
        """A request came in."""
        with self._lock:
            self._open += 1

    def exit(self) -> None:
        """A request ended."""
        with self._lock:
            self._open -= 1
            self.last = time.monotonic()

    def idle_seconds(self) -> float:
        """Seconds since the last request ended; 0 while a request is open."""
        with self._lock:
            return 0.0 if self._open else time.monotonic() - self.last


def application(engine: Door, traffic: Traffic, version: str, door: type = Door) -> Starlette:
    """The routes: a POST for each operation of `door`."""

    async def call(request: Request) -> Response:
        name = request.path_params["operation"]
        if name == "hello":
            return JSONResponse({"version": version})
        if name == "leave":
            traffic.leave = True
            return JSONResponse(None)
        entry = operation(name, door)
        if entry is None:
            return JSONResponse({"error": "UsageError", "what": f"There is no operation {name}."}, 404)
        arguments = entry.decoded(json.loads(await request.body() or "{}"))
        traffic.enter()
        if entry.streams:
            return StreamingResponse(_stream(engine, name, arguments, traffic), media_type="application/x-ndjson")
        try:
            result = await run_in_threadpool(getattr(engine, name), **arguments)
            return Response(encode(result), media_type="application/json")
        except (SecondMeError, StoreError, ModelError) as error:
            return JSONResponse(error_to_wire(with_remedy(error)), 400)
        except Exception as error:  # a door must never see a stack trace
            log.exception("the operation %s failed", name)
            return JSONResponse(error_to_wire(with_remedy(error)), 500)
        finally:
            traffic.exit()

    return Starlette(routes=[Route("/v1/{operation}", call, methods=["POST"])])


def with_remedy(error: Exception) -> SecondMeError:
    """Any error as an error with a remedy."""
    if isinstance(error, SecondMeError):
        return error
    if isinstance(error, StoreError | ModelError):
        return SecondMeError(error.what, error.remedy)
    return SecondMeError(
        f"Something unexpected went wrong ({type(error).__name__}).",
        "The engine's log says more (`secondme paths`).",
        "What was acknowledged is safe.",
    )


async def _stream(engine: Door, name: str, arguments: dict[str, Any], traffic: Traffic) -> AsyncIterator[str]:
    """Lines of a stream. The work runs on a thread of its own; when the door goes away it is closed."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    gone = threading.Event()
    answering: list[str] = []

    def put(line: str | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(lines.put_nowait, line)

    def work() -> None:
        items: Iterator[Any] | None = None
        try:
            items = getattr(engine, name)(**arguments)
            assert items is not None
            for item in items:
                if isinstance(item, Started):
                    answering.append(item.message_id)
                put(encode(item) + "\n")
                if gone.is_set():
                    break
        except Exception as error:  # the door gets a sentence, the log the rest
            known = with_remedy(error)
            if not isinstance(error, SecondMeError | StoreError | ModelError):
                log.exception("the stream %s failed", name)
            put(encode(Failed(known.what, known.remedy, known.safe, known.exit_code)) + "\n")
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()
            traffic.exit()
            put(None)

    threading.Thread(target=work, name=f"stream-{name}", daemon=True).start()
    try:
        while (line := await lines.get()) is not None:
            yield line
    finally:
        gone.set()
        for message_id in answering:
            engine.stop(message_id)
