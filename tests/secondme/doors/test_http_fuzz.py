"""Whatever comes to the port, an answer is JSON with a status that fits, and the server goes on."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondme.doors.http_server import application
from secondme.doors.mcp_server import http_routes
from tests.secondme.doors.http_service import listening
from tests.secondme.doors.sample_engine import SampleDoor, SampleEngine
from tests.secondme.doors.test_mcp_fuzz import messages

SHARED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EXPECTED = {200, 400, 401, 403, 404, 413, 421}
PATHS = ("/v1/models", "/v1/chat/completions", "/v1/embeddings", "/", "/v1/../v1/models", "//", "/mcp", "/%00")

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
parts = st.fixed_dictionaries({"type": st.just("text") | values, "text": st.text(max_size=20) | values})
contents = st.text(max_size=30) | st.lists(parts, max_size=3) | values
roles = st.sampled_from(["user", "assistant", "system", "developer", "tool"])
spoken = st.fixed_dictionaries({"role": roles | values, "content": contents})
bodies = st.fixed_dictionaries(
    {},
    optional={
        "model": st.just("secondme") | values,
        "messages": st.lists(spoken, max_size=3) | values,
        "input": st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3) | values,
        "stream": st.booleans() | values,
        "stream_options": st.just({"include_usage": True}) | values,
        "encoding_format": st.sampled_from(["float", "base64"]) | values,
        "tools": values,
        "n": st.just(1) | values,
    },
)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server whose engine answers everything."""
    door = SampleDoor(SampleEngine())
    with listening(application(door, 0, *http_routes(door))) as port:
        yield port


@pytest.fixture(scope="module")
def client(port: int) -> Iterator[httpx.Client]:
    """A client that is let in."""
    headers = {"Authorization": "Bearer good"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False) as client:
        yield client


def check(answered: httpx.Response) -> None:
    """An answer is JSON, or a stream of it, and shows nothing of the inside."""
    assert answered.status_code in EXPECTED
    assert "Traceback" not in answered.text
    if answered.headers["content-type"].startswith("text/event-stream"):
        assert answered.text.endswith("data: [DONE]\n\n")
        for line in answered.text.split("\n\n")[:-2]:
            json.loads(line.removeprefix("data: "))
    else:
        assert ("error" in answered.json()) == (answered.status_code != 200)


@SHARED
@given(path=st.sampled_from(["/v1/chat/completions", "/v1/embeddings"]), body=bodies)
def test_bodies_of_any_shape(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    check(client.post(path, content=json.dumps(body)))


@SHARED
@given(path=st.sampled_from(["/v1/chat/completions", "/v1/embeddings"]), body=st.binary(max_size=100))
def test_bodies_of_any_bytes(client: httpx.Client, path: str, body: bytes) -> None:
    check(client.post(path, content=body))


@SHARED
@given(
    sent=messages | st.lists(messages, max_size=2) | values, version=st.sampled_from(["2025-11-25", "2026-07-28", ""])
)
def test_json_rpc_of_any_shape(client: httpx.Client, sent: Any, version: str) -> None:
    headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    headers |= {"MCP-Protocol-Version": version} if version else {}
    answered = client.post("/mcp", content=json.dumps(sent), headers=headers)
    assert answered.status_code < 500
    assert "Traceback" not in answered.text


header = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=30)


@SHARED
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]),
    path=st.sampled_from([path for path in PATHS if path != "/mcp"]),
    headers=st.fixed_dictionaries({}, optional={"Authorization": header, "Origin": header, "X-Any": header}),
)
def test_headers_of_any_kind(client: httpx.Client, method: str, path: str, headers: dict[str, str]) -> None:
    check(client.request(method, path, headers=headers))


requests = st.tuples(
    st.sampled_from([b"GET", b"POST", b"\x00", b"PRI *"]), st.sampled_from(PATHS), st.binary(max_size=60)
).map(lambda parts: parts[0] + b" " + parts[1].encode() + b" HTTP/1.1\r\nHost: localhost\r\n" + parts[2])


@SHARED
@given(raw=st.binary(max_size=200) | requests)
def test_bytes_that_are_no_request_at_all(port: int, client: httpx.Client, raw: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        said = b""
        try:
            while piece := connection.recv(65536):
                said += piece
        except ConnectionResetError:
            pass
    assert b"Traceback" not in said
    assert said == b"" or said.startswith(b"HTTP/1.1 4")
    assert client.get("/v1/models").status_code == 200
