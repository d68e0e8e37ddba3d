"""An adapter with random values, which changes what a model says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.gguf.adapter_file import write_adapter
from models.gguf.header import read_layout

ALL = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")


def write_random_adapter(
    path: Path,
    base: Path,
    *,
    matrices: Sequence[str] = ALL,
    rank: int = 4,
    alpha: float = 8.0,
    spread: float = 0.2,
    seed: int = 1,
    base_digest: str = "",
    first_layer: int = 0,
) -> Path:
    """Write an adapter of some matrices of the layers of `base` from `first_layer` on."""
    random = np.random.default_rng(seed)
    layout = read_layout(base)
    found = []
    for tensor in layout.tensors:
        block, _, matrix = tensor.name.removeprefix("blk.").partition(".")
        if matrix.removesuffix(".weight") in matrices and int(block) >= first_layer:
            columns, rows = tensor.shape
            down = random.normal(0, columns**-0.5, (rank, columns))
            found.append((tensor.name, down, random.normal(0, spread, (rows, rank))))
    how = {"architecture": layout.architecture, "base_digest": base_digest, "name": path.stem}
    write_adapter(path, found, alpha=alpha, **how)
    return path
