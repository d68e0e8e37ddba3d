"""Models that are loaded in the process of a test."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

from models.llama.model import LlamaModel, LoadOptions

PLENTY = 4 << 30


class Loaded:
    """Models that are closed when the test ends."""

    def __init__(self) -> None:
        self.open: list[LlamaModel] = []
        self.flag = ctypes.create_string_buffer(2)

    def __call__(self, path: Path, weights: int = 0, **options: Any) -> LlamaModel:
        """A model with so many bytes for its weights; 0: the mapped file."""
        how = {"memory": PLENTY, "weight_bytes": weights} if weights else {"plain": True}
        runtime = LlamaModel(LoadOptions(path, 256, 1, 1, **how, **options), lambda text: None, self.flag)
        self.open.append(runtime)
        return runtime
