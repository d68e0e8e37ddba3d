"""An embedding model on a server that speaks OpenAI's protocol."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.machine.atomic_file import read_record, write_record
from models.openai.connection import Refusal, ServerConnection
from models.openai.token_estimate import cut_to_tokens, estimate_tokens
from models.protocol import ModelAway, ModelError, TextRole, TokenVectors, Vectors
from models.protocol.prefixes import identity_suffix, prefixes_of, with_prefix

LONGEST_TOKENS = 510
"""What nearly all embedding models can read; passages are chunked to half of it."""
BATCH = 32
EMBED_SECONDS = 120.0
_ABOUT_THE_TEXT = (400, 413, 422)
"""Statuses with which another text may succeed; all others mean that the server itself has a problem."""
_RECORD = "server_embedders.json"
_LONGEST_VECTOR = 1 << 16


class OpenAIEmbedder:
    """Implements `Embedder` for a server, which is asked for a vector when it is new.

    A server gives no digest of its model: the name and the length of the vectors are the identity. Tokens get no
    vectors of their own.
    """

    def __init__(self, connection: ServerConnection, model: str, cache: Path) -> None:
        """`model` is the server's name for it; `cache` is the folder where the length of its vectors is recorded.

        Raises ModelError when that is unknown and the server does not answer.
        """
        self._connection = connection
        self._model = model
        self._prefixes = prefixes_of(model)
        self._dimension = 0
        place = connection.place
        key = f"{place.scheme}://{place.authority}{place.path} {model}"
        known = _read_lengths(cache / _RECORD)
        if key not in known:
            known[key] = self._ask(["length"]).shape[1]
            # Without the record the server is asked again at the next start.
            with contextlib.suppress(OSError):
                write_record(cache / _RECORD, known)
        self._dimension = known[key]

    @property
    def model_id(self) -> str:
        """Identity of the vectors: the server's name for the model, and their length."""
        return f"{self._model}/server/{self._dimension}{identity_suffix(self._prefixes)}"

    @property
    def name(self) -> str:
        """The identity of the vectors, and where the server is."""
        return f"{self.model_id} ({self._connection.place.warning})"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, by the estimate of `count_tokens`; the rest is not sent."""
        return LONGEST_TOKENS

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate of each text's tokens, rather too high; the server is not asked."""
        return [estimate_tokens(text) for text in texts]

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Embed texts: float32 (len(texts), dimension), rows of length 1, in input order. Raises ModelError."""
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        sent = with_prefix(self._prefixes, texts, role)
        vectors = np.concatenate([self._ask(sent[i : i + BATCH]) for i in range(0, len(sent), BATCH)])
        if vectors.shape[1] != self._dimension:
            raise ModelError(
                f"The embedding model {self._model} {self._connection.place.text} now makes vectors of another length.",
                "Name the right one with `secondme config set embedder.server_model NAME`.",
            )
        return vectors

    def embed_tokens(self, texts: Sequence[str], role: TextRole = "passage") -> tuple[Vectors, list[TokenVectors]]:
        """As `embed`; tokens get no vectors."""
        return self.embed(texts, role), [np.empty((0, 0), np.int8) for _ in texts]

    def close(self) -> None:
        """There is nothing to stop: the model is the server's."""

    def _ask(self, texts: Sequence[str]) -> Vectors:
        """Vectors of at most `BATCH` texts, rows of length 1. Raises ModelError."""
        # Servers refuse an empty text, and a text with half a character, which is no UTF-8.
        sent = [cut_to_tokens(text, LONGEST_TOKENS).encode("utf-8", "replace").decode() or " " for text in texts]
        body = {"model": self._model, "input": sent, "encoding_format": "float"}
        try:
            reply = self._connection.post(f"{self._connection.place.path}/embeddings", body, EMBED_SECONDS)
        except Refusal as refusal:
            if refusal.code in _ABOUT_THE_TEXT:
                raise
            raise ModelAway(refusal.what, refusal.remedy) from refusal
        try:
            rows = sorted(reply["data"], key=lambda row: int(row["index"]))
            vectors = np.array([row["embedding"] for row in rows], np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._connection.bad_answer() from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not 0 < vectors.shape[1] <= _LONGEST_VECTOR:
            raise self._connection.bad_answer()
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or (lengths == 0).any():
            raise self._connection.bad_answer()
        unit: Vectors = (vectors / lengths).astype(np.float32)
        return unit


def _read_lengths(record: Path) -> dict[str, int]:
    """Recorded lengths of vectors, by server and model."""
    known = read_record(record)
    return {key: length for key, length in known.items() if isinstance(length, int) and 0 < length <= _LONGEST_VECTOR}
