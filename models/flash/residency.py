"""Which weights stay in memory, and which are read from disk again for every pass, under a budget.

After "LLM in a flash" (Alizadeh et al. 2023): attention, embeddings and norms stay, feed-forward weights are
streamed; of a mixture only the experts that the router picks are read, and a window of them stays. Every byte
that stays saves the same read, so what streams badly stays first: small tensors cost a read each, and the output
would need a ring as large as itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.gguf.header import GgufLayout, TensorPlace

SMALL_BYTES = 1 << 20
MAPPED_ROWS_BYTES = 16 << 20
_SLOTS = 3
"""Streamed tensors that the ring holds at once: in use, ready, and being read."""
_PAGES = 2 * 4096


@dataclass(frozen=True)
class Residency:
    """Where each tensor of a model is held; sizes in bytes."""

    hot: Sequence[TensorPlace]
    """Read once, then held in memory."""
    streamed: Sequence[TensorPlace]
    """Read into the ring for each pass over the model."""
    experts: Sequence[TensorPlace]
    """Only the experts that are picked are read, into a cache."""
    mapped: Sequence[TensorPlace]
    """Left in the mapped file: only single rows of them are looked up."""
    ring_bytes: int
    expert_bytes: int
    """Size of the cache of experts."""

    @property
    def everything(self) -> bool:
        """Whether nothing is read again."""
        return not self.streamed and not self.experts

    @property
    def hot_bytes(self) -> int:
        """Weights that stay in memory."""
        return sum(tensor.size for tensor in self.hot)

    @property
    def streamed_bytes(self) -> int:
        """Weights that are read for each pass, without experts."""
        return sum(tensor.size for tensor in self.streamed)


class NotEnoughMemory(Exception):
    """The budget is too small for the model; `needed` bytes for weights would do."""

    def __init__(self, needed: int) -> None:
        super().__init__(f"at least {needed} bytes are needed for weights")
        self.needed = needed


def plan_residency(layout: GgufLayout, budget: int) -> Residency:
    """Share `budget` bytes among a model's weights. Raises NotEnoughMemory."""
    kinds = _Kinds(layout)
    budget -= kinds.rows_bytes
    everything = (*kinds.small, *kinds.order, *kinds.experts)
    if _held_bytes(everything) <= budget:
        return Residency(everything, (), (), kinds.mapped, 0, 0)
    left = budget - _held_bytes(kinds.small)
    experts = _experts_at_once(layout, kinds.experts)
    if kinds.experts and experts <= left - _held_bytes(kinds.order):
        # Experts are by far the larger part of a mixture: all else stays.
        room = left - _held_bytes(kinds.order)
        return Residency((*kinds.small, *kinds.order), (), kinds.experts, kinds.mapped, 0, room)
    for slots in (_SLOTS, _SLOTS - 1):
        for ends_stay in (True, False):
            shared = _streaming(kinds, left - experts, slots, ends_stay)
            if shared is not None:
                hot, streamed, ring = shared
                return Residency((*kinds.small, *hot), streamed, kinds.experts, kinds.mapped, ring, experts)
    raise NotEnoughMemory(least_budget(layout))


def least_budget(layout: GgufLayout) -> int:
    """The smallest budget for weights that a model can run with, in bytes."""
    kinds = _Kinds(layout)
    blocks = [*kinds.attention, *kinds.feed_forward]
    ways = [
        _ring(kinds.order, _SLOTS - 1),
        _held_bytes(kinds.ends) + _ring(blocks, _SLOTS - 1),
        _held_bytes(kinds.order),
    ]
    return kinds.rows_bytes + _held_bytes(kinds.small) + _experts_at_once(layout, kinds.experts) + min(ways)


