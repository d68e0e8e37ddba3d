"""Any GGUF embedding model, run by llama.cpp in a child process."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.child.process import ModelProcess
from models.child.wire import Message
from models.gguf.header import GgufLayout, read_layout
from models.machine.digests import sha256_of
from models.machine.processors import physical_cores
from models.protocol import CHOOSE_ANOTHER_EMBEDDER, ModelError, TextRole, TokenVectors, Vectors
from models.protocol.prefixes import identity_suffix, prefixes_of, with_prefix

LONGEST_TOKENS = 512
"""Passages are chunked to half of this; a larger context would only take memory."""
BATCH = 16
"""Texts of a request: a question waits for no more than these."""

_POOLING = {1: "mean", 2: "cls", 3: "last"}
_MEAN, _RANK = 1, 4


class LlamaEmbedder:
    """Implements `Embedder` for a GGUF file. The child process starts at the first call; nothing is loaded before.

    Pooling is as the file says, and the mean where it says nothing. Texts get the prefixes that models of this name
    were trained with. Tokens get no vectors of their own.
    """

    def __init__(self, path: Path, log: Path, cache: Path) -> None:
        """The file `log` takes what llama.cpp prints; `cache` is the folder for the digest of the file.

        Raises ModelError when the file is missing, is no sound GGUF, or is no embedding model.
        """
        try:
            layout = read_layout(path)
        except ModelError as error:
            raise ModelError(error.what, CHOOSE_ANOTHER_EMBEDDER) from error
        self._pooling = _pooling(path, layout)
        self._dimension = int(layout.number("embedding_length_out") or layout.number("embedding_length"))
        if self._dimension < 1:
            raise ModelError(f"The model file {path} does not say how long its vectors are.", CHOOSE_ANOTHER_EMBEDDER)
        trained = int(layout.number("context_length")) or LONGEST_TOKENS
        self._longest = min(trained, LONGEST_TOKENS)
        try:
            digest = sha256_of(path, cache)
        except OSError as error:
            raise ModelError(
                f"The model file {path} cannot be read ({error.strerror}).", CHOOSE_ANOTHER_EMBEDDER
            ) from error
        own_name = layout.fields.get("general.name")
        self._prefixes = prefixes_of(f"{path.stem} {own_name if isinstance(own_name, str) else ''}")
        suffix = identity_suffix(self._prefixes)
        self._model_id = f"{path.stem}/{_POOLING[self._pooling]}/{digest[:12]}{suffix}"
        self._process = _EmbeddingProcess(
            path,
            log,
            {
                "model": str(path),
                "log": str(log),
                "context_tokens": self._longest,
                "threads": physical_cores(),
                "pooling": self._pooling,
                "niceness": 0,
            },
        )

    @property
    def name(self) -> str:
        """The identity of the vectors."""
        return self._model_id

    @property
    def model_id(self) -> str:
        """Identity of the vectors: name of the file, pooling, digest of the file."""
        return self._model_id

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """Longest text that is embedded whole, in tokens; the two special tokens are not counted."""
        return self._longest - 2

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted. Raises ModelError."""
        return self._process.count(texts)

    def embed(self, texts: Sequence[str], role: TextRole = "passage") -> Vectors:
        """Embed texts: float32 (len(texts), dimension), rows of length 1, in input order. Raises ModelError."""
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        sent = with_prefix(self._prefixes, texts, role)
        parts = [self._process.embed(sent[i : i + BATCH]) for i in range(0, len(sent), BATCH)]
        vectors = np.frombuffer(b"".join(parts), np.float32).reshape(len(texts), -1)
        if vectors.shape[1] != self._dimension:
            raise ModelError("The embedding model's vectors are not as long as its file says.", CHOOSE_ANOTHER_EMBEDDER)
        return _unit_rows(vectors)

    def embed_tokens(self, texts: Sequence[str], role: TextRole = "passage") -> tuple[Vectors, list[TokenVectors]]:
        """As `embed`; tokens get no vectors."""
        return self.embed(texts, role), [np.empty((0, 0), np.int8) for _ in texts]

    def close(self) -> None:
        """Stop the model and free its memory; it starts again when it is next asked."""
        self._process.close()


class _EmbeddingProcess(ModelProcess):
    """The process that holds the model."""

    child = "models.llama.embed_child"
    library = "llama.cpp"
    kind = "embedding model"
    choose_another = CHOOSE_ANOTHER_EMBEDDER

    def __init__(self, path: Path, log: Path, options: Message) -> None:
        super().__init__(path, log, name=path.stem)
        self._child_options = options

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text. Raises ModelError."""
        reply = self._exchange({"count": list(texts)})
        return [int(number) for number in reply["counts"]]

    def embed(self, texts: Sequence[str]) -> bytes:
        """The vectors as float32, joined. Raises ModelError."""
        return base64.b64decode(self._exchange({"embed": list(texts)})["vectors"])

    def _options(self) -> Message:
        return self._child_options


def _unit_rows(vectors: Vectors) -> Vectors:
    """The vectors brought to length 1. Raises ModelError for a vector without direction."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise ModelError("The embedding model made a vector that is no direction.", CHOOSE_ANOTHER_EMBEDDER)
    unit: Vectors = (vectors / lengths).astype(np.float32)
    return unit


def _pooling(path: Path, layout: GgufLayout) -> int:
    """llama.cpp's number of the pooling. Raises ModelError for a model that embeds nothing."""
    pooling = int(layout.number("pooling_type"))
    if pooling == _RANK:
        raise ModelError(f"The model file {path} ranks pairs of texts and embeds none.", CHOOSE_ANOTHER_EMBEDDER)
    return pooling if pooling in _POOLING else _MEAN
