"""The notation of patterns stands for the regular expressions that it says."""

from __future__ import annotations

import pytest

from secondme.facts.phrases import Pattern, any_of, expand


@pytest.mark.parametrize(
    ("text", "regex"),
    [
        ("(a|b)( c)?", "(?:a|b)(?: c)?"),
        ("don't", "don['’]t"),
        ("[(']x[')]", "[(']x[')]"),
        (r"\(x\)", r"\(x\)"),
        ("(?P<o>x)(?= y)(?<!z)", "(?P<o>x)(?= y)(?<!z)"),
        ("<A> and <o:A>", "(?:a|an) and (?P<o>(?:a|an))"),
    ],
)
def test_short_cuts_are_expanded_and_the_rest_is_kept(text: str, regex: str) -> None:
    assert expand(text, {"A": "(a|an)"}) == regex


def test_words_are_separated_by_commas_over_any_number_of_lines() -> None:
    assert (
        any_of("""
        guinea pig, cat,
        old
        horse
    """)
        == "(guinea pig|cat|old horse)"
    )


def test_a_phrase_that_nobody_defined_is_an_error() -> None:
    with pytest.raises(KeyError):
        Pattern("<NOTHING>").search("x")
