"""The child's side of a model in a process of its own; `models.child.process` is the parent's.

Requests come as JSON lines on stdin, replies go as JSON lines to stdout; what the runtime itself prints
goes to the log. The process ends when stdin does, in the middle of an evaluation too.

Requests: {"count": turns} · {"generate": {...}, "id": n} · {"cancel": n} · {"rest": true}
Replies:  {"ready": context tokens} · {"tokens": n} · {"rested": true} · {"piece": text, "logprobs": [[text, logprob, [[text, logprob]]]]}
          {"finished": {...}} · {"overflow": prompt tokens} · {"refused": why} · {"failed": why}
          {"unloadable": why, "needed": bytes of memory}
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
_REST_SECONDS = 1.0
"""So long after an answer without another request a runtime puts aside what may be needed again."""

Message: TypeAlias = dict[str, Any]
Reply: TypeAlias = Callable[[Message], None]

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

    `flag` is memory that a native runtime may look at without taking the interpreter's lock:
    a Python callback before each node of llama.cpp's graph would cost about 10 % of its decoding speed.
    """

    def __init__(self) -> None:
        self.flag = ctypes.create_string_buffer(2)
        self._lock = threading.Lock()
        self._running = 0
        self._cancelled = 0

    def start(self, request: int) -> None:
        """This request is computed from now on."""
        with self._lock:
            self._running = request
            self._raise_or_lower()

    def end(self) -> None:
        """Nothing is computed now."""
        self.start(0)

    def cancel(self, request: int) -> None:
        """This request, now or when it starts, is to end."""
        with self._lock:
            self._cancelled = request
            self._raise_or_lower()

    def raised(self) -> bool:
        """Whether the request that is computed was cancelled."""
        return self.flag[0] != b"\0"

    def _raise_or_lower(self) -> None:
        self.flag[0] = b"\1" if self._running and self._running == self._cancelled else b"\0"


class Refused(Exception):
    """The request cannot be carried out; the model is well."""


class Runtime(Protocol):
    """A loaded model with its chat template."""

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens."""
        ...

    def prompt(self, turns: Sequence[Sequence[str]]) -> list[int]:
        """Tokens of [role, text] turns under the model's template, with the opening of the answer. Raises Refused."""
        ...

    def generate(self, request: Message, prompt: list[int]) -> Iterator[Message]:
        """Replies to a request: pieces, then what it cost. Raises Refused."""
        ...

    def rest(self) -> None:
        """Nothing was asked for a moment: time to put aside what may be needed again."""
        ...


def finished(reason: str, prompt: Sequence[int], known: int, completion: int, began: float, first: float) -> Message:
    """The reply that ends an answer now.

    `known` tokens of the prompt had not to be read; `began` is when it began and `first` when its first token was
    there, 0 if none was, both by `time.perf_counter`.
    """
    ended = time.perf_counter()
    return {
        "finished": {
            "reason": reason,
            "prompt_tokens": len(prompt),
            "completion_tokens": completion,
            "prompt_seconds": (first or ended) - began,
            "completion_seconds": ended - (first or ended),
            "cached_tokens": known,
        }
    }


def control_pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the control tokens' texts, the longest first.

    A text of one character cannot be broken up and is no turn marker.
    """
    longer = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longer)) or r"(?!)")


def break_up(text: str, control: re.Pattern[str]) -> str:
    """The text with control tokens that are spelled out in it (`<|im_end|>`) broken up.

    So what stands in a file cannot end its turn and speak as someone else.
    """
    return control.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)


def take_over_pipes(on_request: Callable[[Message], None]) -> Reply:
    """Take the pipes over: requests go to `on_request` from a thread of their own, replies through what is returned.

    The options are JSON in the first argument; fds 0, 1 and 2 point away from the pipes from now on,
    because runtimes print to them as they like.
    """
    options = json.loads(sys.argv[1])
    # Ctrl-C in the terminal is meant for the application, which then closes our stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.dup(1)
    _redirect_to_log(Path(options["log"]))
    if options.get("niceness") and hasattr(os, "nice"):
        os.nice(options["niceness"])

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


def run(load: Callable[[Message, Cancellation], Runtime]) -> None:
    """The whole life of a language model's process. `load` raises ValueError, RuntimeError or OSError for a bad file."""
    cancellation = Cancellation()
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()

    def sort(request: Message) -> None:
        if "cancel" in request:
            cancellation.cancel(request["cancel"])
        else:
            requests.put(request)

    reply = take_over_pipes(sort)
    try:
        runtime = load(json.loads(sys.argv[1]), cancellation)
    except (ValueError, RuntimeError, OSError) as error:
        reply({"unloadable": str(error), "needed": getattr(error, "needed", 0)})
        return
    try:
        serve(runtime, cancellation, requests, reply)
    except BrokenPipeError:
        os._exit(0)


def serve(runtime: Runtime, cancellation: Cancellation, requests: queue.SimpleQueue[Message], reply: Reply) -> None:
    """Answer requests, one after the other, for ever."""
    reply({"ready": runtime.context_tokens})
    rested = True
    while True:
        try:
            request = requests.get(timeout=None if rested else _REST_SECONDS)
        except queue.Empty:
            runtime.rest()
            rested = True
            continue
        try:
            if "rest" in request:
                runtime.rest()
                reply({"rested": True})
                continue
            if "count" in request:
                reply({"tokens": len(runtime.prompt(request["count"]))})
                continue
            rested = False
            cancellation.start(request["id"])
            wanted = request["generate"]
            prompt = runtime.prompt(wanted["turns"])
            if len(prompt) + wanted["max_tokens"] > runtime.context_tokens:
                reply({"overflow": len(prompt)})
                continue
            for message in runtime.generate(wanted, prompt):
                reply(message)
        except Refused as error:
            reply({"refused": str(error)})
        finally:
            cancellation.end()


def _redirect_to_log(log: Path) -> None:
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
