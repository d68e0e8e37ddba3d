"""Facts, people and the profile, as a door shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FactView:
    """Something that held of a person. Days are ISO dates; an empty `valid_to` means that it still holds, as far as
    anyone said.

    `statements` is how often it was said; `id`, `quote`, `source` and `span_id` are those of the first statement.
    `closed_by` holds the words that ended it, or is empty.
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
    """A person with all names that mean them: (name, reason, span that shows it)."""

    name: str
    key: str
    names: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProfileLine:
    """A line of a profile: its text, the day from which it holds (may be empty), the spans it rests on, and their
    words.

    `id` names the line for a person who changes it; `action` is what they did: pinned, hidden, edited, or nothing.
    """

    text: str
    since: str
    span_ids: tuple[str, ...]
    quote: str
    id: str = ""
    action: str = ""
    fact_id: str = ""
    """The fact that the line states, if it states one."""


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
