"""The mark in a draft stands behind what nobody told, and nowhere else, however the draft comes."""

from __future__ import annotations

import pytest

from secondme.voice.check import DraftCheck


def marked(text: str, order: str, *notes: str, people: tuple[str, ...] = ()) -> str:
    """A draft with its marks, as it is shown in pieces of any length."""
    shown = set()
    for size in (1, 2, 5, 1000):
        check = DraftCheck(order, notes, me=["Joren"], people=people)
        pieces = [check.add(text[at : at + size]) for at in range(0, len(text), size)]
        shown.add("".join([*pieces, check.rest()]))
        assert check.shown in shown
    assert len(shown) == 1
    return shown.pop()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heya lena, i come later on friday x", "heya lena, i come later on friday x"),
        ("I come on Friday at 7, Lena.", "I come on Friday at 7 [?], Lena."),
        ("See you on monday with Marco Polo.", "See you on monday [?] with Marco Polo [?]."),
        ("I'm late, Joren", "I'm late, Joren"),
        ("Late again. Sorry! See you tomorrow", "Late again. Sorry! See you tomorrow [?]"),
        ("we are three then, not one", "we are three [?] then, not one"),
        ("tell tom as well", "tell tom [?] as well"),
        ("on may friday", "on may friday"),
    ],
)
def test_names_numbers_and_days_that_the_order_has_not_are_marked(text: str, expected: str) -> None:
    assert marked(text, "a note to Lena that I come later on Friday", people=("Tom", "Lena")) == expected


def test_what_a_note_holds_is_known_as_a_word_or_as_digits() -> None:
    note = "2026-05-03: Joren: the train to Ghent leaves at 08:14, seven of us"
    assert marked("Ghent at 8:14, 7 people, on Sunday, 3 June 2026", "a note", note) == (
        "Ghent at 8:14, 7 people, on Sunday, 3 June [?] 2026"
    )  # fmt: skip
    assert marked("the day is tomorrow", "a note", "we go tomorrow") == "the day is tomorrow [?]"


def test_numbers_of_notes_are_no_part_of_a_draft() -> None:
    assert marked("the boat is booked [1], we pay later [2].", "a note") == "the boat is booked, we pay later."


def test_a_title_before_a_name_is_no_end_of_a_sentence() -> None:
    assert marked("Ask Dr. Koenig", "a note") == "Ask Dr. Koenig [?]"
