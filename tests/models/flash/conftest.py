"""Small models with random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.runtime.synthetic_gguf import TINY, TINY_EXPERTS, write
from models.bundled import BundledLanguageModel


@pytest.fixture(scope="module")
def dense(language_model: BundledLanguageModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(TINY, tmp_path_factory.mktemp("dense") / "tiny.gguf", language_model.path)


@pytest.fixture(scope="module")
def mixture(language_model: BundledLanguageModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(TINY_EXPERTS, tmp_path_factory.mktemp("mixture") / "tiny.gguf", language_model.path)
