"""The question of the first run is made from what was taken in, and the memory answers it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondme.api import Done, Hit
from secondme.chat.first_question import first_question, question_of_title, questions_of
from secondme.clock import SystemClock
from secondme.engine.engine import Engine
from secondme.places import Places


@pytest.fixture
def engine() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="sm-") as name:
        root = Path(name)
        where = Places(root / "data", root / "cache", root / "config", root / "logs", root / "run")
        where.make()
        made = Engine(where, SystemClock())
        made.start()
        try:
            yield made
        finally:
            made.close()


def asked(engine: Engine, question: str) -> str:
    """What is answered."""
    (done,) = [event for event in engine.ask(question, remember=False) if isinstance(event, Done)]
    assert not done.answer.refused
    return done.answer.text


def test_a_question_comes_from_what_was_kept_and_its_answer_says_what_was_kept(engine: Engine, tmp_path: Path) -> None:
    assert first_question(engine) == ""
    (tmp_path / "diary.md").write_text("# Quiet days\n\nI have thought long about this, and I do not know.\n")
    for _ in engine.ingest([tmp_path / "diary.md"], wait=False):
        pass
    question = first_question(engine)
    assert question == "What do I have about “Quiet days”?"
    assert first_question(engine, titles=False) == ""
    assert "thought long" in asked(engine, question)

    engine.remember("The spare key for the boathouse hangs behind the kitchen door.")
    question = first_question(engine)
    assert question == "Where does the spare key for the boathouse hang?"
    assert "behind the kitchen door" in asked(engine, question)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        (
            "They grew well. The contract was signed on 22 April 2026.",
            "When was the contract signed?",
        ),
        ("- The next lesson is on October 14.", "When is the next lesson?"),
        ("My dog is called Otto.", "What is my dog called?"),
        ("The deposit is €1,560, due in May.", "What is the deposit?"),
        ("The red bicycle is parked behind the old station.", "Where is the red bicycle parked?"),
        ("Our shop opens on 3 Mar and closes at noon.", "When does our shop open?"),
        ("The passports are in the blue folder.", "Where are the passports?"),
        ("The man who paints is in the garden.", ""),
        ("It is on 14 October.", ""),
        ("Der Schlüssel hängt hinter der Tür.", ""),
    ],
)
def test_a_sentence_of_a_plain_form_gives_the_question_that_it_answers(said: str, question: str) -> None:
    found = list(questions_of(passage(said)))
    assert [candidate.question for candidate in found] == ([question] if question else [])


def passage(text: str, role: str = "me") -> Hit:
    return Hit("span", text, "source", "t", "u", "note", 0, len(text), 1, "", "Mira", role, None, "second", 0.0)


def test_what_another_says_of_their_own_things_is_not_asked_about() -> None:
    assert not list(questions_of(passage("My flat is in the old town.", "other")))
    assert list(questions_of(passage("The flat is in the old town.", "other")))


def test_a_title_is_asked_about_as_a_whole_and_the_name_of_a_file_is_not() -> None:
    assert question_of_title("source", "Home  server")[0].question == "What do I have about “Home server”?"
    for title in ("", "notes/IMG_2031.md", "scan 20240312", "report.pdf", "x" * 80):
        assert not question_of_title("source", title)
