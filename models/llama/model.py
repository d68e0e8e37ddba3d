"""llama.cpp at the level of tokens: loading a model under a memory limit, decoding, sampling, saved states.

Used in the model's child process only. `llama_cpp.Llama` cannot leave weights where they are, keeps logits of the whole
context when it speculates, and copies them into its saved states.
"""

from __future__ import annotations

import ctypes
import os
import re
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from models.flash.residency import NotEnoughMemory, plan_residency
from models.flash.weights import FlashWeights, NotOurLayout
from models.gguf.footprint import (
    BATCH_TOKENS,
    CACHE_KINDS,
    GROWTH_BYTES,
    OUTPUTS,
    PROCESS_BYTES,
    STAGING_BYTES,
    cache_bytes,
    compute_bytes,
    layers_on_gpu,
    recommended_cache,
)
from models.gguf.header import GgufLayout, read_layout
from models.gguf.tensor import unread_mapping
from models.llama.adapters import ModelAdapters
from models.llama.library import function, gpu_bytes, has_broken_amx, import_llama_cpp
from models.llama.prompt_lookup import DraftWidth, PromptLookup
from models.machine.memory_use import resident_bytes

_REPEAT_WINDOW = 64


class Aborted(Exception):
    """The evaluation was cancelled; the tokens that were evaluated before it are still there."""


class Unreadable(Exception):
    """Weights could not be read in the middle of an evaluation; the message says why."""


class TooLarge(ValueError):
    """The model cannot run in the memory it may use; `needed` bytes would do."""

    def __init__(self, needed: int) -> None:
        super().__init__(f"at least {needed} bytes are needed")
        self.needed = needed


@dataclass(frozen=True)
class LoadOptions:
    """How to load a model."""

    model: Path
    context_tokens: int
    threads: int
    batch_threads: int
    cache_kind: str = ""
    """Type of the attention cache; empty: the type that is recommended for `memory`."""
    gpu_layers: int = 0
    """Layers on a GPU, of those that there are; -1: as many as its free memory holds."""
    memory: int = 0
    """Bytes that the process may hold, the page cache of its files included; 0: no promise."""
    weight_bytes: int = 0
    """Bytes of memory for weights, where they are given apart from `memory`."""
    adapter: Path | None = None
    """An adapter on the model, times `adapter_scale`; its memory is part of what the model may hold."""
    adapter_scale: float = 1.0
    plain: bool = False
    """Leave the weights in the mapped file, without repacked copies: the baseline of tests and benchmarks."""


@dataclass(frozen=True)
class Sampling:
    """How to choose tokens; temperature 0 takes the likeliest."""

    temperature: float = 0.0
    repeat_penalty: float = 1.1
    seed: int = 0
    grammar: tuple[bytes, bytes] | None = None
    """A grammar in llama.cpp's notation, and its root."""


@dataclass(frozen=True)
class Sampled:
    """A token with its natural log-probability and the likeliest at its place, where they were asked for."""

    token: int
    logprob: float = 0.0
    likeliest: Sequence[tuple[int, float]] = ()


