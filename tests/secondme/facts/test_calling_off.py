"""What is given up by name calls its plan off."""

from __future__ import annotations

import pytest

from secondme.facts.patterns import statements
from secondme.facts.statement import Statement


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kirkwall has come to nothing, I am sorry to say.", "Kirkwall"),
        ("nah we've binned the Nelson thing, too far from the family", "Nelson"),
        ("No Lerwick for us after all.", "Lerwick"),
        ("we have given up on Truro", "Truro"),
    ],
)
def test_a_plan_is_given_up_by_the_name_of_its_place(text: str, place: str) -> None:
    found = [each for each in statements(text, "Ann") if isinstance(each, Statement) and each.calls_off]
    assert {(each.relation, each.object) for each in found} >= {("lives_in", place)}


@pytest.mark.parametrize("text", ["I dropped Ben at school", "He binned the Leeds letter", "We might give up on Truro"])
def test_another_deed_calls_nothing_off(text: str) -> None:
    assert not [each for each in statements(text, "Ann") if isinstance(each, Statement) and each.calls_off]
