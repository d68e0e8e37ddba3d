"""The header of a GGUF model file, read without llama.cpp and without trust in the file.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (little-endian, versions 2 and 3).
"""

from __future__ import annotations

import math
import os
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias, TypeVar

from models.protocol import CHOOSE_ANOTHER_MODEL, ModelError
from models.protocol.printable import printable

Value: TypeAlias = int | float | bool | str | tuple[int | float | bool, ...] | None

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_Read = TypeVar("_Read")

# Far above any real model (SmolLM2: 33 pairs, 98,052 strings in arrays, a template of 400 characters); they limit what
# a hostile header can cost.
_MOST_PAIRS = 10_000
_LONGEST_STRING = 1 << 20
_MOST_STRINGS_SKIPPED = 4_000_000
_MOST_NUMBERS_KEPT = 1024
_MOST_TENSORS = 200_000

_QUANTIZATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M",
    18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S",
    25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M",
    32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip


BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17), 40: (64, 36), 41: (128, 18), 42: (64, 18),
}  # fmt: skip
"""(weights, bytes) of a block of each ggml type: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"""


@dataclass(frozen=True)
class GgufHeader:
    """What a GGUF file says of itself. Empty or 0: it does not say."""

    name: str
    quantization: str
    """Name of the file type, e.g. `Q4_1`."""
    context_tokens: int
    """Context window that the model was trained for, in tokens."""

    def title(self) -> str:
        """Name and quantization for the screen."""
        return f"{self.name} {self.quantization}".strip()


@dataclass(frozen=True)
class TensorPlace:
    """Where a tensor lies: its shape (fastest dimension first), ggml type, and bytes in the file."""

    name: str
    shape: tuple[int, ...]
    kind: int
    """Number of the ggml type, e.g. 2 for Q4_0."""
    file: Path
    offset: int
    """From the start of the file, in bytes."""
    size: int
    """In bytes, padding not counted."""

    @property
    def end(self) -> int:
        """Offset of the byte after the last."""
        return self.offset + self.size


@dataclass(frozen=True)
class GgufLayout:
    """The whole header, of all parts of a split model: the fields without long arrays, and where each tensor lies."""

    fields: Mapping[str, Value]
    """An array of strings is its length; an array of over 1024 numbers is None."""
    tensors: Sequence[TensorPlace]
    files: Sequence[Path]

    @property
    def architecture(self) -> str:
        """The architecture, e.g. `llama`; empty if the file does not say."""
        found = self.fields.get("general.architecture")
        return found if isinstance(found, str) else ""

    def number(self, key: str, default: float = 0) -> float:
        """A number under the architecture's prefix, e.g. `block_count`; of a number for each layer, the largest."""
        found = self.fields.get(f"{self.architecture}.{key}")
        if isinstance(found, tuple):
            return max(found, default=default)
        return found if isinstance(found, int | float) else default

    @property
    def weight_bytes(self) -> int:
        """Bytes of all tensors."""
        return sum(tensor.size for tensor in self.tensors)


def read_layout(path: Path) -> GgufLayout:
    """Read the whole header, of all parts of a split model.

    Raises ModelError as `read_header` does, and for a tensor beyond the end of its file or of an unknown type.
    """
    first = _open(path, lambda reader: reader.layout(path))
    parts = first.fields.get("split.count")
    if not isinstance(parts, int) or parts < 2:
        return first
    names = re.fullmatch(r"(.*)-00001-of-(\d{5})\.gguf", path.name)
    if names is None or parts > 999:
        raise ModelError(f"The model file {path} is one part of several, and not the first.", CHOOSE_ANOTHER_MODEL)
    others = [path.with_name(f"{names[1]}-{part:05}-of-{names[2]}.gguf") for part in range(2, parts + 1)]
    tensors = list(first.tensors)
    for other in others:
        tensors += _open(other, lambda reader, other=other: reader.layout(other)).tensors  # type: ignore[misc]
    return GgufLayout(first.fields, tensors, [path, *others])


def read_header(path: Path) -> GgufHeader:
    """Read name, quantization and context. Raises ModelError when the file is missing or is no sound GGUF."""
    return _open(path, lambda reader: reader.header())


def _open(path: Path, read: Callable[[_Reader], _Read]) -> _Read:
    try:
        with path.open("rb") as file:
            return read(_Reader(file))
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}).", CHOOSE_ANOTHER_MODEL) from error
    except _Unsound as error:
        raise ModelError(f"The model file {path} is not usable: {error}.", CHOOSE_ANOTHER_MODEL) from error


class _Unsound(Exception):
    """The file is no GGUF, or is damaged; the message says which."""


