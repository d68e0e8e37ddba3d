"""Facts, people and the profile, as a door shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FactView:
    """That something held of someone. Days are ISO dates; `valid_to` empty: it still holds, as far as was said.

    `id`: of its first statement; `statements`: how often it was said; `quote`, `source`, `span_id`: of the first.
    `closed_by`: the words that ended it, or empty.
    """

    id: str
    sentence: str
    subject: str
    relation: str
    object: str
    valid_from: str
    valid_to: str
    stance: str
    confidence: float
    statements: int
    span_id: str
    quote: str
    source: str
    closed_by: str = ""


@dataclass(frozen=True)
class Person:
    """Someone with every name that means him, each with the reason: (name, reason, span that shows it)."""

    name: str
    key: str
    names: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProfileLine:
    """One line of a profile: its text, the day from which it holds (may be empty), the spans it rests on, their words.

    `id` names the line for a person who changes it; `action`: what he did: pinned, hidden, edited, or nothing.
    """

    text: str
    since: str
    span_ids: tuple[str, ...]
    quote: str
    id: str = ""
    action: str = ""
    fact_id: str = ""
    """The fact that it tells, if it is one."""


@dataclass(frozen=True)
class ProfileSection:
    """Lines under a title."""

    title: str
    lines: tuple[ProfileLine, ...]


@dataclass(frozen=True)
class Profile:
    """What is known about the person on a day."""

    day: str
    sections: tuple[ProfileSection, ...]
