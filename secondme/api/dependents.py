"""What hangs on something that a person may forget."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dependent:
    """Something that goes with it. `target`: the passage or answer that it is, or that shows it; may be empty."""

    text: str
    target: str = ""


@dataclass(frozen=True)
class DependentGroup:
    """All of a kind: passage, answer, fact, summary, vector, name. `first`: the first of `count`."""

    kind: str
    count: int
    first: tuple[Dependent, ...]


@dataclass(frozen=True)
class Dependents:
    """What is forgotten with a target. `id` and `kind` (file, import, chat, note, message, answer) are those of what is
    really removed: for a passage of a file the file. `hidden_at`: when it was hidden, or empty.

    `backups`: copies of the memory from before an update that hold it; erasing deletes them. `notes`: what no erasing
    reaches.
    """

    id: str
    kind: str
    label: str
    hidden_at: str
    groups: tuple[DependentGroup, ...]
    backups: int
    notes: tuple[str, ...]
