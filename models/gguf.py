"""The header of a GGUF model file, read without the model's runtime, and without trusting the file.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (little-endian, versions 2 and 3).
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

from models.protocol import ModelError

CHOOSE_ANOTHER = "Choose another with `secondme config set model.path FILE`."

Value: TypeAlias = int | float | bool | str | None

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9

# Far above any real model (SmolLM2: 33 pairs, 98,052 strings in arrays, a template of 400 characters):
# they only bound what a hostile header can cost.
_MOST_PAIRS = 10_000
_LONGEST_STRING = 1 << 20
_MOST_STRINGS_SKIPPED = 4_000_000

_QUANTIZATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M",
    18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S",
    25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M",
    32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip


@dataclass(frozen=True)
class GgufHeader:
    """What a GGUF file says of itself; empty or 0 where it says nothing."""

    name: str
    quantization: str
    """Name of the file type, e.g. `Q4_1`."""
    context_tokens: int
    """Context window that the model was trained for, in tokens."""

    def title(self) -> str:
        """Name and quantization for the screen."""
        return f"{self.name} {self.quantization}".strip()


def read_header(path: Path) -> GgufHeader:
    """Read the few fields we need. Raises ModelError when the file is missing or is no sound GGUF."""
    try:
        with path.open("rb") as file:
            return _Reader(file).header()
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read ({error.strerror}).", CHOOSE_ANOTHER) from error
    except _Unsound as error:
        raise ModelError(f"The model file {path} is not usable: {error}.", CHOOSE_ANOTHER) from error


class _Unsound(Exception):
    """The file is not a GGUF, or a damaged one; the message says which."""


class _Reader:
    """Reads forward through the header; no read goes beyond the end of the file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._strings_left = _MOST_STRINGS_SKIPPED

    def header(self) -> GgufHeader:
        if self._size < 4 or self._bytes(4) != b"GGUF":
            raise _Unsound("it is not a GGUF file")
        version = self._scalar("I")
        if version not in (2, 3):
            raise _Unsound(f"its GGUF version {version} is not known")
        self._scalar("Q")
        pairs = int(self._scalar("Q"))
        if pairs > _MOST_PAIRS:
            raise _Unsound("its header is damaged")
        found: dict[str, Value] = {}
        for _ in range(pairs):
            key = self._string()
            found[key] = self._value(int(self._scalar("I")))
            wanted = (
                "general.name",
                "general.file_type",
                f"{found.get('general.architecture')}.context_length",
            )
            # The rest is mostly the vocabulary, 100,000 strings that take 0.1 s to pass over.
            if all(name in found for name in wanted):
                break
        return _header_of(found)

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
        """The value of a pair; arrays are passed over."""
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            self._skip_array()
            return None
        if kind not in _SCALARS:
            raise _Unsound("its header is damaged")
        return self._scalar(_SCALARS[kind])

    def _skip_array(self) -> None:
        kind, count = int(self._scalar("I")), int(self._scalar("Q"))
        if kind == _STRING:
            self._strings_left -= count
            if self._strings_left < 0:
                raise _Unsound("its header is damaged")
            for _ in range(count):
                self._skip(int(self._scalar("Q")))
        elif kind in _SCALARS:
            self._skip(count * struct.calcsize("<" + _SCALARS[kind]))
        else:
            raise _Unsound("its header is damaged")

    def _skip(self, count: int) -> None:
        if count > self._size - self._file.tell():
            raise _Unsound("it is cut short")
        self._file.seek(count, os.SEEK_CUR)


def _header_of(found: dict[str, Value]) -> GgufHeader:
    name = found.get("general.name")
    kind = found.get("general.file_type")
    context = found.get(f"{found.get('general.architecture')}.context_length")
    # The name goes to the screen, and anyone can write one into a file.
    shown = "".join(ch for ch in name if ch.isprintable())[:80] if isinstance(name, str) else ""
    return GgufHeader(
        name=shown.strip(),
        quantization=_QUANTIZATIONS.get(kind, "") if isinstance(kind, int) else "",
        context_tokens=context if isinstance(context, int) else 0,
    )
