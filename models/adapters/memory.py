"""What a training takes, in bytes, before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.adapters.base_model import Shape
from models.adapters.lora import LoraLayout
from models.adapters.loss import TOKENS_AT_ONCE
from models.adapters.rows import QUERY_BLOCK
from models.protocol.training import NotTrainable, TrainingOptions

PROCESS_BYTES = 110_000_000
"""Python with NumPy, its BLAS and the rows of examples (measured: 90 MB)."""
FROZEN_BYTES = 48_000_000
"""States of examples that pass through the frozen layers at once."""


TOKEN_BYTES = 60
"""A token of an example, as Python holds it, with whether it counts."""


@dataclass(frozen=True)
class Needed:
    """Bytes of a training: what it takes anyway, and for each worker besides."""

    fixed: int
    worker: int


def needed(shape: Shape, lora: LoraLayout, options: TrainingOptions, lengths: Sequence[int]) -> Needed:
    """What a training takes on examples of so many tokens each."""
    longest = max(lengths)
    numbers = shape.layer_weights * len(lora.layers)
    held = numbers * (4 + 2) + shape.vocabulary * shape.width * 4
    # The vector, two moments, the gradients of a step, their sum; the three again while a checkpoint is written.
    learnt = lora.size * 4 * (7 + options.examples_per_step)
    queries, keys = shape.heads * shape.head, 2 * shape.kv_heads * shape.head
    kept = 2 * shape.width + 2 * queries + keys + shape.heads + 2 * shape.feed_forward
    once = 5 * shape.width + 3 * queries + 2 * keys + 4 * shape.feed_forward + 8 * lora.rank
    scores = 2 * shape.heads * QUERY_BLOCK * longest
    logits = 2 * TOKENS_AT_ONCE * shape.vocabulary
    worker = 4 * (longest * (kept * len(lora.layers) + once + 2 * keys) + scores + logits)
    return Needed(PROCESS_BYTES + FROZEN_BYTES + TOKEN_BYTES * sum(lengths) + held + learnt, worker)


def workers_within(shape: Shape, lora: LoraLayout, options: TrainingOptions, lengths: Sequence[int]) -> int:
    """How many workers fit into the memory that the training may take. Raises NotTrainable."""
    found = needed(shape, lora, options, lengths)
    fitting = min(options.workers, (options.memory - found.fixed) // found.worker)
    if fitting < 1:
        least = found.fixed + found.worker
        raise NotTrainable(
            f"This training would take {least / 1e6:,.0f} MB, more than the {options.memory / 1e6:,.0f} MB it may use.",
            "Allow it more, train fewer layers, or leave out the longest examples.",
            least,
        )
    return int(fitting)
