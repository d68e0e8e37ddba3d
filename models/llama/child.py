"""The child process that holds a llama.cpp model: `python -P -m models.llama.child OPTIONS`.

`models.llama.language_model` starts it, and talks to it as `models.child.wire` says.
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
    PLAIN,
    PLAIN_STOPS,
    AnswerText,
    Cancellation,
    Message,
    Refused,
    break_up,
    control_pattern,
    finished_reply,
    run,
    template_for,
)
from models.llama.adapters import NoSuchAdapter
from models.llama.model import Aborted, LlamaModel, LoadOptions, Sampled, Sampling, Unreadable
from models.llama.saved_states import LEAST_TOKENS, SavedStates
from models.machine.digests import file_sha256
from models.output.markers import is_tag, opened_tag


class LlamaChatModel:
    """A loaded model with its chat template."""

    def __init__(self, options: Message, cancellation: Cancellation) -> None:
        """Load the model. Raises ValueError, RuntimeError or OSError when the file is no model, or does not fit."""
        self._adapter: Message | None = options["adapter"]
        self._reading: Message | None = options["reading"]
        self._on = self._reading or self._adapter  # what is asked first is mostly to read
        adapter, scale = _adapter_of(self._on)
        self._model = LlamaModel(
            LoadOptions(
                Path(options["model"]),
                options["context_tokens"],
                options["threads"],
                options["batch_threads"],
                options["cache_kind"],
                options["gpu_layers"],
                options["memory"],
                adapter=adapter,
                adapter_scale=scale,
            ),
            _write_log,
            cancellation.flag,
        )
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        lib = self._model.lib
        self._lib: Any = lib
        self._cancellation = cancellation
        self._may_save = False
        self._opened = ""
        """The tag of thoughts that the last prompt ends with: some templates open them."""
        marks = {
            token: self._token_text(token)
            for token in range(self._model.vocabulary)
            if lib.llama_vocab_is_control(self._model.vocab, token)
        }
        own = lib.llama_model_chat_template(self._model.model, None)
        self._template = template_for(own.decode("utf-8", "replace") if own else "", marks.values())
        begins = self._template != PLAIN or lib.llama_vocab_get_add_bos(self._model.vocab)
        self._formatter = Jinja2ChatFormatter(
            template=self._template,
            eos_token=self._token_text(lib.llama_vocab_eos(self._model.vocab)),
            bos_token=self._token_text(lib.llama_vocab_bos(self._model.vocab)) if begins else "",
        )
        self._control = control_pattern(marks.values())
        # Tags of thoughts are text wherever they are control tokens: what is thought is told apart by them.
        self._tags = {token: text.encode() for token, text in marks.items() if is_tag(text)}
        self._options = options
        self._states = self._saved_states(self._on)
        self._reader = ""

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        return self._model.context_tokens

    def prompt(self, turns: Sequence[Sequence[str]], *, think: bool = True) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer."""
        messages = [{"role": role, "content": break_up(text, self._control)} for role, text in turns]
        try:
            text = self._formatter(messages=messages, enable_thinking=think).prompt  # type: ignore[arg-type]  # plain dicts
        except Exception as error:  # a template is a program of the model's author
            raise Refused(f"its chat template refused the conversation ({error})") from error
        self._opened = opened_tag(text)
        return self._model.tokenize(text, special=True)

    def generate(self, request: Message, prompt: list[int]) -> Iterator[Message]:
        """Replies to a request: pieces, then what it cost."""
        sampling = Sampling(
            request["temperature"], request["repeat_penalty"], request["seed"], self._grammar(request["schema"])
        )
        self._put_on(self._reading if request["reads"] and self._reading else self._adapter)
        likeliest = request["logprobs"]
        text = AnswerText([*request["stop"], *(PLAIN_STOPS if self._template == PLAIN else ())])
        if self._opened:
            yield {"piece": self._opened}
        began, first, completion, reason, failed = time.perf_counter(), 0.0, 0, "length", ""
        logprobs: list[Any] = []
        self._read_for(request["reader"])
        cached = self._restore_best(prompt)
        self._may_save = request["keep"]
        tokens = self._model.sample(prompt, sampling, likeliest=likeliest)
        try:
            for sampled in tokens:
                first = first or time.perf_counter()
                if self._model.ends(sampled.token):
                    reason = "stop"
                    break
                completion += 1
                if likeliest:
                    logprobs.append(self._logprobs(sampled))
                piece = text.add(self._tags.get(sampled.token) or self._model.bytes_of(sampled.token))
                if piece:
                    yield {"piece": piece, "logprobs": logprobs} if likeliest else {"piece": piece}
                    logprobs = []
                if text.stopped:
                    reason = "stop"
                    break
                if self._cancellation.is_raised():
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
            yield {"piece": rest, "logprobs": logprobs} if likeliest else {"piece": rest}
        if failed:
            yield {"failed": failed}
            return
        yield finished_reply(reason, prompt, cached, completion, began, first)

    def rest(self) -> None:
        """Save the state of what was read, if that is allowed and worth it."""
        if self._may_save and self._states is not None:
            self._states.save(self._model.tokens, self._model.save)
        self._may_save = False

    def _read_for(self, reader: str) -> None:
        """Begin to read for another: what was read before is saved, if that is allowed, and then forgotten."""
        if reader != self._reader:
            self.rest()
            self._model.forget()
            self._reader = reader

    def _restore_best(self, prompt: Sequence[int]) -> int:
        """Restore the best saved state, if it is worth it. Returns how many tokens of the prompt need not be read."""
        known = self._model.shared_length(prompt)
        if self._reader:
            return known
        path, saved = self._states.best(prompt) if self._states is not None else (None, 0)
        if known < len(self._model.tokens) // 2:
            # Another chat, or background work: save what is there before it is overwritten.
            self.rest()
        if self._states is None or path is None or saved < known + LEAST_TOKENS // 2:
            return known
        self._states.restore(path, self._model.restore)
        return self._model.shared_length(prompt)

    def answer_tokens(self, text: str) -> list[int]:
        """Tokens of an answer, and of the end of a turn."""
        end = self._lib.llama_vocab_eot(self._model.vocab)
        broken = break_up(text, self._control)
        return [
            *self._model.tokenize(broken, special=False),
            end if end >= 0 else self._lib.llama_vocab_eos(self._model.vocab),
        ]

    def perplexity(self, text: str, turns: Sequence[Sequence[str]] = ()) -> float:
        """exp of the mean negative log-likelihood of a text's tokens, each after those before it; with `turns` of it as
        the answer to them, its end included. Raises Refused."""
        self._put_on(self._adapter)
        before = self.prompt(turns, think=False) if turns else []
        said = self.answer_tokens(text) if turns else self._model.tokenize(text, special=False)
        tokens = [*before, *said][: self.context_tokens]
        first = max(len(before), 1)
        if len(tokens) <= first:
            raise Refused("the text is too short, or what comes before it too long")
        return self._model.perplexity(tokens, first)

    def use_adapter(self, adapter: Message | None) -> None:
        """Put an adapter onto the model, or take it off. Raises Refused, and then all stays as it was."""
        self._put_on(adapter)
        self._adapter = adapter

    def _put_on(self, adapter: Message | None) -> None:
        """Go on with an adapter, or with none. What was read before is of no use then. Raises Refused."""
        if adapter == self._on:
            return
        self.rest()
        try:
            self._model.use_adapter(*_adapter_of(adapter))
            self._states = self._saved_states(adapter)
        except (NoSuchAdapter, OSError) as error:
            raise Refused(str(error)) from error
        self._on = adapter

    def _saved_states(self, adapter: Message | None) -> SavedStates | None:
        """The states that were read with an adapter, or with none: no other use of the model may take them up."""
        options = self._options
        if not options["states"]:
            return None
        found = Path(options["model"]).stat()
        identity = (
            *(options["model"], found.st_size, found.st_mtime_ns, self._template, self._model.cache_kind),
            metadata.version("llama-cpp-python"),
            *((file_sha256(Path(adapter["path"])), adapter["scale"]) if adapter else ()),
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
        # llama.cpp returns null for a grammar with an error.
        sampler = self._lib.llama_sampler_init_grammar(self._model.vocab, text, root)
        if not sampler:
            raise Refused("the schema cannot be made a grammar")
        self._lib.llama_sampler_free(sampler)
        return text, root

    def _logprobs(self, sampled: Sampled) -> list[Any]:
        """A token's log-probabilities, as the wire has them."""
        likeliest = [[self._text(token), logprob] for token, logprob in sampled.likeliest]
        return [self._text(sampled.token), sampled.logprob, likeliest]

    def _text(self, token: int) -> str:
        return self._model.bytes_of(token).decode("utf-8", "replace")

    def _token_text(self, token: int) -> str:
        if token < 0:
            return ""
        text: bytes = self._lib.llama_vocab_get_text(self._model.vocab, token)
        return text.decode("utf-8", "replace")


def _adapter_of(message: Message | None) -> tuple[Path | None, float]:
    """The file of an adapter, and its scale."""
    return (Path(message["path"]), message["scale"]) if message else (None, 1.0)


def _write_log(text: bytes) -> None:
    os.write(2, text)


if __name__ == "__main__":
    run(LlamaChatModel)
