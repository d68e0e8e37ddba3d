"""A GGUF language model, run by llama.cpp in a child process."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from models.child.language_model import LanguageModelProcess, LanguageModelProcessOptions
from models.child.wire import Message
from models.gguf.footprint import cache_bytes
from models.gguf.header import read_header, read_layout
from models.machine.memory_use import available_bytes
from models.machine.processors import physical_cores


class LlamaLanguageModel(LanguageModelProcess):
    """Implements `LanguageModel` for a GGUF file. The child process starts at the first call.

    A prompt that begins like the last one is evaluated from where they differ.
    """

    child = "models.llama.child"
    library = "llama.cpp"

    def __init__(
        self,
        path: Path,
        log: Path,
        *,
        context_tokens: int = 4096,
        threads: int | None = None,
        batch_threads: int | None = None,
        cache_kind: str = "",
        gpu_layers: int = -1,
        memory: int = 0,
        states: Path | None = None,
        states_bytes: int = 1 << 30,
        niceness: int = 0,
        **process: Unpack[LanguageModelProcessOptions],
    ) -> None:
        """Make a model of the file at `path`; `process` is passed on to `ModelProcess`.

        `context_tokens` is lowered to what the model was trained for. `threads` (decoding) and `batch_threads`
        (reading the prompt) default to the number of physical cores. `cache_kind` is the type of the attention cache,
        f16 or q8_0; empty: the recommended one. `gpu_layers` -1 puts as many layers on a GPU as it has room for. The
        process never holds more than `memory` bytes, the page cache of its files included; 0 promises nothing, but a
        model larger than what is free then gets four fifths of that. Up to `states_bytes` of what was read, in requests
        that allow it, are saved in the folder `states`.
        """
        super().__init__(path, log, **process)
        self._asked_context = context_tokens
        self._threads = threads or physical_cores()
        self._batch_threads = batch_threads or self._threads
        self._cache_kind = cache_kind
        self._gpu_layers = gpu_layers
        self._memory = memory
        self._states = states
        self._states_bytes = states_bytes
        self._niceness = niceness

    def _title(self) -> str:
        return read_header(self._path).title()

    def _options(self) -> Message:
        trained = read_header(self._path).context_tokens
        context = min(self._asked_context, trained or self._asked_context)
        memory = self._memory or self._memory_if_large()
        return {
            "model": str(self._path),
            "log": str(self._log),
            "context_tokens": context,
            "threads": self._threads,
            "batch_threads": self._batch_threads,
            "cache_kind": self._cache_kind,
            "gpu_layers": self._gpu_layers,
            "memory": memory,
            "states": str(self._states) if self._states else "",
            "states_bytes": self._states_bytes,
            "niceness": self._niceness,
        }

    def _memory_if_large(self) -> int:
        """Four fifths of the free memory for a model that would take more than that; 0 for any other."""
        try:
            size = self._path.stat().st_size
        except OSError:
            return 0
        allowed = available_bytes() * 4 // 5
        if size * 2 < allowed:
            return 0
        layout = read_layout(self._path)
        return allowed if layout.weight_bytes + cache_bytes(layout, self._asked_context, "f16") > allowed else 0
