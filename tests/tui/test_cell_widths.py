"""Columns stay columns in terminals that disagree on the width of vowel signs, joined emoji and flags."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

import pytest
from rich.cells import cell_len

from tests.tui.languages import TEXTS
from tui.cell_widths import joins_emoji, measure_widest, place

TOKEN = re.compile(r"\x1b\[(\d+;)?(\d+)([HGXm])|(.)", re.DOTALL)


def narrow(character: str, before: str) -> int:
    """Width in a terminal that knows no clusters, as the C library has it."""
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def clustering(character: str, before: str) -> int:
    """Width in a terminal that draws a cluster as one."""
    if category(character) in ("Mn", "Me", "Mc", "Cf") or before == "\u200d":
        return 0
    return narrow(character, before)


def drawn(sequence: str, width: object) -> dict[int, str]:
    """What stands in each column of one line, after a terminal of these widths has drawn it."""
    assert callable(width)
    cells: dict[int, str] = {}
    column, before = 1, ""
    for token in TOKEN.finditer(sequence):
        _, number, kind, character = token.groups()
        if kind in ("H", "G"):
            column = int(number)
        elif kind == "X":
            cells |= dict.fromkeys(range(column, column + int(number)), " ")
        elif character:
            taken = width(character, before)
            cells |= dict.fromkeys(range(column, column + taken), character)
            column, before = column + taken, character
    return cells


@pytest.mark.parametrize("width", [narrow, clustering])
@pytest.mark.parametrize("language", TEXTS)
def test_what_follows_a_text_stands_in_its_column_in_any_terminal(language: str, width: object) -> None:
    measure_widest()
    for text in TEXTS[language]:
        ends = 5 + cell_len(text)
        sequence = f"\x1b[3;5H\x1b[1m{text}\x1b[0m\x1b[2m│12\x1b[0m"
        cells = drawn(place(sequence, joins=False), width)
        assert [cells[ends + number] for number in range(3)] == ["│", "1", "2"]
        assert max(cells) == ends + 2, "nothing runs out of its columns"


def test_the_cells_of_a_text_are_emptied_before_it_is_written() -> None:
    measure_widest()
    cells = drawn("xxxxxxxxxx\x1b[1;1H" + place("\x1b[1;1Hकी की|", joins=False), clustering)
    assert "x" not in [cells[column] for column in range(1, cell_len("की की") + 1)]


def test_text_of_certain_width_is_written_as_it_is() -> None:
    for text in (TEXTS["zh"][1], TEXTS["ar"][1], TEXTS["he"][1], "plain"):
        assert place(f"\x1b[1;1H{text}", joins=False) == f"\x1b[1;1H{text}"


def test_joined_emoji_become_the_first_where_a_terminal_would_draw_all() -> None:
    family = "👩‍👩‍👧‍👦"
    assert "👧" not in place(f"\x1b[1;1H{family}", joins=False)
    assert family in place(f"\x1b[1;1H{family}", joins=True)
    assert joins_emoji({"TERM": "xterm-kitty"})
    assert joins_emoji({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"})
    assert not joins_emoji({"TERM": "xterm-256color"})


def test_vowel_signs_are_measured_as_most_terminals_draw_them() -> None:
    measure_widest()
    assert cell_len("की") == 2
    assert cell_len("é漢") == 3
    assert cell_len("e\u0301") == 1