class LlamaModel:
    """A loaded model and its context. `tokens` are those that the context holds."""

    def __init__(self, options: LoadOptions, log: Callable[[bytes], None], flag: Any) -> None:
        """Load the model. `flag` is memory: the computation aborts at the next node when its first byte is not 0.

        Raises ValueError when the file is no model, TooLarge, and OSError.
        """
        self._options = options
        self._layout = read_layout(options.model) if options.memory else None
        self.cache_kind = options.cache_kind or "f16"
        if self._layout is not None and not options.cache_kind:
            self.cache_kind = recommended_cache(self._layout, options.context_tokens, options.memory)
        if self._layout is not None and self._layout.weight_bytes > options.memory:
            # OpenMP threads that spin while they wait for weights slow the reading down: on two cores a token took
            # 0.44 s with this, 0.55 with the 1,000 rounds that are best elsewhere, 1.4 without a limit.
            os.environ["GOMP_SPINCOUNT"] = "0"
        llama_cpp = import_llama_cpp()
        self.lib: Any = llama_cpp
        self._flag = flag
        self._buffers = 0
        self._write_log = log
        self._log = llama_cpp.llama_log_callback(self._on_log)
        llama_cpp.llama_log_set(self._log, ctypes.c_void_p(0))
        # As a callback, the C function strlen says whether the first byte of the flag is not 0.
        self._abort = llama_cpp.ggml_abort_callback(ctypes.cast(_c_library().strlen, ctypes.c_void_p).value or 0)
        self.tokens: list[int] = []
        self.flash: FlashWeights | None = None
        self.mode = "mapped"
        llama_cpp.llama_backend_init()
        if self._layout is not None:
            self._load_within(options.memory, self._layout)
        else:
            self.model = self._load_model(llama_cpp.LLAMA_LOAD_MODE_MMAP, repack=not options.plain)
            self.context = self._make_context(None)
        self.vocab = llama_cpp.llama_model_get_vocab(self.model)
        self.context_tokens = int(llama_cpp.llama_n_ctx(self.context))
        self.vocabulary = int(llama_cpp.llama_vocab_n_tokens(self.vocab))
        self._memory = llama_cpp.llama_get_memory(self.context)
        self._batch = llama_cpp.llama_batch_init(self._batch_tokens, 0, 1)
        self.width = DraftWidth()
        self.passes = 0
        """How many passes over the model were made."""

    @property
    def streams(self) -> bool:
        """Whether weights are read again for each pass."""
        return self.flash is not None and not self.flash.plan.everything

    def shared_length(self, prompt: Sequence[int]) -> int:
        """How many tokens of a prompt need not be evaluated: its last token always is."""
        for number, (before, now) in enumerate(zip(self.tokens, prompt, strict=False)):
            if before != now:
                return number
        return min(len(self.tokens), len(prompt) - 1)

    def read(self, prompt: Sequence[int]) -> None:
        """Evaluate a prompt from where it differs from the tokens of the context. Raises Aborted, Unreadable."""
        self.truncate(self.shared_length(prompt))
        at = len(self.tokens)
        while at < len(prompt):
            part = prompt[at : at + self._batch_tokens]
            self._decode(part, last=at + len(part) == len(prompt))
            at += len(part)

    def sample(
        self, prompt: Sequence[int], sampling: Sampling, *, likeliest: int = 0, drafts: bool | None = None
    ) -> Generator[Sampled, None, None]:
        """Tokens that follow the prompt, without end. Raises Aborted, Unreadable.

        With `drafts` (None: where weights are streamed) a pass checks several tokens, guessed from the prompt and the
        answer so far.
        """
        self.read(prompt)
        lookup = PromptLookup(prompt) if (self.streams if drafts is None else drafts) else None
        chain = self._chain(sampling)
        # `index` is the token of the last pass whose logits come next; -1 is the last token of the prompt.
        index, checked = -1, [0]
        try:
            while True:
                token = int(self.lib.llama_sampler_sample(chain, self.context, index))
                yield self._with_logprobs(token, index, likeliest)
                if lookup is not None:
                    lookup.add(token)
                if 0 <= index < len(checked) - 1:
                    right = checked[index + 1] == token
                    self.width.note_guess(right)
                    if right:
                        # The logits after a right guess are there already.
                        self.tokens.append(token)
                        index += 1
                        continue
                    self.truncate(len(self.tokens))
                checked = self._advance(token, lookup)
                index = 0
        finally:
            self.truncate(len(self.tokens))
            self.lib.llama_sampler_free(chain)

    def logits(self, index: int = -1) -> npt.NDArray[np.float32]:
        """A copy of the logits after a token of the last pass, float32 of length `vocabulary`."""
        found = self.lib.llama_get_logits_ith(self.context, index)
        return np.ctypeslib.as_array(found, (self.vocabulary,)).copy()

    def forget(self) -> None:
        """Empty the context."""
        self.tokens = []
        self.lib.llama_memory_clear(self._memory, True)

    def use_adapter(self, path: Path | None, scale: float = 1.0) -> None:
        """Put an adapter onto the model, times `scale`, or take it off, and empty the context.

        Raises NoSuchAdapter, and then what was used before stays.
        """
        self._adapters.put_on(self.context, path, scale)
        self.forget()

    def save(self, path: Path) -> None:
        """Write the tokens of the context with their state to a file. Raises OSError."""
        tokens = (self.lib.llama_token * len(self.tokens))(*self.tokens)
        if not self.lib.llama_state_seq_save_file(self.context, os.fsencode(path), 0, tokens, len(self.tokens)):
            raise OSError(f"the state cannot be written to {path}")

    def restore(self, path: Path) -> bool:
        """Replace the context by a saved state. False: the state was unusable, and the context is empty."""
        self.forget()
        tokens = (self.lib.llama_token * self.context_tokens)()
        count = ctypes.c_size_t(0)
        done = self.lib.llama_state_seq_load_file(
            self.context, os.fsencode(path), 0, tokens, self.context_tokens, ctypes.byref(count)
        )
        if not done:
            self.forget()
            return False
        self.tokens = list(tokens[: count.value])
        return True

    def close(self) -> None:
        """Free the model and its context."""
        self.lib.llama_batch_free(self._batch)
        self.lib.llama_free(self.context)
        self.lib.llama_model_free(self.model)
        if self.flash is not None:
            self.flash.close()

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Tokens of a text; with `special`, control tokens that it spells out count as such. Raises ValueError."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        tokens = (self.lib.llama_token * room)()
        count = self.lib.llama_tokenize(self.vocab, data, len(data), tokens, room, False, special)
        if count < 0:
            raise ValueError("the text cannot be split into tokens")
        return list(tokens[:count])

    def bytes_of(self, token: int) -> bytes:
        """The bytes of a token; none for a control token."""
        buffer = ctypes.create_string_buffer(64)
        size = self.lib.llama_token_to_piece(self.vocab, token, buffer, len(buffer), 0, False)
        if size < 0:
            buffer = ctypes.create_string_buffer(-size)
            size = self.lib.llama_token_to_piece(self.vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[:size]

    def perplexity(self, tokens: Sequence[int], first: int = 1) -> float:
        """exp of the mean negative log-likelihood of tokens from number `first` on, each after all before it; leaves
        the context empty. Raises Aborted, Unreadable."""
        self.forget()
        doubts: list[float] = []
        for at in range(0, len(tokens) - 1, OUTPUTS):
            part = tokens[at : at + OUTPUTS]
            self._decode(part, [True] * len(part))
            for number, following in enumerate(tokens[at + 1 : at + 1 + len(part)]):
                if at + 1 + number < first:
                    continue
                logits = self.logits(number).astype(np.float64)
                top = logits.max()
                doubts.append(top + np.log(np.exp(logits - top).sum()) - logits[following])
        self.forget()
        return float(np.exp(np.mean(doubts)))

    def ends(self, token: int) -> bool:
        """Whether a token ends an answer."""
        return bool(self.lib.llama_vocab_is_eog(self.vocab, token))

    def _advance(self, token: int, lookup: PromptLookup | None) -> list[int]:
        """Evaluate a token and guesses of what follows. Returns the tokens that were evaluated."""
        room = min(self._batch_tokens, self.context_tokens - len(self.tokens)) - 1
        guesses = lookup.draft(min(self.width.best() - 1, room)) if lookup is not None else []
        tokens = [token, *guesses[: self.width.most_guesses(len(guesses))]]
        began = time.perf_counter()
        self._decode(tokens, [True] * len(tokens), certain=1)
        if lookup is not None:
            self.width.note_pass(len(tokens), time.perf_counter() - began)
        return tokens

    def _decode(
        self,
        tokens: Sequence[int],
        outputs: Sequence[bool] | None = None,
        *,
        last: bool = False,
        certain: int | None = None,
    ) -> None:
        """Call llama_decode once. The first `certain` tokens count as part of the context; by default all."""
        batch, start = self._batch, len(self.tokens)
        batch.n_tokens = len(tokens)
        for number, token in enumerate(tokens):
            batch.token[number] = token
            batch.pos[number] = start + number
            batch.n_seq_id[number] = 1
            batch.seq_id[number][0] = 0
            batch.logits[number] = bool(outputs[number]) if outputs else last and number == len(tokens) - 1
        if self.flash is not None:
            self.flash.begin_pass(len(tokens))
        self.passes += 1
        code = self.lib.llama_decode(self.context, batch)
        if self.flash is not None and self.flash.failure:
            self.truncate(start)
            raise Unreadable(self.flash.failure)
        if code:
            if self.flash is not None:
                self.flash.abandon_pass()
            self.truncate(start)
            if self._flag[0] != b"\0":
                raise Aborted
            raise RuntimeError(f"llama_decode returned {code}")
        self.tokens += tokens[:certain] if certain else tokens

    def truncate(self, count: int) -> None:
        """Drop all but the first `count` tokens from the context."""
        if self.lib.llama_memory_seq_rm(self._memory, 0, count, -1):
            del self.tokens[count:]
        else:
            # The state of a recurrent model cannot be shortened.
            self.forget()

    def _with_logprobs(self, token: int, index: int, likeliest: int) -> Sampled:
        if not likeliest:
            return Sampled(token)
        logits = self.logits(index).astype(np.float64)
        logits -= logits.max()
        logits -= np.log(np.exp(logits).sum())
        best = np.argsort(-logits, kind="stable")[:likeliest]
        return Sampled(token, float(logits[token]), [(int(other), float(logits[other])) for other in best])

    def _chain(self, sampling: Sampling) -> Any:
        lib = self.lib
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        add = lib.llama_sampler_chain_add
        add(chain, lib.llama_sampler_init_penalties(self.vocabulary, _REPEAT_WINDOW, sampling.repeat_penalty, 0.0, 0.0))
        if sampling.grammar is not None:
            add(chain, lib.llama_sampler_init_grammar(self.vocab, *sampling.grammar))
        if sampling.temperature <= 0:
            add(chain, lib.llama_sampler_init_greedy())
            return chain
        add(chain, lib.llama_sampler_init_top_k(40))
        add(chain, lib.llama_sampler_init_top_p(0.95, 1))
        add(chain, lib.llama_sampler_init_min_p(0.05, 1))
        add(chain, lib.llama_sampler_init_temp(sampling.temperature))
        add(chain, lib.llama_sampler_init_dist(sampling.seed))
        return chain

    def _load_model(self, mode: int, *, repack: bool) -> Any:
        params = self.lib.llama_model_default_params()
        params.n_gpu_layers = self._gpu_layers()
        params.load_mode = mode
        params.use_extra_bufts = repack and not has_broken_amx(self.lib)
        model = self.lib.llama_model_load_from_file(os.fsencode(self._options.model), params)
        if not model:
            raise ValueError("the file is no model that llama.cpp can load")
        return model

    def _gpu_layers(self) -> int:
        options, free = self._options, gpu_bytes(self.lib)
        if not free or self._layout is not None or options.plain:
            return 0
        if options.gpu_layers >= 0:
            return options.gpu_layers
        layout = read_layout(options.model)
        return layers_on_gpu(layout, free, options.context_tokens, self.cache_kind)

    def _make_context(self, callback: Any) -> Any:
        """A context of the model, with the adapter that it is loaded with. Raises ValueError, NoSuchAdapter."""
        options, params = self._options, self.lib.llama_context_default_params()
        self._batch_tokens = min(BATCH_TOKENS, options.context_tokens)
        params.n_ctx = options.context_tokens
        params.n_batch = params.n_ubatch = self._batch_tokens
        params.n_outputs_max = min(OUTPUTS, self._batch_tokens)
        params.n_threads = options.threads
        params.n_threads_batch = options.batch_threads
        params.type_k = params.type_v = CACHE_KINDS[self.cache_kind]
        quantized = self.cache_kind != "f16"
        # Quantized values need flash attention. On a CPU it halves the speed of decoding: after 1,400 tokens a token
        # takes 46 to 51 ms with it, 20 to 26 without.
        params.flash_attn_type = (
            self.lib.LLAMA_FLASH_ATTN_TYPE_ENABLED if quantized else self.lib.LLAMA_FLASH_ATTN_TYPE_DISABLED
        )
        params.no_perf = True
        if callback is not None:
            params.cb_eval = callback
            params.op_offload = False
        self._buffers = 0
        context = self.lib.llama_init_from_model(self.model, params)
        if not context:
            raise ValueError("llama.cpp cannot make a context for this model")
        self.lib.llama_set_abort_callback(context, self._abort, ctypes.cast(self._flag, ctypes.c_void_p))
        self._adapters = ModelAdapters(self.lib, self.model)
        if options.adapter is not None:
            self._adapters.put_on(context, options.adapter, options.adapter_scale)
        return context

    def _load_within(self, memory: int, layout: GgufLayout) -> None:
        """Load the model so that the process never holds more than `memory` bytes. Raises ValueError, TooLarge."""
        options, lib = self._options, self.lib
        beside = (
            PROCESS_BYTES
            + cache_bytes(layout, options.context_tokens, self.cache_kind)
            + compute_bytes(layout)
            + GROWTH_BYTES
            + (options.adapter.stat().st_size if options.adapter else 0)
        )
        if not options.weight_bytes and layout.weight_bytes + STAGING_BYTES + beside <= memory:
            # All of it fits, repacked for speed. Direct reads leave no second copy in the page cache.
            self.model = self._load_model(lib.LLAMA_LOAD_MODE_DIRECT_IO, repack=True)
            self.context = self._make_context(None)
            self.mode = "resident"
            return
        flash = self.flash = FlashWeights(layout)
        with unread_mapping(function):
            self.model = self._load_model(lib.LLAMA_LOAD_MODE_MMAP, repack=False)
        flash.drop_pages()
        self._callback = flash.callback(lib)
        self.context = self._make_context(self._callback)
        used = resident_bytes() + self._buffers + GROWTH_BYTES
        try:
            plan = plan_residency(layout, options.weight_bytes or memory - used)
        except NotEnoughMemory as error:
            raise TooLarge(used + error.needed) from error
        try:
            flash.bind(plan, self._observe)
        except NotOurLayout as error:
            raise ValueError(str(error)) from error
        self.mode = "streamed"

    def _observe(self) -> None:
        """Have llama.cpp build the graph of a pass over a token, and abort the pass at its first node."""
        lib = self.lib
        batch = lib.llama_batch_get_one((lib.llama_token * 1)(0), 1)
        self._flag[0] = b"\1"
        try:
            lib.llama_decode(self.context, batch)
        finally:
            self._flag[0] = b"\0"
        lib.llama_memory_clear(lib.llama_get_memory(self.context), True)

    def _on_log(self, level: int, text: bytes, _: ctypes.c_void_p) -> None:
        """Take the sizes of buffers from llama.cpp's messages; only warnings (3) and errors (4) go to the log."""
        if found := re.search(rb"(?:compute|output) buffer size =\s*([\d.]+) MiB", text):
            self._buffers += int(float(found[1]) * (1 << 20))
        if level in (3, 4):
            self._write_log(text)


def _c_library() -> ctypes.CDLL:
    """The system's C library."""
    return ctypes.CDLL(None if os.name == "posix" else "msvcrt")
