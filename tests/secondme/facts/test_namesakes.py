"""Of two people of one name an answer says that there are two."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from secondme.chat.fact_answers import FactQuestions
from tests.secondme.facts.telling import ME, tell
from tests.worlds.night_world import world

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_a_second_bearer_of_a_name_is_named_in_the_answer(tmp_path: Path) -> None:
    said = [("2026-03-01", "My brother Lars moved to Oslo."), ("2026-11-19", "My new neighbour is called Lars too.")]
    with world(tmp_path) as here:
        tell(here, said)
        found = FactQuestions(here.store, lambda: [ME]).answer("Where does Lars live?", NOW)
        assert found is not None
        assert found.text == "You know two: your brother Lars and your neighbour Lars. Lars lives in Oslo."


def test_a_friend_who_is_also_the_boss_is_one_person(tmp_path: Path) -> None:
    with world(tmp_path) as here:
        tell(here, [("2026-03-01", "My friend Jo lives in Turin."), ("2026-11-19", "My boss is Jo.")])
        found = FactQuestions(here.store, lambda: [ME]).answer("Where does Jo live?", NOW)
        assert found is not None
        assert found.text == "Jo lives in Turin."


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What's my sister's surname?", "Your sister's surname is Moreau."),
        ("what is my sister's first name", "Your sister's first name is Ines."),
        ("what is my brother's last name?", "Your brother is Jon; nobody told a last name."),
        ("what is my sister's name?", "Your sister is Ines Moreau."),
        ("is Ines Moreau my sister?", "Yes: your sister is Ines Moreau."),
        ("what is the brother called?", "Your brother is Jon."),
    ],
)
def test_a_part_of_a_name_is_given_where_it_was_told(tmp_path: Path, question: str, answer: str) -> None:
    said = [("2026-03-01", "My sister is called Ines Moreau."), ("2026-03-02", "My brother Jon lives in Leeds.")]
    with world(tmp_path) as here:
        tell(here, said)
        found = FactQuestions(here.store, lambda: [ME]).answer(question, NOW)
        assert found is not None
        assert found.text == answer
