"""The stream of a model's output as an answer: see `models.output`."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from models.output.dialogue import Dialogue
from models.output.markers import PATTERN, ROLE, ROLES, certain_length, kind_of
from models.protocol import ContextOverflow, Finished, FinishReason, GenerateRequest, Piece

Generate = Callable[[GenerateRequest, threading.Event], Generator[Piece | Finished, None, None]]


class Ending(threading.Event):
    """An event that counts as set when it or another one is."""

    def __init__(self, other: threading.Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        """Whether either is set."""
        return super().is_set() or self._other.is_set()


class OutputFilter:
    """Takes the text of an output and gives the pieces of its answer and of its thoughts.

    `plain`: the text is no prose but, say, JSON; only marks and thoughts are looked for.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self.thinking = False
        self.ended = False
        """Whether what comes from now on is none of the answer."""
        self._held = ""
        self._dialogue = None if plain else Dialogue()
        self._answered = False
        self._after_mark = False

    def add(self, text: str) -> list[Piece]:
        """The pieces that are certain by now."""
        self._held += text
        out: list[Piece] = []
        while not self.ended and (found := PATTERN.search(self._held)):
            self._take(self._held[: found.start()], out)
            self._held = self._held[found.end() :]
            self._mark(kind_of(found), out)
        if not self.ended:
            size = certain_length(self._held)
            if self._after_mark and size == len(self._held) and self._may_be_role(self._held):
                return out
            self._take(self._held[:size], out)
            self._held = self._held[size:]
        return out

    def rest(self, *, cut: bool) -> list[Piece]:
        """What was held back. `cut`: the output broke off."""
        out: list[Piece] = []
        if self.ended:
            return out
        self._take(self._held, out)
        self._held = ""
        if self._dialogue is not None and not self.thinking:
            self._emit(self._dialogue.rest(cut=cut), out)
        self.ended = True
        return out

    def _take(self, text: str, out: list[Piece]) -> None:
        if self._after_mark and text:
            text, self._after_mark = ROLE.sub("", text, count=1), False
        if not text:
            return
        if self.thinking:
            out.append(Piece(text, thought=True))
            return
        if not self._answered:
            text = text.lstrip()  # what stands between thoughts and answer
            self._answered = bool(text)
        self._emit(self._dialogue.add(text) if self._dialogue is not None else text, out)
        if self._dialogue is not None and self._dialogue.ended:
            self.ended = True

    def _emit(self, text: str, out: list[Piece]) -> None:
        if text:
            out.append(Piece(text))

    def _mark(self, kind: str, out: list[Piece]) -> None:
        if kind == "opens thoughts":
            self.thinking = True
        elif kind == "closes thoughts":
            if not self.thinking:
                # Some templates open the thoughts themselves: what came so far were thoughts.
                out.append(Piece("", thought=True, retracts=True))
                self._dialogue = Dialogue() if self._dialogue is not None else None
                self._answered = False
            self.thinking = False
        elif self._answered or self.thinking:
            self.ended = True
        else:
            self._after_mark = True

    @staticmethod
    def _may_be_role(text: str) -> bool:
        word = text.strip().lower()
        return "\n" not in text.lstrip() and any(role.startswith(word) for role in ROLES)


def answer_stream(
    generate: Generate, request: GenerateRequest, cancel: threading.Event
) -> Generator[Piece | Finished, None, None]:
    """The answer in what `generate` yields: pieces, thoughts marked as such, then one `Finished`.

    The model may write `request.thinking_tokens` of thoughts beyond `request.max_tokens`. Where the context has no room
    for both, the thoughts get none. Raises what `generate` raises.
    """
    ending = Ending(cancel)
    thinking = request.thinking_tokens
    with contextlib.ExitStack() as stack:
        pieces = stack.enter_context(
            contextlib.closing(generate(replace(request, max_tokens=request.max_tokens + thinking), ending))
        )
        try:
            first = next(pieces)
        except ContextOverflow:
            if not thinking:
                raise
            pieces = stack.enter_context(contextlib.closing(generate(request, ending)))
            first = next(pieces)
        yield from _answer(first, pieces, request, cancel, ending)


def _answer(
    first: Piece | Finished,
    pieces: Iterator[Piece | Finished],
    request: GenerateRequest,
    cancel: threading.Event,
    ending: Ending,
) -> Generator[Piece | Finished, None, None]:
    filtered = OutputFilter(plain=request.schema is not None)
    thought = answered = 0
    reason: FinishReason | None = None
    piece: Piece | Finished | None = first
    while piece is not None:
        if isinstance(piece, Finished):
            final = piece if reason is None or cancel.is_set() else replace(piece, reason=reason)
            if reason is None and piece.reason != "cancelled":
                yield from filtered.rest(cut=piece.reason == "length")
            yield final
            return
        if reason is None:
            thinks = piece.thought or filtered.thinking
            out = [piece] if piece.thought else filtered.add(piece.text)
            if piece.logprobs and not piece.thought:
                out = [piece]  # who asks for the probabilities of tokens wants each token
            yield from out
            if thinks or filtered.thinking:
                thought += 1
            else:
                answered += 1
            if filtered.ended:
                reason = "stop"
            elif request.thinking_tokens and (thought > request.thinking_tokens or answered >= request.max_tokens):
                reason = "length"
                yield from filtered.rest(cut=True)
            if reason is not None:
                ending.set()
        piece = next(pieces, None)
