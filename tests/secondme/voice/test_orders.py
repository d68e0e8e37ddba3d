"""The orders that are made of a message: what it says is in them, how it says it is not."""

from __future__ import annotations

import pytest

from secondme.voice.orders import is_lesson, key_words, matter, orders, plain_words


def test_an_order_says_the_message_in_plain_words_and_another_names_its_matter() -> None:
    assert orders("heya, ok so im gonna be late on friday.. bus 18 is dead again x", "Lena") == [
        "a message to Lena that says: I'm going to be late on friday bus 18 is dead again",
        "a note to Lena about late, friday, bus, 18, dead",
    ]


def test_a_question_is_ordered_as_one_and_nobody_is_named_where_nobody_is_known() -> None:
    assert orders("can u bring the blue tent?") == [
        "a message that asks: can you bring the blue tent",
        "a note about bring, blue, tent",
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Dear Marta, I shall come at 7:30. Kind regards, Ruth", "I shall come at 7:30"),
        ("hey Lena!! soup is on the stove 🙂", "soup is on the stove"),
        ("the best thing about the boat is the roof", "the best thing about the boat is the roof"),
        ("ok the old one was ok", "the old one was ok"),
    ],
)
def test_greetings_farewells_and_pictures_are_no_matter(text: str, plain: str) -> None:
    assert plain_words(text) == plain


def test_numbers_names_and_days_are_always_in_an_order() -> None:
    assert {"14", "June", "Bas", "35"} <= set(key_words("tell Bas it is 35 euro and due on 14 June"))


@pytest.mark.parametrize(
    ("text", "fits"), [("ok see you", False), ("the key is under the pot", True), ("word " * 81, False)]
)
def test_only_messages_that_show_how_somebody_writes_are_lessons(text: str, fits: bool) -> None:
    assert is_lesson(text) is fits


@pytest.mark.parametrize(
    ("order", "about"),
    [
        ("a note to Lena about the boat", "the boat"),
        ("a note to Lena that I come later on Friday", "I come later on Friday"),
        ("a thank-you note to my aunt Sanne for the van", "the van"),
        ("a message to Tom that asks whether he has my drill", "he has my drill"),
        ("an email about the heating", "the heating"),
        ("a short letter to the landlord", "a short letter to the landlord"),
        ("I come later", "I come later"),
    ],
)
def test_memory_is_searched_for_the_matter_of_an_order(order: str, about: str) -> None:
    assert matter(order) == about
