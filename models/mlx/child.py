"""The process that owns an MLX model. `models.mlx.language_model` starts it and talks to it as `models.child.wire` says.

It is run as a file; nothing of this application but the wire is imported.
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
    finished,
    run,
)

_CHUNK = 256
"""Tokens of a prompt that are evaluated between two looks at the cancellation."""
_PENALTY_WINDOW = 64
"""Tokens that the penalty on repetitions looks back at, as llama.cpp does."""
# Compact, because a model may fill free white space until its limit; one blank, because models are used to it.
_JSON_STYLE: Any = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


class _Cancelled(Exception):
    """The request was cancelled while its prompt was evaluated."""


class Model:
    """A loaded model with its chat template, and what it holds of the last prompt."""

    def __init__(self, options: Message, cancellation: Cancellation) -> None:
        """Load. Raises ValueError, RuntimeError or OSError when the folder holds no model that MLX knows."""
        # The folder has all that is needed; nothing may be looked for anywhere else.
        os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
        import mlx.core
        from mlx_lm import utils
        from mlx_lm.generate import generate_step
        from mlx_lm.models import cache
        from mlx_lm.sample_utils import make_repetition_penalty, make_sampler

        self._mx: Any = mlx.core
        if mlx.core.default_device().type == mlx.core.DeviceType.cpu:
            # Off Apple's chips MLX has a C++ compiler make its fused kernels: 3.7 s before the first sample.
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
            # Some models have markers of turns that are not marked as special; runs of blanks are none.
            token.content
            for token in added
            if token.special or token.content.replace("▁", " ").strip()
        )
        self._cancellation = cancellation
        self._context = int(options["context_tokens"])
        self._cache: Any = None
        self._held: list[int] = []
        self._grammar_tokens: Any = None

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        return self._context

    def prompt(self, turns: Sequence[Sequence[str]]) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer. Raises Refused."""
        messages = [
            {"role": role, "content": break_up(text.encode("utf-8", "replace").decode(), self._control)}
            for role, text in turns
        ]
        try:
            text = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        except Exception as error:  # a template is a program of the model's author
            raise Refused(f"its chat template refused the conversation ({error})") from error
        tokens: list[int] = self._tokenizer.encode(text, add_special_tokens=False)
        return tokens

    def rest(self) -> None:
        """Nothing is put aside: what was read lasts as long as the process."""

    def generate(self, request: Message, prompt: list[int]) -> Iterator[Message]:
        """Replies to a request: pieces, then what it cost. Raises Refused for a schema that is no grammar."""
        chosen = _Chosen(self._mx, self._tokenizer, request["logprobs"])
        grammar = self._grammar(request["schema"])
        known = self._reuse(prompt)
        # First of the processors: log-probabilities are the model's own, before penalty and grammar.
        processors: list[Callable[[Any, Any], Any]] = [chosen.see] if request["logprobs"] else []
        if request["repeat_penalty"] != 1.0:
            processors.append(self._penalty(request["repeat_penalty"], prompt[:known]))
        if grammar is not None:
            processors.append(grammar)
        self._mx.random.seed(request["seed"])
        text, detokenizer = AnswerText(request["stop"]), self._tokenizer.detokenizer
        began, first, completion, reason = time.perf_counter(), 0.0, 0, "length"
        tokens = self._step(
            self._mx.array(prompt[known:]),
            self._model,
            max_tokens=request["max_tokens"],
            sampler=self._make_sampler(temp=request["temperature"]),
            logits_processors=processors,
            prompt_cache=self._cache,
            prefill_step_size=_CHUNK,
            prompt_progress_callback=lambda done, total: self._progress(prompt, known + done),
        )
        try:
            for token, _ in tokens:
                first = first or time.perf_counter()
                # The step after this token has been started, so that the cache holds it by now.
                self._held.append(token)
                if self._cancellation.raised():
                    reason = "cancelled"
                    break
                if token in self._tokenizer.eos_token_ids:
                    reason = "stop"
                    break
                completion += 1
                chosen.take(token)
                if token in self._silent:  # a marker is no text
                    continue
                detokenizer.add_token(token)
                piece = text.add(detokenizer.last_segment.encode("utf-8", "replace"))
                if piece:
                    yield chosen.told(piece)
                if text.stopped:
                    reason = "stop"
                    break
        except _Cancelled:
            reason = "cancelled"
        finally:
            tokens.close()
        if reason != "cancelled":
            yield from self._rest(text, detokenizer, chosen)
        yield finished(reason, prompt, known, completion, began, first)

    def _rest(self, text: AnswerText, detokenizer: Any, chosen: _Chosen) -> Iterator[Message]:
        """What was held back at the end of an answer, without half a character."""
        rest = ""
        if not text.stopped:
            detokenizer.finalize()
            rest = text.add(detokenizer.last_segment.rstrip("\ufffd").encode("utf-8", "replace")) + text.rest()
        if rest:
            yield chosen.told(rest)

    def _progress(self, prompt: list[int], done: int) -> None:
        """Between two parts of a prompt. Raises _Cancelled."""
        self._held = prompt[:done]
        if self._cancellation.raised():
            raise _Cancelled

    def _reuse(self, prompt: list[int]) -> int:
        """Have the cache hold a beginning of the prompt and nothing else; returns its length in tokens.

        At least the last token is always evaluated, since its logits are what an answer begins with.
        """
        common = 0
        for held, wanted in zip(self._held, prompt[:-1], strict=False):
            if held != wanted:
                break
            common += 1
        beyond = len(self._held) - common
        if self._cache is not None and (not beyond or self._caches.can_trim_prompt_cache(self._cache)):
            self._caches.trim_prompt_cache(self._cache, beyond)
        else:
            self._cache, common = self._caches.make_prompt_cache(self._model), 0
        self._held = prompt[:common]
        return common

    def _penalty(self, penalty: float, known: list[int]) -> Callable[[Any, Any], Any]:
        """The penalty on repetitions; it looks at tokens that came from the cache too."""
        before = self._mx.array(known[-_PENALTY_WINDOW:], dtype=self._mx.int32)
        penalize = self._make_penalty(penalty, _PENALTY_WINDOW)
        return lambda tokens, logits: penalize(self._mx.concatenate([before, tokens]), logits)

    def _grammar(self, schema: Message | None) -> _Grammar | None:
        if schema is None:
            return None
        import llguidance
        from llguidance.hf import from_tokenizer

        try:
            if self._grammar_tokens is None:
                self._grammar_tokens = from_tokenizer(
                    self._tokenizer._tokenizer, eos_token=list(self._tokenizer.eos_token_ids)
                )
            described = llguidance.LLMatcher.grammar_from_json_schema(json.dumps(schema), overrides=_JSON_STYLE)
            matcher = llguidance.LLMatcher(self._grammar_tokens, described, log_level=0)
        except Exception as error:  # tokenizers of a kind that it does not know, schemas that it trips over
            raise Refused(f"the schema cannot be made a grammar ({error})") from error
        if matcher.is_error():
            raise Refused(f"the schema cannot be made a grammar ({' '.join(matcher.get_error().split())[:200]})")
        return _Grammar(self._mx, matcher)


