"""The models that a checkout brings along, fetched from a hub on loopback instead."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from models.bundled import find_embedder, find_language_model
from models.hub.client import NotOnHub, OddAnswer
from models.hub.first_models import EMBEDDER, LANGUAGE_MODEL, FirstModel, fetched_embedder, plan_first
from models.hub.record import PulledModel
from models.protocol import ModelError
from tests.models.hub.stage import Stage

WEIGHTS, TOKENIZER = Random(3).randbytes(200_000), b"{}" * 30
"""The tokenizer is so small that the hub has no sha256 of it."""
MODEL = replace(
    EMBEDDER,
    files={
        "model.safetensors": hashlib.sha256(WEIGHTS).hexdigest(),
        "tokenizer.json": hashlib.sha256(TOKENIZER).hexdigest(),
    },
)


@pytest.fixture
def offered(stage: Stage) -> Stage:
    """A hub that has the embedder, and other files beside it."""
    files = {"pytorch_model.bin": b"no", "tokenizer.json": TOKENIZER, "model.safetensors": WEIGHTS}
    stage.double.add(MODEL.repository, files)
    return stage


def fetch(stage: Stage, model: FirstModel = MODEL) -> PulledModel:
    *_, pulled = stage.store.pull(plan_first(model, stage.store, stage.hub), stage.hub)
    assert isinstance(pulled, PulledModel)
    return pulled


def test_only_what_the_embedder_reads_is_fetched_and_found_afterwards(offered: Stage, tmp_path: Path) -> None:
    assert fetched_embedder(offered.store, tmp_path, MODEL) is None
    pulled = fetch(offered)
    assert offered.double.sent == len(WEIGHTS) + len(TOKENIZER)
    assert (pulled.kind, pulled.licence) == ("embedder", "apache-2.0")
    found = fetched_embedder(offered.another_store(), tmp_path, MODEL)
    assert found is not None
    assert (found.weights.read_bytes(), found.tokenizer.read_bytes()) == (WEIGHTS, TOKENIZER)
    assert found.digest == MODEL.files["model.safetensors"]


def test_a_small_file_is_held_to_its_sha256_though_the_hub_has_none(offered: Stage) -> None:
    offered.double.repositories[MODEL.repository].files["tokenizer.json"] = b"[]" * 30
    with pytest.raises(OddAnswer, match="its digest is another"):
        fetch(offered)
    assert offered.store.models() == []


def test_other_weights_than_those_tested_are_refused_before_a_byte_comes(offered: Stage) -> None:
    offered.double.repositories[MODEL.repository].files["model.safetensors"] = WEIGHTS[::-1]
    with pytest.raises(OddAnswer, match="not those that this program was tested with"):
        fetch(offered)
    del offered.double.repositories[MODEL.repository].files["model.safetensors"]
    with pytest.raises(NotOnHub, match=r"no model\.safetensors in sentence-transformers"):
        fetch(offered)
    assert offered.double.sent == 0


def test_a_damaged_file_is_named_and_fetched_again(offered: Stage, tmp_path: Path) -> None:
    path = offered.store.path(fetch(offered))
    path.write_bytes(WEIGHTS[:-1] + b"!")
    with pytest.raises(ModelError, match=r"model\.safetensors is damaged") as error:
        fetched_embedder(offered.store, tmp_path, MODEL)
    assert "secondme setup" in error.value.remedy
    fetch(offered)
    assert fetched_embedder(offered.store, tmp_path, MODEL) is not None


def test_what_is_said_of_their_size_is_the_size_of_the_files_that_come_along(tmp_path: Path) -> None:
    embedder, model = find_embedder(tmp_path), find_language_model(tmp_path)
    assert embedder is not None and model is not None
    assert embedder.weights.stat().st_size + embedder.tokenizer.stat().st_size == EMBEDDER.size
    assert model.path.stat().st_size == LANGUAGE_MODEL.size
    assert LANGUAGE_MODEL.reference().revision, "the catalogue pins its commit"
