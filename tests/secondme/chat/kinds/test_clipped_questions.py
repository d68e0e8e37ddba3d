"""Questions that were clipped to what they ask for are written out, and read as questions without a question mark."""

from __future__ import annotations

from datetime import datetime

import pytest

from secondme.chat.dated_answers import lean_for
from secondme.chat.fact_questions import asked, spelt_out
from secondme.chat.kinds.clipped_questions import written_out
from secondme.chat.kinds.message_kind import Kind, kind
from secondme.facts.corrections import correction_of
from secondme.text.timex.expressions import expressions


@pytest.mark.parametrize(
    ("clipped", "whole"),
    [
        ("date of the crash", "When is or was the crash?"),
        ("And the date of that concert?", "When is or was that concert?"),
        ("Day I sowed the beans?", "When was it that I sowed the beans?"),
        ("age of my nephew", "How old is my nephew?"),
        ("price of the kiln?", "How much is or was the kiln?"),
        ("address of the clinic", "What is the address of the clinic?"),
        ("boat shed code", "What is the boat shed code?"),
        ("my passport number", "What is my passport number?"),
        ("Noor's phone number", "What is Noor's phone number?"),
        ("dentist appointment", "When is the dentist appointment?"),
    ],
)
def test_a_clipped_question_is_written_out_and_asks(clipped: str, whole: str) -> None:
    assert written_out(clipped) == whole
    assert kind(clipped) is Kind.ASKS


@pytest.mark.parametrize(
    "told",
    [
        "name of the band is Wet Paint",
        "day of the exam was moved to the 9th",
        "time of my life!",
        "Day off.",
        "change pin",
        "booked a dentist appointment",
        "lost my phone number",
        "great interview",
        "shed code 77",
    ],
)
def test_what_tells_something_is_no_clipped_question(told: str) -> None:
    assert written_out(told) == ""


@pytest.mark.parametrize(
    ("question", "relation", "aim"),
    [
        ("which city did I live in before that?", "lives_in", "before"),
        ("where had we lived before?", "lives_in", "before"),
        ("how old's Mia", "age", "value"),
        ("How old am I, roughly?", "age", "value"),
        ("what's my job title now", "works_as", "value"),
        ("What does Pelle do?", "works_as", "value"),
    ],
)
def test_a_fact_is_asked_for_in_passing(question: str, relation: str, aim: str) -> None:
    assert (relation, aim) in {(form.relation, form.aim) for form in asked(spelt_out(question))}


@pytest.mark.parametrize(
    ("question", "told", "lean"),
    [
        ("what day is our recital?", "the recital is friday at the barn, doors 7", "future"),
        ("when does she get back?", "Ute's off to Graz on Thursday, back Sunday", "future"),
        ("when did the parcel come?", "the parcel came on friday", "past"),
        ("when is the parcel?", "the parcel came on friday", "past"),
    ],
)
def test_a_weekday_is_of_the_time_that_the_question_asks_about(question: str, told: str, lean: str) -> None:
    assert lean_for(question, told) == lean


@pytest.mark.parametrize(
    ("message", "told", "right"),
    [
        ("scratch that its sunday the 4th, friday is the quiz", "the match is friday at 3", "sunday the 4th"),
        ("Forgive me, I misspoke: by the 7th of May.", "The form is due by 12 May.", "the 7th of May"),
        ("my apologies: 40, not 50", "The ticket is 50 euro", "40"),
    ],
)
def test_a_polite_or_hasty_correction_puts_the_value_right(message: str, told: str, right: str) -> None:
    correction = correction_of(message, told)
    assert correction is not None
    assert right in correction.statement


def test_weeks_ago_to_the_day_name_a_day() -> None:
    said = datetime.fromisoformat("2026-09-21T09:30:00+00:00")
    (time,) = expressions("Two weeks ago today we sailed to Mahone", said, lean="past")
    assert (time.begins.date().isoformat(), time.grain) == ("2026-09-07", "day")
