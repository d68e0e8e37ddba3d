"""An age that was said once is right on a later day, and gives the year of birth."""

from __future__ import annotations

import pytest

from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World


@pytest.mark.parametrize(
    ("told", "days", "question", "right"),
    [
        ("Tilda is six just now, her birthday falls on 20 March", 10, "Tilda's age please", "Tilda is six."),
        ("Tilda is six just now, her birthday falls on 20 March", 120, "What age is Tilda?", "Tilda is 7."),
        ("Tilda is six just now, her birthday falls on 20 March", 1, "What year was Tilda born?", "born in 2019."),
        ("My aunt Vera is seventy at present.", 1, "What year was Vera born?", "born in 1955 or 1956."),
        ("Mein Sohn Jannik ist noch 6, am 20. März wird er sieben.", 120, "Wie alt ist Jannik jetzt?", "7 Jahre alt"),
        ("Ole is 6 now but he turns 7 on 21 November", 1, "What year was Ole born?", "born in 2019."),
        ("Mi hermana Ana tiene 14 años", 5, "¿Cuántos años tiene Ana?", "Ana tiene 14 años"),
        ("我女儿小雨五岁", 5, "小雨几岁了？", "小雨5岁"),
    ],
)
def test_an_age_grows_by_the_birthdays_since(world: World, told: str, days: int, question: str, right: str) -> None:
    conversation = talk(world)
    ask(conversation, told)
    world.clock.turn(days)
    assert right in ask(conversation, question).text
