"""How numbers, rows and names are written in an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from secondme.text.timex.names import MONTHS


def format_value(value: str | float | int | None, *, cents: bool = False) -> str:
    """A value as a person reads it: thousands apart, two decimals at most, and for money always."""
    if cents and isinstance(value, int | float):
        return f"{value:,.2f}"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if value.is_integer() is False else f"{int(value):,}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def rows_in_words(rows: int) -> str:
    """`1 row`, `1,204 rows`."""
    return "1 row" if rows == 1 else f"{rows:,} rows"


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def month_name(value: str | float | int | None) -> str:
    """`2024-03` as March 2024."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", str(value))
    return f"{MONTHS[int(found[2]) - 1].capitalize()} {found[1]}" if found else str(value)
