"""The tools over the Model Context Protocol, in both of its versions, with the SDK's own client."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError
from mcp_types import TextContent

from secondme.api import AskEvent, Caller, Started, Turn
from secondme.doors.mcp_server import server
from secondme.errors import NotGranted
from tests.secondme.doors.sample_engine import SampleDoor, SampleEngine, hit

LONGEST_LIST = 4096
VERSIONS = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28"}
"""Ways to connect, and the version of the protocol that is spoken then."""


@asynccontextmanager
async def connected(engine: SampleEngine, mode: str) -> AsyncIterator[Client]:
    """A client of a program called desk."""
    async with Client(server(SampleDoor(engine), lambda _: Caller(name="desk")), mode=mode) as client:
        assert client.session.protocol_version == VERSIONS[mode]
        yield client


async def call(client: Client, name: str, **arguments: Any) -> tuple[str, bool]:
    """The one text of a result, and whether it is an error."""
    result = await client.call_tool(name, arguments)
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert result.structured_content is None
    return content.text, bool(result.is_error)


@pytest.mark.parametrize("mode", VERSIONS)
async def test_the_list_of_tools_is_short_and_the_same_whatever_memory_holds(mode: str) -> None:
    lists = []
    for engine in (SampleEngine(), SampleEngine(hits=(hit("x" * 10_000),) * 20)):
        async with connected(engine, mode) as client:
            lists.append((await client.list_tools()).model_dump_json(by_alias=True, exclude_none=True))
            await call(client, "recall", query="key")
            lists.append((await client.list_tools()).model_dump_json(by_alias=True, exclude_none=True))
    assert len(set(lists)) == 1
    assert len(lists[0].encode()) <= LONGEST_LIST


@pytest.mark.parametrize("mode", VERSIONS)
async def test_the_tools_that_only_read_say_so(mode: str) -> None:
    async with connected(SampleEngine(), mode) as client:
        listed = (await client.list_tools()).tools
    hints = {one.name: one.annotations.read_only_hint for one in listed if one.annotations}
    assert hints == {"recall": True, "read": True, "facts": True, "ask": True, "remember": False}
    assert all(one.output_schema is None for one in listed)


@pytest.mark.parametrize("mode", VERSIONS)
async def test_each_tool_reaches_the_engine_as_the_program_and_comes_back_as_one_text(mode: str) -> None:
    engine = SampleEngine()
    async with connected(engine, mode) as client:
        assert (await call(client, "recall", q="key", k=2))[0].startswith("[1] sp1 · “car.md”")
        assert "After it:\n> After." in (await call(client, "read", id="sp1"))[0]
        assert "> You live in Graz." in (await call(client, "facts", about="Ana"))[0]
        assert (await call(client, "ask", question="Where is the key?"))[0].startswith("> It hangs behind")
        assert "waits for" in (await call(client, "remember", text="The key is new."))[0]
    desk = Caller(name="desk")
    assert engine.calls == [
        ("recall", desk, {"query": "key", "limit": 2}),
        ("read", desk, {"id": "sp1", "around": 1000}),
        ("facts", desk, {"about": "Ana"}),
        ("ask", desk, {"question": "Where is the key?", "earlier": []}),
        ("remember", desk, {"text": "The key is new."}),
    ]


@pytest.mark.parametrize("mode", VERSIONS)
async def test_a_refusal_is_a_sentence_that_the_model_can_read(mode: str) -> None:
    engine = SampleEngine(error=NotGranted("desk may not read.", "The person can change that.", "Nothing was read."))
    async with connected(engine, mode) as client:
        said, failed = await call(client, "recall", query="key")
    assert (said, failed) == ("desk may not read. Nothing was read. The person can change that.", True)


@pytest.mark.parametrize("mode", VERSIONS)
async def test_a_wrong_argument_is_not_repeated_and_asks_nothing(mode: str) -> None:
    engine = SampleEngine()
    async with connected(engine, mode) as client:
        said, failed = await call(client, "recall", query="key", limit="PRIVATE")
        assert (said, failed) == ("`limit` takes a number from 1 to 20.", True)
    assert engine.calls == []


@pytest.mark.parametrize("mode", VERSIONS)
async def test_a_tool_that_does_not_exist_is_an_error_of_the_protocol(mode: str) -> None:
    async with connected(SampleEngine(), mode) as client:
        with pytest.raises(MCPError, match="There is no tool of this name"):
            await client.call_tool("purge", {})


@pytest.mark.parametrize("mode", VERSIONS)
async def test_what_goes_wrong_inside_is_not_shown(mode: str) -> None:
    class Broken(SampleEngine):
        def program_recall(self, caller: Caller, query: str, **given: Any) -> Any:
            raise RuntimeError("PRIVATE /home/ana")

    async with connected(Broken(), mode) as client:
        said, failed = await call(client, "recall", query="key")
    assert failed
    assert "PRIVATE" not in said


async def test_an_answer_that_nobody_waits_for_any_more_is_stopped() -> None:
    class Slow(SampleEngine):
        begun, ended = threading.Event(), threading.Event()

        def program_ask(self, caller: Caller, question: str, *, earlier: Sequence[Turn] = ()) -> Iterator[AskEvent]:
            yield Started("", "me7")
            self.begun.set()
            assert self.ended.wait(20)

        def stop(self, message_id: str) -> None:
            super().stop(message_id)
            self.ended.set()

    engine = Slow()
    async with connected(engine, "legacy") as client, anyio.create_task_group() as group:
        group.start_soon(client.call_tool, "ask", {"question": "Where is the key?"})
        await anyio.to_thread.run_sync(engine.begun.wait, 20)
        group.cancel_scope.cancel()
    assert await anyio.to_thread.run_sync(engine.ended.wait, 20)
    assert engine.stopped == ["me7"]
