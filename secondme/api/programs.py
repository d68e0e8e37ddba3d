"""Other programs: what each may do and see, what it did, and what it proposes to remember."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from secondme.api.facts import FactView
from secondme.api.hits import Hit

Scope: TypeAlias = Literal["read", "facts", "ask", "propose", "write"]
ProgramState: TypeAlias = Literal["active", "paused", "expired"]
SCOPES: tuple[Scope, ...] = ("read", "facts", "ask", "propose", "write")
"""read: find and read passages. facts: what was said of people. ask: let Second Me answer. propose: lay notes into the
inbox. write: keep notes at once."""
EVERYTHING = "all"
"""What `Grant.sources` names for every source, also those that come later."""


@dataclass(frozen=True)
class Caller:
    """Who calls: a program by its name (stdio: whoever can start it may use it) or by its token (HTTP), never both.

    A door that got a token hands on the token, never a name that the program sent.
    """

    name: str = ""
    token: str = ""


@dataclass(frozen=True)
class Grant:
    """What a program may do and see. Without `sources` it sees nothing.

    `sources`, `without_sources`: ids, paths of files, or folders with all below them; `sources` may be ("all",).
    `without_people`: passages that this person says or that hold one of their names. `without_speakers`: passages of
    this speaker. `since`: an ISO date; nothing that happened before it, or at no known time. `expires`: an ISO date,
    the last day of the grant. Empty texts set no bound.
    """

    scopes: tuple[Scope, ...] = ("read",)
    sources: tuple[str, ...] = ()
    without_sources: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    without_speakers: tuple[str, ...] = ()
    since: str = ""
    expires: str = ""
    calls_per_minute: int = 60
    passages_per_day: int = 500
    proposals_per_day: int = 20
    keeps_queries: bool = False
    """Whether the list of calls keeps the text of what was asked."""


@dataclass(frozen=True)
class Program:
    """A program with its grant, at a glance. `state`: active, paused or expired. Instants are ISO 8601 in UTC."""

    name: str
    state: ProgramState
    grant: Grant
    created_at: str
    last_call_at: str = ""
    calls_today: int = 0
    passages_today: int = 0
    waiting: int = 0
    """Proposals in the inbox."""
    visible: int = -1
    """Passages that it may see now; -1 where they were not counted (in lists)."""
    has_token: bool = False


@dataclass(frozen=True)
class NewProgram:
    """A program with its token, which is shown this once: only its hash is kept."""

    program: Program
    token: str


@dataclass(frozen=True)
class ProgramCall:
    """A call of a program. `bytes`: of text that it got. `refusal`: why it got nothing, or empty.

    `query` is empty unless the grant keeps queries; `span_ids` are the passages that it got, without purged ones.
    """

    at: str
    program: str
    tool: str
    span_ids: tuple[str, ...]
    bytes: int
    refusal: str = ""
    query: str = ""


@dataclass(frozen=True)
class FoundPassages:
    """Passages for a query, best first. `left_out`: found too, but beyond what the program may still read today."""

    hits: tuple[Hit, ...]
    left_out: int = 0


@dataclass(frozen=True)
class FoundFacts:
    """Facts about somebody. `left_out`: beyond what the program may still read today."""

    facts: tuple[FactView, ...]
    left_out: int = 0


@dataclass(frozen=True)
class Turn:
    """An earlier message of a conversation that a program leads itself."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True)
class Remembered:
    """What became of a text that a program wants remembered: it waits in the inbox, or it is a note (with `write`).

    `id`: of the proposal, or of the note's source.
    """

    state: Literal["waiting", "kept"]
    id: str


@dataclass(frozen=True)
class Proposal:
    """A text that a program wants remembered. `state`: waiting, accepted (then `source_id` is its note) or rejected."""

    id: str
    program: str
    text: str
    why: str
    at: str
    state: Literal["waiting", "accepted", "rejected"] = "waiting"
    source_id: str = ""
