"""A model in a child process, which may die without taking anything along."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypedDict, Unpack

from models.child.wire import Message
from models.protocol import CHOOSE_ANOTHER_MODEL, ModelError
from models.protocol.runtime import accept_any_file

POLL = 0.02
"""How often a waiting caller looks at its cancel event, in seconds."""


class ProcessOptions(TypedDict, total=False):
    """How a model's process is called, checked and started anew."""

    name: str | None
    """Overrides the model's own name."""
    check: Callable[[Path], object]
    """Called with the path before each start; raises ModelError when the files are not what they should be."""
    restart_limit: int
    """After so many deaths within `restart_seconds` no child is started until the first is older than that; 3."""
    restart_seconds: float
    """60 seconds, counted by `clock`."""
    clock: Callable[[], float]


class ModelProcess:
    """A model that a child process holds. The process starts at the first call, and anew after it died.

    A subclass names the model in `_title`, the options of its child in `_options`, and the module of the child in
    `child`. The two exchange the messages of `models.child.wire`.
    """

    child: str
    """The module that the child process runs."""
    library: str
    """What the screen calls the library that runs the model."""
    kind = "language model"
    """What the screen calls the model."""
    choose_another = CHOOSE_ANOTHER_MODEL
    """The remedy when the model is unusable."""

    def __init__(self, path: Path, log: Path, **options: Unpack[ProcessOptions]) -> None:
        """Make it for the model at `path`; the file `log` takes what the runtime prints."""
        self._path = path
        self._log = log
        self._name = options.get("name")
        self._check = options.get("check", accept_any_file)
        self._restart_limit = options.get("restart_limit", 3)
        self._restart_seconds = options.get("restart_seconds", 60.0)
        self._clock = options.get("clock", time.monotonic)
        self._deaths: deque[float] = deque()
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._context = 0

    @property
    def name(self) -> str:
        """Name and quantization from the file, without loading it; the file's name if it has none."""
        if self._name is None:
            try:
                self._name = self._title() or self._path.stem
            except ModelError:
                return self._path.stem
        return self._name

    def warm(self) -> None:
        """Start the model if it is not running, and wait until it is loaded. Raises ModelError."""
        with self._turn:
            self._load(threading.Event())

    def close(self) -> None:
        """Stop the model at once, also in the middle of an answer, which then ends as cancelled."""
        child, self._child = self._child, None
        if child is not None:
            child.stop()

    def _exchange(self, message: Message) -> Message:
        """The child's reply to a message; starts the child if need be. Raises ModelError."""
        with self._turn:
            child = self._load(threading.Event())
            assert child is not None
            try:
                child.send(message)
                return child.receive(None)
            except Died as death:
                raise self._record_death(child) from death

    def _load(self, cancel: threading.Event) -> Child | None:
        """The child once its model is loaded; None if cancelled meanwhile. Raises ModelError."""
        child = self._child
        if child is None or child.stopped:
            child = self._child = self._start()
        while not child.ready:
            if cancel.is_set():
                return None
            try:
                reply = child.receive(POLL)
            except Died as death:
                raise self._record_death(child) from death
            if "ready" in reply:
                child.ready = True
                self._context = int(reply["ready"])
            elif reply:
                child.stop()
                self._child = None
                raise self._unloadable(reply)
        return child

    def _unloadable(self, reply: Message) -> ModelError:
        """What a child that could not load its model means."""
        if reply.get("remedy"):
            return ModelError(f"{self.library} cannot be used: {reply['unloadable']}.", str(reply["remedy"]))
        if reply.get("needed"):
            return ModelError(
                f"{self.name} needs at least {reply['needed'] / 1e6:,.0f} MB in all to run, more than it may use.",
                "Allow it more with `secondme config set model.memory SIZE`, or choose a smaller one: "
                "`secondme models plan` says what fits.",
            )
        return ModelError(
            f"The model file {self._path} is damaged, incomplete or of a kind that {self.library} does not know.",
            f"{self.choose_another} Details are in {self._log}.",
        )

    def _start(self) -> Child:
        now = self._clock()
        while self._deaths and self._deaths[0] <= now - self._restart_seconds:
            self._deaths.popleft()
        if len(self._deaths) >= self._restart_limit:
            wait = self._deaths[0] + self._restart_seconds - now
            raise ModelError(
                f"The {self.kind} died {len(self._deaths)} times in {self._restart_seconds:.0f} seconds, "
                f"so it stays off for {wait:.0f} more.",
                f"{self.choose_another} Details are in {self._log}.",
            )
        self._check(self._path)
        return Child(self.child, self._options())

    def _title(self) -> str:
        """The model's own name. Raises ModelError when its files cannot be read."""
        raise NotImplementedError

    def _options(self) -> Message:
        """What the child is started with. Raises ModelError when the model's files are not usable."""
        raise NotImplementedError

    def _record_death(self, child: Child) -> ModelError:
        """Count a death and return what to say of it; the next request starts a new child."""
        if self._child is child:
            self._child = None
        if child.stopped:
            return ModelError(f"The {self.kind} was stopped.", "Ask again to start it.")
        code = child.stop()
        self._deaths.append(self._clock())
        how = f"exit code {code}" if code >= 0 else f"signal {-code}, {signal.strsignal(-code)}"
        if child.ready:
            what = f"The {self.kind}'s process ended unexpectedly ({how})."
            return ModelError(what, f"Ask again: it starts anew. Details are in {self._log}.")
        what = f"The process that was loading the model file {self._path} ended unexpectedly ({how})."
        return ModelError(what, f"{self.choose_another} Details are in {self._log}.")

    def _refusal(self, reply: Message) -> ModelError:
        return ModelError(
            f"The {self.kind} {self.name} cannot take this request: {reply.get('refused', reply)}.",
            self.choose_another,
        )


