from __future__ import annotations

import pytest

from secondme.text.asides import without_asides


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("For my tax return form: what did the roof cost?", "what did the roof cost?"),
        ("Which year did I move, for the RTA?", "Which year did I move?"),
        ("Für meinen Antrag: wann bin ich umgezogen?", "wann bin ich umgezogen?"),
        ("Pour mon dossier : quelle est ma taille ?", "quelle est ma taille ?"),
        ("Para el formulario: ¿cuánto mido?", "¿cuánto mido?"),
        ("I'm stuck at the Ikea till, how wide is the shelf?", "how wide is the shelf?"),
        ("Odile wants to know, when is the choir trip?", "when is the choir trip?"),
        ("What on earth did the roof cost?", "What did the roof cost?"),
    ],
)
def test_what_stands_beside_a_question_is_taken_away(question: str, asked: str) -> None:
    assert without_asides(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "For the Lisbon trip, what did I pack?",
        "For Odile: what did I buy?",
        "Where in Lisbon is the hotel?",
        "Odile, what does she drive?",
        "I asked Odile, what did she say?",
        "What is it that Odile asks, and why?",
        "What did the roof cost, and who paid?",
        "I'm in the Form team, really?",
    ],
)
def test_what_a_question_is_about_stays(question: str) -> None:
    assert without_asides(question) == question
