"""The experts of a mixture that are in memory: read when the router picks them, held while they are popular."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field

import numpy as np

from models.gguf import tensor as ggml_tensor
from models.gguf.header import TensorPlace
from models.machine.direct_file import PAGE, Arena, DirectFile, extent

_LANES = 4
_DECAY = 0.97
"""Factor by which the count of a pick decays with each pass: picks count for about 30 tokens."""
_TAIL_PASSES = 1
"""Experts picked so many passes ago are not evicted for popular ones (the window of "LLM in a flash")."""


@dataclass
class _Layer:
    tensors: list[TensorPlace]
    arenas: list[Arena]
    leads: list[int]
    """Where each tensor begins in its arena: the arena's pages are the file's pages."""
    count: int
    resident: set[int] = field(default_factory=set)
    popularity: dict[int, float] = field(default_factory=dict)
    last_pass: dict[int, int] = field(default_factory=dict)
    passes: int = 0

    def worth(self, expert: int) -> tuple[bool, float]:
        """What an expert in memory is worth: whether it is in the window of the last tokens, and its popularity."""
        return self.passes - self.last_pass[expert] <= _TAIL_PASSES, self.popularity[expert]


class ExpertCache:
    """Reads and holds single experts of the 3-D tensors of a mixture-of-experts model.

    Each tensor gets address space of its full size, and an expert lies in it where it lies in the file, so ids
    stay as they are. The window of the last tokens stays (Alizadeh et al. 2023); beyond it the least popular expert is
    evicted, by counts that decay (static popularity predicts as well as the token before, see docs/flash.md).
    """

    def __init__(self, files: dict[str, DirectFile], tensors: Sequence[TensorPlace], budget: int) -> None:
        """`budget` in bytes for all layers."""
        self._files = files
        grouped: dict[str, list[TensorPlace]] = {}
        for tensor in tensors:
            grouped.setdefault(tensor.name.split(".")[1], []).append(tensor)
        self._layers: dict[bytes, _Layer] = {}
        for number, members in grouped.items():
            arenas, leads = [], []
            for tensor in members:
                start, size = extent(tensor.offset, tensor.size)
                arenas.append(Arena(size))
                leads.append(tensor.offset - start)
            self._layers[f"ffn_moe_topk-{number}".encode()] = _Layer(members, arenas, leads, members[0].shape[2])
        largest_expert = max(
            sum(extent(tensor.offset, tensor.size // tensor.shape[2])[1] + PAGE for tensor in layer.tensors)
            for layer in self._layers.values()
        )
        self._capacity = max(1, budget // largest_expert)
        self._held = 0
        self._pool = ThreadPoolExecutor(_LANES, thread_name_prefix="experts")
        self.bytes_read = 0
        self.picked = 0
        self.missed = 0
        """How many experts were picked, and how many of them had to be read."""

    @property
    def capacity(self) -> int:
        """How many experts fit."""
        return self._capacity

    def arenas(self) -> Iterator[tuple[TensorPlace, int]]:
        """Each tensor, with the address where it begins in memory."""
        for layer in self._layers.values():
            for tensor, arena, lead in zip(layer.tensors, layer.arenas, layer.leads, strict=True):
                yield tensor, arena.address + lead

    def waits_at(self, name: bytes) -> bool:
        """Whether the node of this name has the router's picks of a layer."""
        return name in self._layers

    def fetch(self, name: bytes, picks: int) -> None:
        """Read the missing ones of the experts that the tensor at address `picks` names (int32, experts x tokens).

        Raises ReadFailed.
        """
        layer = self._layers[name]
        picked = set(_numbers(picks).ravel().tolist())
        if not picked <= set(range(layer.count)):
            raise ValueError("the router picked an expert that is not there")
        layer.passes += 1
        missing = sorted(picked - layer.resident)
        self.picked += len(picked)
        self.missed += len(missing)
        for expert in layer.popularity:
            layer.popularity[expert] *= _DECAY
        for expert in picked:
            layer.popularity[expert] = layer.popularity.get(expert, 0.0) + 1.0
            layer.last_pass[expert] = layer.passes
        if not missing:
            return
        self._make_room(len(missing), name, picked)
        jobs = [self._pool.submit(self._read, layer, expert) for expert in missing]
        wait(jobs)
        for job in jobs:
            self.bytes_read += job.result()
        layer.resident.update(missing)
        self._held += len(missing)

    def close(self) -> None:
        """End the threads that read."""
        self._pool.shutdown()

    def _read(self, layer: _Layer, expert: int) -> int:
        done = 0
        for tensor, arena, _ in zip(layer.tensors, layer.arenas, layer.leads, strict=True):
            expert_bytes = tensor.size // layer.count
            begin = extent(tensor.offset, tensor.size)[0]
            start, size = extent(tensor.offset + expert * expert_bytes, expert_bytes)
            self._files[str(tensor.file)].read(start, arena.view[start - begin : start - begin + size])
            done += size
        return done

    def _make_room(self, count: int, name: bytes, picked: set[int]) -> None:
        """Evict experts until `count` more fit: of this layer first, whose turn comes last from now on."""
        excess = self._held + count - self._capacity
        layers = [name, *(at for at in self._layers if at != name)] if excess > 0 else []
        for at in layers:
            layer = self._layers[at]
            spared = picked if at == name else set()
            order = sorted(
                layer.resident - spared,
                key=layer.worth,
            )
            for expert in order[:excess]:
                self._evict(layer, expert)
            excess -= len(order[:excess])
            if excess <= 0:
                return

    def _evict(self, layer: _Layer, expert: int) -> None:
        layer.resident.discard(expert)
        self._held -= 1
        for tensor, arena in zip(layer.tensors, layer.arenas, strict=True):
            expert_bytes = tensor.size // layer.count
            begin = extent(tensor.offset, tensor.size)[0]
            first, last = tensor.offset + expert * expert_bytes, tensor.offset + (expert + 1) * expert_bytes
            # A page that is shared with a neighbour in memory stays.
            start, size = extent(first, expert_bytes)
            end = start + size
            if first > start and expert - 1 in layer.resident:
                start += PAGE
            if last < end and expert + 1 in layer.resident:
                end -= PAGE
            arena.release(start - begin, end - start)


def _numbers(tensor: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    """A copy of a matrix of int32, which may be part of a wider one: its rows are found by their stride."""
    columns, rows, _, _ = ggml_tensor.shape_of(tensor)
    _, stride, _, _ = ggml_tensor.strides_of(tensor)
    data = ggml_tensor.data_of(tensor)
    whole = (ctypes.c_int32 * ((rows - 1) * (stride // 4) + columns)).from_address(data)
    flat = np.ctypeslib.as_array(whole)
    return np.lib.stride_tricks.as_strided(flat, (rows, columns), (stride, 4)).copy()
