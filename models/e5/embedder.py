"""multilingual-e5-small on ONNX Runtime: the embedder that comes with the application for all languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from models.e5.graph import FORMAT, HIDDEN, TOKEN_DIMENSION, build_graph
from models.e5.parts import MAX_TOKENS, E5Parts
from models.e5.tokenizer import SPACE
from models.graphs.builder import Array
from models.graphs.embedder import GraphEmbedder, precision_name
from models.graphs.session import GraphSession, encodable
from models.protocol import TextRole, Vectors

PREFIXES: Mapping[TextRole, str] = {"query": "query:", "passage": "passage:"}
"""What the model was trained to find before a text."""
_OWN = 6
"""Tokens that are not the text's: first, last, and those of the longer prefix."""
_FITTED = Path(__file__).with_name("e5.npz")


class MultilingualE5(GraphEmbedder):
    """Implements `Embedder`. The model is built or loaded at the first `embed`, each text a batch of its own.

    The model's own vectors all point nearly the same way: two texts that have nothing in common have a cosine of .75.
    The mean of its vectors of random words (packaging/token_projection.py) is subtracted, which spreads the cosines
    about as those of other models, for which the thresholds of the memory are made. On the turns of the development
    file the vectors alone find .693 at R@10 with it, .644 without.
    """

    def __init__(
        self,
        parts: E5Parts,
        cache: Path,
        *,
        threads: int | None = None,
        quantized: bool = True,
        stop_words: Collection[str] = (),
    ) -> None:
        """`cache` is the folder for the built model; `threads` defaults to 2, or 1 on one core.

        Tokens that are `stop_words` get no vector of their own from `embed_tokens`.
        """
        self._parts = parts
        self._quantized = quantized
        self._prefix_ids: dict[TextRole, list[int]] = {}
        session = GraphSession(
            cache,
            f"e5-{parts.digest[:12]}-{precision_name(quantized)}-{FORMAT}.onnx",
            self._build,
            parts.tokenizer,
            feed=parts.feed,
            threads=threads,
        )
        super().__init__(session, output="pooled", dimension=HIDDEN, quantized=quantized, stop_words=stop_words)

    @property
    def model_id(self) -> str:
        """Identity of the vectors: name, precision, digest of the weights, length of token vectors."""
        return f"multilingual-e5-small/{self._precision}/{self._parts.digest[:12]}/{TOKEN_DIMENSION}"

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens that is embedded whole, special tokens and prefix not counted."""
        return MAX_TOKENS - _OWN

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens and prefix not counted. Loads only the tokenizer. Raises ModelError."""
        return [len(encoding) for encoding in self._session.tokenizer().encode_batch_fast(encodable(texts))]

    def pooled(self, texts: Sequence[str]) -> Vectors:
        """The model's own vectors of passages, before the mean is subtracted: float32 (texts, 384)."""
        return np.stack([vector for (vector,) in self._session.run(self._ids(texts, "passage"), ["pooled"])])

    def word_states(self, words: Sequence[str]) -> Vectors:
        """The last hidden state of the first token of each word, read alone as a passage: float32 (words, 384)."""
        before = self._before("passage")
        return np.stack([states[before] for (states,) in self._session.run(self._ids(words, "passage"), ["states"])])

    def vocabulary(self) -> list[str]:
        """The tokenizer's tokens, in order of their ids."""
        return list(self._parts.weights.vocabulary().pieces)

    @cached_property
    def _fitted(self) -> dict[str, Array]:
        """What comes with the code: `mean` (384,), `tokens_mean` (384,), `tokens_basis` (384, 48)."""
        with np.load(_FITTED) as parts:
            return {name: parts[name].astype(np.float32) for name in parts}

    def _build(self) -> bytes:
        return self._parts.build(lambda weights: build_graph(weights, self._fitted, quantized=self._quantized))

    def _prefix(self, role: TextRole) -> list[int]:
        """Ids of the prefix. White space divides pieces, so the text's ids simply follow."""
        if role not in self._prefix_ids:
            self._prefix_ids[role] = self._session.tokenizer().encode(PREFIXES[role]).ids
        return self._prefix_ids[role]

    def _ids(self, texts: Sequence[str], role: TextRole) -> list[list[int]]:
        """Ids of each text with its prefix and the special tokens; what is beyond the limit is cut off."""
        first, last = self._parts.weights.first, self._parts.weights.last
        before, most = [first, *self._prefix(role)], self.max_tokens
        encodings = self._session.tokenizer().encode_batch_fast(encodable(texts))
        return [[*before, *encoding.ids[:most], last] for encoding in encodings]

    def _before(self, role: TextRole) -> int:
        return 1 + len(self._prefix(role))

    def _word(self, token: str) -> str:
        return token[1:].casefold() if token[:1] == SPACE else ""

    def _finish(self, pooled: Sequence[Vectors]) -> Vectors:
        vectors = np.stack(pooled) - self._fitted["mean"]
        unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit
