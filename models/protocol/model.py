"""What the rest of the application may ask of a model, whatever runs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

Role: TypeAlias = Literal["system", "user", "assistant"]
Vectors: TypeAlias = npt.NDArray[np.float32]
TokenVectors: TypeAlias = npt.NDArray[np.int8]
TextRole: TypeAlias = Literal["query", "passage"]
"""What a text is to an embedder: what is looked for, or what is looked through. Some models embed the two
differently."""
FinishReason: TypeAlias = Literal["stop", "length", "cancelled"]

CHOOSE_ANOTHER_MODEL = "Choose another with `secondme config set model.path FILE`."
CHOOSE_ANOTHER_EMBEDDER = (
    "Choose another with `secondme config set embedder.path FILE`, or the bundled one with an empty name."
)


@dataclass(frozen=True)
class ChatTurn:
    """One message of a prompt, before the model's own chat template is applied."""

    role: Role
    content: str


@dataclass(frozen=True)
class GenerateRequest:
    """What to generate: the prompt as turns, the limit in tokens, and how to sample.

    `schema` is a JSON schema; when given, a grammar constrains decoding to it. `temperature` 0 is greedy. `seed` makes
    sampling repeatable. With `logprobs` n, each piece has the log-probabilities of its tokens, and of the n likeliest
    at each place. `keep` allows the runtime to save on disk what it read, so that another prompt that begins alike
    need not be read from its beginning, not even after a restart. `reader` names for whom the model reads, "" for the
    person: what was read for one serves no other. `reads`: the turns ask a question on passages; a model that has an
    adapter for that answers with it.
    """

    turns: Sequence[ChatTurn]
    max_tokens: int
    temperature: float = 0.0
    repeat_penalty: float = 1.1
    seed: int = 0
    schema: Mapping[str, Any] | None = None
    stop: Sequence[str] = ()
    logprobs: int = 0
    keep: bool = False
    thinking_tokens: int = 0
    reader: str = ""
    reads: bool = False


@dataclass(frozen=True)
class TokenLogprob:
    """A token that was chosen, its natural log-probability under the model, and the likeliest tokens at its place."""

    text: str
    logprob: float
    likeliest: Sequence[tuple[str, float]] = ()


@dataclass(frozen=True)
class Piece:
    """A piece of the answer: whole characters, with the log-probabilities of its tokens if asked for."""

    text: str
    logprobs: Sequence[TokenLogprob] = ()
    thought: bool = False
    """Whether it is none of the answer but what the model thinks before it."""
    retracts: bool = False
    """Whether all that came before was such a thought too."""


@dataclass(frozen=True)
class Finished:
    """The end of an answer: why it ended and what it cost (tokens, seconds).

    `cached_tokens` of the prompt's tokens did not have to be read again.
    """

    reason: FinishReason
    prompt_tokens: int
    completion_tokens: int
    prompt_seconds: float
    completion_seconds: float
    cached_tokens: int = 0


class ModelError(Exception):
    """A model could not be loaded, or died: `what` happened, and the `remedy`, a sentence each."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy


class ContextOverflow(ModelError):
    """The prompt with its answer does not fit the model's context window; nothing was computed."""


class ModelAway(ModelError):
    """The model cannot be reached now. Nothing is wrong with the request, which can be made again later."""


class LanguageModel(Protocol):
    """A chat model. One caller at a time; calls from several threads queue up."""

    @property
    def name(self) -> str:
        """What to call the model on the screen, e.g. `SmolLM2-135M-Instruct Q4_1`."""
        ...

    @property
    def context_tokens(self) -> int:
        """Size of the context window in tokens. Starts the model if it is not running."""
        ...

    def count_tokens(self, turns: Sequence[ChatTurn]) -> int:
        """Tokens that these turns take with the model's chat template, the opening of the answer included."""
        ...

    def generate(self, request: GenerateRequest, cancel: threading.Event) -> Iterator[Piece | Finished]:
        """Stream an answer: pieces, then exactly one `Finished`.

        Setting `cancel` ends it within one token, during prompt evaluation too. Raises
        `ContextOverflow` before any computation, `ModelError` when the model cannot be loaded or dies
        (the pieces that came before stay valid).
        """
        ...

    def close(self) -> None:
        """Stop the model and free its memory; it starts again when it is next asked."""
        ...


@runtime_checkable
class TakesAdapters(Protocol):
    """A language model onto which an adapter can be put."""

    def use_adapter(self, adapter: Path | None, scale: float = 1.0) -> None:
        """Answer with an adapter from the next request on, or without one.

        Raises ModelError for an adapter that is not of this model; then what was used before stays.
        """
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors, whose dot product is cosine similarity."""

    @property
    def name(self) -> str:
        """What to call the embedder on the screen: its identity, and where it is if that is a server."""
        ...

    @property
    def model_id(self) -> str:
        """Identity of the vectors: name and digest of the weights. Vectors of different ids never mix."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens; what is beyond is cut off."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        ...

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Embed texts: float32 array of shape (len(texts), dimension), rows of length 1, in input order."""
        ...

    def embed_tokens(self, texts: Sequence[str], role: TextRole = "passage") -> tuple[Vectors, list[TokenVectors]]:
        """As `embed`, and for each text the vectors of its tokens, for late interaction (Khattab and Zaharia 2020).

        Each is int8 of shape (tokens, any fixed width), rows of length about 127; (0, 0) where the model has none.
        """
        ...

    def close(self) -> None:
        """Stop the model and free its memory; it starts again when it is next asked."""
        ...


@dataclass(frozen=True)
class PassageSentence:
    """A sentence of a passage, and the sentence before it there, or nothing."""

    text: str
    before: str = ""


@dataclass(frozen=True)
class SentenceReading:
    """What a reader makes of a question and a sentence."""

    logit: float
    """That the sentence answers the question."""
    answer: tuple[int, int]
    """Begin and end, in characters of the sentence, of the words that answer if it does."""
    surety: float
    """How likely these words are the answer, if it does: 0 to 1."""


class SentenceScorer(Protocol):
    """Reads a question and a sentence together: a better judge than two vectors, but only of a few sentences."""

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> Sequence[SentenceReading]:
        """A reading of each sentence. Raises ModelError."""
        ...

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]] | None:
        """The vectors of texts and of their tokens that what is weighed beside the logits was fitted with; None where
        any embedder's will do. Raises ModelError."""
        ...
