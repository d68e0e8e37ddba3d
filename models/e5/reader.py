"""multilingual-e5-small as a cross-encoder: it reads a question and a sentence together, says whether one answers the
other, and which words of the sentence are the answer.

The weights are those of the embedder; an adapter of the upper layers and the heads come with the code
(`packaging/train_reader.py` says from what they were trained). It was trained on text in English and a little in
fifteen other languages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.e5.embedder import MultilingualE5
from models.e5.graph import FORMAT, build_reading_graph
from models.e5.parts import E5Parts
from models.graphs.session import GraphSession, encodable
from models.protocol import PassageSentence, SentenceReading, TokenVectors, Vectors

ADAPTER = Path(__file__).with_name("e5_reader.npz")
QUESTION_TOKENS, SENTENCE_TOKENS, BEFORE_TOKENS = 40, 112, 40
"""Longer texts are cut: of a question and of what stands before a sentence the end is read, of a sentence the
beginning."""
ANSWER_TOKENS = 24
"""Longest answer."""


class E5Reader:
    """Implements `SentenceScorer`. The graph is built or loaded at the first question."""

    def __init__(self, parts: E5Parts, cache: Path, *, embedder: MultilingualE5, quantized: bool = True) -> None:
        """`embedder`: for the vectors that what is weighed beside the logits was fitted with."""
        self._parts = parts
        self._embedder = embedder
        self._quantized = quantized
        precision = "int8" if quantized else "fp32"
        adapter = hashlib.sha256(ADAPTER.read_bytes()).hexdigest()[:12]
        self._session = GraphSession(
            cache,
            f"e5-reader-{parts.digest[:12]}-{adapter}-{precision}-{FORMAT}.onnx",
            self._build,
            parts.tokenizer,
            feed=parts.feed,
        )

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> list[SentenceReading]:
        """See `SentenceScorer.read`. Raises ModelError when the model cannot be built."""
        if not sentences:
            return []
        texts = [question, *(s.text for s in sentences), *(s.before for s in sentences)]
        encoded = self._session.tokenizer().encode_batch(encodable(texts))
        first, last = self._parts.weights.first, self._parts.weights.last
        asked, count = encoded[0].ids[-QUESTION_TOKENS:], len(sentences)
        bodies = encoded[1 : count + 1]
        inputs = [
            [first, *asked, last, *body.ids[:SENTENCE_TOKENS], last, *before.ids[-BEFORE_TOKENS:], last]
            for body, before in zip(bodies, encoded[count + 1 :], strict=True)
        ]
        readings = []
        for body, (score, span) in zip(bodies, self._session.run(inputs, ["score", "span"]), strict=True):
            begin, end, surety = _best_span(span[len(asked) + 2 :][: min(len(body.ids), SENTENCE_TOKENS)])
            at = (body.offsets[begin][0], body.offsets[end][1]) if body.ids else (0, 0)
            readings.append(SentenceReading(float(score[0]), at, surety))
        return readings

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]] | None:
        """See `SentenceScorer.embed_tokens`."""
        return self._embedder.embed_tokens(texts)

    def close(self) -> None:
        """Free the memory of the model; it is loaded again when it is next asked."""
        self._session.close()

    def _build(self) -> bytes:
        with np.load(ADAPTER) as parts:
            adapter = dict(parts)
        return self._parts.build(lambda weights: build_reading_graph(weights, adapter, quantized=self._quantized))


def _best_span(logits: Vectors) -> tuple[int, int, float]:
    """First and last token of the likeliest answer, and how likely it is among all of the sentence, from the logits
    (tokens, 2)."""
    if not len(logits):
        return 0, 0, 0.0
    chances = np.exp(logits - logits.max(axis=0))
    chances /= chances.sum(axis=0)
    both = np.triu(np.outer(chances[:, 0], chances[:, 1]))
    both = np.tril(both, ANSWER_TOKENS - 1)
    begin, end = np.unravel_index(int(both.argmax()), both.shape)
    return int(begin), int(end), float(both[begin, end])
