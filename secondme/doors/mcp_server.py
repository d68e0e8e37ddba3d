"""The tools over the Model Context Protocol. The only module that loads `mcp`, which takes more than a second."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import anyio
import anyio.to_thread
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ListedTool
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from secondme import __version__
from secondme.api import Caller
from secondme.doors.calls import CALLS, Engine, Stopping
from secondme.doors.guard import caller_of
from secondme.doors.quiet import keep_traces_to_itself
from secondme.doors.tools import INSTRUCTIONS, TOOLS, Tool, tool
from secondme.errors import SecondMeError
from secondme.places import Places

log = logging.getLogger(__name__)

CallTool = Callable[[ServerRequestContext[Any], CallToolRequestParams], Awaitable[CallToolResult]]


def server(engine: Engine, caller_of: Callable[[ServerRequestContext[Any]], Caller]) -> Server[Any]:
    """A server with our tools. `caller_of` says which program sent a request."""
    return Server(
        "secondme",
        version=__version__,
        title="Second Me",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=_call_tool(engine, caller_of),
    )


def run_stdio(where: Places, program: str) -> None:
    """Serve a program on stdin and stdout until stdin is closed. Then the process is gone at once: threads that wait
    for the engine must not hold it, and the engine stops by itself what nobody waits for."""
    keep_traces_to_itself("mcp")
    engine, caller = Engine(where), Caller(name=program)

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            made = server(engine, lambda _: caller)
            await made.run(incoming, outgoing, made.create_initialization_options())

    code = 0
    try:
        anyio.run(serve)
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        print(f"The connection broke ({type(error).__name__}).", file=sys.stderr)
        code = 1
    finally:
        os._exit(code)


def http_routes(engine: Engine) -> tuple[list[BaseRoute], Callable[[Starlette], AbstractAsyncContextManager[None]]]:
    """The address /mcp for a server behind `secondme.doors.guard.Guard`, and what has to run beside it."""
    keep_traces_to_itself("mcp")
    made = server(engine, _caller_by_token)
    routes = made.streamable_http_app(streamable_http_path="/mcp").routes
    return list(routes), lambda _: made.session_manager.run()


def _caller_by_token(context: ServerRequestContext[Any]) -> Caller:
    """The program of a request over HTTP: of each request anew, so that a session is nobody's."""
    return Caller() if context.request is None else caller_of(context.request.headers)


async def _list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[_listed(one) for one in TOOLS])


def _listed(one: Tool) -> ListedTool:
    # An absent hint means the worst (destructive, open to the world), so the one tool that writes denies both.
    hints = (
        ToolAnnotations(read_only_hint=True)
        if one.reads_only
        else ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
    )
    return ListedTool(
        name=one.name, title=one.title, description=one.about, input_schema=one.schema(), annotations=hints
    )


def _call_tool(engine: Engine, caller_of: Callable[[ServerRequestContext[Any]], Caller]) -> CallTool:
    async def call_tool(context: ServerRequestContext[Any], request: CallToolRequestParams) -> CallToolResult:
        one = tool(request.name)
        if one is None:
            raise MCPError(INVALID_PARAMS, f"There is no tool of this name; there are {', '.join(CALLS)}.")
        stopping = Stopping()

        def work() -> str:
            given = one.checked(request.arguments or {})
            return CALLS[one.name](engine.door(), caller_of(context), given, stopping)

        try:
            return _result(await anyio.to_thread.run_sync(work, abandon_on_cancel=True))
        except SecondMeError as error:
            return _result(error.sentence(), failed=True)
        except Exception as error:  # a program must never see a stack trace
            log.error("the tool %s failed: %s", one.name, type(error).__name__)
            return _result("Something unexpected went wrong. `secondme doctor` may say what.", failed=True)
        finally:
            stopping.stop()

    return call_tool


def _result(text: str, *, failed: bool = False) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], is_error=failed)
