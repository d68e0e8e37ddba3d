"""Questions for many in other languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from secondme.chat.foreign_lists import foreign_list
from secondme.chat.list_question import ME
from tests.secondme.chat.talk import ask, talk
from tests.worlds.night_world import World

NOW = datetime(2026, 9, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("was weißt du über mich", ME),
        ("Was weißt du alles von Stefan?", "Stefan"),
        ("Que sais-tu de moi ?", ME),
        ("¿Qué sabes de mí?", ME),
        ("¿Qué sabes sobre Lucía?", "Lucía"),
        ("cosa sai di me", ME),
        ("o que sabes de mim?", ME),
        ("wat weet je over mij", ME),
        ("你知道我什么？", ME),
    ],
)
def test_all_of_someone_is_asked_for(text: str, about: str) -> None:
    asked = foreign_list(text, NOW)
    assert asked is not None and (asked.shape, asked.about) == ("about", about)


@pytest.mark.parametrize(
    ("text", "day", "planned"),
    [
        ("was habe ich nächste woche vor", 21, True),
        ("Was steht morgen an?", 16, True),
        ("¿Qué tengo mañana?", 16, True),
        ("was ist gestern passiert?", 14, False),
        ("Qu’est-ce que j’ai de prévu demain ?", 16, True),
    ],
)
def test_a_time_is_asked_for(text: str, day: int, *, planned: bool) -> None:
    asked = foreign_list(text, NOW)
    assert asked is not None and asked.window is not None
    assert (asked.shape, asked.planned, asked.window.begins.day) == ("period", planned, day)


@pytest.mark.parametrize(
    "text",
    ["was weißt du", "was muss ich machen", "ich weiß was über mich", "Was kostet das Auto?", "was ist passiert"],
)
def test_other_messages_are_none(text: str) -> None:
    assert foreign_list(text, NOW) is None


def test_what_is_known_is_listed_in_the_words_in_which_it_was_told(world: World) -> None:
    talking = talk(world)
    chat = ask(talking, "ich bin Lehrer an der Realschule in Ulm").chat_id
    ask(talking, "meine Frau heißt Miriam", chat)
    told = ask(talking, "was weißt du über mich").text
    assert "Lehrer" in told and "Miriam" in told and "Einträge" in told
    assert "Miriam" in ask(talking, "wer ist Miriam").text


def test_a_sentence_is_introduced_in_its_language(world: World) -> None:
    talking = talk(world)
    chat = ask(talking, "der Schlüssel hängt hinter der Tür").chat_id
    assert ask(talking, "wo hängt der Schlüssel?", chat).text.startswith("Du hast gesagt: ")
