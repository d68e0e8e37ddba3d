"""Adapters on a model that llama.cpp has loaded.

`llama_cpp.Llama(lora_path=…)` would read the whole model into memory. What a context holds belongs to the adapter with
which it was read: whoever changes that empties the context.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any


class NoSuchAdapter(ValueError):
    """llama.cpp cannot put this adapter onto this model."""


class ModelAdapters:
    """The adapter of a model: one at a time, or none."""

    def __init__(self, llama_cpp: Any, model: Any) -> None:
        self._lib = llama_cpp
        self._model = model
        self._loaded: Any = None

    def put_on(self, context: Any, path: Path | None, scale: float) -> None:
        """Use the adapter at `path` times `scale` from the next pass on; None takes the present one off.

        Raises NoSuchAdapter, and then what was used before stays.
        """
        lib, found = self._lib, None
        if path is not None:
            found = lib.llama_adapter_lora_init(self._model, os.fsencode(path))
            if not found:
                raise NoSuchAdapter(f"llama.cpp cannot put the adapter {path} onto this model")
            adapters = (lib.llama_adapter_lora_p_ctypes * 1)(found)
            code = lib.llama_set_adapters_lora(context, adapters, 1, (ctypes.c_float * 1)(scale))
        else:
            code = lib.llama_set_adapters_lora(context, None, 0, None)
        if code:
            raise NoSuchAdapter(f"llama.cpp returned {code} for the adapter {path}")
        if self._loaded:
            lib.llama_adapter_lora_free(self._loaded)
        self._loaded = found
