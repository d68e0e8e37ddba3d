"""Plans: statements about a day to come. They hold when it has come, if nothing called them off before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from secondme.facts.relations import relation
from storage.facts import StatementRow

UNDATED = "9999-12-31"
"""The day of a plan of which nobody said when: it never comes by itself."""
CALLED_OFF = 2
"""`ends` of a statement that calls a plan off. Without an object it calls off every plan of its relation."""


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


def in_force(members: Sequence[StatementRow]) -> list[StatementRow]:
    """Statements about one subject in one relation, without the plans that later ones called off, replaced or overtook,
    and without what only calls off."""
    if not any(is_plan(row) or row.ends == CALLED_OFF for row in members):
        return list(members)
    return [row for row in members if row.ends != CALLED_OFF and not (is_plan(row) and _is_undone(row, members))]


def _is_undone(plan: StatementRow, members: Sequence[StatementRow]) -> bool:
    kind = relation(plan.relation)
    mine = kind.identity(plan.object)
    for row in members:
        if row.said_at <= plan.said_at or row.said_at[:10] > plan.valid_from:
            continue
        theirs = kind.identity(row.object)
        if row.ends:
            if theirs in ("", mine):
                return True
        elif theirs == mine:
            return True  # said again, for another day, or it came to pass
        elif not kind.many and kind.slot(theirs) == kind.slot(mine) and (is_plan(row) or plan.valid_from == UNDATED):
            return True
    return False
