"""The day from which a statement holds: how exactly it was said, and whether it was still to come."""

from __future__ import annotations

from datetime import date

from storage.facts import StatementRow

UNDATED = "9999-12-31"
"""The day of a plan of which nobody said when: it never comes by itself."""


ENDED = 1
ENDED_FOR_CERTAIN = 4
"""`ends` of a statement by which something held until then: "left Tesco", where "I don't work at Tesco" only denies."""


def is_plan(row: StatementRow) -> bool:
    """Whether a statement was about a day to come when it was made."""
    return row.precision.startswith("planned")


def start_in_words(row: StatementRow) -> str:
    """When a statement begins to hold, as exactly as it was said: "2015", "May 2026"; of a plan " from May 2026"."""
    if row.valid_from == UNDATED:
        return ""
    day = date.fromisoformat(row.valid_from)
    grain = row.precision.partition(":")[2]
    words = f"{day:%Y}" if grain == "year" else f"{day:%B %Y}" if grain == "month" else f"{day.day} {day:%B %Y}"
    return f" from {words}" if is_plan(row) else words