def _streaming(
    kinds: _Kinds, left: int, slots: int, ends_stay: bool
) -> tuple[list[TensorPlace], list[TensorPlace], int] | None:
    """(tensors that stay, streamed tensors, bytes of the ring) within `left` bytes; None if that is too little."""
    kept = list(kinds.ends) if ends_stay else []
    room = left - _held_bytes(kept)
    streamed: list[TensorPlace] = [] if ends_stay else list(kinds.ends)
    if _ring([*streamed, *kinds.feed_forward], slots) + _held_bytes(kinds.attention) <= room:
        kept += kinds.attention
        room -= _held_bytes(kinds.attention)
        ring = _ring([*streamed, *kinds.feed_forward], slots)
        more = spread_evenly(kinds.feed_forward, room - ring)
    else:
        ring = _ring([*streamed, *kinds.attention, *kinds.feed_forward], slots)
        if ring > room:
            return None
        more = spread_evenly(kinds.attention, room - ring)
    names = {tensor.name for tensor in (*kept, *more)}
    rest = [tensor for tensor in kinds.order if tensor.name not in names]
    return [*kept, *more], rest, ring


def spread_evenly(tensors: Sequence[TensorPlace], budget: int) -> list[TensorPlace]:
    """As many tensors as fit into `budget` bytes, evenly over the model, so that those between hide the reads."""
    total = max(1, _held_bytes(tensors))
    kept, used, seen = [], 0, 0
    for tensor in tensors:
        seen += tensor.size + _PAGES
        if used + tensor.size + _PAGES <= min(budget, budget * seen / total + 1):
            kept.append(tensor)
            used += tensor.size + _PAGES
    return kept


class _Kinds:
    """A model's tensors by what they are for, each kind in the order of the file."""

    def __init__(self, layout: GgufLayout) -> None:
        names = {tensor.name for tensor in layout.tensors}
        rows_only = {"per_layer_token_embd.weight"} | ({"token_embd.weight"} if "output.weight" in names else set())
        self.small: list[TensorPlace] = []
        self.ends: list[TensorPlace] = []
        self.attention: list[TensorPlace] = []
        self.feed_forward: list[TensorPlace] = []
        self.experts: list[TensorPlace] = []
        self.mapped: list[TensorPlace] = []
        for tensor in layout.tensors:
            if tensor.name in rows_only:
                self.mapped.append(tensor)
            elif tensor.name.endswith("_exps.weight") and len(tensor.shape) == 3:
                self.experts.append(tensor)
            elif tensor.size <= SMALL_BYTES:
                self.small.append(tensor)
            elif not tensor.name.startswith("blk."):
                self.ends.append(tensor)
            elif ".ffn_" in tensor.name:
                self.feed_forward.append(tensor)
            else:
                self.attention.append(tensor)

    @property
    def rows_bytes(self) -> int:
        """Room for rows of mapped tensors, until their pages are given back."""
        return MAPPED_ROWS_BYTES if self.mapped else 0

    @property
    def order(self) -> list[TensorPlace]:
        """All tensors but small ones, experts, and those left in the file."""
        return [*self.ends, *self.attention, *self.feed_forward]


def _held_bytes(tensors: Sequence[TensorPlace]) -> int:
    return sum(tensor.size + _PAGES for tensor in tensors)


def _ring(tensors: Sequence[TensorPlace], slots: int) -> int:
    """Bytes of a ring that holds `slots` of the largest tensor."""
    return slots * (max((tensor.size for tensor in tensors), default=0) + _PAGES)


def _experts_at_once(layout: GgufLayout, experts: Sequence[TensorPlace]) -> int:
    """Twice the bytes of the experts that a token needs in a layer. 0 if there are no experts."""
    expert_bytes: dict[str, int] = {}
    for tensor in experts:
        layer = tensor.name.rsplit(".", 2)[0]
        expert_bytes[layer] = expert_bytes.get(layer, 0) + tensor.size // tensor.shape[2] + _PAGES
    return 2 * max(1, int(layout.number("expert_used_count", 1))) * max(expert_bytes.values(), default=0)
