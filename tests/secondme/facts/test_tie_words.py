"""Who or what is asked for by a word is not answered with somebody of another word in the same relation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.chat.fact_answers import FactQuestions
from secondme.facts.tie_words import of_several
from tests.secondme.facts.telling import ME, tell
from tests.worlds.night_world import World, world

TOLD = (
    ("2026-01-02", "My sister Edel lives in Galway."),
    ("2026-01-03", "My dog is called Biscuit."),
    ("2026-01-04", "My daughter Niamh is 9."),
    ("2026-01-05", "My aunt Brid is visiting."),
    ("2026-01-06", "My mum is called Greta."),
    ("2026-01-07", "My partner Ana is here."),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A memory of a family."""
    with world(tmp_path_factory.mktemp("family")) as found:
        tell(found, TOLD)
        found.clock.turn(60)
        yield found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who is my sister?", "Your sister is Edel."),
        ("What is my brother called?", None),
        ("Where does my sister live?", "Edel lives in Galway."),
        ("Where does my brother live?", None),
        ("Who are my siblings?", "Your sister is Edel."),
        ("What is my dog called?", "Your dog is Biscuit."),
        ("What is my cat called?", None),
        ("What is my pet called?", "Your pet is Biscuit."),
        ("What is my son's name?", None),
        ("How old is my son?", None),
        ("Who is my child?", "Your child is Niamh."),
        ("Who is my uncle?", None),
        ("What is my mother called?", "Your mother is Greta."),
        ("What is my father called?", None),
        ("Who is my wife?", "Your partner is Ana."),
    ],
)
def test_a_word_names_only_what_was_told_with_it_or_with_one_that_means_the_same(
    here: World, question: str, answer: str | None
) -> None:
    found = FactQuestions(here.store, lambda: [ME]).answer(question, here.clock.now())
    assert (found.text if found else None) == answer


@pytest.mark.parametrize(
    ("told", "question", "answer"),
    [
        ("cat is called Fern", "What is my cat called?", "Your cats are Fern and Moth."),
        ("sister is called Fern", "Who is my sister?", "Your sisters are Fern and Moth."),
    ],
)
def test_several_of_a_kind_are_named_by_the_word_for_several(
    tmp_path: Path, told: str, question: str, answer: str
) -> None:
    with world(tmp_path) as found:
        tell(found, [("2026-01-02", f"My {told}."), ("2026-01-03", f"My {told.replace('Fern', 'Moth')}.")])
        found.clock.turn(60)
        said = FactQuestions(found.store, lambda: [ME]).answer(question, found.clock.now())
        assert said is not None
        assert said.text == answer


def test_the_word_for_several_of_a_kind() -> None:
    words = ("dog", "child", "wife", "boss", "cousins", "children")
    assert [of_several(word) for word in words] == ["dogs", "children", "wives", "bosses", "cousins", "children"]
