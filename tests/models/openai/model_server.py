"""A model server on loopback that does what a test says, and records what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Handler = Callable[["Exchange"], None]


class Exchange:
    """One request, and the means to answer it."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: Any) -> None:
        self.path = handler.path
        self.headers = {key.lower(): value for key, value in handler.headers.items()}
        self.body = body
        self._handler = handler

    def json(self, found: Any, code: int = 200, **headers: str) -> None:
        """Answer with JSON."""
        data = json.dumps(found).encode()
        self._handler.send_response(code)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self._handler.wfile.write(data)

    def events(self) -> None:
        """Begin a stream of events, of no declared length."""
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self._handler.end_headers()

    def raw(self, data: bytes) -> None:
        """Send bytes. Raises OSError once the other side has closed the connection."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def event(self, found: Any) -> None:
        """Send an event with JSON."""
        self.raw(b"data: " + json.dumps(found).encode() + b"\n\n")

    def delta(self, text: str, finish: str | None = None, **more: Any) -> None:
        """Send a piece of an answer."""
        self.event({"choices": [{"delta": {"content": text}, "finish_reason": finish, **more}]})

    def answer(self, *texts: str, finish: str = "stop") -> None:
        """A whole answer as servers stream it."""
        self.events()
        for text in texts:
            self.delta(text)
        self.event({"choices": [{"delta": {}, "finish_reason": finish}]})
        if (self.body.get("stream_options") or {}).get("include_usage"):
            self.event(
                {
                    "choices": [],
                    "usage": {
                        "prompt_tokens": 7,
                        "completion_tokens": len(texts),
                        "prompt_tokens_details": {"cached_tokens": 4},
                    },
                }
            )
        self.raw(b"data: [DONE]\n\n")

    def gone(self) -> None:
        """Return when the other side has closed the connection."""
        while self._handler.connection.recv(1024):
            pass


class ModelServer:
    """A server at `url` whose paths are answered by the handlers in `on`; others with 404."""

    def __init__(self, on: dict[str, Handler]) -> None:
        self.on: dict[str, Handler] = {"/v1/models": lambda http: http.json({"data": [{"id": "tiny"}]}), **on}
        self.asked: list[Exchange] = []
        self._lock = threading.Lock()
        double = self

        class Respond(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                double._respond(self)

            def do_POST(self) -> None:
                double._respond(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # tests close connections in the middle

        self.server = Server(("127.0.0.1", 0), Respond)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"

    def requests(self, path: str) -> list[Any]:
        """Bodies that a path was asked with, in their order."""
        with self._lock:
            return [exchange.body for exchange in self.asked if exchange.path == path]

    def _respond(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        exchange = Exchange(handler, json.loads(handler.rfile.read(length)) if length else None)
        with self._lock:
            self.asked.append(exchange)
        respond = self.on.get(exchange.path)
        if respond is None:
            exchange.json({"error": {"message": "nothing is here"}}, 404)
        else:
            respond(exchange)


@contextmanager
def model_server(on: dict[str, Handler] | None = None, *, chat: Handler | None = None) -> Iterator[ModelServer]:
    """A running server; `chat` answers questions."""
    double = ModelServer({**(on or {}), **({"/v1/chat/completions": chat} if chat else {})})
    thread = threading.Thread(target=double.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.server.shutdown()
        double.server.server_close()
        thread.join()
