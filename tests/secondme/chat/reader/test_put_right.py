"""Of two messages the later one answers where it says that something was wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from secondme.chat.reader.candidates import CandidateSentence
from secondme.chat.reader.put_right import puts_right
from tests.secondme.chat.test_answer_check import HIT


def said(text: str, day: int, speaker: str = "Ida") -> CandidateSentence:
    """A sentence that is a whole message."""
    hit = replace(HIT, id=f"s{day}", text=text, speaker=speaker, happened_at=f"2026-09-{day:02}T09:00:00+00:00")
    return CandidateSentence(1, text, "", 0, hit, False)


RACK = said("Our server rack's moving to Rotterdam in spring", 7)


@pytest.mark.parametrize(
    ("text", "day", "right"),
    [
        ("Turns out the rack goes to Eindhoven.", 9, True),
        ("I misread it, the rack goes to Eindhoven.", 9, True),
        ("The letter says the rack goes to Eindhoven.", 9, True),
        ("Turns out the rack goes to Eindhoven.", 5, False),
        ("The rack is heavy.", 9, False),
        ("Turns out Ben is a welder.", 9, False),
    ],
)
def test_a_later_message_about_the_same_puts_right_what_it_says_was_wrong(text: str, day: int, right: bool) -> None:
    assert puts_right(said(text, day), RACK) is right


def test_what_somebody_else_says_puts_nothing_right() -> None:
    assert not puts_right(said("Turns out the rack goes to Eindhoven.", 9, speaker="Bo"), RACK)
