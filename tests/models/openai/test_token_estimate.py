"""Estimates of the tokens of a text."""

from __future__ import annotations

import pytest

from models.openai.token_estimate import cut_to_tokens, estimate_tokens, estimate_turns
from models.protocol import ChatTurn, LanguageModel

SENTENCES = [
    "The harbour master counted the boats and wrote them down, as he had done every evening.",
    "Der Hafenmeister zählte die Boote und schrieb sie auf, auch die aus den Überschwemmungsgebieten.",
    "Le maître du port comptait les bateaux et les notait, comme chaque soir d'été.",
    "Начальник порта считал лодки и записывал их, как каждый вечер после большой бури.",
    "港务长数了船只并把它们记下来，自从暴风雨以来他每天晚上都这样做。",
    "항만장은 폭풍 이후 매일 저녁 그랬던 것처럼 배를 세고 적었다.",
    "كان مدير الميناء يعد القوارب ويسجلها كما كان يفعل كل مساء منذ العاصفة.",
    "def f(x):\n    return {k: v**2 for k, v in x.items() if v >= 0}  # {}[]()",
    "2024-05-03 12:31:07, +49 170 1234567, 3.14159",
    "aGVsbG8gd29ybGQgdGhpcyBpcyBhIGxvbmcgYmFzZTY0IHN0cmluZw==",
    "🐈🦜🎉👩‍👩‍👧‍👦",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_an_estimate_is_not_less_than_a_small_vocabulary_makes_of_it(text: str, llama: LanguageModel) -> None:
    turns = [ChatTurn("user", text)]
    real = llama.count_tokens(turns) - llama.count_tokens([ChatTurn("user", "")])
    assert real <= estimate_tokens(text) <= 3 * real
    assert llama.count_tokens(turns) <= estimate_turns(turns)


def test_a_text_is_cut_to_what_is_estimated_to_fit() -> None:
    text = " ".join(SENTENCES)
    cut = cut_to_tokens(text, 50)
    assert text.startswith(cut) and estimate_tokens(cut) <= 50 < estimate_tokens(text[: len(cut) + 12])
    assert cut_to_tokens("short", 50) == "short"
