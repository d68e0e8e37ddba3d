"""Guesses come from the text itself, and as many are checked at once as pays."""

from __future__ import annotations

import pytest

from models.llama.prompt_lookup import DraftWidth, PromptLookup

TEXT = "the cat sat on the mat and the dog sat on the log".split()
NUMBERS = {word: number for number, word in enumerate(dict.fromkeys(TEXT))}


def tokens(words: str) -> list[int]:
    return [NUMBERS[word] for word in words.split()]


def test_what_followed_the_last_words_before_is_guessed() -> None:
    lookup = PromptLookup(tokens("the cat sat on the mat and the dog sat on"))
    assert lookup.draft(3) == tokens("the mat and")
    lookup.add(NUMBERS["the"])
    assert lookup.draft(1) == tokens("mat")


def test_the_longest_match_wins_over_the_latest() -> None:
    lookup = PromptLookup(tokens("cat sat on log the dog on mat the cat sat on"))
    assert lookup.draft(1) == tokens("log")


def test_new_words_are_not_guessed_after() -> None:
    assert PromptLookup(tokens("the cat sat")).draft(4) == []
    assert PromptLookup([]).draft(4) == []


def learn_width(cost: dict[int, float], share: float, passes: int = 60) -> int:
    """The chosen width after so many passes, with the cost of each width and a `share` of right guesses."""
    width = DraftWidth()
    for number in range(passes):
        wide = width.best()
        width.note_pass(wide, cost[wide])
        width.note_guess(number % 100 < share * 100)
    return width.best()


@pytest.mark.parametrize(("share", "expected"), [(0.0, {1, 2, 4, 8}), (0.99, {12, 16, 24, 32})])
def test_wider_passes_are_taken_when_guesses_are_right(share: float, expected: set[int]) -> None:
    reading_rules = {1: 1.0, 2: 1.0, 4: 1.0, 8: 1.0, 12: 1.2, 16: 1.5, 24: 2.2, 32: 3.0}
    assert learn_width(reading_rules, share) in expected


def test_where_computing_takes_longest_a_pass_has_a_single_token() -> None:
    computing_rules = {width: float(width) for width in (1, 2, 4, 8, 12, 16, 24, 32)}
    assert learn_width(computing_rules, 0.6) == 1


def test_guesses_are_cut_to_a_width_that_is_measured() -> None:
    width = DraftWidth()
    assert [width.most_guesses(count) for count in (0, 1, 2, 3, 6, 7, 40)] == [0, 1, 1, 3, 3, 7, 31]
