"""What is left of a debt is what was owed less what was paid since."""

from __future__ import annotations

import pytest

from secondme.chat.debts import asks_what_is_left
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World


@pytest.mark.parametrize(
    ("told", "question", "left"),
    [
        (
            ("My neighbour Bo owes me £300 for the fence", "Bo paid me £120 today"),
            "How much does Bo still owe me?",
            "£180",
        ),
        (("the cake's £65, I paid 20 up front",), "how much is still owing on the cake?", "£45"),
        (
            ("The kitchen fitter wants £4,200 for the job. I've paid a deposit of £600",),
            "what's left to pay for the kitchen?",
            "£3,600",
        ),
        (("sofa is 899 euros and we put down 200 already",), "how much do we still owe on the sofa?", "699 euros"),
        (("I lent cousin Ida $90", "Ida gave me $40 back"), "What's left for Ida to pay me?", "$50"),
        (("Bo owes me 1,200 euros", "Bo sent 200", "Bo paid another 300"), "how much does Bo owe me now?", "700 euros"),
        (
            ("my sister Dinah owes me 120 for the glaze", "dinah paid me back 50"),
            "how much does Dinah still owe me?",
            "70",
        ),
        (
            ("chase Mrs Holroyd for the 240 she owes, order 10 euro cylinders", "holroyd paid 100"),
            "how much does holroyd still owe me",
            "140",
        ),
    ],
)
def test_what_was_paid_comes_off_what_was_owed(world: World, told: tuple[str, ...], question: str, left: str) -> None:
    conversation = talk(world)
    for text in told:
        ask(conversation, text)
        world.clock.turn(1)
    assert ask(conversation, question).text.startswith(f"{left}:")


def test_who_pays_by_name_pays_what_they_owe_by_another_word(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "My brother-in-law Dai owes me £200")
    world.clock.turn(1)
    ask(conversation, "Dai gave me back £50 of what he owed me")
    world.clock.turn(1)
    assert ask(conversation, "How much does my brother-in-law owe me?").text.startswith("£150:")


def test_a_payment_of_another_comes_off_nothing(world: World) -> None:
    conversation = talk(world)
    ask(conversation, "My neighbour Bo owes me £300 for the fence")
    world.clock.turn(1)
    ask(conversation, "Ida paid me £120 today")
    world.clock.turn(1)
    answer = ask(conversation, "How much does Bo still owe me?").text
    assert "300" in answer and "180" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "What's outstanding from cousin Ida?",
        "What sum is Ida short?",
        "How much more do I get from Ida?",
        "Ida, how much is still open?",
        "Remaining debt of Ida?",
        "What is the balance with Ida?",
    ],
)
def test_what_is_left_may_be_asked_for_in_many_words(world: World, question: str) -> None:
    conversation = talk(world)
    for text in ("cousin Ida still has 700 euro of mine from the trip", "Ida dropped by with 300 euro in an envelope"):
        ask(conversation, text)
        world.clock.turn(1)
    assert ask(conversation, question).text.startswith("400 euro:")


def test_a_coin_or_note_by_its_name_is_a_sum(world: World) -> None:
    conversation = talk(world)
    for text in ("Bo owes me 50 quid", "got a tenner from Bo"):
        ask(conversation, text)
        world.clock.turn(1)
    assert ask(conversation, "What does Bo owe me?").text.startswith("40 quid:")


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How much has Ida paid back?", False),
        ("When does Ida send the rest?", False),
        ("What more do you know about Ida?", False),
        ("How much does Ida still have to give back?", True),
    ],
)
def test_what_was_paid_and_when_is_another_question(question: str, asks: bool) -> None:
    assert asks_what_is_left(question) is asks
