"""all-MiniLM-L6-v2 as a cross-encoder: it reads a question and a sentence together and says whether one answers the
other.

The weights are those of the embedder; an adapter of the upper layers and the heads come with the code
(`packaging/train_reader.py` says from what they were trained).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.bundled import BundledEmbedder
from models.graphs.session import GraphSession, encodable
from models.minilm.embedder import MiniLM
from models.minilm.files import build_from, load_tokenizer
from models.minilm.graph import FORMAT, build_reading_graph
from models.protocol import PassageSentence, TokenVectors, Vectors

ADAPTER = Path(__file__).with_name("minilm_reader.npz")
QUESTION_TOKENS, SENTENCE_TOKENS, BEFORE_TOKENS = 40, 72, 24
"""Longer texts are cut: of a question and of what stands before a sentence the end is read, of a sentence the
beginning."""
CLS, SEP = 101, 102


class MiniLMReader:
    """Implements `SentenceScorer`. The graph is built or loaded at the first question."""

    def __init__(
        self, files: BundledEmbedder, cache: Path, *, embedder: MiniLM | None = None, quantized: bool = True
    ) -> None:
        """`embedder`: all-MiniLM-L6-v2 as the embedder, for the vectors that go with the logits."""
        self._embedder = embedder
        precision = "int8" if quantized else "fp32"
        adapter = hashlib.sha256(ADAPTER.read_bytes()).hexdigest()[:12]
        self._session = GraphSession(
            cache,
            f"reader-{files.digest[:12]}-{adapter}-{precision}-{FORMAT}.onnx",
            lambda: build_from(files, lambda: build_reading_graph(files.weights, ADAPTER, quantized=quantized)),
            lambda: load_tokenizer(files),
        )

    def score(self, question: str, sentences: Sequence[PassageSentence]) -> Vectors:
        """See `SentenceScorer.score`. Raises ModelError when the model cannot be built."""
        if not sentences:
            return np.empty(0, np.float32)
        texts = [question, *(s.text for s in sentences), *(s.before for s in sentences)]
        encoded = self._session.tokenizer().encode_batch_fast(encodable(texts), add_special_tokens=False)
        ids = [encoding.ids for encoding in encoded]
        asked, count = ids[0][-QUESTION_TOKENS:], len(sentences)
        pairs = [
            [CLS, *asked, SEP, *text[:SENTENCE_TOKENS], SEP, *before[-BEFORE_TOKENS:], SEP]
            for text, before in zip(ids[1 : count + 1], ids[count + 1 :], strict=True)
        ]
        return np.array([score[0] for (score,) in self._session.run(pairs, ["score"])], np.float32)

    def close(self) -> None:
        """Free the memory of the model; it is loaded again when it is next asked."""
        self._session.close()

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]] | None:
        """See `SentenceScorer.embed_tokens`."""
        return self._embedder.embed_tokens(texts) if self._embedder is not None else None
