"""The values of a tensor in a GGUF file, whatever its type."""

from __future__ import annotations

from collections.abc import Sequence

import gguf
import numpy as np
import numpy.typing as npt

from models.gguf.header import BLOCKS, TensorPlace


def read_weights(place: TensorPlace) -> npt.NDArray[np.float32]:
    """All values of a tensor, float32 of its shape with the slowest dimension first. Raises OSError, ValueError."""
    data = np.fromfile(place.file, np.uint8, place.size, offset=place.offset)
    return _values(place, data.reshape(-1, _row_bytes(place))).reshape(place.shape[::-1])


def read_rows(place: TensorPlace, rows: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Some rows of a matrix, float32 of shape (rows, columns). Raises OSError, ValueError."""
    held = np.memmap(place.file, np.uint8, "r", place.offset, (place.shape[1], _row_bytes(place)))
    return _values(place, np.asarray(held[rows]))


def _row_bytes(place: TensorPlace) -> int:
    weights, size = BLOCKS[place.kind]
    return place.shape[0] // weights * size


def _values(place: TensorPlace, rows: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Values of rows of a tensor, given as bytes."""
    kind = gguf.GGMLQuantizationType(place.kind)
    try:
        found = gguf.quants.dequantize(rows, kind)
    except NotImplementedError as error:
        raise ValueError(f"weights of the type {kind.name} cannot be trained on") from error
    return np.ascontiguousarray(found, np.float32)
