"""The Model Context Protocol over HTTP, behind the token, with the SDK's own client in both versions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import httpx
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp_types import TextContent

from secondme.api import Caller
from secondme.doors.http_server import application
from secondme.doors.mcp_server import http_routes
from tests.secondme.doors.http_service import listening
from tests.secondme.doors.sample_engine import SampleDoor, SampleEngine

MODES = ("legacy", "2026-07-28")
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


@pytest.fixture
def engine() -> SampleEngine:
    """An engine."""
    return SampleEngine()


@pytest.fixture
def port(engine: SampleEngine) -> Iterator[int]:
    """The port of its server, with /mcp."""
    door = SampleDoor(engine)
    with listening(application(door, 0, *http_routes(door))) as port:
        yield port


@asynccontextmanager
async def connected(port: int, mode: str, token: str = "good") -> AsyncIterator[Client]:
    """A client with a token."""
    async with create_mcp_http_client({"Authorization": f"Bearer {token}"}) as http:
        transport = streamable_http_client(f"http://127.0.0.1:{port}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


@pytest.mark.parametrize("mode", MODES)
async def test_the_tools_are_served_to_the_program_of_the_token(port: int, engine: SampleEngine, mode: str) -> None:
    async with connected(port, mode) as client:
        assert len((await client.list_tools()).tools) == 5
        (content,) = (await client.call_tool("recall", {"query": "key"})).content
    assert isinstance(content, TextContent)
    assert content.text.startswith("[1] sp1")
    assert engine.calls == [("recall", Caller(token="good"), {"query": "key", "limit": 6})]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("token", ["wrong", "late", "idle"])
async def test_another_token_is_not_let_in(port: int, engine: SampleEngine, mode: str, token: str) -> None:
    with pytest.raises(Exception):  # noqa: B017  (the SDK raises a group of what its tasks ran into)
        async with connected(port, mode, token) as client:
            await client.call_tool("recall", {"query": "key"})
    assert engine.calls == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer late"}, 401),
        ({"Authorization": "Bearer idle"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
def test_it_has_to_pass_what_the_other_addresses_have_to_pass(port: int, changes: dict[str, str], status: int) -> None:
    headers = {"Authorization": "Bearer good", "Accept": "application/json, text/event-stream", **changes}
    answered = httpx.post(f"http://127.0.0.1:{port}/mcp", json=PING, headers=headers, trust_env=False)
    assert answered.status_code == status
    assert "error" in answered.json()


def test_a_session_does_not_carry_a_token_on(port: int, engine: SampleEngine) -> None:
    accepted = {"Accept": "application/json, text/event-stream"}
    opening = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "facts", "arguments": {}}}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=accepted, trust_env=False) as client:
        opened = client.post("/mcp", json=opening, headers={"Authorization": "Bearer good"})
        session = {"Mcp-Session-Id": opened.headers["mcp-session-id"], "MCP-Protocol-Version": "2025-11-25"}
        assert client.post("/mcp", json=call, headers=session).status_code == 401
        assert client.post("/mcp", json=call, headers={**session, "Authorization": "Bearer idle"}).status_code == 403
    assert engine.calls == []
