from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from models.bundled import LANGUAGE_MODEL_SHA256
from models.hub.catalogue import BITS_PER_WEIGHT, CATALOGUE_FILE, CatalogueModel, find_model, load_catalogue, near_names
from models.hub.client import NotOnHub, is_safe_path
from models.hub.reference import read_reference

CATALOGUE = load_catalogue()


def test_the_list_goes_from_small_to_large_and_has_every_kind() -> None:
    chat = [model for model in CATALOGUE if model.kind == "chat" and model.format == "gguf"]
    assert len(chat) >= 12
    assert min(model.parameters for model in chat) < 200e6
    assert max(model.parameters for model in chat) > 60e9
    assert {model.format for model in CATALOGUE} == {"gguf", "mlx"}
    assert sum(model.kind == "embedder" for model in CATALOGUE) >= 5


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.name)
def test_an_entry_is_whole_and_its_figures_fit_together(model: CatalogueModel) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", model.name), "a name can be typed and is no path"
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", model.repository)
    assert is_safe_path(model.repository)
    assert model.title and model.licence
    assert model.context >= 512
    assert 0 <= model.active < model.parameters
    assert (model.dimension > 0) == (model.kind == "embedder")
    assert bool(model.template) == (model.kind == "chat")
    assert set(model.quantizations) <= set(BITS_PER_WEIGHT), "each has an estimate of its size"
    assert 0.3 * model.parameters < (model.about_bytes() or 0) <= 4 * model.parameters
    assert re.fullmatch(r"([0-9a-f]{40})?", model.revision)
    for quantization, digest in model.digests.items():
        assert quantization in model.quantizations
        assert re.fullmatch(r"[0-9a-f]{64}", digest)


def test_names_and_repositories_are_there_once() -> None:
    assert len({model.name for model in CATALOGUE}) == len(CATALOGUE)
    assert len({model.repository for model in CATALOGUE}) == len(CATALOGUE)


def test_the_only_digest_of_the_list_is_of_the_file_that_was_at_hand() -> None:
    pinned = {digest for model in CATALOGUE for digest in model.digests.values()}
    assert pinned == {LANGUAGE_MODEL_SHA256}


def test_an_entry_with_a_field_that_nobody_reads_is_refused(tmp_path: Path) -> None:
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
