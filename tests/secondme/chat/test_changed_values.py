"""Of what a thing costs and what it will, the value of the time that is asked about is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondme.ingest.ingestion import Ingestion
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


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("what's the rent at the moment?", "650"),
        ("what will the rent be from February?", "720"),
        ("by how much does the rent go up?", "70"),
        ("what will the gym cost in February?", "£34"),
        ("how much more is the gym then?", "£4"),
    ],
)
def test_of_two_changes_the_one_that_is_named_is_given_and_what_lies_between(
    world: World, question: str, value: str
) -> None:
    conversation = talk(world)
    chat = ask(conversation, "landlord's putting the rent up from 650 to 720 from 1 February").chat_id
    ask(conversation, "the gym goes from £30 to £34 a month on 20 January", chat)
    assert ask(conversation, question).text.startswith(f"{value} ")


@pytest.mark.parametrize(
    ("question", "value"),
    [("how much do I earn an hour now?", "13.50"), ("what's my hourly raise in February?", "14.20")],
)
def test_a_raise_is_read_the_same(world: World, question: str, value: str) -> None:
    conversation = talk(world)
    ask(conversation, "my manager gave me a raise, from 13.50 to 14.20 an hour starting february")
    assert ask(conversation, question).text.startswith(f"{value} ")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("what's my rent going to be?", "£1,095"),
        ("what's the new rent?", "£1,095"),
        ("how much is the rent now?", "£1,050"),
    ],
)
def test_a_letter_that_raises_a_price_is_read_the_same(world: World, tmp_path: Path, question: str, value: str) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("We confirm that the rent will rise from £1,050 to £1,095 a month from 1 February 2026.\n")
    Ingestion(world.store, world.clock, count_tokens=None, max_bytes=10**6).take_file(path)
    world.index()
    assert ask(talk(world), question).text.startswith(f"{value} ")
