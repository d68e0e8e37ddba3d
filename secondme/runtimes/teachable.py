"""The model that answers as one that can be taught: a GGUF file on this machine of an architecture that is trained."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from pathlib import Path

from models.gguf.header import read_header, read_layout
from models.hub.first_models import find_first_language_model
from models.hub.store import ModelStore
from models.llama.language_model import LlamaLanguageModel
from models.machine.digests import sha256_of
from models.protocol import ModelError
from secondme.places import Places
from secondme.runtimes.shelf import NO_MODEL
from secondme.settings import Settings

ARCHITECTURES = ("llama", "qwen2")
CONTEXT_TOKENS = 1024
"""Enough for questions without passages; a small cache."""


@dataclass(frozen=True)
class TeachableModel:
    """The file of a model: its sha256 (hex), how many layers and how many weights it has."""

    path: Path
    digest: str
    name: str
    layers: int
    weights: int


def teachable_model(settings: Settings, places: Places) -> TeachableModel | None:
    """The model that the settings name, if it can be taught. Its file is hashed once. Raises ModelError, OSError."""
    if settings.server_url or settings.model_path == NO_MODEL:
        return None
    if settings.model_path:
        path, name = Path(settings.model_path).expanduser(), ""
    else:
        bundled = find_first_language_model(ModelStore(places.models), places.cache)
        if bundled is None:
            return None
        path, name = bundled.path, bundled.name
    if not path.is_file():
        return None
    try:
        layout = read_layout(path)
    except ModelError:
        return None  # a model of another runtime
    if layout.architecture not in ARCHITECTURES:
        return None
    layers = int(layout.number("block_count"))
    weights = sum(prod(tensor.shape) for tensor in layout.tensors)
    return TeachableModel(path, sha256_of(path, places.cache), name or read_header(path).title(), layers, weights)


def learner(path: Path, name: str, places: Places) -> LlamaLanguageModel:
    """A process of its own for a model's file: an adapter is put on it while the model that answers stays as it is."""
    return LlamaLanguageModel(
        path,
        places.logs / "adapter.log",
        name=name,
        context_tokens=CONTEXT_TOKENS,
        digests=places.cache,
    )
