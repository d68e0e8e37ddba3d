"""Plans: statements about a day to come. They hold when it has come, if nothing called them off before."""

from __future__ import annotations

from collections.abc import Sequence

from secondme.facts.relations import relation
from secondme.facts.starts import UNDATED, is_plan
from storage.facts import StatementRow

CALLED_OFF = 2
"""`ends` of a statement that calls a plan off. Without an object it calls off every plan of its relation."""


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
