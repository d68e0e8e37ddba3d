"""Questions in other languages than English about notes in them, with no model and with a small one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.secondme.chat.talk import Scripted, ask, talk
from tests.worlds.night_world import World

NOTES = (
    "Der Zahnarzt ist am 3. Mai 2024 um acht Uhr.",
    "Das Rad steht im Keller hinter der Tür.",
    "Der Nachbar gießt die Blumen auf dem Balkon.",
    "Die Miete kostet achthundert Euro im Monat.",
    "El dentista es el 4 de junio de 2024.",
    "La bicicleta está en el garaje.",
    "牙医预约是2024年7月9日。",
    "自行车在地下室的门后面。",
)


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[World]:
    """A memory of notes in German, Spanish and Chinese."""
    (tmp_path / "data").mkdir()
    made = World(tmp_path / "data")
    for text in NOTES:
        made.keep(text, kind="note")
    made.index()
    yield made
    made.store.close()


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Wann ist der Zahnarzt?", "3. Mai 2024"),
        ("wann ist der zahnarzt", "3. Mai 2024"),
        ("¿Cuándo es el dentista?", "4 de junio de 2024"),
        ("牙医预约是什么时候？", "2024年7月9日"),
    ],
)
def test_when_is_answered_with_the_day_and_nothing_that_is_not_asked(
    notes: World, question: str, day: str, *, small: bool
) -> None:
    answer = ask(talk(notes, Scripted("Ich weiß nicht.") if small else None, small=True), question)
    assert answer.text.startswith(day), answer.text
    assert not any(other in answer.text for other in ("Rad", "Blumen", "Miete", "bicicleta", "自行车"))


def test_what_was_moved_is_to_come_in_other_languages_too(world: World) -> None:
    conversation = talk(world)
    chat = ask(conversation, "Am Freitag liefere ich den Tisch an Frau Brandt").chat_id
    world.clock.turn(1)
    ask(conversation, "Der Tisch für Frau Brandt ist auf Montag verschoben", chat)
    assert ask(conversation, "Wann liefere ich den Tisch an Frau Brandt?").said == "5. Januar 2026"
