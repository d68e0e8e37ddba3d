"""The process that owns a llama.cpp model. `models.llama.language_model` starts it and talks to it as `models.child.wire` says.

It is run as a file and imports of this application only what is beside it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

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
from models.llama.model import Aborted, LlamaModel, LoadOptions, Sampled, Sampling, Unreadable
from models.llama.saved_states import LEAST_TOKENS, SavedStates


class Model:
    """A loaded model with its chat template."""

    def __init__(self, options: Message, cancellation: Cancellation) -> None:
        """Load. Raises ValueError, RuntimeError or OSError when the file is no model, or does not fit."""
        self._runtime = LlamaModel(
            LoadOptions(
                Path(options["model"]),
                options["context_tokens"],
                options["threads"],
                options["batch_threads"],
                options["cache_kind"],
                options["gpu_layers"],
                options["memory"],
            ),
            lambda text: void(os.write(2, text)),
            cancellation.flag,
        )
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        lib = self._runtime.lib
        self._lib: Any = lib
        self._cancellation = cancellation
        self._kept = False
        template = lib.llama_model_chat_template(self._runtime.model, None)
        self._formatter = Jinja2ChatFormatter(
            template=template.decode("utf-8", "replace") if template else CHATML,
            eos_token=self._token_text(lib.llama_vocab_eos(self._runtime.vocab)),
            bos_token=self._token_text(lib.llama_vocab_bos(self._runtime.vocab)),
        )
        self._control = control_pattern(
            self._token_text(token)
            for token in range(self._runtime.vocabulary)
            if lib.llama_vocab_is_control(self._runtime.vocab, token)
        )
        self._states = self._saved_states(options, template)

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        return self._runtime.context_tokens

    def prompt(self, turns: Sequence[Sequence[str]]) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer."""
        messages = [{"role": role, "content": break_up(text, self._control)} for role, text in turns]
        try:
            text = self._formatter(messages=messages).prompt  # type: ignore[arg-type]  # plain dicts
        except Exception as error:  # a template is a program of the model's author
            raise Refused(f"its chat template refused the conversation ({error})") from error
        return self._runtime.tokenize(text, special=True)

    def generate(self, request: Message, prompt: list[int]) -> Iterator[Message]:
        """Replies to a request: pieces, then what it cost."""
        sampling = Sampling(
            request["temperature"], request["repeat_penalty"], request["seed"], self._grammar(request["schema"])
        )
        likeliest = request["logprobs"]
        text = AnswerText(request["stop"])
        began, first, completion, reason, failed = time.perf_counter(), 0.0, 0, "length", ""
        told: list[Any] = []
        cached = self._taken_up(prompt)
        self._kept = request["keep"]
        tokens = self._runtime.sample(prompt, sampling, likeliest=likeliest)
        try:
            for sampled in tokens:
                first = first or time.perf_counter()
                if self._runtime.ends(sampled.token):
                    reason = "stop"
                    break
                completion += 1
                if likeliest:
                    told.append(self._told(sampled))
                piece = text.add(self._runtime.bytes_of(sampled.token))
                if piece:
                    yield {"piece": piece, "logprobs": told} if likeliest else {"piece": piece}
                    told = []
                if text.stopped:
                    reason = "stop"
                    break
                if self._cancellation.raised():
                    reason = "cancelled"
                    break
                if completion >= request["max_tokens"]:
                    break
        except Aborted:
            reason = "cancelled"
        except Unreadable as error:
            failed = str(error)
        finally:
            tokens.close()
        rest = text.rest()
        if rest and reason != "cancelled":
            yield {"piece": rest, "logprobs": told} if likeliest else {"piece": rest}
        if failed:
            yield {"failed": failed}
            return
        yield finished(reason, prompt, cached, completion, began, first)

    def rest(self) -> None:
        """Put the state of what was read on disk, if that is allowed and worth it."""
        if self._kept and self._states is not None:
            self._states.keep(self._runtime.tokens, self._runtime.save)
        self._kept = False

    def _taken_up(self, prompt: Sequence[int]) -> int:
        """How many tokens of a prompt need not be read, after the best saved state was taken up."""
        known = self._runtime.known(prompt)
        path, saved = self._states.best(prompt) if self._states is not None else (None, 0)
        if known < len(self._runtime.tokens) // 2:
            # Another chat, or background work: what is there is put aside before it is overwritten.
            self.rest()
        if self._states is None or path is None or saved < known + LEAST_TOKENS // 2:
            return known
        self._states.take_up(path, self._runtime.restore)
        return self._runtime.known(prompt)

    def _saved_states(self, options: Message, template: bytes | None) -> SavedStates | None:
        if not options["states"]:
            return None
        found = Path(options["model"]).stat()
        identity = (
            *(options["model"], found.st_size, found.st_mtime_ns, template or CHATML, self._runtime.cache_kind),
            metadata.version("llama-cpp-python"),
        )
        return SavedStates(Path(options["states"]), identity, options["states_bytes"])

    def _grammar(self, schema: dict[str, Any] | None) -> tuple[bytes, bytes] | None:
        if schema is None:
            return None
        try:
            grammar = self._lib.LlamaGrammar.from_json_schema(json.dumps(schema), verbose=False)
            text, root = grammar._grammar.encode(), grammar._root.encode()
        except Exception as error:  # the converter raises whatever the schema makes it trip over
            raise Refused(f"the schema cannot be made a grammar ({error!r})") from error
        # llama.cpp gives a null for a grammar with an error.
        sampler = self._lib.llama_sampler_init_grammar(self._runtime.vocab, text, root)
        if not sampler:
            raise Refused("the schema cannot be made a grammar")
        self._lib.llama_sampler_free(sampler)
        return text, root

    def _told(self, sampled: Sampled) -> list[Any]:
        """A token's log-probabilities as they go over the wire."""
        likeliest = [[self._text(token), logprob] for token, logprob in sampled.likeliest]
        return [self._text(sampled.token), sampled.logprob, likeliest]

    def _text(self, token: int) -> str:
        return self._runtime.bytes_of(token).decode("utf-8", "replace")

    def _token_text(self, token: int) -> str:
        if token < 0:
            return ""
        text: bytes = self._lib.llama_vocab_get_text(self._runtime.vocab, token)
        return text.decode("utf-8", "replace")


def void(_: object) -> None:
    """For a callback whose result nobody wants."""


def load(options: Message, cancellation: Cancellation) -> Model:
    """The model for its process."""
    return Model(options, cancellation)


if __name__ == "__main__":
    run(load)
