"""Whether a day without a tense is over or to come is told from the words around it."""

from __future__ import annotations

import pytest

from secondme.text.timex.calendar import Lean
from secondme.text.timex.lean import lean_of


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ("the vet is on monday at 4", "future"),
        ("essay due friday", "future"),
        ("the tuner comes on tuesday", "future"),
        ("have to be there by thursday", "future"),
        ("met Ravi on friday", "past"),
        ("the party was moved to friday", "future"),
        ("we landed on thursday", "past"),
    ],
)
def test_a_day_leans_to_where_the_verbs_are(text: str, lean: Lean) -> None:
    assert lean_of(text) == lean
