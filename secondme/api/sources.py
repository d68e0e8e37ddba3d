"""Sources, passages, the memory tree, and what is taken out."""

from __future__ import annotations

from dataclasses import dataclass, field

from secondme.api.hits import Hit


@dataclass(frozen=True)
class SourceSummary:
    """A source: a file, an imported chat, a chat held here, or a note. `state`: live, archived, away, hidden."""

    id: str
    kind: str
    title: str
    uri: str
    state: str
    spans: int
    pending: int
    added_at: str
    versions: int


@dataclass(frozen=True)
class SourceVersion:
    """A version of a source: when it was taken in, and how many of its passages are in recall."""

    version: int
    recorded_at: str
    bytes: int
    spans: int


@dataclass(frozen=True)
class SourceDetail:
    """A source with what its file says about itself, its versions, newest first, and its first passages."""

    summary: SourceSummary
    title: str
    author: str
    language: str
    media: str
    happened_at: str
    state: str
    """indexed, skipped or failed, as the last look at the file found it; empty where the source is no file."""
    reason: str
    versions: tuple[SourceVersion, ...]
    passages: tuple[Hit, ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    """A memory that is linked to another, and why."""

    hit: Hit
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PassageView:
    """A span in its document: what stands before it and after it, to show a citation in place."""

    hit: Hit
    before: str
    after: str
    version: int
    archived: bool
    """True when the source has changed since or was removed: this is the text as it was."""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """What the passage says of people: of whom, in which relation."""
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class Removal:
    """What forget or purge did, or (`dry_run`) would do."""

    target: str
    sources: int
    spans: int
    messages: int
    answers: int
    """Answers of the assistant that had used the removed text; their text goes too."""
    dry_run: bool
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Restored:
    """What undoing a forget brought back."""

    target: str
    spans: int


@dataclass(frozen=True)
class TreeNode:
    """A node of a tree, or with `span_id` a span. `size`: spans below it."""

    id: str
    label: str
    size: int
    span_id: str = ""
    when: str = ""


@dataclass(frozen=True)
class TreeView:
    """What is just below a node ("" for the root) of the tree by topic, time or source.

    `children` are those from number `first` on, of `total`.
    """

    by: str
    node: str
    children: tuple[TreeNode, ...]
    first: int = 0
    total: int = 0


@dataclass(frozen=True)
class Pinned:
    """How many memories were pinned or unpinned."""

    target: str
    memories: int
    pinned: bool
