"""What a reader of facts finds: a statement, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Stance: TypeAlias = Literal["said", "hearsay"]
Refused: TypeAlias = Literal["question", "hypothetical", "joke", "negation", "quoted", "hearsay", "vague"]


@dataclass(frozen=True)
class Statement:
    """That subject and object stand in a relation, or (`ends`) no longer do, at `start` to `end` of the text.

    `subject` is "me" for the speaker, else a name as written. `told_by`: for hearsay, who is said to have said it.
    """

    subject: str
    relation: str
    object: str
    start: int
    end: int
    stance: Stance = "said"
    told_by: str = ""
    ends: bool = False
    confidence: float = 0.9
    planned: bool = False
    """It is said of a time to come."""
    calls_off: bool = False
    """It calls a plan off; without an object, whatever was planned in this relation."""


@dataclass(frozen=True)
class Refusal:
    """What looked like a statement and is none."""

    reason: Refused
    text: str


@dataclass(frozen=True)
class Candidate:
    """A statement that a reader found, with the words around it, before the gate has judged it.

    `written`: the object as it stands in the text. `before`, `quote`, `after`: the sentence up to the statement, the
    statement's own words, the rest. `told_by`: who is said to have said it; empty where it is the speaker.
    """

    statement: Statement
    written: str
    before: str
    quote: str
    after: str
    told_by: str
    planned: bool = False
    message: str = ""
    """All that was said at once."""

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.quote}{self.after}"
