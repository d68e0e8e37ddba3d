"""A bare correction completes what was told just before it."""

from __future__ import annotations

import pytest

from secondme.facts.corrections import correction_of
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World


@pytest.mark.parametrize(
    ("told", "message", "statement"),
    [
        ("the vet is on monday at 4", "no wait, tuesday. same time", "the vet is on tuesday at 4"),
        (
            "I hand in essay two by the 3rd of may",
            "sorry, the 5th!! I mix that up",
            "I hand in essay two by the 5th of may",
        ),
        ("The parcel weighs 3.1 kilos.", "Oh dear, misread the scale. 3.7.", "The parcel weighs 3.7 kilos."),
        ("she needs it before easter", "well. christmas. she said that is fine", "she needs it before christmas"),
        ("I charge 30 an hour", "actually it's 35", "I charge 35 an hour"),
        ("The talk is on Monday", "I meant Tuesday, not Monday", "The talk is on Tuesday"),
        ("My tutor is Dr Weber", "sorry, Dr Huber", "My tutor is Dr Huber"),
        ("We fly at 9:40", "oops, 10:40", "We fly at 10:40"),
        ("The key is under the mat", "not the mat, the flowerpot", "The key is under the flowerpot"),
        ("I have two cats", "three, sorry", "I have three cats"),
        ("周五晚上聚餐", "说错了，是周六", "周六晚上聚餐"),
    ],
)
def test_the_right_value_takes_the_place_of_its_like(told: str, message: str, statement: str) -> None:
    correction = correction_of(message, told)
    assert correction is not None and correction.statement == statement


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ("I charge 30 an hour", "I live in Rome now"),
        ("My tutor is Dr Weber", "She is nice"),
        ("The party is in June", "we bought a car"),
        ("Ravi turned 40", "no"),
        ("I moved to Oslo", "no, I am happy there"),
        ("I paid 20 for it", "sorry for the late reply"),
        ("The talk is on Monday", "is it on Tuesday?"),
        ("The talk is on Monday", "not on Tuesday"),
        ("I have 2 cats", "well, 10 people came"),
    ],
)
def test_what_says_something_of_its_own_corrects_nothing(told: str, message: str) -> None:
    assert correction_of(message, told) is None


def test_a_question_may_stand_between_what_was_told_and_its_correction(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "The vet is on the 9th of December at 4.").chat_id
    ask(conversation, "Where is the vet?", chat)
    ask(conversation, "When is the vet?", chat)
    noted = ask(conversation, "sorry, the 10th of December", chat)
    assert "10th of December" in noted.text and "9th of December" in noted.text
    assert "10th of December" in ask(conversation, "What is on with the vet?", chat).text


def test_a_correction_in_another_chat_stands_in_what_answers(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "The doctor gave me new eye drops, 6 ml in the evening.")
    world.clock.turn(1)
    ask(conversation, "Correction to the drops: the chemist says 12 ml it is, not 6.")
    world.clock.turn(1)
    assert "12 ml in the evening" in ask(conversation, "How many ml of eye drops in the evening?").text
