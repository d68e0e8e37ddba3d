"""Where several names answer, all of them do."""

from __future__ import annotations

import pytest

from secondme.chat.reader.coordination import (
    part_asked_for,
    whole_coordination,
    whole_list,
    whole_sums,
    without_loose_brackets,
)
from secondme.text.terms import stem


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("by Ines Lund, Omar Haddad and Eve Berg (2021)", "Ines Lund", "Ines Lund, Omar Haddad and Eve Berg"),
        ("by Ines Lund, Omar Haddad and Eve Berg (2021)", "Eve Berg", "Ines Lund, Omar Haddad and Eve Berg"),
        ("Present: Oda, Ravi, Pelle", "Ravi", "Oda, Ravi, Pelle"),
        ("Anna van der Berg und Jo kommen.", "Jo", "Anna van der Berg und Jo"),
        ("買うもの：筆、糸、茶", "筆", "筆、糸、茶"),
        ("I met Tom in Rome.", "Tom", "Tom"),
        ("The tender is called Petrel and I row it daily.", "Petrel", "Petrel"),
        ("It was Newton and I. Barrow.", "Newton", "Newton and I. Barrow"),
        ("It was painted by Omar, a friend.", "Omar", "Omar"),
        ("She has 3 cats and 2 dogs", "3 cats", "3 cats"),
    ],
)
def test_names_that_are_joined_belong_together(text: str, name: str, whole: str) -> None:
    start = text.index(name)
    begin, end = whole_coordination(text, start, start + len(name))
    assert text[begin:end] == whole


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ('"The Long Dike', "The Long Dike"),
        ('a song, "The Long Dike"', 'a song, "The Long Dike"'),
        ("555-0139)", "555-0139"),
        ("(May 3", "May 3"),
        ("Tern (the old one)", "Tern (the old one)"),
        ("(0) 55 01", "(0) 55 01"),
        ("“Tern", "Tern"),
        ("9)", "9"),
    ],
)
def test_a_bracket_whose_other_half_is_elsewhere_is_no_part_of_an_answer(words: str, kept: str) -> None:
    assert without_loose_brackets(words) == kept


@pytest.mark.parametrize(
    ("text", "amount", "asked", "words"),
    [
        (
            "spent 84 euros at Aldi and 32 at the market today",
            "32",
            "spend today",
            "84 euros at Aldi and 32 at the market",
        ),
        ("spent 84 euros at Aldi and 32 at the market today", "32", "spend market", "32"),
        ("paid £45 for the cake and £12 for candles", "£45", "pay", "£45 for the cake and £12 for candles"),
        ("The rent is 700. It was £650 before", "700", "pay", "700"),
        ("my locker is 63 and my bike 4", "63", "number", "63"),
    ],
)
def test_sums_of_one_clause_stand_together_unless_one_is_asked_for(
    text: str, amount: str, asked: str, words: str
) -> None:
    start = text.index(amount)
    begin, end = whole_sums({stem(word) for word in asked.split()}, text, start, start + len(amount))
    assert text[begin:end].startswith(words)
    assert len(text[begin:end]) <= len(words) + len(" today")


@pytest.mark.parametrize(
    ("text", "found", "asked", "words"),
    [
        ("Excess: 250 buildings, 100 contents", "250 buildings", "excess contents", "100 contents"),
        ("Excess: 250 buildings, 100 contents", "250", "excess buildings", "250"),
        ("Tom is 9, Ira is 5", "9", "old ira", "Ira is 5"),
        ("Rent: 700 from May, Ann pays the water", "700", "ann rent", "700"),
        ("The fee is 40 a year", "40", "fee", "40"),
    ],
)
def test_of_several_parts_the_one_that_is_named_answers(text: str, found: str, asked: str, words: str) -> None:
    start = text.index(found)
    begin, end = part_asked_for({stem(word) for word in asked.split()}, text, start, start + len(found))
    assert text[begin:end] == words


def test_a_list_behind_its_label_is_told_whole() -> None:
    text = "Wishlist: Orbital, The Bee Sting, anything by Keegan."
    begin, end = whole_list({stem("wishlist")}, text, 10, 17)
    assert text[begin:end] == "Orbital, The Bee Sting, anything by Keegan"
    assert whole_list({stem("book")}, text, 10, 17) == (10, 17)
    assert whole_list({stem("wishlist")}, "Wishlist: Orbital", 10, 17) == (10, 17)
