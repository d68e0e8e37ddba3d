"""The layers that stay as they are: each example runs through them once, and what comes out is kept on disk.

A layer's weights are read, used for all examples that are in memory, and dropped. States are kept as float16, which is
exact enough for what the layers above make of them; what float16 can't hold becomes its largest number.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.adapters.backend import Backend, FrozenRow
from models.adapters.base_model import Array, BaseModel
from models.adapters.memory import FROZEN_BYTES
from models.adapters.rows import Row
from models.adapters.transformer import norm
from models.machine.atomic_file import read_record, sync_folder, write_record

_STATES, _ANCHORS, _RECORD = "frozen.states", "frozen.anchors", "frozen.json"
_MOST = float(np.finfo(np.float16).max)


class FrozenStates:
    """States before the first trained layer, of each row; and what the whole base gives at the rows' anchors."""

    def __init__(self, base: BaseModel, first_layer: int, rows: Sequence[Row], folder: Path, fingerprint: str) -> None:
        self._base = base
        self._first = first_layer
        self.rows = rows
        self._folder = folder
        self._fingerprint = fingerprint
        width = base.shape.width
        self._begins = np.cumsum([0, *(2 * width * len(row) for row in rows)])
        self._anchors_begin = np.cumsum([0, *(4 * width * int(row.anchors.sum()) for row in rows)])

    def compute(self, backend: Backend, may_go_on: Callable[[], bool]) -> Iterator[int]:
        """Compute what is not there yet. Yields how many tokens are done.

        Asks before each layer whether it `may_go_on`, and ends early when it may not.
        """
        if self._are_whole():
            return
        (self._folder / _RECORD).unlink(missing_ok=True)
        done, checksums = 0, [0, 0]
        with (self._folder / _STATES).open("wb") as states_file, (self._folder / _ANCHORS).open("wb") as anchors_file:
            for path in (_STATES, _ANCHORS):
                (self._folder / path).chmod(0o600)
            for rows in self._portions():
                kept = self._through(rows, backend, may_go_on)
                if kept is None:
                    return
                for number, (file, data) in enumerate(zip((states_file, anchors_file), kept, strict=True)):
                    file.write(data)
                    checksums[number] = zlib.crc32(data, checksums[number])
                done += sum(map(len, rows))
                yield done
            states_file.flush()
            anchors_file.flush()
        sync_folder(self._folder)
        write_record(self._folder / _RECORD, {"training": self._fingerprint, "checksums": checksums})

    def row(self, number: int) -> FrozenRow:
        """A row with what was computed of it."""
        return FrozenRow(
            self.rows[number],
            self._read(_STATES, np.float16, self._begins, number),
            self._read(_ANCHORS, np.float32, self._anchors_begin, number),
        )

    def remove(self) -> None:
        """Delete what was kept."""
        for name in (_STATES, _ANCHORS, _RECORD):
            (self._folder / name).unlink(missing_ok=True)

    def _read(self, name: str, dtype: npt.DTypeLike, begins: npt.NDArray[np.int64], number: int) -> Array:
        begin, end = int(begins[number]), int(begins[number + 1])
        if begin == end:
            return np.empty((0, self._base.shape.width), dtype)
        count = (end - begin) // np.dtype(dtype).itemsize
        return np.fromfile(self._folder / name, dtype, count, offset=begin).reshape(-1, self._base.shape.width)

    def _are_whole(self) -> bool:
        record = read_record(self._folder / _RECORD)
        if record.get("training") != self._fingerprint:
            return False
        try:
            return record.get("checksums") == [_checksum(self._folder / name) for name in (_STATES, _ANCHORS)]
        except OSError:
            return False

    def _portions(self) -> Iterator[list[Row]]:
        """The rows in portions that pass through the layers together."""
        portion: list[Row] = []
        for row in self.rows:
            if portion and (sum(map(len, portion)) + len(row)) * self._base.shape.width * 4 > FROZEN_BYTES:
                yield portion
                portion = []
            portion.append(row)
        if portion:
            yield portion

    def _through(
        self, rows: Sequence[Row], backend: Backend, may_go_on: Callable[[], bool]
    ) -> tuple[bytes, bytes] | None:
        """The kept bytes of rows: their states, and what the base gives at their anchors; None: it may not go on."""
        base, shape = self._base, self._base.shape
        states = [base.embed(row.tokens) for row in rows]
        if not self._layers(range(self._first), list(zip(rows, states, strict=True)), backend, may_go_on):
            return None
        kept = b"".join(np.clip(state, -_MOST, _MOST).astype(np.float16).tobytes() for state in states)
        anchored = [(row, state) for row, state in zip(rows, states, strict=True) if row.anchors.any()]
        if not self._layers(range(self._first, shape.layers), anchored, backend, may_go_on):
            return None
        scale = base.output_norm()
        found = []
        for row, state in anchored:
            at = state[row.sources[row.anchors]]
            found.append(norm(at, scale, shape.epsilon, np.empty_like(at)).astype(np.float32).tobytes())
        return kept, b"".join(found)

    def _layers(
        self, layers: range, rows: Sequence[tuple[Row, Array]], backend: Backend, may_go_on: Callable[[], bool]
    ) -> bool:
        """Run states through layers, in place. False: it may not go on."""
        for layer in layers if rows else ():
            if not may_go_on():
                return False
            backend.pass_through(self._base.layer(layer), rows)
        return True


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            found = zlib.crc32(block, found)
    return found
