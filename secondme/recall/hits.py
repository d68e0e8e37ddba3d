"""What recall finds: a span with its score, and as a hit for the doors."""

from __future__ import annotations

from dataclasses import dataclass

from secondme.api import Hit, ScorePart
from secondme.text.timex.query import TimeQuery
from storage.records import FoundSpan


@dataclass(frozen=True)
class Scored:
    """A span with its fused score and what it is made of."""

    span: FoundSpan
    score: float
    parts: tuple[ScorePart, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What a search found. `weak`: the evidence is too weak to answer from, because of `reason`."""

    question: str
    hits: list[Scored]
    weak: bool
    reason: str
    when: TimeQuery


def plain_hit(span: FoundSpan, score: float = 0.0) -> Hit:
    """A span as doors see it, without a search that scored it by signals."""
    return hit(Scored(span, score, ()))


def hit(scored: Scored) -> Hit:
    """A scored span as doors see it."""
    found, span = scored.span, scored.span.span
    return Hit(
        id=span.id,
        text=span.text,
        source_id=found.source_id,
        title=found.title,
        uri=found.uri,
        kind=found.kind,
        start=span.start,
        end=span.end,
        line=span.line,
        heading=span.heading,
        speaker=span.speaker,
        role=span.role,
        happened_at=span.happened_at,
        precision=span.precision,
        score=scored.score,
        parts=scored.parts,
        because=scored.because,
        place=span.place,
        group=group_of(span.role, evidence=span.evidence),
    )


def group_of(role: str, *, evidence: bool) -> str:
    """The group of hits to which a span belongs (`Hit.group`)."""
    return "" if evidence and role != "assistant" else "answered" if role == "assistant" else "asked"
