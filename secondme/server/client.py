"""A door's end of the socket: starts the engine when it is not there, and carries the Door's calls to it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, cast

from secondme import __version__
from secondme.api.answers import Failed
from secondme.api.door import Door
from secondme.api.operations import Operation, operation
from secondme.api.wire import decode, encode, error_from_wire, error_of
from secondme.errors import EngineUnavailable
from secondme.places import Places
from secondme.server.lock import data_refused

if TYPE_CHECKING:
    import httpx

_GONE = "The engine stopped while it was asked."
_AGAIN = "Try again; it starts by itself."


def connect(where: Places) -> EngineClient:
    """A client of the running engine, started if need be. Raises SecondMeError when it cannot start."""
    engine = client(where)
    version = engine.hello()
    if version == __version__:
        return engine
    where.make()
    try:
        gate = os.open(where.start_gate, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise data_refused(where.data, error) from error
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)  # of several doors that find no engine only the first starts it
        version = engine.hello()
        if version is not None and version != __version__:
            engine.leave()  # an engine of another version gives way to ours
            version = None
        if version is None:
            _start(where)
            engine.hello()  # it may listen elsewhere than the engine before it
    finally:
        os.close(gate)
    return engine


def _start(where: Places) -> None:
    environment = {**os.environ}
    if "SECONDME_HOME" in environment:
        environment["SECONDME_HOME"] = str(where.data.parent)
    with _log_or_nothing(where) as log:
        process = subprocess.Popen(
            # -P: the folder that a person stands in must not shadow our packages (models/, storage/).
            [sys.executable, "-P", "-m", "secondme.server.process"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env=environment,
            start_new_session=True,
        )
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.readline()
    if not said:
        writable = os.access(where.engine_log, os.W_OK)
        why = (
            f"The log {where.engine_log} says why."
            if writable
            else f"Make {where.logs} writable, and its log says why."
        )
        raise EngineUnavailable("The engine did not start.", why, "Nothing was changed.")
    message = json.loads(said)
    if not message.get("ready"):
        raise error_from_wire(message)


def _log_or_nothing(where: Places) -> IO[bytes]:
    """The engine's log, or where its folder cannot be written a place that keeps nothing: memory works without one."""
    try:
        return where.engine_log.open("ab")
    except OSError:
        return Path(os.devnull).open("ab")


class EngineClient(Door, Protocol):
    """The Door over the Unix socket, and the connection itself. Safe from several threads."""

    def hello(self) -> str | None:
        """The engine's version, or None when none is running."""
        ...

    def leave(self) -> None:
        """Ask the engine to end."""
        ...

    def close(self) -> None:
        """Close the connection; the engine stays a while."""
        ...


def client(where: Places, door: type = Door) -> EngineClient:
    """A client of the engine of these places, whether it runs or not. `door` lists the operations that it carries."""
    return cast(EngineClient, _Connection(where, door))


class _Connection:
    """Carries each operation of the Door as one POST; what it sends and gets back follows from the type hints."""

    def __init__(self, where: Places, door: type) -> None:
        self._where = where
        self._door = door
        self._socket = where.running_socket()
        self._http = _http_over(self._socket)

    def hello(self) -> str | None:
        import httpx

        recorded = self._where.running_socket()
        if recorded != self._socket:
            self._http.close()
            self._socket, self._http = recorded, _http_over(recorded)
        try:
            answer = self._http.post("/v1/hello", timeout=10.0)
        except httpx.TransportError:
            return None
        return str(answer.json()["version"])

    def leave(self) -> None:
        self._post("leave", {})

    def close(self) -> None:
        self._http.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The operation of this name as a method."""
        entry = None if name.startswith("_") else operation(name, self._door)
        if entry is None:
            raise AttributeError(f"The Door has no operation {name}.")

        def call(*args: Any, **kwargs: Any) -> Any:
            arguments = entry.arguments(*args, **kwargs)
            return self._stream(entry, arguments) if entry.streams else self._call(entry, arguments)

        return call

    def _call(self, entry: Operation, arguments: Mapping[str, Any]) -> Any:
        return decode(entry.result, self._post(entry.name, arguments))

    def _post(self, name: str, arguments: Mapping[str, Any]) -> Any:
        import httpx

        try:
            answer = self._http.post(f"/v1/{name}", content=encode(arguments))
        except httpx.TransportError as error:
            raise EngineUnavailable(_GONE, _AGAIN, "What was acknowledged is safe.") from error
        data = answer.json()
        if answer.status_code != 200:
            raise error_from_wire(data)
        return data

    def _stream(self, entry: Operation, arguments: Mapping[str, Any]) -> Iterator[Any]:
        import httpx

        try:
            with self._http.stream("POST", f"/v1/{entry.name}", content=encode(arguments)) as answer:
                for line in answer.iter_lines():
                    data = json.loads(line)
                    failed = isinstance(data, dict) and data.get("type") == "failed"
                    if failed and not entry.reports_failure:
                        raise error_of(decode(Failed, data))
                    yield decode(entry.result, data)
        except httpx.TransportError as error:
            raise EngineUnavailable(_GONE, _AGAIN, "What was acknowledged is safe.") from error


def _http_over(socket: Path) -> httpx.Client:
    import httpx

    return httpx.Client(
        transport=httpx.HTTPTransport(uds=str(socket)),
        base_url="http://engine",
        timeout=httpx.Timeout(None, connect=5.0),
        trust_env=False,
    )
