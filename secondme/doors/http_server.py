"""`secondme serve`: OpenAI's interface on a port of this machine, for programs with a token; and MCP, if asked for.

What is asked here is off the record: front ends send questions for titles, tags and follow-ups by themselves, and
repeat a question that failed. So nothing can be kept twice.
"""

from __future__ import annotations

import base64
import json
import logging
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from secondme.api import AskEvent, Caller, Delta, Done
from secondme.doors.api_errors import ApiError, api_error, envelope, error_response
from secondme.doors.calls import Engine, Stopping, answer_events
from secondme.doors.chat_reply import Chunks, failed, reply
from secondme.doors.chat_request import MODEL, ChatRequest, chat_request, embedding_request
from secondme.doors.guard import Guard
from secondme.doors.quiet import keep_traces_to_itself
from secondme.errors import EngineUnavailable, SecondMeError
from secondme.ids import new_id

log = logging.getLogger(__name__)

EMBEDDED_AT_ONCE = 64
"""Texts of one call of the engine."""
_PLACES = "GET /v1/models, POST /v1/chat/completions and POST /v1/embeddings"
_UNEXPECTED = "Something unexpected went wrong. `secondme doctor` may say what."

T = TypeVar("T")
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def application(
    engine: Engine, created: int, more: list[BaseRoute] | None = None, lifespan: Lifespan | None = None
) -> Guard:
    """The server. `created`: when it began, in seconds since 1970. `more`: routes besides, behind the same guard."""
    doors = _Doors(engine, created)
    routes: list[BaseRoute] = [
        Route("/v1/models", doors.models, methods=["GET"]),
        Route("/v1/chat/completions", doors.chat, methods=["POST"]),
        Route("/v1/embeddings", doors.embeddings, methods=["POST"]),
        *(more or ()),
    ]
    handlers: Mapping[Any, Any] = {ApiError: _known, 404: _nowhere, 405: _nowhere, Exception: _unexpected}
    return Guard(Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan), engine)


def serve(engine: Engine, port: int, *, with_mcp: bool, started: Callable[[int], None]) -> None:
    """Serve on a port of this machine until it is stopped; `started` gets the port. Raises SecondMeError."""
    import uvicorn

    keep_traces_to_itself("uvicorn")
    more: list[BaseRoute] = []
    lifespan: Lifespan | None = None
    if with_mcp:
        from secondme.doors.mcp_server import http_routes

        more, lifespan = http_routes(engine)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise EngineUnavailable(
                f"Port {port} cannot be used ({error.strerror}).", "Name another one with --port.", "Nothing runs."
            ) from error
        listener.listen(64)
        started(listener.getsockname()[1])
        app = application(engine, int(time.time()), more, lifespan)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        uvicorn.Server(config).run(sockets=[listener])


class _Doors:
    """What stands at each address."""

    def __init__(self, engine: Engine, created: int) -> None:
        self._engine = engine
        self._created = created

    async def models(self, _: Request) -> Response:
        """GET /v1/models."""
        model = {"id": MODEL, "object": "model", "created": self._created, "owned_by": "secondme"}
        return JSONResponse({"object": "list", "data": [model]})

    async def chat(self, request: Request) -> Response:
        """POST /v1/chat/completions."""
        asked = chat_request(await _json(request))
        return _Answer(self._engine, request.state.caller, asked)

    async def embeddings(self, request: Request) -> Response:
        """POST /v1/embeddings."""
        wanted = embedding_request(await _json(request))
        caller: Caller = request.state.caller

        def work() -> list[list[float]]:
            door = self._engine.door()
            groups = range(0, len(wanted.texts), EMBEDDED_AT_ONCE)
            texts = (wanted.texts[first : first + EMBEDDED_AT_ONCE] for first in groups)
            return [vector for group in texts for vector in door.program_embed(caller, group)]

        vectors = await _in_thread(work)
        data = [
            {"object": "embedding", "index": place, "embedding": _base64(vector) if wanted.as_base64 else vector}
            for place, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 0, "total_tokens": 0}
        return JSONResponse({"object": "list", "data": data, "model": MODEL, "usage": usage})


class _Answer(Response):
    """An answer, whole or streamed. When the client goes away, the engine stops at once."""

    def __init__(self, engine: Engine, caller: Caller, asked: ChatRequest) -> None:
        super().__init__()
        self._engine = engine
        self._caller = caller
        self._asked = asked
        self._stopping = Stopping()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with anyio.create_task_group() as group:

            async def watch() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                group.cancel_scope.cancel()

            group.start_soon(watch)
            try:
                await self._respond(scope, receive, send)
            finally:
                with anyio.CancelScope(shield=True):
                    await anyio.to_thread.run_sync(self._stop)
            group.cancel_scope.cancel()

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        chunks = Chunks(f"chatcmpl-{new_id()}", int(time.time()), self._asked.with_usage)
        begun, answer = False, None
        try:
            events = await _in_thread(self._open)
            while (event := await _in_thread(lambda: next(events, None))) is not None:
                answer = event.answer if isinstance(event, Done) else answer
                if not self._asked.streams:
                    continue
                if not begun:  # a refusal comes before the first event, and has a status of its own
                    await send({"type": "http.response.start", "status": 200, "headers": _STREAM_HEADERS})
                    await _send(send, chunks.begin())
                    begun = True
                for chunk in _chunks(chunks, event):
                    await _send(send, chunk)
            if answer is None:
                raise ApiError(500, "The answer broke off.", code="incomplete")
        except ApiError as error:
            if not begun:
                await error_response(error)(scope, receive, send)
                return
            for chunk in failed(envelope(error)):
                await _send(send, chunk)
        if begun:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        elif answer is not None:
            await JSONResponse(reply(answer, chunks.reply_id, chunks.created))(scope, receive, send)

    def _open(self) -> Iterator[AskEvent]:
        asked = self._asked
        return answer_events(self._engine.door(), self._caller, asked.question, self._stopping, asked.earlier)

    def _stop(self) -> None:
        try:
            self._stopping.stop()
        except SecondMeError as error:  # it has ended with its engine
            log.info("an answer was not stopped: %s", type(error).__name__)


_STREAM_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store")]


def _chunks(chunks: Chunks, event: AskEvent) -> Iterator[str]:
    """What a client is sent for an event."""
    if isinstance(event, Delta):
        yield chunks.piece(event.text)
    elif isinstance(event, Done):
        yield from chunks.end(event.answer)


async def _send(send: Send, chunk: str) -> None:
    if chunk:
        await send({"type": "http.response.body", "body": chunk.encode(), "more_body": True})


async def _in_thread(work: Callable[[], T]) -> T:
    """The result of work that blocks. Raises ApiError for whatever goes wrong there."""
    try:
        return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
    except SecondMeError as error:
        raise api_error(error) from error
    except Exception as error:  # a program must never see a stack trace
        log.error("a request failed: %s", type(error).__name__)
        raise ApiError(500, _UNEXPECTED, code="failed") from error


async def _json(request: Request) -> Mapping[str, Any]:
    """The body of a request. Raises ApiError where it is no object of JSON."""
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ApiError(400, "The body is no object of JSON.", code="invalid_json")
    return found


def _base64(vector: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


async def _known(_: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error_response(error)


async def _nowhere(_: Request, __: Exception) -> Response:
    return error_response(ApiError(404, f"Nothing is here; this server answers {_PLACES}.", code="not_found"))


async def _unexpected(_: Request, error: Exception) -> Response:
    log.error("a request failed: %s", type(error).__name__)
    return error_response(ApiError(500, _UNEXPECTED, code="failed"))
