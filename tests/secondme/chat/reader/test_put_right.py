"""Of two messages the later one answers where it says that something was wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.form import question_form
from secondme.chat.reader.put_right import puts_right, replaces, tells_it_again
from tests.secondme.chat.test_answer_check import HIT


def said(text: str, day: int, speaker: str = "Ida", role: str = "") -> CandidateSentence:
    """A sentence that is a whole message."""
    hit = replace(
        HIT, id=f"s{day}", text=text, speaker=speaker, role=role, happened_at=f"2026-09-{day:02}T09:00:00+00:00"
    )
    return CandidateSentence(1, text, "", 0, hit, False)


RACK = said("Our server rack's moving to Rotterdam in spring", 7)


@pytest.mark.parametrize(
    ("text", "day", "right"),
    [
        ("Turns out the rack goes to Eindhoven.", 9, True),
        ("I misread it, the rack goes to Eindhoven.", 9, True),
        ("The letter says the rack goes to Eindhoven.", 9, True),
        ("Turns out the rack goes to Eindhoven.", 5, False),
        ("The rack is heavy.", 9, False),
        ("Turns out Ben is a welder.", 9, False),
    ],
)
def test_a_later_message_about_the_same_puts_right_what_it_says_was_wrong(text: str, day: int, right: bool) -> None:
    assert puts_right(said(text, day), RACK) is right


def test_what_somebody_else_says_puts_nothing_right() -> None:
    assert not puts_right(said("Turns out the rack goes to Eindhoven.", 9, speaker="Bo"), RACK)


@pytest.mark.parametrize(
    ("question", "told", "later", "instead"),
    [
        ("where is grans party", "theres a party for gran in the club in Ely", "the party is in Wells now", True),
        ("how is Ines getting here", "Ines is driving up for Easter", "Ines rang, she is flying instead", True),
        ("who's on call with me", "Raj is on call for the launch", "Raj is ill so Nadia's doing the on call now", True),
        ("how was Ines getting here before", "Ines is driving up", "Ines rang, she is flying instead", False),
        ("what can Ines not eat", "Ines can't eat nuts", "Ines bought a fryer and now it smells", False),
        ("when do I go to Lyon", "I have a trip to Lyon in May", "The trip to Ghent is now in June", False),
        ("when's my trip to lyon", "my trip to lyon is in may", "the trip to ghent is now in june", False),
        (
            "who's seeing me",
            "Brook Ltd see me on the 5th, a Ms Orr",
            "Brook Ltd moved it to the 8th, who see me",
            False,
        ),
        ("who's on call with me", "Raj is on call for the launch", "the cat is ill now", False),
    ],
)
def test_a_later_message_takes_the_place_of_what_held_before(
    question: str, told: str, later: str, instead: bool
) -> None:
    form = question_form(question)
    assert replaces(form, said(later, 9, role="me"), said(told, 7, role="me")) is instead
    assert not replaces(form, said(later, 5, role="me"), said(told, 7, role="me"))


def test_of_two_values_of_one_thing_the_later_is_told_again() -> None:
    form = question_form("how much did i pay for the tripod")
    told, later = said("need a tripod, about 45", 7, role="me"), said("got the tripod for 20", 9, role="me")
    assert tells_it_again(form, later, told)
    assert not tells_it_again(form, told, later)
    assert not tells_it_again(form, said("the tripod is nice", 9, role="me"), told)
