"""The operations of the Door, read off its type hints: what carries a call needs no list of its own.

To add an operation, add a method to `secondme.api.door.Door` and one to `secondme.engine.engine.Engine`. The client,
the routes of the server and the scripted door of the tests follow from the hints.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from secondme.api.answers import Failed
from secondme.api.door import Door
from secondme.api.wire import decode


@dataclass(frozen=True)
class Operation:
    """One method of the Door. `streams`: it returns an iterator, and `result` is the type of its items."""

    name: str
    signature: inspect.Signature
    parameters: Mapping[str, Any]
    """The type of each parameter."""
    result: Any
    streams: bool

    @property
    def reports_failure(self) -> bool:
        """Whether a stream ends with a `Failed` of its own rather than with an error."""
        return Failed in get_args(self.result)

    def arguments(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The arguments of a call by name. Paths are absolute, because the engine stands in another folder."""
        bound = self.signature.bind(None, *args, **kwargs).arguments
        return {name: _absolute(value) for name, value in bound.items() if name in self.parameters}

    def decoded(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments from their JSON. Raises KeyError for a parameter that does not exist."""
        return {name: decode(self.parameters[name], value) for name, value in data.items()}


@cache
def operation(name: str, door: type = Door) -> Operation | None:
    """The operation of this name, or None."""
    method = vars(door).get(name)
    if name.startswith("_") or not inspect.isfunction(method):
        return None
    hints = get_type_hints(method)
    result = hints.pop("return")
    streams = get_origin(result) is Iterator
    return Operation(name, inspect.signature(method), hints, get_args(result)[0] if streams else result, streams)


def operations(door: type = Door) -> dict[str, Operation]:
    """All operations by name, in the order of the Door."""
    found = (operation(name, door) for name in vars(door))
    return {entry.name: entry for entry in found if entry is not None}


def _absolute(value: Any) -> Any:
    if isinstance(value, Path):
        return value.expanduser().absolute()
    if isinstance(value, list | tuple):
        return [_absolute(item) for item in value]
    return value
