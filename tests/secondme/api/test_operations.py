"""The Door's type hints carry an operation over the socket; nothing else lists operations."""

from __future__ import annotations

import inspect
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import pytest
import uvicorn

from secondme.api import Failed, Pinned, Progress
from secondme.api.door import Door
from secondme.api.operations import operation, operations
from secondme.engine.engine import Engine
from secondme.errors import NothingFound
from secondme.places import Places
from secondme.server.app import Traffic, application
from secondme.server.client import client


class WiderDoor(Door, Protocol):
    """The Door with toy operations."""

    def measure(self, paths: Sequence[Path], *, label: str = "", only: Path | None = None) -> list[Pinned]: ...

    def count(self, upto: int) -> Iterator[Progress]: ...

    def report(self, what: str) -> Iterator[Progress | Failed]: ...


class ToyEngine:
    """Implements the toy operations only."""

    def measure(self, paths: Sequence[Path], *, label: str = "", only: Path | None = None) -> list[Pinned]:
        assert all(isinstance(path, Path) and path.is_absolute() for path in paths)
        return [Pinned(f"{label}{path.name}", index, only is None) for index, path in enumerate(paths)]

    def count(self, upto: int) -> Iterator[Progress]:
        for number in range(upto):
            yield Progress("counting", number, upto, "numbers")
        raise NothingFound("There are no more numbers.", "Count again.")

    def report(self, what: str) -> Iterator[Progress | Failed]:
        yield Failed(what, "Try again.")


@pytest.fixture
def door() -> Iterator[Any]:
    """A client of a toy engine behind a real socket."""
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root, root, root, root, root)
        where.socket.parent.mkdir(parents=True, exist_ok=True)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(where.socket))
        listener.listen(8)
        routes = application(cast(Door, ToyEngine()), Traffic(), "1", WiderDoor)
        server = uvicorn.Server(uvicorn.Config(routes, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        connection = client(where, WiderDoor)
        yield connection
        connection.close()
        server.should_exit = True
        thread.join()


def test_the_engine_implements_every_operation_as_the_door_has_it() -> None:
    entries = operations()
    assert {"ask", "recall", "reload", "problems", "snapshot_import"} <= entries.keys()
    for name, entry in entries.items():
        assert inspect.signature(getattr(Engine, name)) == entry.signature, name


def test_what_is_not_an_operation_has_no_route() -> None:
    for name in ("__init__", "_pending", "close", "start", "nothing"):
        assert operation(name) is None


def test_an_operation_added_to_the_door_and_the_engine_crosses_the_socket(door: Any) -> None:
    assert door.measure([Path("a"), Path("/b")], label="x") == [Pinned("xa", 0, True), Pinned("xb", 1, True)]
    assert door.measure((), only=Path("/c")) == []


def test_a_stream_added_to_the_door_and_the_engine_crosses_the_socket(door: Any) -> None:
    events = door.count(2)
    assert [next(events).done, next(events).done] == [0, 1]
    with pytest.raises(NothingFound, match="no more numbers"):
        next(events)


def test_a_stream_whose_events_include_a_failure_hands_it_on(door: Any) -> None:
    assert list(door.report("It broke.")) == [Failed("It broke.", "Try again.")]


def test_a_call_that_does_not_fit_the_door_is_refused_before_it_is_sent(door: Any) -> None:
    with pytest.raises(TypeError):
        door.count()
    with pytest.raises(AttributeError):
        door.nothing()
