"""Tables as people and programs write them: which cells are numbers, which row names them, which rows repeat others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from secondme.readers.documents import Sheet
from tests.secondme.readers.reading import read


def table(text: str) -> Sheet:
    documents, _ = read("t.csv", text.encode())
    (sheet,) = documents[0].sheets
    return sheet


def column(text: str, index: int) -> list[object]:
    return [row[index] for row in table(text).rows]


@pytest.mark.parametrize(
    ("delimiter", "cells", "values"),
    [
        (";", ["1.200", "950", "2.300"], [1200, 950, 2300]),
        (";", ["12,50", "1.200"], [12.5, 1200]),
        (",", ['"₹2,34,567.50"', "₹10"], [234567.5, 10]),
        (";", ["1\u00a0234,50\u00a0€", "7,00\u202f€"], [1234.5, 7]),
        (";", ["1 234,50 kr", "10,00 kr"], [1234.5, 10]),
        (";", ["R$ 1.234,56", "-R$ 5,00"], [1234.56, -5]),
        (";", ["1'234.50", "0.50"], [1234.5, 0.5]),
        (",", ["(12.00)", "−3.50", "4.00-"], [-12, -3.5, -4]),
        (",", ["5", "n/a", "-"], [5, None, None]),
    ],
)
def test_a_column_is_read_in_one_convention(delimiter: str, cells: Sequence[str], values: Sequence[float]) -> None:
    text = "Item" + delimiter + "Cost\n" + "".join(f"a{i}{delimiter}{cell}\n" for i, cell in enumerate(cells))
    assert column(text, 1) == values


@pytest.mark.parametrize("cells", [["1.200", "950"], ["12,50 EUR", "1 000.00"], ["1.200", "2.300", "12,50"]])
def test_a_column_with_two_readings_stays_text(cells: Sequence[str]) -> None:
    sheet = table("Item,Cost\n" + "".join(f'a{i},"{cell}"\n' for i, cell in enumerate(cells)))
    assert sheet.columns[1].kind == ("number" if cells[-1] == "12,50" else "text")


def test_what_stands_above_the_header_names_nothing() -> None:
    text = (
        '"Account";"DE12"\n"Owner";"A. Moor"\n\n"Day";"Who";"Sum"\n"01.02.24";"Mill";"-3,50"\n"02.02.24";"Inn";"9,00"\n'
    )
    assert [c.name for c in table(text).columns] == ["Day", "Who", "Sum"]
    assert table(text).rows == (("2024-02-01", "Mill", -3.5), ("2024-02-02", "Inn", 9.0))


def test_the_line_that_names_the_separator_is_no_row() -> None:
    assert column("sep=|\nItem|Cost\noar|3\nrope|4\n", 1) == [3, 4]


def test_rows_that_sum_up_others_are_no_entries() -> None:
    text = "Trip,Cost\nOslo,10\nBern,20\nSubtotal,30\nRiga,5\nGrand total,35\n"
    assert column(text, 0) == ["Oslo", "Bern", "Riga"]


def test_a_shop_called_total_is_an_entry() -> None:
    text = "Day,Shop,Cost\n2024-01-01,Inn,10\n2024-01-02,Total,7\n2024-01-03,Mill,3\n"
    assert column(text, 2) == [10, 7, 3]


def test_a_last_row_that_may_be_a_total_or_not_is_never_added_up() -> None:
    assert column("Day,Shop,Cost\n2024-01-01,Inn,10\n2024-01-02,Total,7\n", 2) == [10, "7?"]


def test_cells_keep_their_currencies_beside_them() -> None:
    sheet = table("Item,Cost\ntent,€12.00\nstove,$8.00\n")
    assert sheet.rows == (("tent", 12.0, "€"), ("stove", 8.0, "$"))
    assert sheet.columns[2].kind == "unit"


@pytest.mark.parametrize(("name", "year"), [("Born", 1931), ("Due", 2031)])
def test_a_year_of_two_digits_is_read_by_sense(name: str, year: int) -> None:
    assert column(f"Who,{name}\nAda,17/03/31\nBo,18/04/30\n", 1)[0] == f"{year}-03-17"
