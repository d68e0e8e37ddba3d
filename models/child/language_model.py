"""A language model in a child process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Unpack

from models.child.process import POLL, Child, Died, ModelProcess, ProcessOptions
from models.child.wire import Message
from models.output.answer_stream import answer_stream
from models.protocol import ChatTurn, ContextOverflow, Finished, GenerateRequest, ModelError, Piece, TokenLogprob
from models.protocol.runtime import ignore_cost

_PATIENCE = 5.0
"""How long a stopped answer may take to end before its process is killed, in seconds."""


class LanguageModelProcessOptions(ProcessOptions, total=False):
    """As `ProcessOptions`, and what to do after an answer."""

    on_finished: Callable[[Finished], None]
    """Called with what each answer cost."""


class LanguageModelProcess(ModelProcess):
    """Implements `LanguageModel` for a model that a child process holds."""

    _requests = 0

    def __init__(
        self,
        path: Path,
        log: Path,
        *,
        on_finished: Callable[[Finished], None] = ignore_cost,
        **options: Unpack[ProcessOptions],
    ) -> None:
        """As `ModelProcess`; `on_finished` is called with what each answer cost."""
        super().__init__(path, log, **options)
        self._on_finished = on_finished

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens. Starts the model if it never ran. Raises ModelError."""
        if not self._context:
            self.warm()
        return self._context

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """Tokens of the turns under the chat template, the opening of the answer included. Raises ModelError."""
        reply = self._exchange({"count": [[turn.role, turn.content] for turn in turns]})
        if "tokens" in reply:
            return int(reply["tokens"])
        raise self._refusal(reply)

    def rest(self) -> None:
        """Have the child save what may be needed again, which it does by itself after a moment. Raises ModelError."""
        self._exchange({"rest": True})

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Stream an answer: pieces, then one `Finished`; see `LanguageModel.generate`.

        Cancelling also ends the wait for another caller's answer, or for the model to load.
        """
        yield from answer_stream(self._generate, request, cancel)

    def _generate(self, request: GenerateRequest, cancel: threading.Event) -> Generator[Piece | Finished, None, None]:
        """What the model writes, as it writes it."""
        while not self._turn.acquire(timeout=POLL):
            if cancel.is_set():
                yield Finished("cancelled", 0, 0, 0.0, 0.0)
                return
        try:
            child = self._load(cancel)
            if child is None:
                yield Finished("cancelled", 0, 0, 0.0, 0.0)
                return
            yield from self._answer(child, request, cancel)
        finally:
            self._turn.release()

    def _answer(self, child: Child, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        self._requests += 1
        number, ended, stopping = self._requests, False, False
        try:
            child.send({"generate": _wire(request), "id": number})
            while not ended:
                if cancel.is_set() and not stopping:
                    stopping = True
                    child.send({"cancel": number})
                reply = child.receive(POLL)
                if "piece" in reply:
                    if not stopping:
                        yield _piece(reply)
                elif reply:
                    ended = True
                    yield self._end(reply, request)
        except Died as death:
            ended = True
            if not child.stopped:
                raise self._record_death(child) from death
            yield Finished("cancelled", 0, 0, 0.0, 0.0)
        finally:
            if not ended:
                self._abandon(child, number)

    def _end(self, reply: Message, request: GenerateRequest) -> Finished:
        """The end of an answer, by the child's last reply. Raises the error that the reply stands for."""
        if "finished" in reply:
            finished = Finished(**reply["finished"])
            self._on_finished(finished)
            return finished
        if "overflow" in reply:
            raise ContextOverflow(
                f"The prompt takes {reply['overflow']} tokens and its answer up to {request.max_tokens}, "
                f"but {self.name} holds {self._context}.",
                "Ask something shorter, or give it less to read.",
            )
        if "failed" in reply:
            raise ModelError(
                f"The answer of {self.name} broke off: {reply['failed']}.",
                "Check the disk that it is on, then ask again.",
            )
        raise self._refusal(reply)

    def _abandon(self, child: Child, number: int) -> None:
        """Have the child end an answer that nobody reads any more, before the next request."""
        deadline = time.monotonic() + _PATIENCE
        try:
            child.send({"cancel": number})
            while time.monotonic() < deadline:
                reply = child.receive(POLL)
                if reply and "piece" not in reply:
                    return
        except Died:
            pass
        child.stop()
        self._child = None


def _piece(reply: Message) -> Piece:
    """A piece as the child sends it."""
    logprobs = [
        TokenLogprob(text, logprob, tuple((other, score) for other, score in likeliest))
        for text, logprob, likeliest in reply.get("logprobs", ())
    ]
    return Piece(reply["piece"], tuple(logprobs))


def _wire(request: GenerateRequest) -> Message:
    """A request as the child takes it."""
    return {
        "turns": [[turn.role, turn.content] for turn in request.turns],
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "repeat_penalty": request.repeat_penalty,
        "seed": request.seed,
        "schema": request.schema,
        "stop": list(request.stop),
        "logprobs": request.logprobs,
        "keep": request.keep,
        "reader": request.reader,
        "reads": request.reads,
        "think": request.thinking_tokens > 0,
    }
