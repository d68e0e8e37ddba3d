"""all-MiniLM-L6-v2 on ONNX Runtime: the embedder that comes with the application."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from models.bundled import BundledEmbedder
from models.graphs.embedder import GraphEmbedder, precision_name
from models.graphs.session import GraphSession, encodable
from models.minilm.files import build_from, load_tokenizer
from models.minilm.graph import FORMAT, HIDDEN, TOKEN_DIMENSION, build_graph
from models.protocol import TextRole, Vectors

_MAX_TOKENS = 256


class MiniLM(GraphEmbedder):
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
        session = GraphSession(
            cache,
            f"minilm-{files.digest[:12]}-{precision_name(quantized)}-{FORMAT}.onnx",
            lambda: build_from(files, lambda: build_graph(files.weights, quantized=quantized)),
            lambda: load_tokenizer(files),
            threads=threads,
        )
        super().__init__(session, output="embedding", dimension=HIDDEN, quantized=quantized, stop_words=stop_words)

    @property
    def model_id(self) -> str:
        """Identity of the vectors: name, precision, digest of the weights, length of token vectors."""
        return f"all-MiniLM-L6-v2/{self._precision}/{self._files.digest[:12]}/{TOKEN_DIMENSION}"

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens that is embedded whole, special tokens not counted."""
        return _MAX_TOKENS - 2

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted. Loads only the tokenizer."""
        encodings = self._session.tokenizer().encode_batch_fast(encodable(texts), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def token_states(self, texts: Sequence[str]) -> list[Vectors]:
        """The last hidden state of every token, special ones included: float32 (tokens, 384) for each text."""
        return [states for (states,) in self._session.run(self._ids(texts, "passage"), ["states"])]

    def vocabulary(self) -> list[str]:
        """The tokenizer's tokens, in order of their ids."""
        vocabulary = self._session.tokenizer().get_vocab()
        return sorted(vocabulary, key=vocabulary.__getitem__)

    def _ids(self, texts: Sequence[str], role: TextRole) -> list[list[int]]:
        """The model embeds questions and passages alike."""
        encodings = self._session.tokenizer().encode_batch_fast(encodable(texts))
        return [_cut(encoding.ids) for encoding in encodings]

    def _word(self, token: str) -> str:
        return token


def _cut(ids: list[int]) -> list[int]:
    return [*ids[: _MAX_TOKENS - 1], ids[-1]] if len(ids) > _MAX_TOKENS else ids
