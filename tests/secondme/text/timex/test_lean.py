"""A day without a year is over or to come as the words around it say."""

from __future__ import annotations

import pytest

from secondme.text.timex.calendar import Lean
from secondme.text.timex.lean import lean_at, lean_of


@pytest.mark.parametrize(
    "text",
    [
        "To do: new felt for Mrs Pugh, renew the insurance by 20 November.",
        "Ring the vet before 2 December.",
        "The tax form has to be in by the 12th.",
        "The hearing has been relisted for the 3rd of February.",
        "They moved the concert to 9 May.",
        "My driving test is on the 3rd of March, booked and paid.",
        "The return is to be filed by 12 November.",
        "The plumber called, it's now on Tuesday.",
        "Our trip was postponed until April.",
        "I am flying to Oslo on the 12th of June.",
        "essay due 19th november",
        "I promised Ann her vase by the 12th of December.",
        "They have shifted the supper, it's the 1st of May now.",
        "moving out of the cellar on the 24th!!",
        "I'm down for the supper on the 24th",
        "Meera said yes but only from December",
        "Went with McLeod for the roof, starting on the 5th of October",
        "the water is turned off on 1 November",
        "Got three lads now: Marek, Joel and Ash, who starts Monday",
        "My daughter got into Leeds, she goes up on the 19th of September",
        "Mrs Pugh rang, the rewire is put back a week to the 19th of October.",
        "mum's 70th on the 3rd of October, table booked, deposit paid",
        "rang Sky, they've put the engineer back to the 22nd, afternoon now",
        "well they bumped my knee to the 19th",
        "Paul cancelled the lesson, the next one is Monday",
        "Maureen invited us for Sunday dinner",
        "The shop called, the bike failed, it needs two tyres, ready Thursday",
    ],
)
def test_what_is_set_for_a_day_or_has_to_be_done_by_it_is_to_come(text: str) -> None:
    assert lean_of(text) == "future"


@pytest.mark.parametrize(
    "text",
    [
        "I flew to Oslo on 12 December.",
        "The boiler was serviced on 3 May.",
        "We moved to 12 Oak Lane on 3 May.",
        "I lived in Bath until 2 March.",
        "He paid by Friday.",
        "meter readings, taken on Saturday",
        "The gala was on the 3rd of October, we paid a deposit",
        "Dinner on the 3rd of October, she loved it",
        "Before 4 June I had no phone.",
        "She was in town on Tuesday.",
        "He always leaves on Mondays and I met him",
        "We saw the show that opens every Friday",
    ],
)
def test_what_happened_on_a_day_is_over(text: str) -> None:
    assert lean_of(text) == "past"


@pytest.mark.parametrize(
    ("text", "lean"),
    [
        ("the vet is on monday at 4", "future"),
        ("essay due friday", "future"),
        ("the tuner comes on tuesday", "future"),
        ("have to be there by thursday", "future"),
        ("met Ravi on friday", "past"),
        ("the party was moved to friday", "future"),
        ("we landed on thursday", "past"),
        ("he starts on monday and is left-handed", "future"),
    ],
)
def test_a_day_leans_to_where_the_verbs_are(text: str, lean: Lean) -> None:
    assert lean_of(text) == lean


@pytest.mark.parametrize(
    ("text", "day", "lean"),
    [
        ("Had a chat with dad, he's having his hip done on the 15th of May", "15th", "future"),
        ("Found out Sam needs stitches, so Lou's staying until Easter", "Easter", "future"),
        ("shelves delayed, the hall won't be done till the 16th of October", "16th", "future"),
        ("Rang Jo who is seeing the vet on Monday", "Monday", "future"),
        ("Our Lou is getting married on 10 October at Elm Hall.", "10 October", "future"),
        ("gala moved its the 1st of october now", "1st", "future"),
        ("The sale slipped to the 21st, title issue", "21st", "future"),
        ("I was ill on Friday so I'm tired", "Friday", "past"),
        ("Met the bank on the 3rd, they are nice", "3rd", "past"),
        ("the dog was sick on Monday because he is old", "Monday", "past"),
    ],
)
def test_a_day_leans_as_its_clause_does(text: str, day: str, lean: Lean) -> None:
    assert lean_at(text, text.index(day)) == lean
