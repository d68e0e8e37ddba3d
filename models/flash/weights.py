"""A model whose weights are larger than the memory it may use.

After "LLM in a flash" (Alizadeh et al. 2023), on llama.cpp: the file is mapped but not read; the tensors get memory
from here. Hot tensors are read once. Streamed tensors pass through a ring that direct reads fill ahead of the
computation, and the evaluation callback holds the computation until a tensor is there. Of a mixture, the experts that
the router picked are read. Logits are bit for bit those of the mapped file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

from models.flash.expert_cache import ExpertCache
from models.flash.residency import Residency
from models.flash.ring import Step, WeightRing
from models.gguf import tensor as ggml_tensor
from models.gguf.header import GgufLayout, TensorPlace
from models.machine.direct_file import PAGE, Arena, DirectFile, ReadFailed, extent, merge_ranges

_ROWS_BETWEEN_DROPS = 2048
"""Rows of a mapped embedding that may be looked up before its pages are given back."""


class NotOurLayout(Exception):
    """The tensors in memory are not what the file says; nothing was changed."""


class FlashWeights:
    """The weights of a loaded model, in the places that a `Residency` gives them."""

    def __init__(self, layout: GgufLayout) -> None:
        """Open the files; `bind` gives the weights their places. Raises OSError."""
        self._layout = layout
        self._plan = Residency((), (), (), (), 0, 0)
        self._files = {str(path): DirectFile(path) for path in layout.files}
        self._arenas: list[Arena] = []
        self._ring: WeightRing | None = None
        self._experts: ExpertCache | None = None
        self._gates: dict[bytes, int] = {}
        self._bound: list[list[int]] = []
        self._seen: list[tuple[bytes, list[tuple[int, bytes]]]] | None = None
        self._rows = 0
        self.failure: str | None = None
        """Why the last pass failed: its results may not be used."""

    @property
    def plan(self) -> Residency:
        """Where the weights are held."""
        return self._plan

    @property
    def bytes_read(self) -> int:
        """Bytes read after the hot weights."""
        return (self._ring.bytes_read if self._ring else 0) + (self._experts.bytes_read if self._experts else 0)

    @property
    def direct(self) -> bool:
        """Whether reads leave nothing in the page cache."""
        return all(file.direct for file in self._files.values())

    def callback(self, llama_cpp: Any) -> Any:
        """The evaluation callback for the context; keep a reference for as long as the context lives."""
        return llama_cpp.ggml_backend_sched_eval_callback(self._on_node)

    def bind(self, plan: Residency, observe: Callable[[], None]) -> None:
        """Read the hot weights and set up the rest. `observe` begins a pass that is aborted at its first node.

        Raises NotOurLayout before anything is changed, and ReadFailed.
        """
        self._plan = plan
        nodes, tensors = self._observe(observe)
        expected = {tensor.name.encode(): tensor for tensor in self._layout.tensors}
        viewed = {name for _, sources in nodes for tensor, name in sources if ggml_tensor.viewed_by(tensor)}
        for name, tensor in tensors.items():
            if not ggml_tensor.is_expected(tensor, expected[name]):
                raise NotOurLayout(f"{name.decode()} is not what the file says")
        unused = {
            tensor.name for tensor in (*plan.hot, *plan.streamed, *plan.experts) if tensor.name.encode() not in tensors
        }
        if viewed & {tensor.name.encode() for tensor in (*self._plan.streamed, *self._plan.experts)}:
            raise NotOurLayout("a streamed tensor is used in parts")
        self._read_hot([tensor for tensor in plan.hot if tensor.name not in unused], tensors)
        streamed = [tensor for tensor in self._plan.streamed if tensor.name not in unused]
        if streamed:
            self._stream(streamed, nodes, tensors)
        if self._plan.experts:
            self._experts = ExpertCache(
                self._files,
                [tensor for tensor in self._plan.experts if tensor.name not in unused],
                self._plan.expert_bytes,
            )
            for place, address in self._experts.arenas():
                ggml_tensor.place(tensors[place.name.encode()], address)
        self.drop_pages()

    def begin_pass(self, tokens: int) -> None:
        """Prepare for a pass over so many tokens."""
        self.failure = None
        self._rows += tokens
        if self._rows > _ROWS_BETWEEN_DROPS:
            self.drop_pages()

    def abandon_pass(self) -> None:
        """Prepare for another pass after one that ended early."""
        if self._ring is not None:
            self._ring.rewind()

    def drop_pages(self) -> None:
        """Give back the pages of the mapped file that were touched."""
        self._rows = 0
        for place, address in self._mapped_addresses():
            _forget_mapping(address, place)
        for file in self._files.values():
            file.drop()

    def close(self) -> None:
        """Stop reading; the model may not be used afterwards."""
        if self._ring is not None:
            self._ring.close()
        if self._experts is not None:
            self._experts.close()
        for file in self._files.values():
            file.close()

    def _observe(
        self, observe: Callable[[], None]
    ) -> tuple[list[tuple[bytes, list[tuple[int, bytes]]]], dict[bytes, int]]:
        """The nodes of a pass in order, each with its weights, and the address of every weight."""
        nodes: list[tuple[bytes, list[tuple[int, bytes]]]] = []
        self._seen = nodes
        observe()
        self._seen = None
        names = {tensor.name.encode() for tensor in self._layout.tensors}
        tensors: dict[bytes, int] = {}
        for _, sources in nodes:
            sources[:] = [(tensor, name) for tensor, name in sources if name in names]
            for tensor, name in sources:
                if not ggml_tensor.viewed_by(tensor):
                    tensors[name] = tensor
        self._tensors = tensors
        return nodes, tensors

    def _read_hot(self, hot: Sequence[TensorPlace], tensors: dict[bytes, int]) -> None:
        """Read tensors into memory where they stay, neighbours in a single read. Raises ReadFailed."""
        for path, file in self._files.items():
            ranges = merge_ranges([(tensor.offset, tensor.size) for tensor in hot if str(tensor.file) == path])
            arena = Arena(sum(size for _, size in ranges), huge=True)
            self._arenas.append(arena)
            places, at = [], 0
            for start, size in ranges:
                file.read(start, arena.view[at : at + size])
                places.append((start, size, at))
                at += size
            for tensor in hot:
                if str(tensor.file) == path:
                    start, _, at = next(place for place in places if place[0] <= tensor.offset < place[0] + place[1])
                    ggml_tensor.place(tensors[tensor.name.encode()], arena.address + at + tensor.offset - start)

    def _stream(
        self,
        streamed: Sequence[TensorPlace],
        nodes: Sequence[tuple[bytes, list[tuple[int, bytes]]]],
        tensors: dict[bytes, int],
    ) -> None:
        """Set up the ring: for which tensors the computation has to wait where, and when it is done with them."""
        names = [name for name, _ in nodes]
        single = {name for name in names if names.count(name) == 1 and not name.startswith(b"node_")}
        uses: dict[bytes, list[int]] = {}
        for number, (_, sources) in enumerate(nodes):
            for _, name in sources:
                uses.setdefault(name, []).append(number)
        steps: dict[int, list[TensorPlace]] = {}
        for tensor in sorted(streamed, key=lambda tensor: uses[tensor.name.encode()][0]):
            first = uses[tensor.name.encode()][0]
            gate = next((number for number in range(first - 1, -1, -1) if names[number] in single), None)
            if gate is None:
                raise NotOurLayout(f"there is no place to wait for {tensor.name}")
            steps.setdefault(gate, []).append(tensor)
        gates = sorted(steps)
        made = []
        for number, gate in enumerate(gates):
            last = max(uses[tensor.name.encode()][-1] for tensor in steps[gate])
            # Done with at the first gate after the last use, in the next pass at the latest.
            after = next((later - number for later in range(number + 1, len(gates)) if gates[later] >= last), None)
            made.append(Step(steps[gate], after or len(gates) - number))
        largest = sorted((WeightRing.step_bytes(step.tensors) for step in made), reverse=True)[:2]
        self._ring = WeightRing(self._files, made, max(self._plan.ring_bytes, sum(largest)))
        self._gates = {names[gate]: number for number, gate in enumerate(gates)}
        self._bound = [[tensors[tensor.name.encode()] for tensor in step.tensors] for step in made]

    def _on_node(self, tensor: int, asked: bool, _: int | None) -> bool:
        """ggml's callback: with `asked`, whether a node matters; then, if it does, after it was computed."""
        name = ggml_tensor.name_of(tensor)
        if self._seen is not None:
            self._seen.append((name, [(source, _weight_name(source)) for source in ggml_tensor.sources_of(tensor)]))
            return False
        if asked:
            return name in self._gates or (self._experts is not None and self._experts.waits_at(name))
        try:
            step = self._gates.get(name)
            if step is not None and self._ring is not None:
                self._ring.release(step)
                for bound, address in zip(self._bound[step], self._ring.take(step), strict=True):
                    ggml_tensor.place(bound, address)
            if self._experts is not None and self._experts.waits_at(name):
                self._experts.fetch(name, tensor)
        except ReadFailed as error:
            self.failure = str(error)
            return False
        except Exception as error:  # ctypes would print it, and ggml would go on with the wrong weights
            self.failure = repr(error)
            return False
        return True

    def _mapped_addresses(self) -> list[tuple[TensorPlace, int]]:
        return [
            (place, ggml_tensor.data_of(self._tensors[place.name.encode()]))
            for place in self._plan.mapped
            if place.name.encode() in self._tensors
        ]


def _weight_name(tensor: int) -> bytes:
    """Name of a weight; of a view, the name of the whole weight."""
    return ggml_tensor.name_of(ggml_tensor.viewed_by(tensor) or tensor)


def _forget_mapping(address: int, place: TensorPlace) -> None:
    """Take the pages of a mapped tensor out of this process, so that the page cache may drop them."""
    start, size = extent(address, place.size)
    try:
        advise = ctypes.CDLL(None).madvise
    except (AttributeError, TypeError, OSError):
        return
    advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    advise(start + PAGE, max(0, size - 2 * PAGE), 4)
