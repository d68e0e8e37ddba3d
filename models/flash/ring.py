"""Weights that pass through memory: a ring that threads fill from disk ahead of the computation."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from models.gguf.header import TensorPlace
from models.machine.direct_file import Arena, DirectFile, ReadFailed, extent

_STAMP = 16
_LANES = 2


@dataclass(frozen=True)
class Step:
    """Tensors that are bound together, at the same node of the computation."""

    tensors: Sequence[TensorPlace]
    released_after: int
    """After so many more steps the computation is done with them; at least 1."""


@dataclass
class _Slot:
    step: int
    start: int
    size: int
    addresses: list[int]
    """Where each of the step's tensors begins."""
    ready: bool = False


class WeightRing:
    """Reads steps in a circle, each into the next free part of the ring; `take` waits for a step.

    Two threads read, so that the disk has a next request while a thread deals with its last one.
    """

    def __init__(self, files: dict[str, DirectFile], steps: Sequence[Step], size: int) -> None:
        """`files` by path. `size`, in bytes, has to hold two of the largest steps."""
        self._files = files
        self._steps = steps
        self._arena = Arena(size, huge=True)
        self._slots: deque[_Slot] = deque()
        self._changed = threading.Condition()
        self._next = 0
        self._epoch = 0
        self._failure: ReadFailed | None = None
        self._closed = False
        self._reading = 0
        self._pausing = False
        self.bytes_read = 0
        """Bytes read so far."""
        self._threads = [threading.Thread(target=self._run, name="weights", daemon=True) for _ in range(_LANES)]
        for thread in self._threads:
            thread.start()

    @staticmethod
    def step_bytes(tensors: Sequence[TensorPlace]) -> int:
        """Bytes of the ring that a step takes."""
        return sum(extent(tensor.offset, tensor.size)[1] for tensor in tensors)

    def take(self, step: int) -> list[int]:
        """Addresses of the step's tensors, once they are read. Raises ReadFailed.

        Steps come in a circle. A step out of turn, as after a cancelled pass, starts the circle there.
        """
        with self._changed:
            slot = next((slot for slot in self._slots if slot.step == step), None)
            if slot is None and not (self._next == step and not self._slots):
                self._restart(step)
            while True:
                if self._failure is not None:
                    failure, self._failure = self._failure, None
                    self._restart(step)
                    raise failure
                slot = next((slot for slot in self._slots if slot.step == step), None)
                if slot is not None and slot.ready:
                    return slot.addresses
                self._changed.wait()

    def release(self, step: int) -> None:
        """Note that the computation has passed `step`: what it no longer needs may be overwritten."""
        with self._changed:
            count = len(self._steps)
            while self._slots and self._slots[0].ready:
                first = self._slots[0]
                if (step - first.step) % count < self._steps[first.step].released_after:
                    break
                self._slots.popleft()
            self._changed.notify_all()

    def rewind(self) -> None:
        """Go back to the first step, because a pass was abandoned."""
        with self._changed:
            if self._slots and self._slots[0].step == 0:
                return
            self._restart(0)

    def close(self) -> None:
        """Stop reading."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _restart(self, step: int) -> None:
        """Begin again at a step, once no thread writes into the ring. The caller holds the lock."""
        self._epoch += 1
        self._pausing = True
        while self._reading:
            self._changed.wait()
        self._pausing = False
        self._slots.clear()
        self._next = step
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                place = None
                while not self._closed:
                    if not self._pausing and self._failure is None and (place := self._room()) is not None:
                        break
                    self._changed.wait()
                if self._closed:
                    return
                assert place is not None
                slot = _Slot(self._next, place, self.step_bytes(self._steps[self._next].tensors), [])
                self._slots.append(slot)
                self._next = (self._next + 1) % len(self._steps)
                epoch = self._epoch
                self._reading += 1
            failure: ReadFailed | None = None
            addresses: list[int] = []
            try:
                addresses = self._fill(slot)
            except ReadFailed as error:
                failure = error
            with self._changed:
                self._reading -= 1
                if epoch == self._epoch:
                    self._failure = self._failure or failure
                    slot.addresses, slot.ready = addresses, failure is None
                self._changed.notify_all()

    def _room(self) -> int | None:
        """Where the next step fits, or None. The caller holds the lock."""
        size = self.step_bytes(self._steps[self._next].tensors)
        if not self._slots:
            return 0
        first, last = self._slots[0].start, self._slots[-1].start + self._slots[-1].size
        if last > first:
            if last + size <= self._arena.size:
                return last
            return 0 if size <= first else None
        return last if last + size <= first else None

    def _fill(self, slot: _Slot) -> list[int]:
        """Read a step's tensors, and return their addresses. Raises ReadFailed.

        Stamps in the memory of each tensor show afterwards whether the read overwrote it.
        """
        addresses, at = [], slot.start
        for tensor in self._steps[slot.step].tensors:
            start, size = extent(tensor.offset, tensor.size)
            part = self._arena.view[at : at + size]
            inside = tensor.offset - start
            stamp = os.urandom(_STAMP)
            places = (inside, inside + (tensor.size - _STAMP) // 2, inside + tensor.size - _STAMP)
            for place in places:
                part[place : place + _STAMP] = stamp
            self._read(tensor, start, part)
            if any(part[place : place + _STAMP] == stamp for place in places):
                raise ReadFailed(f"{tensor.file} gave no data for {tensor.name}")
            with self._changed:
                self.bytes_read += size
            addresses.append(self._arena.address + at + inside)
            at += size
        return addresses

    def _read(self, tensor: TensorPlace, start: int, into: memoryview) -> None:
        self._files[str(tensor.file)].read(start, into)
