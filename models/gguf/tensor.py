"""Tensors of a loaded model, reached through ggml's own structures.

llama.cpp has no call that gives a tensor another place in memory, so this module reads and writes the fields where
ggml 0.25 has them on 64-bit machines. `is_expected` compares them with the file's header; on any difference nothing
may be written. Layout: `struct ggml_tensor` in ggml.h, `struct ggml_backend_reg` in ggml-backend-impl.h.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from models.gguf.header import TensorPlace

_KIND, _SHAPE, _STRIDES, _SOURCES, _VIEW_OF, _DATA, _NAME = 0, 16, 48, 152, 232, 248, 256
_MOST_SOURCES = 10
_NAME_BYTES = 64
_REGISTRY_VERSION = 2


def name_of(tensor: int) -> bytes:
    """Name of the tensor at an address."""
    return ctypes.string_at(tensor + _NAME)


def data_of(tensor: int) -> int:
    """Address of its values."""
    return ctypes.c_void_p.from_address(tensor + _DATA).value or 0


def place(tensor: int, address: int) -> None:
    """Make the tensor's values those at `address`."""
    ctypes.c_void_p.from_address(tensor + _DATA).value = address


def sources_of(tensor: int) -> list[int]:
    """Addresses of the tensors from which a node of the graph is computed."""
    found = (ctypes.c_void_p * _MOST_SOURCES).from_address(tensor + _SOURCES)
    return [source for source in found if source]


def viewed_by(tensor: int) -> int:
    """Address of the tensor of which this tensor is a view, or 0."""
    return ctypes.c_void_p.from_address(tensor + _VIEW_OF).value or 0


def shape_of(tensor: int) -> tuple[int, int, int, int]:
    """Its four dimensions, fastest first."""
    a, b, c, d = (ctypes.c_int64 * 4).from_address(tensor + _SHAPE)
    return a, b, c, d


def strides_of(tensor: int) -> tuple[int, int, int, int]:
    """Its four strides in bytes."""
    a, b, c, d = (ctypes.c_size_t * 4).from_address(tensor + _STRIDES)
    return a, b, c, d


def is_expected(tensor: int, expected: TensorPlace) -> bool:
    """Whether name, type and shape at an address are those of the file's header."""
    shape = expected.shape + (1,) * (4 - len(expected.shape))
    kind = ctypes.c_int32.from_address(tensor + _KIND).value
    name = ctypes.string_at(tensor + _NAME, _NAME_BYTES).split(b"\0")[0]
    return name == expected.name.encode()[: _NAME_BYTES - 1] and kind == expected.kind and shape_of(tensor) == shape


class _Registry(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("get_name", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
        ("get_device_count", ctypes.c_void_p),
        ("get_device", ctypes.c_void_p),
        ("get_proc_address", ctypes.c_void_p),
        ("context", ctypes.c_void_p),
    ]


@contextlib.contextmanager
def unread_mapping(function: Callable[[str], Any]) -> Iterator[bool]:
    """Within this context, mapping a model's file reads none of it. Yields whether that could be arranged.

    llama.cpp reads a mapped file whole when it loads it, except on a machine with several memory nodes. It asks the
    CPU backend's registry whether this is such a machine; within this context the answer is yes. Measured with a file
    of twice the limit: loading read 1,673 MB without this, 4 MB with it.

    `function` gives a function of the library by its name; it raises AttributeError.
    """
    registry = _cpu_registry(function)
    if registry is None:
        yield False
        return
    asked = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
    original = registry.get_proc_address
    ask_original = asked(original)
    several = ctypes.CFUNCTYPE(ctypes.c_bool)(lambda: True)
    several_address = ctypes.cast(several, ctypes.c_void_p).value

    def answer(of: int, name: bytes) -> int | None:
        if name == b"ggml_backend_cpu_is_numa":
            return several_address
        found: int | None = ask_original(of, name)
        return found

    answering = asked(answer)
    registry.get_proc_address = ctypes.cast(answering, ctypes.c_void_p).value
    try:
        yield True
    finally:
        registry.get_proc_address = original


def _cpu_registry(function: Callable[[str], Any]) -> Any:
    """The CPU backend's registry entry; None if it is not of the known version."""
    try:
        find = function("ggml_backend_cpu_reg")
    except AttributeError:
        return None
    find.restype = ctypes.c_void_p
    address = find()
    if not address:
        return None
    registry = _Registry.from_address(address)
    if registry.version != _REGISTRY_VERSION or registry.get_name(address) != b"CPU":
        return None
    return registry
