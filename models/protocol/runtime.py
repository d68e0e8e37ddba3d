"""What a runtime is: something that recognises models of one kind, makes them, and describes their files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from models.protocol.model import (
    CHOOSE_ANOTHER_EMBEDDER,
    CHOOSE_ANOTHER_MODEL,
    Embedder,
    Finished,
    LanguageModel,
    ModelError,
)
from models.protocol.place import Place


@dataclass(frozen=True)
class Server:
    """A server that the settings name and allow."""

    place: Place
    key: str = ""
    """Bearer token; empty: none."""
    model: str = ""
    """The server's name for the model; empty: the first model that it lists."""
    url_setting: str = "server.url"
    """The setting by which errors advise another address."""
    model_setting: str = "server.model"
    """The setting by which errors advise another model."""


Source: TypeAlias = Path | Server
"""Where a model is: a file, a folder, or a server."""


def accept_any_file(path: Path) -> None:
    """Accept any file."""


def ignore_cost(finished: Finished) -> None:
    """Take no note of an answer."""


@dataclass(frozen=True)
class ModelOptions:
    """What the settings say of a model. Each runtime takes what it has use for."""

    log: Path
    """File for what the runtime prints."""
    cache: Path
    """Folder for what can be made again: digests, lengths of vectors."""
    name: str | None = None
    """What the screen calls the model; None: as the model says."""
    context_tokens: int = 4096
    """Context window; a model that was trained for less has less."""
    threads: int | None = None
    """None: as many as physical cores."""
    cache_kind: str = ""
    """Type of the attention cache; empty: as the runtime recommends."""
    gpu_layers: int = -1
    """Layers on a GPU; -1: as many as it has room for."""
    memory: int = 0
    """Bytes that the model's process may hold; 0: no promise."""
    states: Path | None = None
    """Folder for states of prompts; None: none are saved."""
    states_bytes: int = 0
    """Room for those states, in bytes."""
    reading: Path | None = None
    """An adapter for questions on passages."""
    check: Callable[[Path], object] = accept_any_file
    """Called with the model's path before each start; raises ModelError for files that are not what they should be."""
    on_finished: Callable[[Finished], None] = ignore_cost
    """Called with what each answer cost."""


@dataclass(frozen=True)
class Description:
    """What a model's files say of it. Empty or 0: they do not say."""

    title: str = ""
    architecture: str = ""
    quantization: str = ""
    context_tokens: int = 0
    """Context window that the model was trained for."""
    licence: str = ""
    size: int = 0
    """Bytes of all files."""
    weights: int = 0
    """Bytes of the weights."""
    cache: int = 0
    """Bytes of the attention cache for `cache_tokens` tokens, at most."""
    cache_tokens: int = 0


class Runtime(ABC):
    """One way to run models.

    To add a runtime, write a package in `models` whose `runtime.py` has a subclass of this, and add an instance of it
    to `RUNTIMES` in `secondme/runtimes/registry.py`. The first runtime of that list that recognises what a setting
    names makes the model. A runtime that answers needs `recognises` and `language_model`; the other methods have
    defaults.
    """

    title: str
    """What the screen calls the runtime, e.g. `llama.cpp`."""
    format: str
    """What the lists of models call the form of its models, e.g. `gguf`."""
    takes: str
    """What its models are, as the screen says it: `a GGUF file`, `a folder`."""

    @abstractmethod
    def recognises(self, source: Source) -> bool:
        """Whether this runtime runs what is there. Looks at the name and the kind of file, and contacts nothing."""

    def language_model(self, source: Source, options: ModelOptions) -> LanguageModel:
        """The language model, which loads when it is first asked. Raises ModelError."""
        raise ModelError(f"{self.title} runs no models that answer.", CHOOSE_ANOTHER_MODEL)

    def embedder(self, source: Source, options: ModelOptions) -> Embedder:
        """The embedder. Raises ModelError."""
        raise ModelError(f"{self.title} runs no embedding models here.", CHOOSE_ANOTHER_EMBEDDER)

    def check(self, path: Path) -> None:
        """Raise ModelError unless the file or folder begins like a model; by default, unless it is there."""
        if not path.exists():
            raise ModelError(f"The model {path} is not there.", CHOOSE_ANOTHER_MODEL)

    def describe(self, path: Path, context_tokens: int) -> Description:
        """What the model's files say of it, with the attention cache for `context_tokens`. Raises ModelError."""
        self.check(path)
        size = self.weight_bytes(path)
        return Description(size=size, weights=size)

    def embeds(self, path: Path) -> bool:
        """Whether the model embeds instead of answering. Raises ModelError."""
        return False

    def only_completes(self, path: Path) -> bool:
        """Whether the model was made to complete texts, and never taught to chat. Raises ModelError."""
        return False

    def weight_bytes(self, path: Path) -> int:
        """About how many bytes of weights the model has, without reading them. Raises OSError."""
        return folder_bytes(path) if path.is_dir() else path.stat().st_size


def folder_bytes(folder: Path, pattern: str = "*") -> int:
    """Bytes of the files in a folder whose names fit a pattern; folders within it are left out. Raises OSError."""
    return sum(file.stat().st_size for file in folder.glob(pattern) if file.is_file())
