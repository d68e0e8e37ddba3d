"""What is learnt of messages that ask: whole ones, by words that no rule lists."""

import pytest

from secondme.chat.asking import asking, sign_places
from secondme.chat.message_kind import MAY_ASK, Kind, asks, kind, states

CLIPPED = [
    "olafs daughter, whats she called",
    "the make of my saw, for the insurance form",
    "give the name of the plumber who came in june",
    "same thing for my aunt",
    "in which role",
    "jog my memory about the boiler code",
]
TOLD = [
    "dentist moved to thursday, half past nine.",
    "We sold the van in the end, for less than I hoped.",
    "what a day, the strings all broke at once",
    "the boiler code is 4471 now.",
    "Half an hour of rest and then the next coat.",
]


@pytest.mark.parametrize("text", CLIPPED)
def test_a_clipped_question_without_mark_is_no_telling(text: str) -> None:
    assert kind(text) in (Kind.ASKS, Kind.UNSURE)
    assert asks(text)


@pytest.mark.parametrize("text", TOLD)
def test_a_telling_stays_one(text: str) -> None:
    assert kind(text) is Kind.TELLS
    assert not asks(text)


def test_what_may_be_told_is_kept_as_evidence_and_a_sure_question_is_not() -> None:
    unsure, sure = "the kettle from my aunt", "and the name of my dentist"
    assert kind(unsure) is Kind.UNSURE
    assert states(unsure)
    assert kind(sure) is Kind.ASKS
    assert not states(sure)


@pytest.mark.parametrize(
    "told",
    ["my favourite colour is teal", "favourite colour teal", "my locker number is 218", "my favorite food is ramen"],
)
def test_what_says_that_something_is_something_is_kept(told: str) -> None:
    assert states(told)


def test_question_marks_at_the_end_change_nothing() -> None:
    assert asking("the boiler code") == asking("the boiler code?") == asking("the boiler code ??")
    assert asking("the boiler code") > MAY_ASK


def test_signs_are_the_same_whatever_the_case_and_the_digits() -> None:
    assert sign_places("The Code is 4471").tolist() == sign_places("the code is 9023").tolist()
    assert sign_places("").size  # an empty text has a length


def test_several_marks_behind_what_tells_exclaim() -> None:
    assert kind("im in love with this place??") is Kind.UNSURE
    assert states("im in love with this place??")
    assert kind("im in love with this place!!") is Kind.TELLS
    assert kind("what cabin is it??") is Kind.ASKS
    assert kind("my key code??") is Kind.ASKS
