"""Who owes the person money, and whom they owe, with what is left of each debt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.lines import Line
from secondme.chat.lists.sources import Sources
from secondme.clock import instant
from secondme.facts.identity import ME as MYSELF


def gather_owed(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """The debts that are open, as facts hold them. None where none was ever told: a debt may be told in words that no
    fact knows."""
    relation = "owes" if asked.negative else "is_owed"
    facts = [fact for fact in sources.facts()[0] if fact.relation == relation and fact.subject == MYSELF]
    lines: list[Line] = []
    labels: list[str] = []
    for fact in facts:
        line = sources.line_of(fact) if fact.holds(instant(now)[:10]) else None
        who, _, amount = fact.object_name.partition(": ")
        if line is not None:
            lines.append(line)
            labels.append(f"{who}, {amount}" if amount else who)
    if facts and not lines:
        return Gathered(asked, missing="no debt in it is still open")
    return (
        gathered(asked, lines, title="You owe" if asked.negative else "Owed to you", labels=labels) if lines else None
    )
