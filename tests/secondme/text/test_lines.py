"""Lines that name the columns of a table are told from lines that say something."""

from __future__ import annotations

import pytest

from secondme.text.lines import is_header_line


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Boat,Owner,Launched,Price", "Kestrel,Ana,2024-05-02,40"),
        ("Datum;Händler;Betrag", "02.05.2024;Bäcker;3,20"),
        ("Species | Thickness | Price per foot", "Oak | 4/4 | 4.25"),
        ("run,date,accuracy", "44,2026-10-21,84.2"),
    ],
)
def test_a_line_of_names_above_a_row_with_digits_is_a_header(line: str, below: str) -> None:
    assert is_header_line(line, below)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("We bought flour, eggs, milk and butter.", "It cost 14, 3, 2 and 1 euro."),
        ("Kestrel,Ana,2024-05-02,40", "Osprey,Ben,2024-06-01,55"),
        ("apples, pears, plums", "3, 4, 5"),
        ("Dear Ana, dear Ben", "see you at 5"),
        ("Ana,Ben,Cleo", "Dora,Emil,Finn"),
    ],
)
def test_sentences_rows_and_lists_are_no_header(line: str, below: str) -> None:
    assert not is_header_line(line, below)
