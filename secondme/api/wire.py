"""Objects of `secondme.api` as JSON and back: the same dataclasses stand on both ends of the socket."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from secondme import api
from secondme.errors import (
    EngineUnavailable,
    LimitReached,
    NotGranted,
    NothingFound,
    SecondMeError,
    SecretFound,
    UnknownProgram,
    UsageError,
)

EVENTS: Mapping[str, type] = {
    "started": api.Started,
    "passages": api.Passages,
    "delta": api.Delta,
    "thought": api.Thought,
    "done": api.Done,
    "failed": api.Failed,
    "progress": api.Progress,
    "drafted": api.Drafted,
    "skipped": api.Skipped,
    "ingested": api.Ingested,
    "run": api.RunDetail,
}
"""Events by the name in their `type` field."""


_KINDS = frozenset(kind for kind in vars(api).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind))


_ERRORS: Mapping[str, type[SecondMeError]] = {
    kind.__name__: kind
    for kind in (
        SecondMeError,
        NothingFound,
        UsageError,
        EngineUnavailable,
        SecretFound,
        UnknownProgram,
        NotGranted,
        LimitReached,
    )
}
_BY_EXIT_CODE = {kind.exit_code: kind for kind in _ERRORS.values() if "exit_code" in vars(kind)}


def encode(value: Any) -> str:
    """An object, a list of objects, or a plain value as one line of JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))


def decode(kind: Any, data: Any) -> Any:
    """The object of this type that JSON data stands for. Raises TypeError or KeyError when it is another shape."""
    origin = get_origin(kind)
    if kind is Any or kind is None or data is None:
        return data
    if origin in (Union, types.UnionType):
        if isinstance(data, dict) and "type" in data:
            return decode(EVENTS[data["type"]], data)
        return decode(next(one for one in get_args(kind) if one is not type(None)), data)
    if origin is tuple:
        kinds = get_args(kind)
        if kinds[-1] is Ellipsis:
            return tuple(decode(kinds[0], item) for item in data)
        return tuple(decode(one, item) for one, item in zip(kinds, data, strict=True))
    if origin in (list, Sequence):
        return [decode(get_args(kind)[0], item) for item in data]
    if kind is Path:
        return Path(data)
    if origin is Literal or kind not in _KINDS:
        return data
    hints = _hints(kind)
    make: Callable[..., Any] = kind
    return make(**{name: decode(hints[name], value) for name, value in data.items() if name in hints})


def error_to_wire(error: SecondMeError) -> dict[str, Any]:
    """An error with its remedy as plain values."""
    return {
        "error": type(error).__name__,
        "what": error.what,
        "safe": error.safe,
        "remedy": error.remedy,
    }


def error_from_wire(data: Mapping[str, Any]) -> SecondMeError:
    """The error that the other end raised."""
    kind = _ERRORS.get(str(data.get("error")), SecondMeError)
    return kind(str(data["what"]), str(data.get("remedy", "")), str(data.get("safe", "")))


def error_of(event: api.Failed) -> SecondMeError:
    """The error that ended a stream, of which only the exit code tells its kind."""
    kind = _BY_EXIT_CODE.get(event.exit_code, SecondMeError)
    return kind(event.what, event.remedy, event.safe)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not cross the socket")
