"""What a model would need and how fast it would be, before it is loaded: from its header and the machine's speed.

The question is BitStack's (Wang et al. 2024): what fits into the memory that is free now?
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from models.flash.residency import NotEnoughMemory, least_budget, plan_residency
from models.gguf.footprint import (
    BATCH_TOKENS,
    GROWTH_BYTES,
    PROCESS_BYTES,
    STAGING_BYTES,
    cache_bytes,
    compute_bytes,
    layers_on_gpu,
    recommended_cache,
)
from models.gguf.header import GgufLayout, TensorPlace
from models.planning.speed import Machine

Mode: TypeAlias = Literal["resident", "streamed", "too large"]
PROMPT_TOKENS = 500
"""Length of the prompt whose first token is predicted."""
_PASS_SECONDS = 60e-6
"""Seconds that a layer takes besides its weights: about thirty small operations (measured: SmolLM2-135M, 2 threads)."""
_ATTENTION_SHARE = 0.5
"""Rate at which attention reads its cache, as a share of the rate at which f16 weights are multiplied (measured: 20 to
26 ms a token after 1,400 tokens of SmolLM2-135M, 12 to 15 at the beginning)."""
_EXPERT_DISK_SHARE = 0.5
"""Rate at which experts are read, as a share of the disk's: a read is about a megabyte (measured: 1.3 of 2.7 GB/s)."""
_F16 = 1
_TOKEN_SECONDS = 20e-9
"""Seconds that choosing a token takes for each entry of the vocabulary."""
_LEAST_SHARE = 0.2
"""Least share of a token's weights that has to stay in memory: a ring, norms, the output."""
_EXPERT_HITS = 0.38
"""Share of a token's experts that the token before had too, as published for Qwen3 (see docs/flash.md)."""


@dataclass(frozen=True)
class Plan:
    """How a model would run; sizes in bytes, times in seconds. Speeds are predictions."""

    mode: Mode
    memory: int
    """The most that the model's process may hold."""
    needs: int
    """The most that it would hold; of a model that is too large, the least with which it would run."""
    weights: int
    context: int
    cache_kind: str
    cache: int
    gpu_layers: int
    hot: int
    """Weights that stay in memory."""
    streamed: int
    """Weights that are read again for each pass."""
    experts: int
    """Memory for the experts of a mixture."""
    ring: int
    read_each: int
    """Bytes read from disk for each token, without guesses."""
    tokens_per_second: float
    first_token: float
    """Seconds until the first token of an answer to a prompt of `PROMPT_TOKENS` that was not read before."""


def plan(
    layout: GgufLayout,
    machine: Machine,
    memory: int,
    *,
    context: int = 4096,
    cache_kind: str = "",
    gpu_layers: int = -1,
) -> Plan:
    """How a model would run in `memory` bytes. An empty `cache_kind` takes the recommended one."""
    context = min(context, int(layout.number("context_length", context)) or context)
    kind = cache_kind or recommended_cache(layout, context, memory)
    cache = cache_bytes(layout, context, kind)
    beside = PROCESS_BYTES + cache + compute_bytes(layout) + GROWTH_BYTES
    weights = layout.weight_bytes
    on_gpu = layers_on_gpu(layout, machine.gpu_bytes, context, kind) if machine.gpu_bytes else 0
    found = Plan(
        "resident", memory, weights + beside, weights, context, kind, cache,
        on_gpu if gpu_layers < 0 else min(on_gpu, gpu_layers), weights, 0, 0, 0, 0, 0.0, 0.0,
    )  # fmt: skip
    if weights + STAGING_BYTES + beside <= memory:
        return _with_times(found, layout, machine)
    beside = PROCESS_BYTES + cache + compute_bytes(layout) + GROWTH_BYTES
    try:
        kept = plan_residency(layout, memory - beside)
    except NotEnoughMemory:
        return replace(found, mode="too large", needs=least_budget(layout) + beside, hot=0)
    missed = _missed_bytes(layout, kept.experts, kept.expert_bytes)
    return _with_times(
        replace(
            found,
            mode="streamed" if not kept.everything else "resident",
            needs=min(memory, kept.hot_bytes + kept.ring_bytes + kept.expert_bytes + beside),
            hot=kept.hot_bytes,
            streamed=kept.streamed_bytes,
            experts=kept.expert_bytes,
            ring=kept.ring_bytes,
            read_each=kept.streamed_bytes + missed,
        ),
        layout,
        machine,
    )


