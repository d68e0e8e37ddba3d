"""Whoever goes away ends what was generated for them, down to the model."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from secondme.api import Grant
from secondme.api.programs import EVERYTHING
from tests.e2e.home import Home
from tests.e2e.test_mcp import call, send, start
from tests.e2e.test_serve import serving
from tests.models.openai.model_server import Exchange, model_server

QUESTION = "Please tell me what we did when we were in Lisbon and why."
ENDED_SECONDS = 5.0
"""It takes .2 s; the rest is for machines that are busy. The model itself would never end."""


@dataclass
class EndlessModel:
    """A model that writes until nobody listens."""

    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    ended: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def answer(self, exchange: Exchange) -> None:
        """Begin, and note when the other side has gone."""
        exchange.events()
        exchange.delta("We ")
        self.begun.release()
        exchange.gone()
        self.ended.release()


@pytest.fixture
def model(home: Home, notes: Path) -> Iterator[EndlessModel]:
    """The model of a memory that has notes."""
    endless = EndlessModel()
    with model_server(chat=endless.answer) as server:
        home.ok("config", "set", "server.url", server.url)
        home.ok("ingest", notes)
        yield endless
        home.leave()


def test_who_goes_away_ends_the_model(home: Home, model: EndlessModel) -> None:
    token = home.engine().program_add("desk", Grant(("ask",), (EVERYTHING,))).token
    with serving(home) as (_, port):
        for streams in (True, False):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(request(port, token, streams=streams))
                assert model.begun.acquire(timeout=30)
            assert model.ended.acquire(timeout=ENDED_SECONDS)
    server = start(home.root)
    send(server, call("ask", question=QUESTION))
    assert model.begun.acquire(timeout=30)
    assert server.stdin is not None
    server.stdin.close()
    assert model.ended.acquire(timeout=ENDED_SECONDS)
    assert server.wait(5) == 0


def request(port: int, token: str, *, streams: bool) -> bytes:
    """A question as bytes: only a socket of one's own goes away when it is closed."""
    body = json.dumps({"model": "secondme", "messages": [{"role": "user", "content": QUESTION}], "stream": streams})
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
