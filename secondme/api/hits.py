"""Search results and citations, with why they were found."""

from __future__ import annotations

from dataclasses import dataclass

GROUPS = {"asked": "Asked before", "answered": "Answered before"}
"""How doors call the groups of hits that are no evidence."""


@dataclass(frozen=True)
class ScorePart:
    """A reason why a hit was found: its name and its share of the score."""

    name: str
    value: float


@dataclass(frozen=True)
class Standing:
    """How strongly a memory is held.

    `retention` is that of now, 0 to 1; `layer` is days, months or years; `fades_at` is the day on which the memory
    fades if nobody recalls it before, empty for never. Days on which Second Me is not used do not count.
    """

    strength: float
    retention: float
    layer: str
    importance: float
    recalls: int
    pinned: bool
    faded: bool
    fades_at: str


@dataclass(frozen=True)
class Hit:
    """A recalled span with all that a citation needs. Offsets count characters of the source text."""

    id: str
    text: str
    source_id: str
    title: str
    uri: str
    kind: str
    """file, chat, note or import."""
    start: int
    end: int
    line: int
    heading: str
    speaker: str
    role: str
    """me, other, author or assistant; an assistant's text is never evidence."""
    happened_at: str | None
    precision: str
    score: float
    parts: tuple[ScorePart, ...] = ()
    because: tuple[str, ...] = ()
    """Why it was found, in words: shared words and names, the time, the way through the tree."""
    place: str = ""
    """Page, slide, cells, chapter; empty where the line says it."""
    standing: Standing | None = None
    also: tuple[str, ...] = ()
    """Other sources that say the same, whose passages were merged into this one."""
    group: str = ""
    """asked: a question or a request of the person, answered: words of the assistant; empty for what was said or kept.
    These two come after all others, each as a group of its own."""

    def location(self) -> str:
        """Where this is, for a person: `notes/plan.md:12` or `Ana, 2024-05-03`."""
        day = (self.happened_at or "")[:10]
        if self.kind == "file":
            return f"{self.title}, {self.place}" if self.place else f"{self.title}:{self.line}"
        return ", ".join(part for part in (self.title, self.speaker, self.place, day) if part)


@dataclass(frozen=True)
class Citation:
    """A numbered passage of an answer. `number` is what the text shows as [number]."""

    number: int
    hit: Hit