def estimate(size: int, share: float, kind: int, machine: Machine, memory: int, context: int) -> Plan:
    """A plan without the header of a file: from `size` bytes of weights of a type, a `share` of them used for a token.

    Reads of a mixture are estimated as in `plan`. The cache is left out, because its size is unknown.
    """
    beside = PROCESS_BYTES + GROWTH_BYTES + STAGING_BYTES
    rate = machine.rate(kind)
    computing = size * share / rate.single
    reading = PROMPT_TOKENS * size * share / min(rate.batch, PROMPT_TOKENS * rate.single)
    left = memory - beside
    mode: Mode = "resident" if size <= left else "streamed" if size * share * _LEAST_SHARE <= left else "too large"
    missed = (
        0.0
        if mode == "resident"
        else (size - left)
        if share == 1
        else size * share * (1 - _EXPERT_HITS) * (1 - left / size)
    )
    disk = machine.disk or 1e9
    token = max(computing, missed / disk) if share == 1 else computing + missed / (_EXPERT_DISK_SHARE * disk)
    needs = (
        size + beside
        if mode == "resident"
        else memory
        if mode == "streamed"
        else int(size * share * _LEAST_SHARE + beside)
    )
    return Plan(
        mode, memory, needs, size, context, "", 0, 0, min(size, left) if mode != "too large" else 0,
        int(missed) if share == 1 else 0, 0, 0, int(missed),
        1 / token if mode != "too large" else 0.0, max(reading, missed / disk) + token,
    )  # fmt: skip


def compute_seconds(layout: GgufLayout, machine: Machine, tokens: int = 1) -> float:
    """Seconds that computing a pass over `tokens` tokens takes, reading weights not counted."""
    used: Counter[int] = Counter()
    names = {tensor.name for tensor in layout.tensors}
    share = layout.number("expert_used_count", 1) / max(1.0, layout.number("expert_count", 1))
    for tensor in layout.tensors:
        if tensor.name == "token_embd.weight" and "output.weight" in names:
            continue
        used[tensor.kind] += int(tensor.size * (share if _is_expert(tensor) else 1))
    fixed = layout.number("block_count") * _PASS_SECONDS
    # A token looks back at a prompt of the usual length; the tokens of a prompt, at half of it on average.
    attended = PROMPT_TOKENS if tokens == 1 else tokens * tokens / 2
    fixed += attended * cache_bytes(layout, 1, "f16") / (_ATTENTION_SHARE * machine.rate(_F16).single)
    if tokens == 1:
        return fixed + _choosing_seconds(layout) + sum(size / machine.rate(kind).single for kind, size in used.items())
    return fixed + sum(
        tokens * size / min(machine.rate(kind).batch, tokens * machine.rate(kind).single) for kind, size in used.items()
    )


def _with_times(found: Plan, layout: GgufLayout, machine: Machine) -> Plan:
    """The plan with times. Reading and computing overlap, except for experts, which are known only when needed."""
    disk = machine.disk or 1e9
    computing, streaming = compute_seconds(layout, machine), found.streamed / disk
    routed = (found.read_each - found.streamed) / (_EXPERT_DISK_SHARE * disk)
    token = max(computing, streaming) + routed
    # Reading a prompt takes a pass over the model for every batch.
    passes = -(-PROMPT_TOKENS // BATCH_TOKENS)
    experts = sum(tensor.size for tensor in layout.tensors if _is_expert(tensor)) if found.experts else 0
    reading = compute_seconds(layout, machine, PROMPT_TOKENS)
    first = max(reading, passes * streaming) + passes * max(0, experts - found.experts) / disk + token
    return replace(found, tokens_per_second=1 / token, first_token=first)


def _choosing_seconds(layout: GgufLayout) -> float:
    return (layout.number("vocab_size") or float(str(layout.fields.get("tokenizer.ggml.tokens") or 0))) * _TOKEN_SECONDS


def _missed_bytes(layout: GgufLayout, experts: Sequence[TensorPlace], room: int) -> int:
    """Bytes of experts that a token has to read: neither the token before had them, nor are they there by chance."""
    whole = sum(tensor.size for tensor in experts)
    if not whole:
        return 0
    used, count = layout.number("expert_used_count", 1), max(1.0, layout.number("expert_count", 1))
    held = count * room / whole
    chance = min(1.0, max(0.0, held - used) / max(1.0, count - used))
    return int(whole * used / count * (1 - _EXPERT_HITS) * (1 - chance))


def _is_expert(tensor: TensorPlace) -> bool:
    return tensor.name.endswith("_exps.weight") and len(tensor.shape) == 3
