"""Requests to a model server over HTTP, at exactly the place that was checked."""

from __future__ import annotations

import asyncio
import json
import queue
import ssl
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from models.protocol import ModelAway, ModelError
from models.protocol.place import CONNECT_SECONDS, Place
from models.protocol.printable import printable

if TYPE_CHECKING:
    import httpx

Json: TypeAlias = dict[str, Any]

READ_SECONDS = 30.0
"""How long a short request (list of models, count of tokens) may take."""
SILENCE_SECONDS = 600.0
"""How long a server may read a prompt before its first token; a person can cancel at any time."""
_LARGEST_LINE = 4 << 20
_LARGEST_ANSWER = 64 << 20
_LARGEST_ERROR = 1 << 16


class Refusal(ModelError):
    """The server answered with an error: `code` is the HTTP status, `message` its own words, safe for the screen."""

    def __init__(self, what: str, remedy: str, code: int, message: str) -> None:
        super().__init__(what, remedy)
        self.code = code
        self.message = message


class ServerConnection:
    """Talks to a server. Every request has a connection of its own, closed at its end.

    Redirects are not followed, and the environment's proxies and passwords are not used: what is sent reaches the
    checked host or nobody.
    """

    def __init__(
        self, place: Place, key: str = "", *, url_setting: str = "server.url", model_setting: str = "server.model"
    ) -> None:
        """`key` is sent as a bearer token; empty: none. Errors name the settings for another address or model."""
        self.place = place
        self._key = key
        self._url_setting = url_setting
        self._model_setting = model_setting
        self._tls: ssl.SSLContext | None = None

    def get(self, path: str) -> Json:
        """The JSON object at a path that begins with a slash. Raises ModelError."""
        return self._answer("GET", path, None, READ_SECONDS)

    def post(self, path: str, body: Mapping[str, Any], seconds: float = READ_SECONDS) -> Json:
        """The JSON object that answers a body. Raises ModelError, also after `seconds` without a byte."""
        return self._answer("POST", path, body, seconds)

    def stream(self, path: str, body: Mapping[str, Any]) -> Stream:
        """Send a body, and receive the answer line by line."""
        return Stream(self, path, body)

    def _answer(self, method: str, path: str, body: Mapping[str, Any] | None, seconds: float) -> Json:
        import httpx

        try:
            with (
                httpx.Client(**self._options(seconds)) as client,
                client.stream(method, path, json=body) as response,
            ):
                data = b""
                for part in response.iter_bytes():
                    data += part
                    if len(data) > _LARGEST_ANSWER:
                        raise self.bad_answer()
        except httpx.HTTPError as error:
            raise self.failure(error) from error
        if response.status_code != 200:
            raise self.refusal(response.status_code, data, response.headers)
        try:
            found = json.loads(data)
        except ValueError as error:
            raise self.bad_answer() from error
        if not isinstance(found, dict):
            raise self.bad_answer()
        return found

    def _options(self, seconds: float) -> dict[str, Any]:
        import httpx

        secure = self.place.scheme == "https"
        if secure and self._tls is None:
            self._tls = httpx.create_ssl_context(trust_env=False)
        headers = {"Host": self.place.authority, "User-Agent": "secondme"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return {
            "base_url": self.place.base(),
            "headers": headers,
            "timeout": httpx.Timeout(seconds, connect=CONNECT_SECONDS),
            "follow_redirects": False,
            "trust_env": False,
            # Making a TLS context takes 20 ms, and nothing on this connection would use it.
            "verify": self._tls or False,
        }

    @asynccontextmanager
    async def open(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[httpx.Response]:
        """A response whose body has not been read."""
        import httpx

        async with (
            httpx.AsyncClient(**self._options(SILENCE_SECONDS)) as client,
            client.stream("POST", path, json=body) as response,
        ):
            yield response

    def failure(self, error: Exception) -> ModelAway:
        """The error for a failed connection."""
        import httpx

        where = self.place.text
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            remedy = f"Start it, or name another with `secondme config set {self._url_setting} URL`."
            return ModelAway(f"No model server can be reached {_at(where)}.", remedy)
        if isinstance(error, httpx.TimeoutException):
            return ModelAway(f"The model server {_at(where)} said nothing for too long.", "Ask again.")
        return self.broken_off()

    def broken_off(self) -> ModelAway:
        """The error for a connection that ended before the answer did."""
        return ModelAway(f"The connection to the model server {_at(self.place.text)} broke off.", "Ask again.")

    def bad_answer(self) -> ModelError:
        """The error for an answer that no such server gives."""
        return ModelError(
            f"What answers {_at(self.place.text)} is not an OpenAI-compatible model server.",
            f"See which address it tells itself, and name it with `secondme config set {self._url_setting} URL`.",
        )

    def refusal(self, code: int, body: bytes, headers: Mapping[str, str]) -> ModelError:
        """The error for an HTTP status other than 200."""
        message = _message(body)
        server = f"The model server {_at(self.place.text)}"
        if 300 <= code < 400:
            target = _safe(headers.get("location", "another address"))
            what = f"{server} wants the request sent to {target}, which is not done."
            return Refusal(
                what, f"Name the right address with `secondme config set {self._url_setting} URL`.", code, message
            )
        if code in (401, 403):
            what = f"{server} wants a key{' other than the one it got' if self._key else ''}."
            remedy = "Name the environment variable that holds it: `secondme config set server.key_variable NAME`."
            return Refusal(what, remedy, code, message)
        if code == 404:
            what = f"{server} does not know this model or address{_because(message)}."
            return Refusal(what, f"Name one with `secondme config set {self._model_setting} NAME`.", code, message)
        if code == 429:
            return Refusal(f"{server} is asked too much{_because(message)}.", "Ask again later.", code, message)
        return Refusal(
            f"{server} failed with status {code}{_because(message)}.", "Ask again, or see its log.", code, message
        )


class Stream:
    """The lines of an answer as they come, read by a thread that `close` ends at any time.

    Even while the server is silent: a server stops computing when its connection is closed.
    """

    def __init__(self, connection: ServerConnection, path: str, body: Mapping[str, Any]) -> None:
        self._connection = connection
        self._path = path
        self._body = body
        self.closed = False
        """Whether `close` was called."""
        self._lines: queue.SimpleQueue[str | ModelError | None] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(self._talk())
        self._thread = threading.Thread(target=self._run, name="model-server", daemon=True)
        self._thread.start()

    def next(self, timeout: float) -> str | None:
        """The next line that is not blank; None at the end; an empty line if none came within `timeout` seconds.

        Raises ModelError, Refusal among them.
        """
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            return ""
        if isinstance(line, ModelError):
            raise line
        return line

    def close(self) -> None:
        """Close the connection, and wait until it is closed. Afterwards the answer is at its end."""
        self.closed = True
        try:
            self._loop.call_soon_threadsafe(self._task.cancel)
        except RuntimeError:  # it has ended and its loop is closed
            return
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            self._lines.put(None)
        finally:
            self._loop.close()

    async def _talk(self) -> None:
        import httpx

        connection = self._connection
        try:
            async with connection.open(self._path, self._body) as response:
                if response.status_code != 200:
                    body = await _beginning(response)
                    self._lines.put(connection.refusal(response.status_code, body, response.headers))
                    return
                if "event-stream" not in response.headers.get("content-type", ""):
                    self._lines.put(connection.bad_answer())
                    return
                async for line in _lines(response):
                    self._lines.put(line)
            self._lines.put(None)
        except httpx.HTTPError as error:
            self._lines.put(connection.failure(error))
        except (_TooLong, UnicodeError):
            self._lines.put(connection.bad_answer())


class _TooLong(Exception):
    """A line of an answer is longer than the line of any token."""


async def _lines(response: httpx.Response) -> AsyncIterator[str]:
    """Lines that are not blank. httpx's own `aiter_lines` would gather a line of any length."""
    held = b""
    async for data in response.aiter_bytes():
        *lines, held = (held + data).split(b"\n")
        if len(held) > _LARGEST_LINE:
            raise _TooLong
        for line in lines:
            if line.strip():
                yield line.decode("utf-8").strip()
    if held.strip():
        yield held.decode("utf-8").strip()


async def _beginning(response: httpx.Response) -> bytes:
    body = b""
    async for data in response.aiter_bytes():
        body += data
        if len(body) >= _LARGEST_ERROR:
            break
    return body[:_LARGEST_ERROR]


def _message(body: bytes) -> str:
    """The message in the body of a server's error, in any of the shapes that servers use."""
    try:
        found = json.loads(body)
    except ValueError:
        return _safe(body.decode("utf-8", "replace"))
    for key in ("error", "message", "detail"):
        if isinstance(found, dict) and key in found:
            found = found[key]
    return _safe(found if isinstance(found, str) else json.dumps(found))


def _safe(text: str) -> str:
    """A server's words on a single line, without characters that steer a terminal."""
    return printable(" ".join(text.split()), 200)


def _because(message: str) -> str:
    return f" ({message.rstrip('.')})" if message else ""


def _at(where: str) -> str:
    return where if where.startswith("on ") else f"at {where}"