class Died(Exception):
    """The child's end of the pipe is closed."""


class Child:
    """A running child process, and the lines that pass to it and from it."""

    def __init__(self, module: str, options: Message, environment: Mapping[str, str] | None = None) -> None:
        """Start `python -P -m MODULE OPTIONS`, the options as JSON, with more variables in its `environment`."""
        variables = {
            # Idle OpenMP threads spin. Beside another busy process (our own indexing) two threads on two cores decoded
            # 11 to 30 tokens/s, with this limit 27 to 32. With the machine to themselves they are as fast either way.
            "GOMP_SPINCOUNT": "1000",
            **os.environ,
            **(environment or {}),
            "GGML_NO_BACKTRACE": "1",  # an abort must not start a debugger
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables,
            bufsize=0,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._output, selectors.EVENT_READ)
        self._received = bytearray()
        self._io = threading.Lock()
        self._ended = False
        self.ready = False
        self.stopped = False

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Send a line. Raises Died."""
        data = memoryview(json.dumps(message).encode() + b"\n")
        with self._io:
            try:
                while data:
                    data = data[self._input.write(data) or 0 :]
            except (OSError, ValueError) as error:
                raise Died from error

    def receive(self, timeout: float | None) -> Message:
        """The next line, or {} when none came within `timeout` seconds (None: wait). Raises Died."""
        with self._io:
            while (end := self._received.find(b"\n")) < 0:
                if self._output.closed:
                    raise Died
                if not self._selector.select(timeout):
                    return {}
                data = os.read(self._output.fileno(), 1 << 16)
                if not data:
                    self._ended = True
                    raise Died
                self._received += data
            line = bytes(self._received[:end])
            del self._received[: end + 1]
        message: Message = json.loads(line)
        return message

    def stop(self) -> int:
        """End the process and return its exit code (negative: the signal). May come from any thread."""
        self.stopped = True
        try:
            # A process that closed its pipe is ending by itself, and its own exit code is the one to report.
            code = self._process.wait(timeout=1.0 if self._ended else 0.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        with self._io:
            self._selector.close()
            self._input.close()
            self._output.close()
        return code
