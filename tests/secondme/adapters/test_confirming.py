"""A proposal counts where memory holds it, of whom was asked, and in the relation that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.protocol import PassageSentence, SentenceReading
from secondme.adapters.confirming import Confirming
from secondme.adapters.lessons import Known, known
from secondme.facts.intervals import known_facts
from secondme.facts.tie_words import said_words
from tests.secondme.adapters.ida import TOLD
from tests.secondme.adapters.scorer import Topical
from tests.secondme.facts.telling import ME, tell
from tests.worlds.night_world import world


@dataclass(frozen=True)
class Wavering:
    """Implements `SentenceScorer`: as sure of any sentence as it is told to be."""

    logit: float

    def read(self, question: str, sentences: Sequence[PassageSentence]) -> Sequence[SentenceReading]:
        return [SentenceReading(self.logit, (0, len(sentence.text)), 1.0) for sentence in sentences]

    def embed_tokens(self, texts: Sequence[str]) -> None:
        """Nothing is kept."""


@pytest.fixture
def held(tmp_path: Path) -> Iterator[list[Known]]:
    """What Ida's memory holds."""
    with world(tmp_path) as here:
        tell(here, TOLD)
        yield list(known(known_facts(here.store, [ME])[0], "2026-03-01", lambda fact: said_words(here.store, fact)))


def confirmed(question: str, said: str, held: Sequence[Known], logit: float) -> bool:
    """Whether a proposal counts where the reader is so sure of it."""
    return Confirming(Topical, lambda: Wavering(logit)).confirmed(question, said, held) is not None


@pytest.mark.parametrize(
    "question", ["Where is home for me?", "Tell me where I live.", "Remind me: which town is my home?"]
)
def test_a_question_of_me_is_about_the_owner_wherever_the_word_stands(question: str, held: list[Known]) -> None:
    assert confirmed(question, "You live in Cork.", held, 1.0)


@pytest.mark.parametrize("question", ["Tell me who lives at number four.", "Show me the home page.", "Where is home?"])
def test_an_order_to_tell_me_something_is_not_about_the_owner(question: str, held: list[Known]) -> None:
    assert not confirmed(question, "You live in Cork.", held, 1.0)


def test_the_less_sure_the_reader_is_the_clearer_the_relation_has_to_be(held: list[Known]) -> None:
    assert confirmed("Where do I live?", "You live in Cork.", held, -2.0)
    assert not confirmed("Where do I live?", "You live in Cork.", held, -3.0)
    assert not confirmed("Which job do I have?", "You live in Cork.", held, 9.0)


def test_someone_of_ones_own_is_asked_for_by_the_word_and_more_surely_by_name(held: list[Known]) -> None:
    assert confirmed("What is my sister called?", "Your sister is Edel.", held, -2.0)
    assert confirmed("What is my sister's name?", "Your sister is Edel.", held, -2.0)
    assert not confirmed("How tall is my sister?", "Your sister is Edel.", held, -2.0)
    assert not confirmed("Who is my sister's boss?", "Your sister is Edel.", held, 9.0)
    assert not confirmed("What is my brother called?", "Your sister is Edel.", held, 9.0)


def test_what_memory_does_not_hold_never_counts(held: list[Known]) -> None:
    assert not confirmed("Where do I live?", "You live in Kerry.", held, 9.0)
    assert not confirmed("Where does Tom live?", "You live in Cork.", held, 9.0)
