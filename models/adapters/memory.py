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
MLX_BYTES = 40_000_000
"""What MLX takes besides its arrays; a guess for Apple's chips, where it was not measured."""
FROZEN_BYTES = 48_000_000
"""States of examples that pass through the frozen layers at once."""

TOKEN_BYTES = 60
"""A token of an example, as Python holds it, with whether it counts."""


@dataclass(frozen=True)
class Needed:
    """Bytes of a training: what it takes anyway, and for each worker besides."""

    fixed: int
    worker: int


def needed_by_numpy(shape: Shape, lora: LoraLayout, options: TrainingOptions, lengths: Sequence[int]) -> Needed:
    """What a training with NumPy takes on examples of so many tokens each."""
    longest = max(lengths)
    held = shape.layer_weights * len(lora.layers) * (4 + 2) + shape.vocabulary * shape.width * 4
    # The gradients of a step, one for each example, and their sum.
    learnt = lora.size * 4 * (1 + options.examples_per_step)
    queries, keys = _heads(shape)
    kept = 2 * shape.width + 2 * queries + keys + shape.heads + 2 * shape.feed_forward
    once = 5 * shape.width + 3 * queries + 2 * keys + 4 * shape.feed_forward + 8 * lora.rank
    scores = 2 * shape.heads * QUERY_BLOCK * longest
    logits = 2 * TOKENS_AT_ONCE * shape.vocabulary
    worker = 4 * (longest * (kept * len(lora.layers) + once + 2 * keys) + scores + logits)
    return Needed(PROCESS_BYTES + _anyway(lora, lengths) + held + learnt, worker)


def needed_by_mlx(shape: Shape, lora: LoraLayout, options: TrainingOptions, lengths: Sequence[int]) -> Needed:
    """What a training with MLX takes on examples of so many tokens each: it computes one after another."""
    longest = max(lengths)
    output, layer = shape.vocabulary * shape.width * 4, shape.layer_weights * 4
    # Of what is read there are two copies for a moment, NumPy's and MLX's; the output matrix is read first.
    held = max(output + layer * (len(lora.layers) + 1), 2 * output)
    # The matrices as MLX holds them, and their gradient; of a layer also MLX's.
    learnt = lora.size * 4 * 3
    queries, keys = _heads(shape)
    # A layer is computed again on the way back, so that what goes into it is all that is kept. The numbers of arrays
    # are measured (`mlx.core.get_peak_memory`, both architectures).
    kept = shape.width * (len(lora.layers) + 4)
    once = 12 * shape.width + 8 * queries + 6 * keys + 20 * shape.feed_forward + 16 * lora.rank
    at_layer = longest * once + 4 * shape.heads * longest * longest
    at_loss = 5 * TOKENS_AT_ONCE * shape.vocabulary
    worker = 4 * (longest * kept + max(at_layer, at_loss))
    return Needed(PROCESS_BYTES + MLX_BYTES + _anyway(lora, lengths) + held + learnt, worker)


def workers_within(found: Needed, options: TrainingOptions) -> int:
    """How many workers fit into the memory that the training may take. Raises NotTrainable."""
    fitting = min(options.workers, (options.memory - found.fixed) // found.worker)
    if fitting < 1:
        least = found.fixed + found.worker
        raise NotTrainable(
            f"This training would take {least / 1e6:,.0f} MB, more than the {options.memory / 1e6:,.0f} MB it may use.",
            "Allow it more, train fewer layers, or leave out the longest examples.",
            least,
        )
    return int(fitting)


def _heads(shape: Shape) -> tuple[int, int]:
    """Numbers of a token's queries, and of its keys and values."""
    return shape.heads * shape.head, 2 * shape.kv_heads * shape.head


def _anyway(lora: LoraLayout, lengths: Sequence[int]) -> int:
    """States on their way through the frozen layers, the tokens, and the vector with its two moments, which are there
    twice while a checkpoint is written."""
    return FROZEN_BYTES + TOKEN_BYTES * sum(lengths) + lora.size * 4 * 6
