"""A hub for tests: an HTTP server on loopback that speaks what `huggingface_hub` asks, and misbehaves on order.

Repositories live in memory. A `Fault` says what the next answers for a file do wrong; each is used up once.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Fault:
    """What goes wrong with an answer. Nothing set: nothing does."""

    drop_after: int | None = None
    """Close the connection after so many bytes of the body."""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    ignore_range: bool = False
    content: bytes | None = None
    """Another content than the repository's."""
    html: bool = False
    redirect: str = ""
    """Where to; `{path}` is the path that was asked for."""
    shift_range: int = 0
    """Send a range that starts so many bytes later than asked."""
    say_size: int | None = None
    """Announce this size for the whole file."""
    chunked: bool = False
    """Announce no size at all."""
    hold: threading.Event | None = None
    """Send the headers and half of the body, then nothing until this is set."""


@dataclass
class Repository:
    """Files by name, at a commit."""

    files: dict[str, bytes]
    commit: str = COMMIT
    tags: list[str] = field(default_factory=list)
    licence: str = "apache-2.0"
    small: int = 1000
    """Smaller files are kept in git and have no sha256."""
    lies: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Fields of a file's entry in the listing that are changed."""
    refused: tuple[int, str] = (0, "")
    """Status and X-Error-Code for everything about this repository."""

    def sibling(self, name: str) -> dict[str, Any]:
        """The entry of a file in the listing."""
        content = self.files[name]
        entry: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": git_id(content)}
        if len(content) >= self.small:
            sha256 = hashlib.sha256(content).hexdigest()
            entry["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
        return entry | self.lies.get(name, {})


@dataclass
class Request:
    """What was asked."""

    method: str
    path: str
    headers: dict[str, str]

    @property
    def start(self) -> int:
        """Where the range began that was asked for."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("range", ""))
        return int(found[1]) if found else 0


class HubDouble:
    """The server; `url` is its endpoint. `sent` counts bytes of files over all answers."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.faults: dict[str, list[Fault]] = {}
        """By path of a file, or `api`."""
        self.requests: list[Request] = []
        self.sent = 0
        self.on_bytes: Callable[[int], None] = lambda sent: None
        """Called after each block with the bytes sent in all."""
        self.block = 1 << 16
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with suppress(ConnectionError):
                    double._answer(self)

            def do_HEAD(self) -> None:
                with suppress(ConnectionError):
                    double._answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that died is no error here."""
                if not isinstance(sys.exception(), ConnectionError):
                    super().handle_error(request, client_address)

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()

    def add(self, name: str, files: dict[str, bytes], **about: Any) -> Repository:
        """Offer a repository."""
        self.repositories[name] = Repository(files, **about)
        return self.repositories[name]

    def asked_for(self, path: str) -> list[Request]:
        """Requests of a file's content."""
        return [request for request in self.requests if "/resolve/" in request.path and request.path.endswith(path)]

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(handler.path).path)
        self.requests.append(Request(handler.command, path, {k.lower(): v for k, v in handler.headers.items()}))
        api = re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/(.+))?", path)
        if api:
            self._list(handler, api[1], api[2] or "main")
            return
        found = re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path)
        if found:
            self._send_file(handler, found[1], found[2], found[3])
            return
        self._say(handler, 404, b"{}")

    def _next_fault(self, key: str) -> Fault:
        waiting = self.faults.get(key, [])
        return waiting.pop(0) if waiting else Fault()

    def _list(self, handler: BaseHTTPRequestHandler, name: str, revision: str) -> None:
        fault = self._next_fault("api")
        if fault.html:
            self._say(handler, 200, b"<html>Please log in</html>", {"Content-Type": "text/html"})
            return
        if fault.status:
            self._say(handler, fault.status, b"{}", fault.headers)
            return
        repository = self.repositories.get(name)
        if repository is None:
            self._say(handler, 404, b"{}", {"X-Error-Code": "RepoNotFound"})
            return
        if repository.refused[0]:
            self._say(handler, repository.refused[0], b"{}", {"X-Error-Code": repository.refused[1]})
            return
        if revision not in ("main", repository.commit):
            self._say(handler, 404, b"{}", {"X-Error-Code": "RevisionNotFound"})
            return
        answer = {
            "id": name,
            "modelId": name,
            "sha": repository.commit,
            "tags": repository.tags,
            "cardData": {"license": repository.licence},
            "siblings": [repository.sibling(file) for file in repository.files],
        }
        self._say(handler, 200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def _send_file(self, handler: BaseHTTPRequestHandler, name: str, revision: str, path: str) -> None:
        fault = self._next_fault(path)
        repository = self.repositories.get(name)
        if fault.redirect:
            self._say(handler, 302, b"", {"Location": fault.redirect.format(path=handler.path)})
            return
        if fault.status:
            self._say(handler, fault.status, b"", fault.headers)
            return
        if fault.html:
            self._say(handler, 200, b"<html>Please log in</html>" * 40, {"Content-Type": "text/html"})
            return
        if repository is None or path not in repository.files or revision != repository.commit:
            self._say(handler, 404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        if repository.refused[0]:
            self._say(handler, repository.refused[0], b"", {"X-Error-Code": repository.refused[1]})
            return
        content = repository.files[path] if fault.content is None else fault.content
        start = _start(handler)
        ranged = start > 0 and not fault.ignore_range
        if ranged and start >= len(content):
            self._say(handler, 416, b"", {"Content-Range": f"bytes */{len(content)}"})
            return
        first = start + fault.shift_range if ranged else 0
        body = memoryview(content)[first:]
        size = len(content) if fault.say_size is None else fault.say_size
        handler.send_response(206 if ranged else 200)
        handler.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        handler.send_header("X-Repo-Commit", repository.commit)
        handler.send_header("Content-Type", "application/octet-stream")
        if ranged:
            handler.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
        if fault.chunked:
            handler.send_header("Connection", "close")
        else:
            handler.send_header("Content-Length", str(size - first))
        handler.end_headers()
        if handler.command == "HEAD":
            return
        if fault.drop_after is not None:
            body = body[: fault.drop_after]
        for at in range(0, len(body), self.block):
            if fault.hold is not None and at >= len(body) // 2:
                fault.hold.wait()
                break
            block = body[at : at + self.block]
            handler.wfile.write(block)
            self.sent += len(block)
            self.on_bytes(self.sent)
        if fault.drop_after is not None or fault.chunked or fault.hold is not None or len(body) != size - first:
            handler.close_connection = True

    @staticmethod
    def _say(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        handler.send_response(status)
        for key, value in (headers or {}).items():
            handler.send_header(key, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)


def _start(handler: BaseHTTPRequestHandler) -> int:
    found = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
    return int(found[1]) if found else 0


def git_id(content: bytes) -> str:
    """The id that git gives a content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@contextmanager
def running_hub() -> Iterator[HubDouble]:
    """A hub that is ended afterwards."""
    hub = HubDouble()
    try:
        yield hub
    finally:
        hub.close()
