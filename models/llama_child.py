"""The process that owns a llama.cpp model. `models.llama` starts it and talks to it.

It is run as a file and imports nothing of this application, so it works wherever the file is.
Requests come as JSON lines on stdin, replies go as JSON lines to stdout; what llama.cpp itself prints
goes to the log. It ends when stdin does, in the middle of an evaluation too.

Requests: {"count": turns} · {"generate": {...}, "id": n} · {"cancel": n}
Replies:  {"ready": context tokens} · {"tokens": n} · {"piece": text} · {"finished": {...}}
          {"overflow": prompt tokens} · {"refused": why} · {"unloadable": why}
"""

from __future__ import annotations

import codecs
import ctypes
import json
import os
import queue
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

LOG_BYTES = 1 << 20

# For models without a template of their own; most understand ChatML.
CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] "
    "+ '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}"
)


class AnswerText:
    """Joins the bytes of tokens to whole characters, and ends the text before a stop sequence."""

    def __init__(self, stops: Sequence[str] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = [stop for stop in stops if stop]
        self._held = ""
        self.stopped = False

    def add(self, data: bytes) -> str:
        """Take a token's bytes; return the text that is certain by now, maybe none."""
        self._held += self._decoder.decode(data)
        found = [at for at in map(self._held.find, self._stops) if at >= 0]
        if found:
            self.stopped = True
            certain, self._held = self._held[: min(found)], ""
            return certain
        end = len(self._held) - self._open_stop()
        certain, self._held = self._held[:end], self._held[end:]
        return certain

    def rest(self) -> str:
        """What was held back and turned out to be no stop sequence. Half a character is dropped."""
        rest, self._held = self._held, ""
        return rest

    def _open_stop(self) -> int:
        """Length of the longest end of the held text that may become a stop sequence."""
        return max(
            (size for stop in self._stops for size in range(1, len(stop)) if self._held.endswith(stop[:size])),
            default=0,
        )


class Cancellation:
    """Which request was cancelled, shared by the thread that reads and the one that computes.

    `flag` is memory that llama.cpp looks at before each node of its graph, without taking the
    interpreter's lock: a Python callback there would cost about 10 % of the decoding speed.
    """

    def __init__(self) -> None:
        self.flag = ctypes.create_string_buffer(2)
        self._lock = threading.Lock()
        self._running = 0
        self._cancelled = 0

    def start(self, request: int) -> None:
        with self._lock:
            self._running = request
            self._raise_or_lower()

    def end(self) -> None:
        self.start(0)

    def cancel(self, request: int) -> None:
        with self._lock:
            self._cancelled = request
            self._raise_or_lower()

    def raised(self) -> bool:
        return self.flag[0] != b"\0"

    def _raise_or_lower(self) -> None:
        self.flag[0] = b"\1" if self._running and self._running == self._cancelled else b"\0"


class Refused(Exception):
    """The request cannot be carried out; the model is well."""


class Model:
    """A loaded model with its chat template."""

    def __init__(self, options: dict[str, Any], cancellation: Cancellation) -> None:
        """Load. Raises ValueError or RuntimeError when the file is not a model."""
        import llama_cpp
        from llama_cpp.llama_chat_format import Jinja2ChatFormatter

        self._lib: Any = llama_cpp
        self._log = llama_cpp.llama_log_callback(_write_warning)
        llama_cpp.llama_log_set(self._log, ctypes.c_void_p(0))
        _keep_off_amx(llama_cpp)
        self._llama: Any = llama_cpp.Llama(
            options["model"],
            n_ctx=options["context_tokens"],
            n_batch=256,
            n_ubatch=256,
            n_threads=options["threads"],
            n_threads_batch=options["batch_threads"],
            verbose=False,
        )
        self._vocab = llama_cpp.llama_model_get_vocab(self._llama.model)
        self._cancellation = cancellation
        # strlen is a C function of the right shape for "is the first byte of this memory not 0?".
        self._abort = llama_cpp.ggml_abort_callback(ctypes.cast(ctypes.CDLL(None).strlen, ctypes.c_void_p).value or 0)
        llama_cpp.llama_set_abort_callback(
            self._llama.ctx, self._abort, ctypes.cast(cancellation.flag, ctypes.c_void_p)
        )
        token_text = self._token_text
        self._formatter = Jinja2ChatFormatter(
            template=self._llama.metadata.get("tokenizer.chat_template", CHATML),
            eos_token=token_text(self._llama.token_eos()),
            bos_token=token_text(self._llama.token_bos()),
        )
        self._control = self._control_tokens()

    @property
    def context_tokens(self) -> int:
        return int(self._llama.n_ctx())

    def prompt(self, turns: Sequence[Sequence[str]]) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer.

        Control tokens spelled out in a text (`<|im_end|>`) are broken up, so that what stands in a
        file cannot end its turn and speak as someone else.
        """
        messages = [
            {"role": role, "content": self._control.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)}
            for role, text in turns
        ]
        try:
            text = self._formatter(messages=messages).prompt  # type: ignore[arg-type]  # plain dicts
        except Exception as error:  # a template is a program of the model's author
            raise Refused(f"its chat template refused the conversation ({error})") from error
        tokens: list[int] = self._llama.tokenize(text.encode("utf-8", "replace"), add_bos=False, special=True)
        return tokens

    def generate(self, request: dict[str, Any], prompt: list[int]) -> Iterator[dict[str, Any]]:
        """Replies to a request: pieces, then what it cost."""
        sampling: dict[str, Any] = {
            "temp": request["temperature"],
            "repeat_penalty": request["repeat_penalty"],
            "grammar": self._grammar(request["schema"]),
        }
        self._llama.set_seed(request["seed"])
        text = AnswerText(request["stop"])
        began, first, completion, reason = time.perf_counter(), 0.0, 0, "length"
        tokens = self._llama.generate(prompt, **sampling)
        try:
            for token in tokens:
                first = first or time.perf_counter()
                if self._lib.llama_vocab_is_eog(self._vocab, token):
                    reason = "stop"
                    break
                completion += 1
                piece = text.add(self._llama.detokenize([token]))
                if piece:
                    yield {"piece": piece}
                if text.stopped:
                    reason = "stop"
                    break
                if self._cancellation.raised():
                    reason = "cancelled"
                    break
                if completion >= request["max_tokens"]:
                    break
        except RuntimeError:
            if not self._cancellation.raised():
                raise
            reason = "cancelled"
            self._forget_aborted()
        finally:
            tokens.close()
        rest = text.rest()
        if rest and reason != "cancelled":
            yield {"piece": rest}
        ended = time.perf_counter()
        yield {
            "finished": {
                "reason": reason,
                "prompt_tokens": len(prompt),
                "completion_tokens": completion,
                "prompt_seconds": (first or ended) - began,
                "completion_seconds": ended - (first or ended),
            }
        }

    def _forget_aborted(self) -> None:
        """Drop what an aborted batch left in the context; whole batches before it are still good."""
        whole = self._llama.n_tokens
        self._llama.reset()
        model = self._llama.model
        if not (self._lib.llama_model_is_recurrent(model) or self._lib.llama_model_is_hybrid(model)):
            self._llama.n_tokens = whole

    def _grammar(self, schema: dict[str, Any] | None) -> Any:
        if schema is None:
            return None
        try:
            grammar = self._lib.LlamaGrammar.from_json_schema(json.dumps(schema), verbose=False)
        except Exception as error:  # the converter raises whatever the schema makes it trip over
            raise Refused(f"the schema cannot be made a grammar ({error!r})") from error
        # llama-cpp-python does not check for the null that stands for a grammar with an error.
        sampler = self._lib.llama_sampler_init_grammar(self._vocab, grammar._grammar.encode(), grammar._root.encode())
        if not sampler:
            raise Refused("the schema cannot be made a grammar")
        self._lib.llama_sampler_free(sampler)
        return grammar

    def _token_text(self, token: int) -> str:
        if token < 0:
            return ""
        text: bytes = self._lib.llama_vocab_get_text(self._vocab, token)
        return text.decode("utf-8", "replace")

    def _control_tokens(self) -> re.Pattern[str]:
        """Matches the text of any control token."""
        texts = [
            self._token_text(token)
            for token in range(self._llama.n_vocab())
            if self._lib.llama_vocab_is_control(self._vocab, token)
        ]
        # Longest first; a text of one character cannot be broken up and is no turn marker.
        texts = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, texts)) or r"(?!)")


def serve(
    model: Model,
    cancellation: Cancellation,
    requests: queue.SimpleQueue[dict[str, Any]],
    reply: Callable[[dict[str, Any]], None],
) -> None:
    """Answer requests, one after the other, for ever."""
    reply({"ready": model.context_tokens})
    while True:
        request = requests.get()
        try:
            if "count" in request:
                reply({"tokens": len(model.prompt(request["count"]))})
                continue
            cancellation.start(request["id"])
            wanted = request["generate"]
            prompt = model.prompt(wanted["turns"])
            if len(prompt) + wanted["max_tokens"] > model.context_tokens:
                reply({"overflow": len(prompt)})
                continue
            for message in model.generate(wanted, prompt):
                reply(message)
        except Refused as error:
            reply({"refused": str(error)})
        finally:
            cancellation.end()


def main() -> None:
    """Run with the options as JSON in the first argument."""
    options = json.loads(sys.argv[1])
    # Ctrl-C in the terminal is meant for the application, which then closes our stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.dup(1)
    _redirect_to_log(Path(options["log"]))
    if options["niceness"] and hasattr(os, "nice"):
        os.nice(options["niceness"])

    def reply(message: dict[str, Any]) -> None:
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            data = data[os.write(outgoing, data) :]

    cancellation = Cancellation()
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        for line in incoming:
            request = json.loads(line)
            if "cancel" in request:
                cancellation.cancel(request["cancel"])
            else:
                requests.put(request)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    try:
        model = Model(options, cancellation)
    except (ValueError, RuntimeError, OSError) as error:
        reply({"unloadable": str(error)})
        return
    try:
        serve(model, cancellation, requests, reply)
    except BrokenPipeError:
        os._exit(0)


def _redirect_to_log(log: Path) -> None:
    """Point fds 0, 1 and 2 away from the pipes; llama.cpp prints to them as it likes."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.dup2(sink, 1)
    os.dup2(sink, 2)


def _write_warning(level: int, text: bytes, _: ctypes.c_void_p) -> None:
    """Log callback of llama.cpp: warnings (3) and errors (4) go to the log, the rest is chatter."""
    if level in (3, 4):
        os.write(2, text)


def _keep_off_amx(llama_cpp: Any) -> None:
    """Don't let llama.cpp use AMX where it was compiled in.

    Compiled by GCC 12 (Debian 12) its AMX kernels die with SIGILL at the first matrix: the tile
    configuration is optimised away before it is loaded. AMX is reached through the extra buffer types
    only, and llama-cpp-python passes no setting for those, hence the changed default.
    """
    if b"AMX_INT8 = 1" not in llama_cpp.llama_print_system_info():
        return
    original = llama_cpp.llama_cpp.llama_model_default_params

    def without_extra_buffers() -> Any:
        params = original()
        params.use_extra_bufts = False
        return params

    llama_cpp.llama_cpp.llama_model_default_params = without_extra_buffers


if __name__ == "__main__":
    main()
