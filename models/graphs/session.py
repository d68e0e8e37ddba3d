"""A graph on ONNX Runtime with its tokenizer: both are loaded at their first use, and the built graph is cached."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from models.machine.atomic_file import replace_file
from models.protocol import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer


Feed: TypeAlias = Callable[[Sequence[int]], Mapping[str, Any]]
"""Makes the graph's inputs from the token ids of a text."""


def feed_ids(tokens: Sequence[int]) -> Mapping[str, Any]:
    """The ids themselves: int32 (1, tokens)."""
    return {"input_ids": np.array([tokens], np.int32)}


class GraphSession:
    """Runs texts through a graph, each as a batch of its own, on several threads."""

    def __init__(
        self,
        cache: Path,
        name: str,
        build: Callable[[], bytes],
        load_tokenizer: Callable[[], Tokenizer],
        *,
        feed: Feed = feed_ids,
        threads: int | None = None,
    ) -> None:
        """`name`: of the cached file. `build` makes the graph anew, and may raise ModelError. `threads` defaults to 2,
        or 1 on one core."""
        self._cache, self._name, self._build = cache, name, build
        self._load_tokenizer, self._feed = load_tokenizer, feed
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._loading = threading.Lock()
        self._loaded_tokenizer: Tokenizer | None = None
        self._loaded: Any = None
        self._pool: ThreadPoolExecutor | None = None

    def tokenizer(self) -> Tokenizer:
        """The tokenizer, without padding or truncation."""
        with self._loading:
            if self._loaded_tokenizer is None:
                self._loaded_tokenizer = self._load_tokenizer()
            return self._loaded_tokenizer

    def run(self, ids: Sequence[Sequence[int]], outputs: Sequence[str]) -> list[list[Vectors]]:
        """The graph's outputs for each list of token ids, without the dimension of the batch. Raises ModelError."""
        session, pool = self._session()

        def one(tokens: Sequence[int]) -> list[Vectors]:
            return [result[0] for result in session.run(list(outputs), self._feed(tokens))]

        return list(pool.map(one, ids)) if len(ids) > 1 else [one(tokens) for tokens in ids]

    def close(self) -> None:
        """Let go of graph and tokenizer, which take some 300 MB; they are loaded again at their next use.

        What holds this object may be a cycle that is collected much later. A run in another thread ends first.
        """
        with self._loading:
            self._loaded_tokenizer = self._loaded = self._pool = None

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
                self._loaded = onnxruntime.InferenceSession(self._model(), options, providers=["CPUExecutionProvider"])
                self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="embed")
            return self._loaded, self._pool

    def _model(self) -> bytes:
        """The serialized model: from the cache if its digest is right, otherwise built and cached."""
        path, digest = self._cache / self._name, self._cache / f"{self._name}.sha256"
        with contextlib.suppress(OSError):
            model = path.read_bytes()
            if digest.read_text() == hashlib.sha256(model).hexdigest():
                return model
        model = self._build()
        # Without the cache the model is built again at the next start, which takes about a second.
        with contextlib.suppress(OSError):
            replace_file(path, model)
            replace_file(digest, hashlib.sha256(model).hexdigest().encode())
        return model


def encodable(texts: Sequence[str]) -> list[str]:
    """The texts with lone surrogates replaced; the tokenizer takes only what UTF-8 can hold."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
