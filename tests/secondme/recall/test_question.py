"""Questions taken apart: who is named, what is asked for, what asks for nothing."""

from __future__ import annotations

import pytest

from secondme.recall.question import read_question
from secondme.text.forms import Form

SPEAKERS = ["Ana Berg", "Tom", "Will"]


@pytest.mark.parametrize(
    ("text", "named", "topic"),
    [
        ("What did Ana paint?", {"Ana Berg"}, "What did paint?"),
        ("what did ana berg's brother say?", {"Ana Berg"}, "what did brother say?"),
        ("When will it rain?", set(), "When will it rain?"),
        ("When did Will leave?", {"Will"}, "When did leave?"),
        ("What did Tom and Ana plan?", {"Tom", "Ana Berg"}, "What did and plan?"),
        ("Tom", {"Tom"}, "Tom"),
    ],
)
def test_the_named_speakers_leave_the_topic(text: str, named: set[str], topic: str) -> None:
    question = read_question(text, SPEAKERS)
    assert (set(question.named), question.topic) == (named, topic)
    assert question.tokens


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("When did we move?", Form.TIME),
        ("How many cats has she?", Form.NUMBER),
        ("Where do they live?", Form.NAME),
        ("What is the name of the dog?", Form.NAME),
        ("Why is it late?", Form(0)),
    ],
)
def test_what_an_answer_would_look_like(text: str, wants: Form) -> None:
    assert read_question(text, []).wants == wants
