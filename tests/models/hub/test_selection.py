"""Which files of a repository are pulled as a model."""

from __future__ import annotations

from random import Random

import pytest

from models.hub.client import NotOnHub
from models.protocol import ModelError
from tests.models.hub.stage import OTHER, WEIGHTS, Stage


def test_parts_of_a_split_model_are_pulled_whole(stage: Stage) -> None:
    parts = {f"Big-Q4_K_M-{i:05}-of-00003.gguf": Random(i).randbytes(200_000) for i in (1, 2, 3)}
    stage.double.add("some/Big-GGUF", {**dict(reversed(parts.items())), "Big-Q8_0-00001-of-00002.gguf": WEIGHTS})
    model = stage.pull("some/Big-GGUF")
    assert [file.path for file in model.files] == list(parts)
    assert stage.store.path(model).name == "Big-Q4_K_M-00001-of-00003.gguf"
    assert b"".join(path.read_bytes() for path in sorted(stage.store.path(model).parent.iterdir())) == b"".join(
        parts.values()
    )
    with pytest.raises(NotOnHub, match="has no Q8_0"):
        stage.pull("some/Big-GGUF:Q8_0")


def test_an_mlx_model_is_a_folder_without_code_and_pickles(stage: Stage) -> None:
    files = {"config.json": b"{}", "tokenizer.json": b"{}", "model.safetensors": WEIGHTS}
    others = {"modeling.py": b"import os", "model.bin": b"pickle", "README.md": b"", "sub/config.json": b"{}"}
    stage.double.add("some/Toy-4bit", files | others, tags=["mlx"])
    model = stage.pull("some/Toy-4bit")
    assert sorted(path.name for path in stage.store.path(model).iterdir()) == sorted(files)
    assert (model.format, model.quantization) == ("mlx", "4bit")
    assert stage.pull("some/Toy-4bit:4bit").files == model.files
    with pytest.raises(NotOnHub, match="without a quantization"):
        stage.pull("some/Toy-4bit:8bit")


def test_a_repository_without_a_model_is_refused(stage: Stage) -> None:
    stage.double.add("some/Torch", {"config.json": b"{}", "model.safetensors": WEIGHTS, "mmproj-Q4_K_M.gguf": OTHER})
    with pytest.raises(ModelError, match="neither a GGUF file nor an MLX model"):
        stage.pull("some/Torch")


def test_two_models_of_the_same_quantization_have_to_be_named_by_file(stage: Stage) -> None:
    stage.double.add("some/Two", {"a-Q4_K_M.gguf": WEIGHTS, "b-Q4_K_M.gguf": OTHER, "old/c-Q4_K_M.gguf": OTHER})
    with pytest.raises(NotOnHub, match=r"some/Two/a-Q4_K_M\.gguf, some/Two/b-Q4_K_M\.gguf"):
        stage.pull("some/Two")
    assert stage.store.path(stage.pull("some/Two/b-Q4_K_M.gguf")).read_bytes() == OTHER
