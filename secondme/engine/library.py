"""What memory holds, as a door shows it: sources, chats, passages."""

from __future__ import annotations

from typing import Any

from secondme.api import SourceSummary

PASSAGE_CONTEXT = 8
FIRST_PASSAGES = 5


def source_state(row: Any) -> str:
    """Whether a source is live, away, archived or hidden."""
    if row["hidden_at"]:
        return "hidden"
    if row["archived_at"]:
        return "archived"
    return "away" if row["away"] else "live"


def source_summary(row: Any) -> SourceSummary:
    return SourceSummary(
        id=row["id"],
        kind=row["kind"],
        title=row["title"],
        uri=row["uri"],
        state=source_state(row),
        spans=row["spans"],
        pending=row["pending"],
        added_at=row["added_at"],
        versions=row["versions"],
    )
