"""Of what a thing costs and what it will, the value of the time that is asked about is given."""

from __future__ import annotations

import pytest

from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World

TOLD = "A haircut is £18 at the moment, going up to £21 on 20 January."


@pytest.mark.parametrize(
    ("days", "question", "value"),
    [
        (2, "What does a haircut cost right now?", "£18"),
        (40, "What does a haircut cost right now?", "£21"),
        (40, "How much did a haircut cost before?", "£18"),
        (2, "How much will a haircut cost in February?", "£21"),
    ],
)
def test_a_price_is_given_as_it_is_at_the_time(world: World, days: int, question: str, value: str) -> None:
    conversation = talk(world)
    ask(conversation, TOLD)
    world.clock.turn(days)
    assert ask(conversation, question).text.startswith(f"{value} ")
