"""The parts of recall that need no store: questions taken apart, forms, episodes, the walk over a graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondme.evaluation.recall import ablation, arm_weights
from secondme.index.episodes import SHORTEST, episodes
from secondme.recall.graph import spread
from secondme.recall.question import is_small_talk, read_question
from secondme.recall.weights import PARTS, TURNS, Signal
from secondme.text.forms import Form, analyse, word_number

SPEAKERS = ["Ana Berg", "Tom", "Will"]


@pytest.mark.parametrize(
    ("text", "named", "topic"),
    [
        ("What did Ana paint?", {"Ana Berg"}, "What did paint?"),
        ("what did ana berg's brother say?", {"Ana Berg"}, "what did brother say?"),
        ("When will it rain?", set(), "When will it rain?"),
        ("When did Will leave?", {"Will"}, "When did leave?"),
        ("What did Tom and Ana plan?", {"Tom", "Ana Berg"}, "What did and plan?"),
        ("Tom", {"Tom"}, "Tom"),
    ],
)
def test_the_named_speakers_leave_the_topic(text: str, named: set[str], topic: str) -> None:
    question = read_question(text, SPEAKERS)
    assert (set(question.named), question.topic) == (named, topic)
    assert question.tokens


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("When did we move?", Form.TIME),
        ("How many cats has she?", Form.NUMBER),
        ("Where do they live?", Form.NAME),
        ("What is the name of the dog?", Form.NAME),
        ("Why is it late?", Form(0)),
    ],
)
def test_what_an_answer_would_look_like(text: str, wants: Form) -> None:
    assert read_question(text, []).wants == wants


@pytest.mark.parametrize("text", ["hi!", "Thank you so much", "ok, cool", "Good morning :)"])
def test_small_talk_asks_for_nothing(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize("text", ["hi, where is my key?", "What did I say?", "Oslo", ""])
def test_what_asks_is_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)


def test_forms_of_a_text() -> None:
    found = analyse('Did you read "Emma" yesterday?\n[photo: two cats]')
    assert found.form == Form.QUESTION | Form.SECOND_PERSON | Form.TITLE | Form.TIME | Form.PHOTO | Form.NUMBER
    assert word_number("read") in found.words.tolist()


def test_episodes_are_cut_where_the_subject_changes() -> None:
    dice = np.random.default_rng(1)
    subjects = dice.normal(size=(3, 32))
    rows = np.concatenate([subject + 0.3 * dice.normal(size=(12, 32)) for subject in subjects])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cuts = [first for first, _ in episodes(rows.astype(np.float32))]
    assert {12, 24} <= {min((12, 24), key=lambda true: abs(true - cut)) for cut in cuts if cut}
    assert all(min(abs(cut - true) for true in (0, 12, 24)) <= 2 for cut in cuts if cut in (11, 12, 13, 23, 24, 25))


@given(st.integers(0, 60), st.integers(0, 1000))
def test_episodes_cover_everything_once(count: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    found = episodes(rows)
    assert [i for first, end in found for i in range(first, end)] == list(range(count))
    assert all(end - first >= SHORTEST for first, end in found) or len(found) <= 1


def test_the_walk_reaches_what_shares_a_name() -> None:
    def numbers(*values: int) -> np.ndarray:
        return np.array(values, np.int32)

    scores = np.array([9.0, 1.0, 1.0, 1.0])
    names = [numbers(7), numbers(7), numbers(), numbers()]
    words = [numbers(1, 2), numbers(3), numbers(4), numbers(5)]
    walked = spread(scores, names, words, np.zeros((4, 8), np.float32), [])
    assert walked[0] > walked[1] > walked[2] == walked[3]


def test_each_signal_belongs_to_a_mechanism_and_ablations_leave_it_out() -> None:
    assert set(PARTS) == set(Signal)
    for arm in ablation()[1:]:
        kept = {PARTS[signal] for signal in arm_weights(TURNS, arm)}
        assert kept == ({arm.only} if arm.only else {PARTS[signal] for signal in TURNS} - arm.off)
