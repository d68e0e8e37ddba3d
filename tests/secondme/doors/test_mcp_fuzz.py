"""Whatever a program sends on stdin, only JSON-RPC comes back, nothing crashes, and no stack trace is seen."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondme.api import Caller
from secondme.doors.calls import CALLS, Stopping
from secondme.doors.texts import LONGEST
from secondme.doors.tools import TOOLS, tool
from secondme.errors import UsageError
from tests.secondme.doors.sample_engine import SampleDoor, SampleEngine

METHODS = (
    "initialize",
    "ping",
    "tools/list",
    "tools/call",
    "server/discover",
    "resources/list",
    "notifications/initialized",
    "notifications/cancelled",
    "subscriptions/listen",
    "__class__",
    "",
)
NAMES = [argument.name for one in TOOLS for argument in one.arguments] + ["q", "k", "_meta", "path"]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
arguments = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), values, max_size=4)
calls = st.fixed_dictionaries({"name": st.sampled_from([*CALLS, "purge"]) | values, "arguments": arguments | values})
messages = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0") | values, "method": st.sampled_from(METHODS) | values},
    optional={"id": st.integers(0, 9) | values, "params": calls | values, "result": values, "error": values},
)
lines = st.one_of(
    st.binary(max_size=80).map(lambda raw: raw.replace(b"\n", b"")),
    (messages | values | st.lists(messages, max_size=2)).map(lambda message: json.dumps(message).encode()),
)


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[bytes]]:
    """A server whose engine cannot start, after the handshake."""
    with tempfile.NamedTemporaryFile() as no_folder, tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "secondme", "mcp", "--as", "desk"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            env={"PATH": "/usr/bin:/bin", "HOME": "/", "SECONDME_HOME": no_folder.name},
        )
        client = {"name": "fuzz", "version": "1"}
        opening = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client}
        send(process, json.dumps({"jsonrpc": "2.0", "id": "open", "method": "initialize", "params": opening}).encode())
        assert answers_until(process, "open")
        send(process, b'{"jsonrpc": "2.0", "method": "notifications/initialized"}')
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0
        told.seek(0)
        assert b"Traceback" not in told.read()


def send(process: subprocess.Popen[bytes], line: bytes) -> None:
    """One line."""
    assert process.stdin is not None
    process.stdin.write(line + b"\n")
    process.stdin.flush()


def answers_until(process: subprocess.Popen[bytes], last: str) -> list[Any]:
    """What comes back up to the answer with this id; each line has to be JSON-RPC."""
    assert process.stdout is not None
    found: list[Any] = []
    while not found or found[-1].get("id") != last:
        found.append(json.loads(process.stdout.readline()))
        assert found[-1]["jsonrpc"] == "2.0"
        assert {"method"} <= found[-1].keys() or ("result" in found[-1]) != ("error" in found[-1])
        assert "Traceback" not in json.dumps(found[-1])
    return found


numbers = count()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(lines, max_size=4))
def test_only_json_rpc_comes_back_and_the_server_goes_on(server: subprocess.Popen[bytes], sent: list[bytes]) -> None:
    for line in sent:
        send(server, line)
    last = f"last-{next(numbers)}"
    send(server, json.dumps({"jsonrpc": "2.0", "id": last, "method": "ping"}).encode())
    assert answers_until(server, last)


@pytest.mark.parametrize("line", [b"x" * 5_000_000, b"[" * 200_000, b'{"a":' * 200_000, b'"' + b"\\u0000" * 100_000])
def test_a_very_long_or_deep_line_hurts_nothing(server: subprocess.Popen[bytes], line: bytes) -> None:
    test_only_json_rpc_comes_back_and_the_server_goes_on.hypothesis.inner_test(server, [line])  # type: ignore[attr-defined]


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(list(CALLS)), sent=arguments)
def test_arguments_of_any_shape_are_answered_or_refused_in_a_sentence(name: str, sent: dict[str, Any]) -> None:
    one = tool(name)
    assert one is not None
    try:
        text = CALLS[name](SampleDoor(SampleEngine()).door(), Caller(name="desk"), one.checked(sent), Stopping())
    except UsageError as refused:
        text = refused.sentence()
        assert len(text) < 200
    assert 0 < len(text) <= LONGEST
