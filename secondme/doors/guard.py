"""What every request has to pass before anything reads it: from this machine, no web page, not too large, a token."""

from __future__ import annotations

import re
from collections import deque

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from secondme.api import Caller
from secondme.doors.api_errors import ApiError, api_error, error_response
from secondme.doors.calls import Engine
from secondme.errors import SecondMeError

MOST_BODY = 4 * 1024 * 1024
"""Bytes of a request's body."""
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)
_BEARER = re.compile(r"Bearer +([\x21-\x7e]{1,200})", re.ASCII | re.IGNORECASE)


class Guard:
    """ASGI middleware. The program that calls is in the scope's state as `caller` afterwards."""

    def __init__(self, app: ASGIApp, engine: Engine) -> None:
        self._app = app
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            check_place(headers)
            caller = caller_of(headers)
            await anyio.to_thread.run_sync(self._check, caller)
            body = await _body(headers, receive)
        except ApiError as error:
            await error_response(error)(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        await self._app(scope, _replay(body, receive), send)

    def _check(self, caller: Caller) -> None:
        try:
            program = self._engine.door().program_check(caller)
        except SecondMeError as error:
            raise api_error(error) from error
        if program.state == "expired":
            raise ApiError(401, f"The leave of {program.name} has expired.", code="expired")
        if program.state == "paused":
            raise ApiError(403, f"{program.name} is paused.", code="paused")


def check_place(headers: Headers) -> None:
    """Whether a request comes from a program on this machine and from no foreign web page. Raises ApiError.

    A name of this machine that is not loopback's may be one that a foreign page gave itself (DNS rebinding).
    """
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not _LOOPBACK.fullmatch(hosts[0]):
        raise ApiError(421, "This server is called 127.0.0.1 or localhost.", code="wrong_host")
    for origin in headers.getlist("origin"):
        scheme, _, host = origin.partition("://")
        if scheme not in ("http", "https") or not _LOOPBACK.fullmatch(host):
            raise ApiError(403, "Pages of other origins may not ask.", code="wrong_origin")


def caller_of(headers: Headers) -> Caller:
    """The program whose token a request carries. Raises ApiError where it carries none."""
    found = [_BEARER.fullmatch(value) for value in headers.getlist("authorization")]
    if len(found) != 1 or found[0] is None:
        raise ApiError(401, "Send a program's token as `Authorization: Bearer …`.", code="invalid_api_key")
    return Caller(token=found[0].group(1))


async def _body(headers: Headers, receive: Receive) -> bytes:
    """The whole body. Raises ApiError where it is too large or never came to its end."""
    too_large = ApiError(413, f"A request may have {MOST_BODY // 1024 // 1024} MB.", code="too_large")
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > 12 or int(declared) > MOST_BODY:
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ApiError(400, "The request broke off.", code="incomplete")
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            raise too_large
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Messages of a request whose body was read already."""
    waiting = deque[Message]([{"type": "http.request", "body": body, "more_body": False}])

    async def again() -> Message:
        return waiting.popleft() if waiting else await receive()

    return again