class _Reader:
    """Reads forward through the header; no read goes beyond the end of the file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._strings_left = _MOST_STRINGS_SKIPPED

    def header(self) -> GgufHeader:
        """The fields of `GgufHeader`, read no further than needed."""
        found: dict[str, Value] = {}
        for key, value in self._pairs(self._counts()[1]):
            found[key] = value
            needed = (
                "general.name",
                "general.file_type",
                f"{found.get('general.architecture')}.context_length",
            )
            # The rest is mostly the vocabulary: skipping its 100,000 strings takes 0.1 s.
            if all(name in found for name in needed):
                break
        return _header_of(found)

    def layout(self, path: Path) -> GgufLayout:
        """The whole header of a file."""
        count, pairs = self._counts()
        if count > _MOST_TENSORS:
            raise _Unsound("its header is damaged")
        fields = dict(self._pairs(pairs))
        entries = [self._entry() for _ in range(count)]
        alignment = fields.get("general.alignment", 32)
        if not isinstance(alignment, int) or alignment < 1:
            raise _Unsound("its header is damaged")
        start = -(-self._file.tell() // alignment) * alignment
        tensors = []
        for name, shape, kind, offset in entries:
            if kind not in BLOCKS:
                raise _Unsound(f"the type {kind} of its weights is not known")
            weights, size = BLOCKS[kind]
            place = TensorPlace(name, shape, kind, path, start + offset, math.prod(shape) // weights * size)
            if place.end > self._size:
                raise _Unsound("it is cut short")
            tensors.append(place)
        return GgufLayout(fields, tensors, [path])

    def _counts(self) -> tuple[int, int]:
        """Numbers of tensors and of pairs, from the beginning of the file."""
        if self._size < 4 or self._bytes(4) != b"GGUF":
            raise _Unsound("it is not a GGUF file")
        version = self._scalar("I")
        if version not in (2, 3):
            raise _Unsound(f"its GGUF version {version} is not known")
        tensors, pairs = int(self._scalar("Q")), int(self._scalar("Q"))
        if pairs > _MOST_PAIRS:
            raise _Unsound("its header is damaged")
        return tensors, pairs

    def _pairs(self, count: int) -> Iterator[tuple[str, Value]]:
        for _ in range(count):
            key = self._string()
            yield key, self._value(int(self._scalar("I")))

    def _entry(self) -> tuple[str, tuple[int, ...], int, int]:
        name, dimensions = self._string(), int(self._scalar("I"))
        if not 1 <= dimensions <= 4:
            raise _Unsound("its header is damaged")
        shape = tuple(int(self._scalar("Q")) for _ in range(dimensions))
        return name, shape, int(self._scalar("I")), int(self._scalar("Q"))

    def _bytes(self, count: int) -> bytes:
        if count > self._size - self._file.tell():
            raise _Unsound("it is cut short")
        return self._file.read(count)

    def _scalar(self, code: str) -> int | float | bool:
        value: int | float | bool = struct.unpack("<" + code, self._bytes(struct.calcsize("<" + code)))[0]
        return value

    def _string(self) -> str:
        length = int(self._scalar("Q"))
        if length > _LONGEST_STRING:
            raise _Unsound("its header is damaged")
        return self._bytes(length).decode("utf-8", "replace")

    def _value(self, kind: int) -> Value:
        """The value of a pair; the contents of long arrays and of arrays of strings are skipped."""
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            return self._array()
        if kind not in _SCALARS:
            raise _Unsound("its header is damaged")
        return self._scalar(_SCALARS[kind])

    def _array(self) -> Value:
        kind, count = int(self._scalar("I")), int(self._scalar("Q"))
        if kind == _STRING:
            self._strings_left -= count
            if self._strings_left < 0:
                raise _Unsound("its header is damaged")
            for _ in range(count):
                self._skip(int(self._scalar("Q")))
            return count
        if kind not in _SCALARS:
            raise _Unsound("its header is damaged")
        if count <= _MOST_NUMBERS_KEPT:
            return tuple(self._scalar(_SCALARS[kind]) for _ in range(count))
        self._skip(count * struct.calcsize("<" + _SCALARS[kind]))
        return None

    def _skip(self, count: int) -> None:
        if count > self._size - self._file.tell():
            raise _Unsound("it is cut short")
        self._file.seek(count, os.SEEK_CUR)


def _header_of(found: dict[str, Value]) -> GgufHeader:
    name = found.get("general.name")
    kind = found.get("general.file_type")
    context = found.get(f"{found.get('general.architecture')}.context_length")
    # The name goes to the screen, and a file may hold anything.
    shown = printable(name, 80) if isinstance(name, str) else ""
    return GgufHeader(
        name=shown.strip(),
        quantization=_QUANTIZATIONS.get(kind, "") if isinstance(kind, int) else "",
        context_tokens=context if isinstance(context, int) else 0,
    )
