"""The item at a place of a list that was told."""

from __future__ import annotations

import pytest

from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World

LOOP = "Barns on my loop: Rocking R, the Petersen place, and Hazel Tuck's mules. That order."
GAMES = "top 3 games atm: Hollow Knight, Balatro, Celeste"
FILMS = "my top films are Alien, Jaws and Heat"


@pytest.mark.parametrize(
    ("told", "question", "item"),
    [
        (LOOP, "who's first on the loop?", "Rocking R"),
        (LOOP, "what is number two on the loop?", "the Petersen place"),
        (LOOP, "who's last on the loop", "Hazel Tuck's mules"),
        (GAMES, "what's number 2 on my list of games?", "Balatro"),
        (FILMS, "what's my third favourite film?", "Heat"),
    ],
)
def test_an_item_is_found_by_its_place(world: World, told: str, question: str, item: str) -> None:
    conversation = talk(world)
    chat = ask(conversation, told).chat_id
    assert ask(conversation, question, chat).said == item


def test_a_list_that_may_have_changed_is_not_counted(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, LOOP).chat_id
    ask(conversation, "the Petersen place goes first on the loop now", chat)
    assert ask(conversation, "who's second on the loop?", chat).said not in ("the Petersen place", "Rocking R")


@pytest.mark.parametrize("question", ["who's fourth on the loop?", "when did I first see the loop?"])
def test_what_is_not_there_or_not_asked_by_its_place_is_left_to_others(world: World, question: str) -> None:
    conversation = talk(world)
    chat = ask(conversation, LOOP).chat_id
    assert ask(conversation, question, chat).said not in ("Rocking R", "the Petersen place", "Hazel Tuck's mules")
