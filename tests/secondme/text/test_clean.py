"""Cleaned text keeps its length and its lines, whichever way its lines end."""

from __future__ import annotations

import pytest

from secondme.text.clean import clean, clean_line, unified_line_ends


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85"])
def test_lines_stay_lines(end: str) -> None:
    pasted = end.join(["Shopping:", "- eggs", "", "- bread"])
    cleaned = clean(pasted)
    assert [line.strip() for line in cleaned.split("\n")] == ["Shopping:", "- eggs", "", "- bread"]
    assert len(cleaned) == len(pasted)


def test_line_ends_of_all_systems_become_one() -> None:
    assert unified_line_ends("a\rb\r\nc\n\rd") == "a\nb\nc\n\nd"


def test_one_line_stays_one_line() -> None:
    assert clean("a\rb\r\nc", keep_newlines=False) == "a b  c"


def test_a_line_of_a_list_is_clean_and_as_long_as_there_is_room() -> None:
    assert clean_line("tea\n  and\x1b[1m milk", 14) == f"tea and{clean(chr(27))}[1m m…"
    assert clean_line(" tea \n", 3) == "tea"
    assert clean_line("\n", 3) == ""
