"""The child's side of a model in a process of its own; `models.child.process` is the parent's.

Requests come as JSON lines on stdin, replies go as JSON lines to stdout; what the runtime itself prints
goes to the log. The process ends when stdin does, even in the middle of an evaluation.

Requests: {"count": turns} · {"generate": {...}, "id": n} · {"cancel": n} · {"rest": true}
          {"adapter": {"path": file, "scale": factor} or null} · {"encode": [[turns, answer]]}
          {"perplexity": text, "after": turns}
Replies:  {"ready": context tokens} · {"tokens": n} · {"rested": true} · {"adapted": true}
          {"encoded": [[tokens of the prompt, tokens of the answer]]} · {"perplexity": p}
          {"piece": text, "logprobs": [[text, logprob, [[text, logprob]]]]} · {"finished": {...}}
          {"overflow": prompt tokens} · {"refused": why} · {"failed": why}
          {"unloadable": why, "needed": bytes of memory, "remedy": what helps where it is not the file's fault}
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
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

LOG_BYTES = 1 << 20
LOWEST = 19
"""The niceness of what may only run where nobody else wants to."""
_REST_SECONDS = 1.0
"""After so many seconds without a request a model saves what may be needed again."""

Message: TypeAlias = dict[str, Any]
Reply: TypeAlias = Callable[[Message], None]

CHATML = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] "
    "+ '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}"
)
"""For models without a template of their own whose vocabulary has ChatML's marks."""
PLAIN = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message['role'] == 'system' %}{{ message['content'] + '\n\n' }}"
    "{% elif message['role'] == 'assistant' %}{{ 'Answer: ' + message['content'] + '\n\n' }}"
    "{% elif message['content'].rstrip().endswith(':') %}{{ message['content'].rstrip() }}"
    "{% else %}{{ 'Question: ' + message['content'] + '\nAnswer:' }}{% endif %}{% endfor %}"
)
"""For base models, which were never taught to chat: they complete a text, and the paragraph that they write next is
the answer."""
PLAIN_STOPS = ("\n\n", "\nQuestion:", "\n- ")


def template_for(own: str, marks: Iterable[str]) -> str:
    """The chat template of a model: its `own`, else ChatML where its control tokens have the `marks` of that."""
    return own or (CHATML if "<|im_start|>" in set(marks) else PLAIN)


class AnswerText:
    """Joins the bytes of tokens to whole characters, and ends the text before a stop sequence."""

    def __init__(self, stops: Sequence[str] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = [stop for stop in stops if stop]
        self._held = ""
        self.stopped = False

    def add(self, data: bytes) -> str:
        """Take a token's bytes, and return the text that is certain by now, which may be empty."""
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
        """The text that was held back and is no stop sequence after all. Half a character is dropped."""
        rest, self._held = self._held, ""
        return rest

    def _open_stop(self) -> int:
        """Length of the longest suffix of the held text that may become a stop sequence."""
        return max(
            (size for stop in self._stops for size in range(1, len(stop)) if self._held.endswith(stop[:size])),
            default=0,
        )


class Cancellation:
    """Which request was cancelled, shared by the thread that reads requests and the thread that computes.

    A native runtime may look at the memory `flag` without the interpreter's lock: a Python callback before each node
    of llama.cpp's graph would cost about 10 % of its decoding speed.
    """

    def __init__(self) -> None:
        self.flag = ctypes.create_string_buffer(2)
        self._lock = threading.Lock()
        self._running = 0
        self._cancelled = 0

    def start(self, request: int) -> None:
        """Begin to compute this request."""
        with self._lock:
            self._running = request
            self._set_flag()

    def end(self) -> None:
        """Stop computing."""
        self.start(0)

    def cancel(self, request: int) -> None:
        """Have this request end, now or when it starts."""
        with self._lock:
            self._cancelled = request
            self._set_flag()

    def is_raised(self) -> bool:
        """Whether the present request was cancelled."""
        return self.flag[0] != b"\0"

    def _set_flag(self) -> None:
        self.flag[0] = b"\1" if self._running and self._running == self._cancelled else b"\0"


class Refused(Exception):
    """The request cannot be carried out. The model itself is fine."""


class ChatModel(Protocol):
    """A loaded model with its chat template."""

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        ...

    def prompt(self, turns: Sequence[Sequence[str]], *, think: bool = True) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer. Raises Refused.

        `think`: whether a model that reasons may do so, where its template leaves the choice.
        """
        ...

    def generate(self, request: Message, prompt: list[int]) -> Iterator[Message]:
        """Replies to a request: pieces, then what it cost. Raises Refused."""
        ...

    def rest(self) -> None:
        """Save what may be needed again: nothing was asked for a moment."""
        ...

    def use_adapter(self, adapter: Message | None) -> None:
        """Put an adapter onto the model, or take it off. Raises Refused."""
        ...

    def answer_tokens(self, text: str) -> list[int]:
        """Tokens of an answer as the model would write it, its end included. Raises Refused."""
        ...

    def perplexity(self, text: str, turns: Sequence[Sequence[str]] = ()) -> float:
        """exp of the mean negative log-likelihood of a text's tokens, each after those before it; with `turns` of it as
        the answer to them, its end included. Raises Refused."""
        ...


def finished_reply(
    reason: str, prompt: Sequence[int], cached: int, completion: int, began: float, first: float
) -> Message:
    """The reply that ends an answer now.

    `cached` tokens of the prompt did not have to be read. The answer began at `began` and had its first token at
    `first` (0: it had none), both by `time.perf_counter`.
    """
    ended = time.perf_counter()
    return {
        "finished": {
            "reason": reason,
            "prompt_tokens": len(prompt),
            "completion_tokens": completion,
            "prompt_seconds": (first or ended) - began,
            "completion_seconds": ended - (first or ended),
            "cached_tokens": cached,
        }
    }


def control_pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the control tokens' texts, the longest first.

    A text of a single character cannot be broken up, and is no turn marker.
    """
    longer = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longer)) or r"(?!)")


