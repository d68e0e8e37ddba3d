"""What hangs on something that a person may forget, read before anything is taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from secondme.api import Dependent, DependentGroup, Dependents
from secondme.clock import instant
from secondme.facts.intervals import row_sentence
from storage.dependents import Group
from storage.removal import Target
from storage.store import Store

LISTED = 50
"""Of each kind, so many are listed."""
EXCERPT = 200
SNAPSHOTS = "Snapshots that you exported since it was taken in still hold it; no erasing reaches them."


def dependents(store: Store, target: Target) -> Dependents:
    """What is hidden or erased with a target."""
    reads: dict[str, Callable[[], DependentGroup]] = {
        "passage": lambda: _group("passage", store.dependents.passages(target, LISTED)),
        "answer": lambda: _group("answer", store.dependents.answers(target, LISTED)),
        "fact": lambda: _facts(store, store.dependents.statements(target, LISTED)),
        "summary": lambda: _summaries(store.dependents.summaries(target, LISTED)),
        "vector": lambda: _vectors(store.dependents.vectors(target)),
        "name": lambda: _names(store.dependents.names(target, LISTED)),
    }
    groups = (read() for read in reads.values())
    kind, label, since = store.dependents.about(target)
    return Dependents(
        id=target.id,
        kind={"assistant": "answer", "user": "message"}.get(kind, kind),
        label=_short(label),
        hidden_at=store.dependents.hidden_at(target),
        groups=tuple(group for group in groups if group.count),
        backups=_backups(store.database.backups, since),
        notes=(SNAPSHOTS,),
    )


def _backups(folder: Path, since: str) -> int:
    """Copies of the database that were made since an instant: older ones cannot hold what came then."""
    if not folder.is_dir():
        return 0
    return sum(instant(datetime.fromtimestamp(file.stat().st_mtime, UTC)) >= since for file in folder.iterdir())


def _group(kind: str, found: Group) -> DependentGroup:
    return DependentGroup(kind, found.count, tuple(Dependent(_short(row.text), row.id) for row in found.first))


def _facts(store: Store, found: Group) -> DependentGroup:
    ids = {row.id for row in found.first}
    rows = store.facts.of_spans(list(dict.fromkeys(row.text for row in found.first)))
    shown = tuple(Dependent(_short(row_sentence(row)), row.span_id) for row in rows if row.id in ids)
    return DependentGroup("fact", found.count, shown)


def _summaries(found: Group) -> DependentGroup:
    shown = (
        Dependent(f"{row.id.replace(':', ' ', 1)}: {row.text} sentence{'s' if row.text != '1' else ''} of it")
        for row in found.first
    )
    return DependentGroup("summary", found.count, tuple(shown))


def _vectors(found: Group) -> DependentGroup:
    return DependentGroup("vector", found.count, tuple(Dependent(f"{row.text} of {row.id}") for row in found.first))


def _names(found: Group) -> DependentGroup:
    return DependentGroup("name", found.count, tuple(Dependent(_short(row.text)) for row in found.first))


def _short(text: str) -> str:
    line = " ".join(text[: EXCERPT * 2].split())
    return f"{line[:EXCERPT]}…" if len(line) > EXCERPT else line
