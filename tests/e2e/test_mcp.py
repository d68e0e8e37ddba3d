"""`secondme mcp` as a host starts it: a process of its own, with real clients and a real engine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import TextContent

from tests.e2e.bare import bare_environment
from tests.e2e.home import Home

COMMAND = (sys.executable, "-P", "-m", "secondme", "mcp", "--as", "desk")
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
GONE_SECONDS = 2.0


def start(root: Path) -> subprocess.Popen[bytes]:
    """The server with pipes, initialized."""
    server = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=bare_environment(root),
        cwd="/",
    )
    send(server, INITIALIZE)
    assert receive(server)["result"]["serverInfo"]["name"] == "secondme"
    send(server, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    return server


def send(server: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
    """One message."""
    assert server.stdin is not None
    server.stdin.write(json.dumps(message).encode() + b"\n")
    server.stdin.flush()


def receive(server: subprocess.Popen[bytes]) -> Any:
    """The next line, which has to be JSON-RPC."""
    assert server.stdout is not None
    message = json.loads(server.stdout.readline())
    assert message["jsonrpc"] == "2.0"
    return message


def call(name: str, **arguments: Any) -> dict[str, Any]:
    """A call of a tool."""
    return {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def close(server: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Close its stdin; what it still wrote. It has to be gone soon."""
    assert server.stdin is not None and server.stdout is not None and server.stderr is not None
    began = time.monotonic()
    server.stdin.close()
    server.wait(30)
    assert time.monotonic() - began < GONE_SECONDS
    return server.stdout.read(), server.stderr.read()


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
async def test_the_sdks_client_reaches_the_engine_that_the_session_started(home: Home, mode: str) -> None:
    home.ok("config", "set", "model.path", "none")
    home.ok("remember", "The ladder stands in the shed.")
    (pid,) = home.engines()
    server = StdioServerParameters(
        command=COMMAND[0], args=list(COMMAND[1:]), env={"SECONDME_HOME": str(home.root)}, cwd="/"
    )
    async with Client(stdio_client(server), mode=mode) as client:
        assert len((await client.list_tools()).tools) == 5
        result = await client.call_tool("recall", {"query": "ladder"})
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert result.is_error  # nobody let this program in
    assert home.engines() == [pid]


def test_each_byte_on_stdout_is_json_rpc_also_when_the_engine_cannot_start(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    server = start(tmp_path / "home")
    send(server, call("recall", query="key"))
    result = receive(server)["result"]
    assert result["isError"]
    assert "cannot be made" in result["content"][0]["text"]
    assert "Traceback" not in result["content"][0]["text"]
    out, errors = close(server)
    assert out == b""
    assert b"Traceback" not in errors


def test_when_stdin_is_closed_it_is_gone_at_once(tmp_path: Path) -> None:
    server = start(tmp_path)
    assert close(server) == (b"", b"")
    assert server.returncode == 0


def test_when_stdin_is_closed_it_does_not_wait_for_an_engine_that_hangs(home: Home) -> None:
    home.places.make()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as engine:
        engine.bind(str(home.places.socket))
        engine.listen(1)
        home.places.socket_record.write_text(str(home.places.socket))
        server = start(home.root)
        send(server, call("ask", question="Where is the key?"))
        connection, _ = engine.accept()
        with connection:
            out, errors = close(server)
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in out.splitlines())
    assert errors == b""


def test_a_program_without_a_name_is_told_so_on_stderr(home: Home) -> None:
    done = home.run("mcp")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`secondme mcp --as NAME`" in done.stderr
