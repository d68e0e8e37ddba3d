"""Dates as files write them."""

from datetime import date

import pytest

from secondme.readers.dates import tells_births, whole_year

_TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("digits", "month", "day", "year"),
    [(64, 3, 15, 1964), (26, 6, 15, 2026), (26, 6, 16, 1926), (27, 1, 1, 1927), (0, 2, 29, 2000), (99, 12, 31, 1999)],
)
def test_a_birth_of_two_digits_is_the_last_such_date(digits: int, month: int, day: int, year: int) -> None:
    assert whole_year(digits, month, day, today=_TODAY, past=True) == year


@pytest.mark.parametrize(("digits", "year"), [(71, 1971), (98, 1998), (24, 2024), (27, 2027), (46, 2046), (47, 1947)])
def test_a_year_of_two_digits_reaches_a_few_years_ahead(digits: int, year: int) -> None:
    assert whole_year(digits, today=_TODAY) == year


def test_a_year_of_two_digits_stays_with_the_other_dates_of_its_file() -> None:
    assert whole_year(24, today=_TODAY, near=[1923, 1925, 1931]) == 1924
    assert whole_year(98, today=_TODAY, near=[2003, 2005]) == 1998
    assert whole_year(60, today=_TODAY, near=[2051, 2058]) == 2060


def test_a_late_century_looks_ahead_into_the_next() -> None:
    assert whole_year(3, today=date(1998, 1, 1)) == 2003


@pytest.mark.parametrize(
    "name", ["Date of birth", "Geburtstag", "geb.", "DOB", "Fecha de nacimiento", "生年月日", "né le"]
)
def test_a_field_named_for_births_is_known(name: str) -> None:
    assert tells_births(name)


@pytest.mark.parametrize("name", ["Datum", "Gebühr", "Due", "Invoice date", "Néon", "Debugging"])
def test_other_fields_are_no_births(name: str) -> None:
    assert not tells_births(name)
