"""A question that offers a choice is answered by a sentence that names what was chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.choices import chooses_neither
from tests.secondme.chat.test_answer_check import HIT


@pytest.mark.parametrize(
    ("question", "text", "neither"),
    [
        ("Is it oars or a motor?", "Odile sails on Sundays.", True),
        ("Is it oars or a motor?", "I row with two oars.", False),
        ("Odile's boat: kayak or canoe?", "Odile got a boat!", True),
        ("Kayak or canoe?", "I had the boat painted.", True),
        ("Kayak or canoe?", "The kayak, of course.", False),
        ("Kayak or canoe?", "I own both, alas.", False),
        ("Rudern oder Segeln?", "Am Samstag war Markt.", True),
        ("Rudern oder Segeln?", "Ich war segeln.", False),
        ("Did I row or not?", "I sailed.", False),
        ("Does anyone owe me oars or ropes?", "Ravi owes me a paddle.", False),
        ("Where do I row or sail?", "On the lake.", False),
    ],
)
def test_what_names_neither_does_not_choose(question: str, text: str, neither: bool) -> None:
    found = CandidateSentence(1, text, "", 0, replace(HIT, text=text), False)
    assert chooses_neither(question, [found]) is neither
