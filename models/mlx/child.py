"""The child process that holds an MLX model: `python -P -m models.mlx.child OPTIONS`.

`models.mlx.language_model` starts it, and talks to it as `models.child.wire` says.
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from models.child.wire import (
    CHATML,
    AnswerText,
    Cancellation,
    Message,
    Refused,
    break_up,
    control_pattern,
    finished_reply,
    run,
)

_CHUNK = 256
"""Tokens of a prompt that are evaluated between two looks at the cancellation."""
_PENALTY_WINDOW = 64
"""Tokens that the penalty on repetitions looks back at, as in llama.cpp."""
_JSON_STYLE: Any = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""Compact, because a model may fill white space up to its limit; with single blanks, as models are used to."""


class _Cancelled(Exception):
    """The request was cancelled while its prompt was evaluated."""


class MlxChatModel:
    """A loaded model with its chat template, and what it holds of the last prompt."""

    def __init__(self, options: Message, cancellation: Cancellation) -> None:
        """Load the model. Raises ValueError, RuntimeError or OSError when the folder has no model that MLX knows."""
        # The folder has all that is needed: the libraries may look nowhere else.
        os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
        import mlx.core
        from mlx_lm import utils
        from mlx_lm.generate import generate_step
        from mlx_lm.models import cache
        from mlx_lm.sample_utils import make_repetition_penalty, make_sampler

        self._mx: Any = mlx.core
        if mlx.core.default_device().type == mlx.core.DeviceType.cpu:
            # Off Apple's chips MLX compiles its fused kernels with a C++ compiler: 3.7 s before the first sample.
            mlx.core.disable_compile()
        self._step: Any = generate_step
        self._caches: Any = cache
        self._make_sampler: Any = make_sampler
        self._make_penalty: Any = make_repetition_penalty
        folder, loading = Path(options["model"]), cast(Any, utils)
        try:
            self._model, config = loading.load_model(folder)
            self._tokenizer: Any = loading.load_tokenizer(folder, eos_token_ids=config.get("eos_token_id"))
        except (KeyError, TypeError, AttributeError, IndexError) as error:  # what a damaged config.json leads to
            raise ValueError(repr(error)) from error
        if not self._tokenizer.has_chat_template:
            self._tokenizer._tokenizer.chat_template = CHATML
        self._silent = frozenset(self._tokenizer.all_special_ids)
        added = self._tokenizer.added_tokens_decoder.values()
        self._control = control_pattern(
            # Some models have turn markers that are not marked as special; runs of blanks are no markers.
            token.content
            for token in added
            if token.special or token.content.replace("▁", " ").strip()
        )
        self._cancellation = cancellation
        self._context = int(options["context_tokens"])
        self._cache: Any = None
        self._reader = ""
        self._held: list[int] = []
        self._grammar_tokens: Any = None

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        return self._context

    def prompt(self, turns: Sequence[Sequence[str]], *, think: bool = True) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer. Raises Refused."""
        messages = [
            {"role": role, "content": break_up(text.encode("utf-8", "replace").decode(), self._control)}
            for role, text in turns
        ]
        try:
            text = self._tokenizer.apply_chat_template(
                messages, add_generation_prompt=True, tokenize=False, enable_thinking=think
            )
        except Exception as error:  # a template is a program of the model's author
            raise Refused(f"its chat template refused the conversation ({error})") from error
        tokens: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return tokens

    def answer_tokens(self, text: str) -> list[int]:
        """Raises Refused: no trainer takes what MLX reads."""
        raise Refused("models of MLX are not trained")

    def perplexity(self, text: str, turns: Sequence[Sequence[str]] = ()) -> float:
        """Raises Refused: only adapters are measured by it."""
        raise Refused("models of MLX are not trained")

    def use_adapter(self, adapter: Message | None) -> None:
        """Raises Refused for any adapter: they are files of llama.cpp."""
        if adapter is not None:
            raise Refused("MLX runs no adapters of llama.cpp")

    def rest(self) -> None:
        """Nothing is saved: what was read lasts as long as the process."""

    def generate(self, request: Message, prompt: list[int]) -> Iterator[Message]:
        """Replies to a request: pieces, then what it cost. Raises Refused for a schema that is no grammar."""
        logprobs = _Logprobs(self._mx, self._tokenizer, request["logprobs"])
        grammar = self._grammar(request["schema"])
        if request["reader"] != self._reader:
            self._cache, self._reader = None, request["reader"]
        cached = self._reuse(prompt)
        # First of the processors: log-probabilities are the model's own, before penalty and grammar.
        processors: list[Callable[[Any, Any], Any]] = [logprobs.observe] if request["logprobs"] else []
        if request["repeat_penalty"] != 1.0:
            processors.append(self._penalty(request["repeat_penalty"], prompt[:cached]))
        if grammar is not None:
            processors.append(grammar)
        self._mx.random.seed(request["seed"])
        text, detokenizer = AnswerText(request["stop"]), self._tokenizer.detokenizer
        began, first, completion, reason = time.perf_counter(), 0.0, 0, "length"
        tokens = self._step(
            self._mx.array(prompt[cached:]),
            self._model,
            max_tokens=request["max_tokens"],
            sampler=self._make_sampler(temp=request["temperature"]),
            logits_processors=processors,
            prompt_cache=self._cache,
            prefill_step_size=_CHUNK,
            prompt_progress_callback=lambda done, total: self._progress(prompt, cached + done),
        )
        try:
            for token, _ in tokens:
                first = first or time.perf_counter()
                # The step after this token has begun, so the cache holds the token by now.
                self._held.append(token)
                if self._cancellation.is_raised():
                    reason = "cancelled"
                    break
                if token in self._tokenizer.eos_token_ids:
                    reason = "stop"
                    break
                completion += 1
                logprobs.add(token)
                if token in self._silent:  # a marker is no text
                    continue
                detokenizer.add_token(token)
                piece = text.add(detokenizer.last_segment.encode("utf-8", "replace"))
                if piece:
                    yield logprobs.reply(piece)
                if text.stopped:
                    reason = "stop"
                    break
        except _Cancelled:
            reason = "cancelled"
        finally:
            tokens.close()
        if reason != "cancelled":
            yield from self._rest(text, detokenizer, logprobs)
        yield finished_reply(reason, prompt, cached, completion, began, first)

    def _rest(self, text: AnswerText, detokenizer: Any, logprobs: _Logprobs) -> Iterator[Message]:
        """The text that was held back at the end of an answer, without half a character."""
        rest = ""
        if not text.stopped:
            detokenizer.finalize()
            rest = text.add(detokenizer.last_segment.rstrip("\ufffd").encode("utf-8", "replace")) + text.rest()
        if rest:
            yield logprobs.reply(rest)

    def _progress(self, prompt: list[int], done: int) -> None:
        """Note how much of a prompt was evaluated. Raises _Cancelled."""
        self._held = prompt[:done]
        if self._cancellation.is_raised():
            raise _Cancelled

    def _reuse(self, prompt: list[int]) -> int:
        """Have the cache hold a prefix of the prompt and nothing else; returns its length in tokens.

        The last token is always evaluated, since an answer begins with its logits.
        """
        common = 0
        for held, token in zip(self._held, prompt[:-1], strict=False):
            if held != token:
                break
            common += 1
        beyond = len(self._held) - common
        if self._cache is not None and (not beyond or self._caches.can_trim_prompt_cache(self._cache)):
            self._caches.trim_prompt_cache(self._cache, beyond)
        else:
            self._cache, common = self._caches.make_prompt_cache(self._model), 0
        self._held = prompt[:common]
        return common

    def _penalty(self, penalty: float, cached: list[int]) -> Callable[[Any, Any], Any]:
        """The penalty on repetitions, which also looks at tokens from the cache."""
        before = self._mx.array(cached[-_PENALTY_WINDOW:], dtype=self._mx.int32)
        penalize = self._make_penalty(penalty, _PENALTY_WINDOW)
        return lambda tokens, logits: penalize(self._mx.concatenate([before, tokens]), logits)

    def _grammar(self, schema: Message | None) -> _Grammar | None:
        """The grammar of a JSON schema. Raises Refused."""
        if schema is None:
            return None
        import llguidance
        from llguidance.hf import from_tokenizer

        try:
            if self._grammar_tokens is None:
                self._grammar_tokens = from_tokenizer(
                    self._tokenizer._tokenizer, eos_token=list(self._tokenizer.eos_token_ids)
                )
            grammar = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides=_JSON_STYLE)
            matcher = llguidance.LLMatcher(self._grammar_tokens, grammar, log_level=0)
        except Exception as error:  # unknown kinds of tokenizers, schemas that it trips over
            raise Refused(f"the schema cannot be made a grammar ({error})") from error
        if matcher.is_error():
            raise Refused(f"the schema cannot be made a grammar ({' '.join(matcher.get_error().split())[:200]})")
        return _Grammar(self._mx, matcher)


class _Grammar:
    """A logits processor that leaves only tokens with which the text stays within a grammar."""

    def __init__(self, mx: Any, matcher: Any) -> None:
        self._mx = mx
        self._matcher = matcher
        self._begun = False

    def __call__(self, tokens: Any, logits: Any) -> Any:
        import numpy as np

        if self._begun:
            self._matcher.consume_token(tokens[-1].item())
        self._begun = True
        bits = np.unpackbits(np.frombuffer(self._matcher.compute_bitmask(), np.uint8), bitorder="little")
        allowed = np.zeros(logits.shape[-1], np.bool_)
        # Models have more logits than their tokenizer has tokens: the number is rounded up.
        width = min(len(allowed), len(bits))
        allowed[:width] = bits[:width]
        return self._mx.where(self._mx.array(allowed), logits, -self._mx.inf)


class _Logprobs:
    """The log-probabilities of tokens, from the logits by which each was chosen."""

    def __init__(self, mx: Any, tokenizer: Any, likeliest: int) -> None:
        self._mx = mx
        self._tokenizer = tokenizer
        self._likeliest = likeliest
        # mlx-lm is a step ahead of the token that it yields.
        self._observed: deque[Any] = deque()
        self._tokens: list[list[Any]] = []

    def observe(self, tokens: Any, logits: Any) -> Any:
        """A logits processor that takes the log-probabilities and changes nothing."""
        logits = logits.astype(self._mx.float32)
        self._observed.append((logits - self._mx.logsumexp(logits, axis=-1, keepdims=True))[0])
        return logits

    def add(self, token: int) -> None:
        """Take the log-probabilities of a token that was chosen."""
        if not self._likeliest:
            return
        logprobs = self._observed.popleft()
        count = min(self._likeliest, logprobs.shape[-1])
        best = self._mx.argsort(-logprobs)[:count].tolist()
        others = [[self._text(other), logprobs[other].item()] for other in best]
        self._tokens.append([self._text(token), logprobs[token].item(), others])

    def reply(self, piece: str) -> Message:
        """The reply with a piece, and with the tokens since the last piece."""
        if not self._likeliest:
            return {"piece": piece}
        tokens, self._tokens = self._tokens, []
        return {"piece": piece, "logprobs": tokens}

    def _text(self, token: int) -> str:
        text: str = self._tokenizer.decode([token])
        return text


if __name__ == "__main__":
    run(MlxChatModel)
