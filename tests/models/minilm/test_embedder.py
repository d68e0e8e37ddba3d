from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from models.bundled import BundledEmbedder
from models.minilm.embedder import MiniLM
from models.protocol import Embedder, ModelError, Vectors

SENTENCES = [
    "Where did Ana hide the spare key?",
    "The spare key is under the blue flowerpot behind the house, Ana said.",
    "Quarterly tax payments are due on the fifteenth.",
    "ok",
    "Schrödinger's cat 🐈 — naïve façade, 東京タワー, C++ and foo-bar!",
]


@pytest.fixture(scope="module")
def minilm(embedder_files: BundledEmbedder, cache: Path) -> MiniLM:
    return MiniLM(embedder_files, cache)


def test_it_is_an_embedder(minilm: MiniLM) -> None:
    embedder: Embedder = minilm
    assert (embedder.dimension, embedder.max_tokens) == (384, 254)
    assert embedder.model_id == "all-MiniLM-L6-v2/int8/53aa51172d14/48"


def test_fp32_agrees_with_a_plain_forward_pass(embedder_files: BundledEmbedder, tmp_path: Path) -> None:
    vectors = MiniLM(embedder_files, tmp_path, quantized=False).embed(SENTENCES)
    assert (vectors * reference(embedder_files, SENTENCES)).sum(axis=1).min() > 0.99999


def test_int8_is_close_to_a_plain_forward_pass(minilm: MiniLM, embedder_files: BundledEmbedder) -> None:
    vectors = minilm.embed(SENTENCES)
    assert vectors.dtype == np.float32 and vectors.shape == (len(SENTENCES), 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors * reference(embedder_files, SENTENCES)).sum(axis=1).min() > 0.98
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_a_text_has_the_same_vector_whatever_stands_beside_it(minilm: MiniLM) -> None:
    together = minilm.embed([*SENTENCES, "word " * 200])
    for text, vector in zip(SENTENCES, together, strict=False):
        np.testing.assert_array_equal(minilm.embed([text])[0], vector)


def test_several_threads_get_the_vectors_of_a_single_thread(minilm: MiniLM) -> None:
    expected = minilm.embed(SENTENCES)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(minilm.embed, [SENTENCES] * 8):
            np.testing.assert_array_equal(vectors, expected)


def test_no_texts_an_empty_text_and_half_a_character_are_embedded(minilm: MiniLM) -> None:
    assert minilm.embed([]).shape == (0, 384)
    assert minilm.embed(["", "half a pair \ud83d"]).shape == (2, 384)
    assert minilm.count_tokens([]) == []
    assert minilm.count_tokens(["", "half a pair \ud83d"])[0] == 0


def test_tokens_are_counted_without_special_ones_and_without_a_limit(minilm: MiniLM) -> None:
    assert minilm.count_tokens(["hello world", "word " * 1000]) == [2, 1000]


def test_what_is_beyond_the_limit_is_cut_off(minilm: MiniLM) -> None:
    limit = minilm.max_tokens
    whole, longer, shorter = minilm.embed(["word " * limit, "word " * limit + "tax", "word " * (limit - 1)])
    np.testing.assert_array_equal(whole, longer)
    assert not np.array_equal(whole, shorter)


def test_the_built_model_is_read_from_the_cache(minilm: MiniLM, cache: Path) -> None:
    expected = minilm.embed(SENTENCES)
    without_weights = BundledEmbedder(Path("/nowhere"), minilm._files.tokenizer, minilm._files.digest)
    np.testing.assert_array_equal(MiniLM(without_weights, cache).embed(SENTENCES), expected)


@pytest.mark.parametrize("damage", ["flipped", "cut", "emptied", "no digest"])
def test_a_damaged_cache_is_built_again(
    minilm: MiniLM, embedder_files: BundledEmbedder, cache: Path, tmp_path: Path, damage: str
) -> None:
    expected = minilm.embed(SENTENCES[:2])
    name = "minilm-53aa51172d14-int8-2.onnx"
    model = bytearray((cache / name).read_bytes())
    digest = (cache / f"{name}.sha256").read_text()
    model[len(model) // 2] ^= 255 * (damage == "flipped")
    model = {"cut": model[:-1], "emptied": bytearray()}.get(damage, model)
    (tmp_path / name).write_bytes(model)
    if damage != "no digest":
        (tmp_path / f"{name}.sha256").write_text(digest)
    np.testing.assert_array_equal(MiniLM(embedder_files, tmp_path).embed(SENTENCES[:2]), expected)
    assert (tmp_path / name).read_bytes() == (cache / name).read_bytes()


def test_a_cache_that_cannot_be_written_costs_only_the_cache(minilm: MiniLM, embedder_files: BundledEmbedder) -> None:
    nowhere = embedder_files.tokenizer / "no" / "folder"
    np.testing.assert_array_equal(MiniLM(embedder_files, nowhere).embed(SENTENCES[:1]), minilm.embed(SENTENCES[:1]))


def test_weights_that_cannot_be_read_are_an_error_with_a_remedy(
    embedder_files: BundledEmbedder, tmp_path: Path
) -> None:
    broken = tmp_path / "model.safetensors"
    broken.write_bytes(embedder_files.weights.read_bytes()[:1000])
    files = BundledEmbedder(broken, embedder_files.tokenizer, embedder_files.digest)
    with pytest.raises(ModelError, match="could not be built") as caught:
        MiniLM(files, tmp_path / "cache").embed(["text"])
    assert "Install it again" in caught.value.remedy


def reference(files: BundledEmbedder, texts: list[str]) -> Vectors:
    """BERT (Devlin et al. 2019) in NumPy, float64, one text at a time; mean pooling, length 1."""
    weights = {name: array.astype(np.float64) for name, array in load_file(files.weights).items()}
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    return np.array([forward(weights, tokenizer.encode(text).ids) for text in texts], np.float32)


Weights = dict[str, npt.NDArray[np.float64]]
_erf = np.vectorize(math.erf)


def forward(weights: Weights, ids: list[int]) -> Any:
    def linear(x: Any, name: str) -> Any:
        return x @ weights[name + ".weight"].T + weights[name + ".bias"]

    def norm(x: Any, name: str) -> Any:
        scaled = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return scaled * weights[name + ".weight"] + weights[name + ".bias"]

    def heads(x: Any) -> Any:
        return x.reshape(len(ids), 12, 32).transpose(1, 0, 2)

    x = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: len(ids)]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    x = norm(x, "embeddings.LayerNorm")
    for layer in range(6):
        prefix = f"encoder.layer.{layer}."
        query, key, value = (heads(linear(x, f"{prefix}attention.self.{part}")) for part in ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(32)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        attended = (shares @ value).transpose(1, 0, 2).reshape(len(ids), 384)
        x = norm(x + linear(attended, prefix + "attention.output.dense"), prefix + "attention.output.LayerNorm")
        wide = linear(x, prefix + "intermediate.dense")
        wide = wide * (1 + _erf(wide / math.sqrt(2))) / 2
        x = norm(x + linear(wide, prefix + "output.dense"), prefix + "output.LayerNorm")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)
