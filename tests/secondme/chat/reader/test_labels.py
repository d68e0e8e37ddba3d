"""A line with a label answers the question for what the label names."""

from __future__ import annotations

import pytest

from secondme.chat.reader.form import question_form
from secondme.chat.reader.labels import is_labelled


@pytest.mark.parametrize(
    ("question", "line", "labelled"),
    [
        ("How big is the deposit on the boat?", "Deposit: 300 euros a week", True),
        ("How big is the deposit on the boat?", "What is insured: the boat, its sails", False),
        ("How big is the deposit on the boat?", "What boats cost: 20 euros", False),
        ("How big is the deposit on the boat?", "Deposit: see overleaf", False),
        ("Who is the skipper of the boat?", "Skipper – Odile Brandt", True),
        ("What did Odile say?", "Odile: it is late", True),
        ("When do we sail?", "Name: Odile", False),
    ],
)
def test_a_line_answers_what_its_label_names(question: str, line: str, labelled: bool) -> None:
    assert is_labelled(question_form(question), line) is labelled
