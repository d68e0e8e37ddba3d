"""What the embedders share that come with the application: a graph gives a vector of a text and one of each token."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence

import numpy as np

from models.graphs.session import GraphSession
from models.protocol import TextRole, TokenVectors, Vectors


class GraphEmbedder(ABC):
    """Implements `Embedder` over a graph whose outputs are the vector of the text and, as `tokens`, those of its
    tokens: float32 (tokens, 48), rows of length 1."""

    def __init__(
        self, session: GraphSession, *, output: str, dimension: int, quantized: bool, stop_words: Collection[str]
    ) -> None:
        """`output`: what the graph calls the vector of the text, of `dimension` numbers. Tokens that are `stop_words`
        get no vector of their own from `embed_tokens`."""
        self._session = session
        self._output = output
        self.dimension = dimension
        """Length of a vector."""
        self._precision = precision_name(quantized)
        self._stop_words = frozenset(stop_words)
        self._silent: frozenset[int] | None = None

    @property
    def name(self) -> str:
        """The identity of the vectors."""
        return self.model_id

    @property
    @abstractmethod
    def model_id(self) -> str:
        """Identity of the vectors: name, precision, digest of the weights, length of token vectors."""

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Embed texts: float32 (len(texts), dimension), rows of length 1, in input order. Raises ModelError."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return self._finish([vector for (vector,) in self._session.run(self._ids(texts, role), [self._output])])

    def embed_tokens(self, texts: Sequence[str], role: TextRole = "passage") -> tuple[Vectors, list[TokenVectors]]:
        """As `embed`, and for each text the vectors of its tokens: int8 (tokens, 48), rows of length about 127.

        Punctuation and stop words are left out, unless a text has nothing else.
        """
        if not texts:
            return np.empty((0, self.dimension), np.float32), []
        ids = self._ids(texts, role)
        results = self._session.run(ids, [self._output, "tokens"])
        silent, before = self._silent_tokens(), self._before(role)
        tokens: list[TokenVectors] = []
        for text_ids, (_, states) in zip(ids, results, strict=True):
            inner = range(before, len(text_ids) - 1)
            kept = [i for i in inner if text_ids[i] not in silent] or list(inner)
            tokens.append(np.rint(states[kept] * 127).astype(np.int8))
        return self._finish([vector for vector, _ in results]), tokens

    def close(self) -> None:
        """Free the memory of the model, which is part of this process; it is loaded again when it is next asked."""
        self._session.close()

    @abstractmethod
    def _ids(self, texts: Sequence[str], role: TextRole) -> list[list[int]]:
        """Ids of each text with those that are not its own, cut to what the model reads."""

    @abstractmethod
    def _word(self, token: str) -> str:
        """The word that a token of the vocabulary is, where it is a whole one."""

    def _before(self, role: TextRole) -> int:
        """Ids that stand before a text's own."""
        return 1

    def _finish(self, pooled: Sequence[Vectors]) -> Vectors:
        """The vectors of texts, of length 1, from the graph's."""
        return np.stack(pooled)

    def _silent_tokens(self) -> frozenset[int]:
        """Ids of punctuation and of the stop words."""
        if self._silent is None:
            vocabulary = self._session.tokenizer().get_vocab()
            self._silent = frozenset(
                number
                for token, number in vocabulary.items()
                if self._word(token) in self._stop_words or not any(character.isalnum() for character in token)
            )
        return self._silent


def precision_name(quantized: bool) -> str:
    """How weights and activations are kept, as it stands in the identity of vectors."""
    return "int8" if quantized else "fp32"
