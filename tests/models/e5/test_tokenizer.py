from __future__ import annotations

import pytest

from models.bundled import BundledMultilingual
from models.e5.tokenizer import build_tokenizer
from models.e5.weights import WeightsFile


@pytest.fixture(scope="module")
def pieces_of(multilingual_files: BundledMultilingual) -> object:
    tokenizer = build_tokenizer(WeightsFile(multilingual_files.weights).vocabulary())
    return lambda text: tokenizer.encode(text).tokens


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Hello world", ["▁Hello", "▁world"]),
        ("  many \t\n spaces\u200b here  ", ["▁many", "▁space", "s", "▁here"]),
        ("e\u0301te\u0301", ["▁été"]),
        ("ﬁne Ｎｅｗ", ["▁fine", "▁New"]),
        ("冰箱", ["▁", "冰箱"]),
        ("\x01a\x02b\x07", ["▁ab"]),
        ("<mask>", ["▁<", "mas", "k", ">"]),
        ("", []),
        ("   ", []),
    ],
)
def test_text_is_normalised_and_taken_apart(pieces_of: object, text: str, pieces: list[str]) -> None:
    assert callable(pieces_of) and pieces_of(text) == pieces
