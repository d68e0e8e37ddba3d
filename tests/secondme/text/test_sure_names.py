"""A capital is a sure sign of a name only where nothing else calls for it."""

from __future__ import annotations

import pytest

from secondme.text.sure_names import sure_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Remind me what the vet is called.", []),
        ("Anything left to do? Name all of it.", []),
        ("Whereas in spring I paid how much?", []),
        ("Blimey, what was the code?", []),
        ("Ugh, what did he say about it?", []),
        ("BTW, where does she live?", []),
        ("Boiler service when?", []),
        ("First Sunday of the month is choir", []),
        ("WHERE DOES MY SISTER WORK", []),
        ("Where Does My Sister Work", []),
        ("Odile's birthday?", ["Odile"]),
        ("Odile lives where?", ["Odile"]),
        ("Odile and Ravi are how old?", ["Odile", "Ravi"]),
        ("Odile, what does she drive?", ["Odile"]),
        ("Besides Odile, who was there?", ["Odile"]),
        ("Odile Brandt, who is that?", ["Odile Brandt"]),
        ("Where does Odile live?", ["Odile"]),
        ("Quel est le prénom de ma tante ?", []),
        ("Où travaille Odile ?", ["Odile"]),
        ("Cuánto pago por la luz?", []),
        ("Welche Aufgabe habe ich jetzt?", []),
        ("Mein Lieblingsgericht?", []),
        ("Wie heißt die Katze von Odile?", ["Odile"]),
        ("Wie alt ist Odiles Katze eigentlich?", ["Odiles"]),
    ],
)
def test_a_capital_that_a_sentence_or_a_language_calls_for_shows_no_name(text: str, names: list[str]) -> None:
    assert [mention.name for mention in sure_names(text)] == names


def test_addresses_are_names_wherever_they_stand() -> None:
    assert [mention.key for mention in sure_names("jo@example.org wrote what?")] == ["jo@example.org"]
