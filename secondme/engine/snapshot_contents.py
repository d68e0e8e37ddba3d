"""What a snapshot holds, and how it differs from another one or from the memory as it is."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from secondme.api import Progress, SourceSummary
from secondme.engine.snapshot import Manifest, rows_of, unpack
from secondme.errors import SecondMeError

COUNTED = {
    "sources": "sources",
    "spans": "passages",
    "chats": "chats",
    "messages": "messages",
    "statements": "statements",
}
"""Tables whose rows a person knows, with their names."""


@dataclass(frozen=True)
class HeldSource:
    """A source as a snapshot, or the memory, has it."""

    id: str
    kind: str
    title: str
    versions: int
    hidden: bool


@dataclass(frozen=True)
class SnapshotContents:
    """A sound snapshot: how many rows of each kind, and the sources."""

    path: str
    size: int
    counts: Mapping[str, int]
    sources: tuple[HeldSource, ...]
    models: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """How one state of a memory differs from another: sources only in the first, only in the second, and those that
    both have with another number of versions or hidden in one of them."""

    only_first: tuple[HeldSource, ...]
    only_second: tuple[HeldSource, ...]
    changed: tuple[tuple[HeldSource, HeldSource], ...]
    same: int


def read_contents(path: Path) -> Iterator[Progress | SnapshotContents]:
    """Check every byte of a snapshot, with progress; ends with what it holds. Raises SecondMeError."""
    path = path.expanduser().absolute()
    with tempfile.TemporaryDirectory(prefix="secondme-verify-") as staging:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise SecondMeError(f"There is no snapshot {path}.", "Check the path.") from error
        began, steps = time.monotonic(), unpack(path, Path(staging))
        while True:
            try:
                done = next(steps)
            except StopIteration as ended:
                manifest: Manifest = ended.value
                break
            rate = done / max(time.monotonic() - began, 1e-6)
            yield Progress("checking", done, size, "bytes", rate, (size - done) / rate if rate else None)
        try:
            yield _contents(path, size, Path(staging) / "tables", manifest)
        except (ValueError, KeyError) as error:
            raise SecondMeError(
                f"{path.name} is not a sound snapshot: its rows cannot be read.",
                "Export it again, or use another copy.",
            ) from error


def _contents(path: Path, size: int, tables: Path, manifest: Manifest) -> SnapshotContents:
    counts = {name: sum(1 for _ in rows_of(tables / f"{table}.jsonl")) for table, name in COUNTED.items()}
    versions: dict[str, int] = {}
    for row in rows_of(tables / "documents.jsonl"):
        versions[row["source_id"]] = versions.get(row["source_id"], 0) + 1
    sources = tuple(
        HeldSource(
            row["id"], row["kind"], row["title"] or row["uri"], versions.get(row["id"], 0), bool(row["hidden_at"])
        )
        for row in rows_of(tables / "sources.jsonl")
    )
    return SnapshotContents(str(path), size, counts, sources, tuple(sorted(manifest.models.values())))


def sources_now(sources: Sequence[SourceSummary]) -> tuple[HeldSource, ...]:
    """The sources of the memory as it is, to compare with a snapshot."""
    return tuple(
        HeldSource(source.id, source.kind, source.title or source.uri, source.versions, source.state == "hidden")
        for source in sources
    )


def difference(first: Sequence[HeldSource], second: Sequence[HeldSource]) -> Difference:
    """How the second state differs from the first."""
    before, after = ({source.id: source for source in sources} for sources in (first, second))
    both = [(before[key], after[key]) for key in before if key in after]
    changed = tuple((old, new) for old, new in both if (old.versions, old.hidden) != (new.versions, new.hidden))
    return Difference(
        tuple(source for key, source in before.items() if key not in after),
        tuple(source for key, source in after.items() if key not in before),
        changed,
        len(both) - len(changed),
    )