def break_up(text: str, control: re.Pattern[str]) -> str:
    """The text with a blank inside each control token that it spells out (`<|im_end|>`).

    So a file cannot end its turn and speak as someone else.
    """
    return control.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)


def give_way(niceness: int) -> None:
    """Lower the priority of this process by `niceness` (0 to 19).

    `LOWEST` is SCHED_IDLE on Linux: with nice alone, who types beside it still waits for a timeslice now and then.
    """
    if not niceness or not hasattr(os, "nice"):
        return
    os.nice(niceness)
    if sys.platform == "linux" and niceness >= LOWEST:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def take_over_pipes(on_request: Callable[[Message], None]) -> Reply:
    """Take over stdin and stdout: a thread hands requests to `on_request`; the returned function sends replies.

    The options are JSON in the first argument. From now on fds 1 and 2 lead to the log and fd 0 to nothing, because
    runtimes print as they like.
    """
    options = json.loads(sys.argv[1])
    # Ctrl-C in the terminal is for the application, which then closes our stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.dup(1)
    _redirect_to_log(Path(options["log"]))
    give_way(options.get("niceness", 0))

    def listen() -> None:
        for line in incoming:
            on_request(json.loads(line))
        os._exit(0)

    def reply(message: Message) -> None:
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            data = data[os.write(outgoing, data) :]

    threading.Thread(target=listen, daemon=True).start()
    return reply


def run(load: Callable[[Message, Cancellation], ChatModel]) -> None:
    """Live the whole life of a language model's process.

    `load` raises ValueError, RuntimeError or OSError for a bad file.
    """
    cancellation = Cancellation()
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def take(request: Message) -> None:
        if "cancel" in request:
            cancellation.cancel(request["cancel"])
        else:
            requests.put(request)

    reply = take_over_pipes(take)
    try:
        model = load(json.loads(sys.argv[1]), cancellation)
    except (ValueError, RuntimeError, OSError) as error:
        more = {"needed": getattr(error, "needed", 0), "remedy": getattr(error, "remedy", "")}
        reply({"unloadable": str(error), **more})
        return
    try:
        serve(model, cancellation, requests, reply)
    except BrokenPipeError:
        os._exit(0)


def serve(model: ChatModel, cancellation: Cancellation, requests: queue.SimpleQueue[Message], reply: Reply) -> None:
    """Answer requests, one after the other, without end."""
    reply({"ready": model.context_tokens})
    rested = True
    while True:
        try:
            request = requests.get(timeout=None if rested else _REST_SECONDS)
        except queue.Empty:
            model.rest()
            rested = True
            continue
        try:
            if (found := _without_generating(model, request)) is not None:
                reply(found)
                continue
            rested = False
            cancellation.start(request["id"])
            asked = request["generate"]
            prompt = model.prompt(asked["turns"], think=asked["think"])
            if len(prompt) + asked["max_tokens"] > model.context_tokens:
                reply({"overflow": len(prompt)})
                continue
            for message in model.generate(asked, prompt):
                reply(message)
        except Refused as error:
            reply({"refused": str(error)})
        finally:
            cancellation.end()


def _without_generating(model: ChatModel, request: Message) -> Message | None:
    """The reply to a request that asks for no answer; None for one that does. Raises Refused."""
    if "rest" in request:
        model.rest()
        return {"rested": True}
    if "adapter" in request:
        model.use_adapter(request["adapter"])
        return {"adapted": True}
    if "encode" in request:
        asked = request["encode"]
        return {"encoded": [[model.prompt(turns, think=False), model.answer_tokens(text)] for turns, text in asked]}
    if "perplexity" in request:
        return {"perplexity": model.perplexity(request["perplexity"], request.get("after", ()))}
    if "count" in request:
        return {"tokens": len(model.prompt(request["count"]))}
    return None


def _redirect_to_log(log: Path) -> None:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
