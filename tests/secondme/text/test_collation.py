"""Names stand in a list where people look for them."""

from __future__ import annotations

import random

import pytest

from secondme.text.collation import collation_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Adam", "Ägidius", "Agnes", "älter", "Anna", "Zoe"],
        ["eins", "Émile", "emma", "Enzo", "Éric"],
        ["Chat 2", "chat 10", "Chat 100"],
        ["Łukasz", "Luna", "Otto", "Øystein"],
        ["Strasse", "Straße", "Strauß"],
        ["Notiz ٢", "Notiz 3", "Notiz １０"],
        ["анна", "Борис", "Елена", "ёлка", "Жанна"],
        ["Zoe", "Борис", "陈静"],
        ["", "«Anna»", "Bert"],
    ],
    ids=lambda ordered: ordered[0],
)
def test_names_are_sorted_without_regard_to_case_and_marks(ordered: list[str]) -> None:
    mixed = list(ordered)
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=collation_key) == ordered


def test_the_same_letters_keep_one_order() -> None:
    assert sorted(["anna", "Anna", "ANNA"], key=collation_key) == sorted(["ANNA", "anna", "Anna"], key=collation_key)
