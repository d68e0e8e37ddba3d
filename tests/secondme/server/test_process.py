"""What the engine's process writes into its log."""

from __future__ import annotations

import asyncio
import logging
import sys

import pytest

from secondme.server.process import is_worth_a_line


def record(message: str, error: type[BaseException] | None = None) -> logging.LogRecord:
    """A line of the server, with what was raised."""
    info = None
    if error is not None:
        try:
            raise error
        except BaseException:
            info = sys.exc_info()
    return logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, message, (), info)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (record("Exception in ASGI application\n", asyncio.CancelledError), False),
        (record("Cancel %s running task(s), timeout graceful shutdown exceeded"), False),
        (record("Exception in ASGI application\n", ValueError), True),
        (record("Invalid HTTP request received."), True),
    ],
)
def test_streams_that_end_with_the_engine_are_no_errors_in_the_log(line: logging.LogRecord, kept: bool) -> None:
    assert is_worth_a_line(line) is kept
