"""What the embedder and the reader share of multilingual-e5-small: the mapped weights, the vocabulary, and the vectors
of words and positions, which are looked up outside of the graphs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.bundled import MULTILINGUAL_PACKAGE, BundledMultilingual
from models.e5.graph import HIDDEN
from models.e5.tokenizer import build_tokenizer
from models.e5.weights import Floats, WeightsError, WeightsFile
from models.protocol import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_TOKENS = 256
"""Longest input of a graph."""


class E5Parts:
    """Each part is read when it is first asked for, and once. All methods raise ModelError for an unreadable file."""

    def __init__(self, files: BundledMultilingual) -> None:
        self._files = files
        self._loading = threading.Lock()
        self._tokenizer: Tokenizer | None = None

    @property
    def digest(self) -> str:
        """The sha256 of the file (hex)."""
        return self._files.digest

    @cached_property
    def weights(self) -> WeightsFile:
        """The mapped file."""
        try:
            return WeightsFile(self._files.weights)
        except (OSError, WeightsError) as error:
            raise self._unreadable(error) from error

    def tokenizer(self) -> Tokenizer:
        """The tokenizer; it adds no special tokens."""
        with self._loading:
            if self._tokenizer is None:
                try:
                    self._tokenizer = build_tokenizer(self.weights.vocabulary())
                except WeightsError as error:
                    raise self._unreadable(error) from error
            return self._tokenizer

    def feed(self, tokens: Sequence[int]) -> Mapping[str, Any]:
        """The input of the graphs for at most MAX_TOKENS tokens."""
        words, positions = self._embeddings
        return {"embedded": (words.rows(tokens) + positions[: len(tokens)])[None]}

    def build(self, graph: Callable[[WeightsFile], bytes]) -> bytes:
        """The graph that a function makes of the weights."""
        try:
            return graph(self.weights)
        except (KeyError, ValueError) as error:
            raise self._unreadable(error) from error

    @cached_property
    def _embeddings(self) -> tuple[Any, Floats]:
        """The matrix of words, and what is added at each position."""
        segment = self.weights.vector("emb.type")[:HIDDEN]
        positions = self.weights.vector("emb.pos").reshape(-1, HIDDEN)[:MAX_TOKENS]
        return self.weights.matrix("emb.word", HIDDEN), positions + segment

    def _unreadable(self, error: Exception) -> ModelError:
        return ModelError(
            f"The embedding model could not be built from {self._files.weights} ({error}).",
            f"Install it again with `uv sync --reinstall-package {MULTILINGUAL_PACKAGE}`.",
        )