class _Grammar:
    """A logits processor that leaves only tokens by which the text stays within a grammar."""

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
        # Models have more logits than their tokenizer has tokens, for round numbers.
        width = min(len(allowed), len(bits))
        allowed[:width] = bits[:width]
        return self._mx.where(self._mx.array(allowed), logits, -self._mx.inf)


class _Chosen:
    """The log-probabilities of tokens, from the logits that were seen before each was chosen."""

    def __init__(self, mx: Any, tokenizer: Any, likeliest: int) -> None:
        self._mx = mx
        self._tokenizer = tokenizer
        self._likeliest = likeliest
        # The runtime is a step ahead of the token that it tells.
        self._seen: deque[Any] = deque()
        self._told: list[list[Any]] = []

    def see(self, tokens: Any, logits: Any) -> Any:
        """A logits processor that changes nothing."""
        logits = logits.astype(self._mx.float32)
        self._seen.append((logits - self._mx.logsumexp(logits, axis=-1, keepdims=True))[0])
        return logits

    def take(self, token: int) -> None:
        """This token was chosen."""
        if not self._likeliest:
            return
        logprobs = self._seen.popleft()
        count = min(self._likeliest, logprobs.shape[-1])
        best = self._mx.argsort(-logprobs)[:count].tolist()
        others = [[self._text(one), logprobs[one].item()] for one in best]
        self._told.append([self._text(token), logprobs[token].item(), others])

    def told(self, piece: str) -> Message:
        """The message of a piece, with the tokens since the last one."""
        if not self._likeliest:
            return {"piece": piece}
        told, self._told = self._told, []
        return {"piece": piece, "logprobs": told}

    def _text(self, token: int) -> str:
        text: str = self._tokenizer.decode([token])
        return text


if __name__ == "__main__":
    run(Model)
