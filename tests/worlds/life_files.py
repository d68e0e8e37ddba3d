"""Lives of eight people over 400 days (`tests/worlds/lives/*.json`), written apart from the patterns that read them,
and the score.

Of each life: turns of chats, notes, and files, with what each states as (subject, relation, object), traps that state
nothing, and hearsay. `mira`, `oskar`, `priya`, `nadia` (mostly traps) and `dario` were used to mend the patterns. Of
`tess` and `lukas` only what was wrongly read was looked at, never what was missed; of `wanjiru` nothing: it tells how
well a new life is read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from secondme.clock import instant
from secondme.facts.intervals import Fact
from secondme.facts.plans import CALLED_OFF
from secondme.facts.relations import relation
from secondme.text.entities import fold_name
from storage.facts import StatementRow
from storage.records import Document, Source, Span
from tests.worlds.night_world import World

FOLDER = Path(__file__).parent / "lives"
LIVES = ("mira", "oskar", "priya", "tess", "nadia", "dario", "wanjiru", "lukas")
_ANNOTATED_AS = {"favourite": "likes"}
"""Relations that the lives know under another name."""
START = datetime(2025, 1, 6, 18, tzinfo=UTC)


@dataclass(frozen=True)
class Life:
    """Whose it is, and what is said in it."""

    me: str
    items: list[dict[str, Any]]


@dataclass
class Score:
    """What of the statements is right, wrong, or made of a trap, and what of the truths was found."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)
    found: set[tuple[int, int]] = field(default_factory=set)
    truths: int = 0
    hearsay: int = 0
    hearsay_wrong: int = 0

    @property
    def precision(self) -> float:
        """Share of the statements that are right."""
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        """Share of the truths that were found."""
        return len(self.found) / max(self.truths, 1)


@cache
def annotated() -> frozenset[str]:
    """The relations of which some life says what it states."""
    every = (life(name) for name in LIVES)
    return frozenset(truth[1] for of in every for item in of.items for truth in item.get("truths", ()))


def life(name: str) -> Life:
    """One of LIVES."""
    read = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Life(read["me"], read["items"])


def moment(item: dict[str, Any], number: int = 0) -> datetime:
    """When an item is said."""
    return START + timedelta(days=item["day"], seconds=number)


def tell(here: World, of: Life) -> None:
    """Take a life in: chats and notes under the names of who speaks, files without one."""
    now = instant(START)
    spans: dict[str, list[Span]] = {"chat": [], "file": []}
    for i, item in enumerate(of.items):
        who = item["who"]
        kind = "file" if who == "file" else "chat"
        speaker = {"me": of.me.split()[0], "file": "", "assistant": "Second Me"}.get(who, who.capitalize())
        role = {"me": "me", "file": "author", "assistant": "assistant"}.get(who, "other")
        spans[kind].append(
            Span(
                id=f"item-{i}", document_id=kind, ordinal=i, section=0, start=i, end=i + 1, line=1, text=item["text"],
                speaker=speaker, role=role, evidence=role != "assistant",
                happened_at=None if kind == "file" else instant(moment(item, i)),
                precision="" if kind == "file" else "second",
            )
        )  # fmt: skip
    for kind, media in (("chat", "application/x-chat"), ("file", "text/plain")):
        document = Document(kind, f"s-{kind}", 1, "", 0, 0, 0, media, kind, now, "second", now)
        here.store.spans.add_version(Source(f"s-{kind}", "import", kind, "", now), document, spans[kind], now)


def identity(name: str, thing: str) -> str:
    """By what an object of the relation of a name is known again."""
    return relation(name).identity(relation(name).key(thing))


def alike(name: str, stated: str, read: str) -> bool:
    """Whether two objects are the same, with or without a qualifying word."""
    a, b = identity(name, stated), identity(name, read)
    inside = set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split())
    return a == b or (name not in ("age", "phone") and inside)


def score(of: Life, rows: Sequence[StatementRow]) -> Score:
    """Statements against what the life states."""
    result = Score(truths=sum(len(item.get("truths", ())) for item in of.items))
    for row in rows:
        number = int(row.span_id.split("-")[1])
        item = of.items[number]
        shown = f"{row.subject} {row.relation} {row.object_name}{' ends' if row.ends else ''} <- {item['text']}"
        if row.stance == "hearsay":
            right = any(name == row.relation and alike(name, thing, row.object_name)
                        for _, _, name, thing in item.get("hearsay", ()))  # fmt: skip
            result.hearsay += right
            result.hearsay_wrong += not right
            continue
        if _ANNOTATED_AS.get(row.relation, row.relation) not in annotated() and not item.get("trap"):
            continue  # nobody has said whether it is right
        if row.ends == CALLED_OFF:
            continue  # it ends plans only, of which the lives say nothing
        hits = [i for i, truth in enumerate(item.get("truths", ())) if _states(truth, row)]
        if hits:
            result.right += 1
            result.found.add((number, hits[0]))
        else:
            result.wrong.append(shown)
            if item.get("trap"):
                result.traps.append(shown)
    return result


def _states(truth: Sequence[str], row: StatementRow) -> bool:
    subject, name, thing = fold_name(truth[0]), truth[1], truth[2]
    about = (
        subject == row.subject
        or subject in row.subject.split()
        or row.subject.split("/")[0] == subject
        or "/" in row.subject
    )
    return (
        about
        and name == _ANNOTATED_AS.get(row.relation, row.relation)
        and alike(name, thing, row.object_name)
        and (truth[3:] == ["ends"]) == bool(row.ends)
    )


def timeline(of: Life, found: set[tuple[int, int]], day: int) -> dict[tuple[str, str], str]:
    """What holds on a day of that which was found, of relations that hold one value at a time."""
    held: dict[tuple[str, str], str] = {}
    for number, item in enumerate(of.items):
        for i, truth in enumerate(item.get("truths", ())):
            if item["day"] > day or (number, i) not in found or relation(truth[1]).many:
                continue
            who = "me" if truth[0] == "me" or (truth[0] == item["who"] == "me") else fold_name(truth[0])
            thing = identity(truth[1], truth[2])
            if truth[3:] != ["ends"]:
                held[(who, truth[1])] = thing
            elif held.get((who, truth[1])) == thing:
                del held[(who, truth[1])]
    return held


def right_then(of: Life, found: set[tuple[int, int]], facts: Sequence[Fact], days: Sequence[int]) -> tuple[int, int]:
    """(right, asked): on each of these days, is each value that should hold the one that holds?"""
    right = asked = 0
    for day in days:
        date = instant(START + timedelta(days=day))[:10]
        holding = {
            (fact.subject, fact.relation): fact.kind.identity(fact.object)
            for fact in facts
            if fact.stance == "said" and fact.holds(date) and not fact.kind.many
        }
        for about, thing in timeline(of, found, day).items():
            asked += 1
            right += alike(about[1], thing, holding.get(about, ""))
    return right, asked
