"""all-MiniLM-L6-v2 on ONNX Runtime: the embedder that comes with the application."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from models.bundled import BundledEmbedder
from models.graphs.session import GraphSession, encodable
from models.minilm.files import build_from, load_tokenizer
from models.minilm.graph import FORMAT, HIDDEN, TOKEN_DIMENSION, build_graph
from models.protocol import TextRole, TokenVectors, Vectors

_MAX_TOKENS = 256


class MiniLM:
    """Implements `Embedder`. The model is built or loaded at the first `embed`.

    Each text is a batch of its own, and several texts run at once on as many threads. A batch has a single scale for
    its quantized activations, so in larger batches a text's vector would depend on its neighbours (cosine down to .979
    between the same text alone and in a batch of 64). That costs 7 % of the speed of the best batches, 16 texts sorted
    by length.
    """

    latin_only = True
    """Its vocabulary has single letters of other scripts at best, and its weights were fitted to English."""

    def __init__(
        self,
        files: BundledEmbedder,
        cache: Path,
        *,
        threads: int | None = None,
        quantized: bool = True,
        stop_words: Collection[str] = (),
    ) -> None:
        """`cache` is the folder for the built model; `threads` defaults to 2, or 1 on one core.

        Tokens that are `stop_words` get no vector of their own from `embed_tokens`.
        """
        self._files = files
        self._quantized = quantized
        self._stop_words = frozenset(stop_words)
        self._silent: frozenset[int] | None = None
        self._session = GraphSession(
            cache,
            f"minilm-{files.digest[:12]}-{self._precision}-{FORMAT}.onnx",
            lambda: build_from(files, lambda: build_graph(files.weights, quantized=quantized)),
            lambda: load_tokenizer(files),
            threads=threads,
        )

    @property
    def name(self) -> str:
        """The identity of the vectors."""
        return self.model_id

    @property
    def model_id(self) -> str:
        """Identity of the vectors: name, precision, digest of the weights, length of token vectors."""
        return f"all-MiniLM-L6-v2/{self._precision}/{self._files.digest[:12]}/{TOKEN_DIMENSION}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return HIDDEN

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens that is embedded whole, special tokens not counted."""
        return _MAX_TOKENS - 2

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted. Loads only the tokenizer."""
        encodings = self._session.tokenizer().encode_batch_fast(encodable(texts), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Embed texts: float32 (len(texts), 384), rows of length 1, in input order.

        The model embeds questions and passages alike. Raises ModelError when it cannot be built.
        """
        if not texts:
            return np.empty((0, HIDDEN), np.float32)
        return np.stack([vector for (vector,) in self._run(self._ids(texts), ["embedding"])])

    def embed_tokens(self, texts: Sequence[str], role: TextRole = "passage") -> tuple[Vectors, list[TokenVectors]]:
        """As `embed`, and for each text the vectors of its tokens: int8 (tokens, 48), rows of length about 127.

        Punctuation and stop words are left out, unless a text has nothing else.
        """
        if not texts:
            return np.empty((0, HIDDEN), np.float32), []
        ids = self._ids(texts)
        results = self._run(ids, ["embedding", "tokens"])
        silent = self._silent_tokens()
        tokens: list[TokenVectors] = []
        for text_ids, (_, states) in zip(ids, results, strict=True):
            inner = range(1, min(len(text_ids), _MAX_TOKENS) - 1)
            kept = [i for i in inner if text_ids[i] not in silent] or list(inner)
            tokens.append(np.rint(states[kept] * 127).astype(np.int8))
        return np.stack([vector for vector, _ in results]), tokens

    def close(self) -> None:
        """Free the memory of the model, which is part of this process; it is loaded again when it is next asked."""
        self._session.close()

    def token_states(self, texts: Sequence[str]) -> list[Vectors]:
        """The last hidden state of every token, special ones included: float32 (tokens, 384) for each text."""
        return [states for (states,) in self._run(self._ids(texts), ["states"])]

    def vocabulary(self) -> list[str]:
        """The tokenizer's tokens, in order of their ids."""
        vocabulary = self._session.tokenizer().get_vocab()
        return sorted(vocabulary, key=vocabulary.__getitem__)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._session.tokenizer().encode_batch_fast(encodable(texts))]

    def _run(self, ids: Sequence[list[int]], outputs: list[str]) -> list[list[Vectors]]:
        """The model's outputs for each text, without the dimension of the batch."""
        most = _MAX_TOKENS
        return self._session.run([[*t[: most - 1], t[-1]] if len(t) > most else t for t in ids], outputs)

    def _silent_tokens(self) -> frozenset[int]:
        """Ids of punctuation and of the stop words."""
        if self._silent is None:
            vocabulary = self._session.tokenizer().get_vocab()
            self._silent = frozenset(
                number
                for token, number in vocabulary.items()
                if token in self._stop_words or not any(character.isalnum() for character in token)
            )
        return self._silent

    @property
    def _precision(self) -> str:
        return "int8" if self._quantized else "fp32"
