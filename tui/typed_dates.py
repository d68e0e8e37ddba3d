"""Dates as people type them."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def typed_days(text: str, now: datetime) -> tuple[date, date] | None:
    """The stretch [first day, day after the last) that a text means, read at `now` in local time; None: no date.

    Whatever `secondme.text.timex` understands: "2024-05-03", "last friday", "in May 2019", "two weeks ago".
    """
    from secondme.text.timex.expressions import expressions

    found = expressions(text.strip(), now.astimezone())
    if not found:
        return None
    first, after = found[0].begins.date(), found[0].ends.date()
    return first, max(after, first + timedelta(days=1))
