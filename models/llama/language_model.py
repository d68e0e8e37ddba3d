"""A GGUF language model, run by llama.cpp in a child process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from models.child.language_model import LanguageModelProcess, LanguageModelProcessOptions
from models.child.wire import Message
from models.gguf.adapter_file import check_adapter, read_adapter
from models.gguf.footprint import cache_bytes
from models.gguf.header import read_header, read_layout
from models.machine.digests import sha256_of
from models.machine.memory_use import available_bytes
from models.machine.processors import physical_cores
from models.protocol import CHOOSE_ANOTHER_MODEL, ChatTurn, ModelError


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
        digests: Path | None = None,
        reading: Path | None = None,
        **process: Unpack[LanguageModelProcessOptions],
    ) -> None:
        """Make a model of the file at `path`; `process` is passed on to `ModelProcess`.

        `context_tokens` is lowered to what the model was trained for. `threads` (decoding) and `batch_threads`
        (reading the prompt) default to the number of physical cores. `cache_kind` is the type of the attention cache,
        f16 or q8_0; empty: the recommended one. `gpu_layers` -1 puts as many layers on a GPU as it has room for. The
        process never holds more than `memory` bytes, the page cache of its files included; 0 promises nothing, but a
        model larger than what is free then gets four fifths of that. Up to `states_bytes` of what was read, in requests
        that allow it, are saved in the folder `states`. `digests` is the folder that records digests of model files.
        `reading` is an adapter for requests that ask a question on passages.
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
        self._digests = digests
        self._adapter: tuple[Path, float] | None = None
        self._reading = reading

    def use_adapter(self, adapter: Path | None, scale: float = 1.0) -> None:
        """As `TakesAdapters.use_adapter`. A model that is not running takes it when it starts."""
        wanted = None if adapter is None else (adapter, scale)
        if adapter is not None:
            self._check_adapter(adapter)
        before, self._adapter = self._adapter, wanted
        if self._child is None or wanted == before:
            return
        if self._memory or self._memory_if_large():
            # Under a limit the adapter is part of what is planned when the model is loaded.
            self.close()
            return
        reply = self._exchange({"adapter": self._adapter_message()})
        if "adapted" not in reply:
            self._adapter = before
            raise self._refusal(reply)

    def encode(self, pairs: Sequence[tuple[Sequence[ChatTurn], str]]) -> list[tuple[list[int], list[int]]]:
        """Tokens of prompts and of the answers that the model shall give to them, to train it on. Raises ModelError."""
        asked = [[[[turn.role, turn.content] for turn in turns], answer] for turns, answer in pairs]
        reply = self._exchange({"encode": asked})
        if "encoded" not in reply:
            raise self._refusal(reply)
        return [(prompt, answer) for prompt, answer in reply["encoded"]]

    def perplexity(self, text: str, turns: Sequence[ChatTurn] = ()) -> float:
        """exp of the mean negative log-likelihood of a text's tokens, each after those before it; with `turns` of it as
        the answer to them, its end included. Raises ModelError."""
        reply = self._exchange({"perplexity": text, "after": [[turn.role, turn.content] for turn in turns]})
        if "perplexity" not in reply:
            raise self._refusal(reply)
        return float(reply["perplexity"])

    def _check_adapter(self, path: Path) -> None:
        """Raises ModelError for an adapter of another model."""
        adapter = read_adapter(path)
        try:
            own = sha256_of(self._path, self._digests or self._log.parent) if adapter.base_digest else ""
        except OSError as error:
            raise ModelError(
                f"The model file {self._path} cannot be read ({error.strerror}).", CHOOSE_ANOTHER_MODEL
            ) from error
        check_adapter(adapter, read_layout(self._path), own)

    def _adapter_message(self) -> Message | None:
        return {"path": str(self._adapter[0]), "scale": self._adapter[1]} if self._adapter else None

    def _title(self) -> str:
        return read_header(self._path).title()

    def _options(self) -> Message:
        trained = read_header(self._path).context_tokens
        context = min(self._asked_context, trained or self._asked_context)
        memory = self._memory or self._memory_if_large()
        for adapter in (self._adapter[0] if self._adapter else None, self._reading):
            if adapter is not None:
                self._check_adapter(adapter)
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
            "adapter": self._adapter_message(),
            "reading": {"path": str(self._reading), "scale": 1.0} if self._reading else None,
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
