"""`secondme serve` as a process of its own."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import AuthenticationError, OpenAI

from secondme.api import Grant
from secondme.api.programs import EVERYTHING
from tests.e2e.home import Home

LOOPBACK = "0100007F"
"""127.0.0.1 as the kernel lists it."""


@contextmanager
def serving(home: Home, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server on a free port; the process and the port."""
    server = subprocess.Popen(
        [sys.executable, "-P", "-m", "secondme", "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home.environment,
        text=True,
    )
    try:
        assert server.stderr is not None
        told = re.search(r"127\.0\.0\.1:(\d+)/v1", server.stderr.readline())
        assert told is not None
        yield server, int(told.group(1))
    finally:
        server.kill()
        server.wait()


def test_it_listens_on_loopback_only_and_ends_with_ctrl_c(home: Home) -> None:
    with serving(home) as (server, port):
        listeners = [
            line.split()[1]
            for table in ("tcp", "tcp6")
            for line in Path(f"/proc/{server.pid}/net/{table}").read_text().splitlines()[1:]
        ]
        assert [address for address in listeners if address.endswith(f":{port:04X}")] == [f"{LOOPBACK}:{port:04X}"]
        assert httpx.get(f"http://127.0.0.1:{port}/v1/models", trust_env=False).status_code == 401
        server.send_signal(signal.SIGINT)
        out, errors = server.communicate(timeout=20)
        assert (out, "Traceback" in errors) == ("", False)


def test_a_port_that_is_taken_is_said_in_one_sentence(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = home.run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "Name another one with --port." in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_client_of_openai_gets_answers_and_vectors_from_a_real_memory(home: Home, notes: Path) -> None:
    home.ok("config", "set", "model.path", "none")
    home.ok("ingest", notes)
    engine = home.engine()
    token = engine.program_add("desk", Grant(("ask",), (EVERYTHING,))).token
    question: list[Any] = [{"role": "user", "content": "Where is the spare key?"}]
    with serving(home) as (_, port), OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key=token) as client:
        said = client.chat.completions.create(model="secondme", messages=question).choices[0].message
        assert said.content is not None and "kitchen door" in said.content
        assert said.content.endswith("\n\nSources:\n[1] car.md:1")
        assert said.annotations
        chunks = client.chat.completions.create(model="secondme", messages=question, stream=True)
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == said.content
        one, other = (entry.embedding for entry in client.embeddings.create(model="secondme", input=["a", "b"]).data)
        assert len(one) == len(other) > 100
        assert engine.chats() == []  # nothing was kept
        engine.program_token("desk")
        with pytest.raises(AuthenticationError):  # the token is void
            client.models.list()
