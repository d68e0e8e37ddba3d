from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
import pytest

from models.bundled import BundledEmbedder, BundledLanguageModel
from models.llama.embedder import LlamaEmbedder
from models.minilm.embedder import MiniLM
from models.protocol import Embedder, ModelError
from tests.models.llama.bert_gguf import CONTEXT, write_bert_gguf

TEXTS = [
    "The harbour master counted the boats.",
    "How many ships lie in the port?",
    "Ünïcödé, déjà vu: 東京 🐈!",
    "Quarterly tax report, 2024-05-03",
    "x",
]


@pytest.fixture(scope="module")
def bert_file(embedder_files: BundledEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bert_gguf(embedder_files, tmp_path_factory.mktemp("bert") / "minilm-f32.gguf")


@pytest.fixture(scope="module")
def bert(bert_file: Path, cache: Path) -> Iterator[LlamaEmbedder]:
    embedder = LlamaEmbedder(bert_file, cache / "embedder.log", cache)
    yield embedder
    embedder.close()


def test_making_an_embedder_starts_no_process(bert_file: Path, tmp_path: Path) -> None:
    embedder: Embedder = LlamaEmbedder(bert_file, tmp_path / "log", tmp_path)
    name, pooling, digest = embedder.model_id.split("/")
    assert (name, pooling, len(digest)) == ("minilm-f32", "mean", 12)
    assert (embedder.dimension, embedder.max_tokens) == (384, CONTEXT - 2)
    assert not (tmp_path / "log").exists()


def test_vectors_are_those_that_the_model_makes_elsewhere(
    bert: LlamaEmbedder, embedder_files: BundledEmbedder, cache: Path
) -> None:
    vectors = bert.embed(TEXTS)
    right = MiniLM(embedder_files, cache, quantized=False).embed(TEXTS)
    assert vectors.dtype == np.float32 and vectors.shape == (len(TEXTS), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors * right).sum(axis=1).min() > 0.999


def test_a_vector_does_not_depend_on_its_neighbours(bert: LlamaEmbedder) -> None:
    together = bert.embed(TEXTS * 5)
    assert np.array_equal(together[len(TEXTS) :], np.tile(together[: len(TEXTS)], (4, 1)))
    assert np.array_equal(bert.embed([TEXTS[1]])[0], together[1])


def test_tokens_are_counted_as_the_tokenizer_of_the_model_does(
    bert: LlamaEmbedder, embedder_files: BundledEmbedder, cache: Path
) -> None:
    plain = [*TEXTS[:2], TEXTS[3], ""]
    assert bert.count_tokens(plain) == MiniLM(embedder_files, cache).count_tokens(plain)


def test_what_is_beyond_the_longest_text_is_cut_off(bert: LlamaEmbedder) -> None:
    words = "boats " * bert.max_tokens
    whole, longer, shorter = bert.embed([words, words + "and a tax report", words[6:]])
    assert np.allclose(whole, longer, atol=1e-5) and not np.allclose(whole, shorter, atol=1e-5)


def test_odd_texts_have_vectors_too(bert: LlamaEmbedder) -> None:
    assert bert.embed(["", " ", "\x00", "\ud83d", "[SEP] [CLS]", "\n" * 5]).shape == (6, 384)
    assert bert.embed([]).shape == (0, 384)


def test_there_are_no_vectors_of_tokens(bert: LlamaEmbedder) -> None:
    vectors, tokens = bert.embed_tokens(TEXTS[:2])
    assert np.array_equal(vectors, bert.embed(TEXTS[:2]))
    assert [vector.shape for vector in tokens] == [(0, 0), (0, 0)]


def test_a_killed_child_costs_one_call(bert: LlamaEmbedder) -> None:
    expected = bert.embed(TEXTS)
    child = bert._process._child
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(ModelError, match="embedding model's process ended unexpectedly"):
        bert.embed(TEXTS)
    assert np.array_equal(bert.embed(TEXTS), expected)


def test_pooling_is_part_of_the_identity_and_as_the_file_says(
    embedder_files: BundledEmbedder, bert: LlamaEmbedder, tmp_path: Path
) -> None:
    file = write_bert_gguf(embedder_files, tmp_path / "minilm-f32.gguf", gguf.PoolingType.CLS)
    first = LlamaEmbedder(file, tmp_path / "log", tmp_path)
    assert "/cls/" in first.model_id
    assert not np.allclose(first.embed(TEXTS), bert.embed(TEXTS), atol=0.01)
    first.close()


def test_a_model_that_ranks_pairs_is_refused(embedder_files: BundledEmbedder, tmp_path: Path) -> None:
    file = write_bert_gguf(embedder_files, tmp_path / "ranker.gguf", gguf.PoolingType.RANK)
    with pytest.raises(ModelError, match="ranks pairs of texts") as caught:
        LlamaEmbedder(file, tmp_path / "log", tmp_path)
    assert "embedder.path" in caught.value.remedy


def test_a_language_model_embeds_by_the_mean_of_its_states(language_model: BundledLanguageModel, cache: Path) -> None:
    embedder = LlamaEmbedder(language_model.path, cache / "embedder.log", cache)
    assert "/mean/" in embedder.model_id
    cat, dog, tax = embedder.embed(["A cat sat on the mat.", "A dog lay on the rug.", "Quarterly tax report 2024"])
    embedder.close()
    assert cat @ dog > cat @ tax


@pytest.mark.parametrize("kind", ["missing", "text", "cut"])
def test_a_broken_file_is_an_error_of_a_sentence(bert_file: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "broken.gguf"
    if kind != "missing":
        path.write_bytes({"text": b"This is no model.\n", "cut": bert_file.read_bytes()[:1_000_000]}[kind])
    with pytest.raises(ModelError) as caught:
        LlamaEmbedder(path, tmp_path / "log", tmp_path).embed(TEXTS)
    assert str(path) in caught.value.what and caught.value.what.count(". ") == 0
    assert "embedder.path" in caught.value.remedy
