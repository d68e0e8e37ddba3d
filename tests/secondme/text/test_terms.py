"""Which words of a question carry meaning, in several languages."""

from __future__ import annotations

import pytest

from secondme.text.terms import content_words
from storage.index.words import query_tokens


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Where did I put the keys?", ["put", "keys"]),
        ("Wo habe ich den Schlüssel hingelegt?", ["schlüssel", "hingelegt"]),
        ("Где лежат ключи от гаража?", ["лежат", "ключи", "гаража"]),
        ("بماذا يُفتح باب المرآب؟", ["يُفتح", "باب", "المرآب"]),
        ("ومتى تم بناء الجسر؟", ["بناء", "الجسر"]),
        ("فكم عدد الغرف التي فيها؟", ["عدد", "الغرف"]),
        ("من فقد المفتاح؟", ["فقد", "المفتاح"]),
    ],
)
def test_words_that_only_ask_or_bind_carry_none(question: str, left: list[str]) -> None:
    assert content_words(query_tokens(question)) == left


def test_a_question_of_nothing_else_keeps_its_words() -> None:
    assert content_words(query_tokens("من هو؟")) == ["من", "هو"]
