"""The job that finds out which names are one person's: spellings, nicknames, handles, and "my sister".

Every merge says why and where that was said, is a row of a run, and can be undone. Namesakes stay apart: a first name
alone is someone's only if just one person with that first name is known, nothing that is known of the two disagrees,
and the same people speak of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from secondme.api import Progress
from secondme.errors import NothingFound, UsageError
from secondme.facts.identity import ME, Identities
from secondme.facts.intervals import facts
from secondme.facts.relations import all_relations, relation
from secondme.jobs.job import Job, Run
from secondme.text.entities import fold_name
from storage.facts import Alias, StatementRow
from storage.records import Span
from storage.store import Store

_NICKNAMES = """
    thomas:tom,tommy william:will,bill,billy robert:rob,bob,bobby elizabeth:liz,beth,lisa,betty
    katherine:kate,kathy,katie,kat catherine:kate,cathy alexander:alex,sasha alexandra:alex,sandra,sasha
    michael:mike,mick richard:rick,dick,richie james:jim,jimmy john:jack,johnny joseph:joe,joey
    daniel:dan,danny samuel:sam,sammy samantha:sam benjamin:ben christopher:chris christina:chris,tina
    matthew:matt nicholas:nick nicole:nicky andrew:andy anthony:tony edward:ed,ted,eddie
    margaret:maggie,meg,peggy jennifer:jen,jenny jessica:jess rebecca:becky,becca deborah:deb,debbie
    susan:sue,susie patricia:pat,patty patrick:pat theodore:ted,theo timothy:tim gregory:greg jonathan:jon
    steven:steve stephen:steve victoria:vicky,tori johannes:hannes katharina:kathi,kati francisco:paco,pancho
    jose:pepe maximilian:max sebastian:basti gabriel:gabe abigail:abby natalie:nat zachary:zach lawrence:larry
    charles:charlie,chuck david:dave,davy donald:don frederick:fred,freddie gerald:gerry henry:harry,hank
    isabella:bella,isa jacob:jake joshua:josh kenneth:ken leonard:len,lenny philip:phil raymond:ray ronald:ron
    stanley:stan vincent:vince walter:walt amanda:mandy angela:angie barbara:barb caroline:carrie,caro
    cynthia:cindy dorothy:dot,dottie eleanor:ellie,nell emily:em frances:fran josephine:jo,josie
"""
SHORTEST_TYPO = 8
"""Names with fewer letters differ by one letter and mean two people."""


def _formal_names() -> dict[str, set[str]]:
    """The names for which a nickname may stand."""
    found: dict[str, set[str]] = {}
    for entry in _NICKNAMES.split():
        name, _, nicknames = entry.partition(":")
        for nickname in nicknames.split(","):
            found.setdefault(nickname, set()).add(name)
    return found


_FORMAL = _formal_names()


@dataclass
class _Person:
    """What is known under one key: its statements, who speaks of it, and the first span that names it."""

    rows: list[StatementRow] = field(default_factory=list)
    speakers: set[str] = field(default_factory=set)
    span_id: str = ""
    speaks: bool = False


class People(Job):
    """Merges names into people."""

    name = "people"
    title = "Find out which names are one person's: nicknames, spellings, handles, “my sister”"

    def steps(self, run: Run) -> Iterator[Progress]:
        """All that can be merged now, in one step. A merge that a person undid is not made again."""
        store = run.store
        spared = store.runs.undone_keys("aliases", "merged")
        held = {alias.key for alias in store.facts.aliases()}
        rows = store.facts.statements()
        spans = {view.span.id: view.span for view in store.spans.by_id([row.span_id for row in rows]).values()}
        found = [alias for alias in _merges(rows, spans, store.facts.speakers()) if alias.key not in held | spared]
        if not found:
            return
        with run.step() as step:
            # What was merged and is no longer shown by a live span makes room.
            step.executemany("DELETE FROM aliases WHERE key = ?", [(alias.key,) for alias in found])
            for alias in found:
                values = {"key": alias.key, "entity": alias.entity, "reason": alias.reason, "span_id": alias.span_id}
                step.insert("merged", "aliases", values, (alias.span_id,))
                step.count("merged")
        yield Progress("merging", len(found), len(found), "names")


class PeopleByHand(Job):
    """Lets a name mean another person because a person says so; a run of its own, so that it can be undone."""

    name = "people-by-hand"
    title = "Let two names mean the same person"

    def __init__(self, alias: Alias) -> None:
        self._alias = alias

    def steps(self, run: Run) -> Iterator[Progress]:
        """One change."""
        with run.step() as step:
            # A row that no live span shows makes room.
            step.execute("DELETE FROM aliases WHERE key = ?", (self._alias.key,))
            step.insert("merged", "aliases", asdict(self._alias), (self._alias.span_id,))
            step.count("merged")
        yield Progress("merging", 1, 1, "names")


def same_person(store: Store, me: Sequence[str], name: str, into: str) -> Alias:
    """The row that lets a name, and all names of its person, mean the person `into`. Raises NothingFound where nobody
    is called so, UsageError where they mean the same person already."""
    who = Identities(store.facts.aliases(), me)
    rows = who.resolve(store.facts.statements())
    spans = {view.span.id: view.span for view in store.spans.by_id([row.span_id for row in rows]).values()}
    known = {who.of(key): person.span_id for key, person in _people(rows, spans, store.facts.speakers()).items()}
    folded, kept = who.meant_by(name), who.meant_by(into)
    for typed, key in ((name, folded), (into, kept)):
        if key != ME and key not in known:
            raise NothingFound(
                f"Nobody is known by the name {typed.strip()}.", "Write a name as `secondme facts` does."
            )
    if folded == kept:
        raise UsageError(f"{name.strip()} and {into.strip()} mean the same person already.", "Nothing is to be done.")
    if folded == ME:  # everyone else has a name; I have none
        folded, kept = kept, folded
    return Alias(folded, kept, "you said so", known[folded])


def _merges(
    rows: Sequence[StatementRow], spans: Mapping[str, Span], speakers: dict[str, tuple[str, str]]
) -> Iterator[Alias]:
    """Names that mean another. `speakers`: by name, (role, first span)."""
    taken: set[str] = set()
    for alias in (*_renamed(rows), *_ties(rows, spans)):
        if alias.key not in taken and alias.key != alias.entity:
            taken.add(alias.key)
            yield alias
    people = _people(rows, spans, speakers)
    for key in sorted(people.keys() - taken):
        similar = _like(key, people)
        if similar is not None and (similar.entity not in taken or similar.entity == key):
            taken.add(key)
            yield similar


def _people(
    rows: Sequence[StatementRow], spans: Mapping[str, Span], speakers: dict[str, tuple[str, str]]
) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for name, (role, span_id) in speakers.items():
        if role != "me":
            person = people.setdefault(fold_name(name), _Person(span_id=span_id))
            person.speaks = True
            person.speakers.add(fold_name(name))
    for row in rows:
        keys = [row.subject] if row.subject != ME and "/" not in row.subject else []
        if relation(row.relation).person and not relation(row.relation).renames:
            keys.append(row.object)
        for key in keys:
            person = people.setdefault(key, _Person(span_id=row.span_id))
            person.speakers.add(fold_name(spans[row.span_id].speaker))
            if key == row.subject:
                person.rows.append(row)
    return people


def _renamed(rows: Sequence[StatementRow]) -> Iterator[Alias]:
    """What was said in so many words: "Thomas, whom we call Tom", "I go by Mimi"."""
    for row in rows:
        if row.stance == "said" and relation(row.relation).renames and row.subject != row.object:
            yield Alias(row.object, row.subject, f"{row.subject_name} is called {row.object_name}", row.span_id)


def _ties(rows: Sequence[StatementRow], spans: Mapping[str, Span]) -> Iterator[Alias]:
    """ "My sister" is Clara if she is the only sister that was named."""
    words = re.compile(rf"(?i)\b(?:{'|'.join(all_relations().family)})\b")
    named: dict[str, dict[str, StatementRow]] = {}
    for row in rows:
        tie = words.search(spans[row.span_id].text, row.start, row.end) if relation(row.relation).ties else None
        if tie is not None and row.stance == "said":
            named.setdefault(f"{row.subject}/{tie.group().lower()}", {}).setdefault(row.object, row)
    for key, found in named.items():
        if len(found) == 1:
            row = next(iter(found.values()))
            yield Alias(key, row.object, f"{row.object_name} is named as the {key.partition('/')[2]}", row.span_id)


def _like(key: str, people: dict[str, _Person]) -> Alias | None:
    """Whom a name means because it looks like another's, and nothing speaks against it."""
    mine = people[key]
    words = key.split()
    compact = re.sub(r"[^a-z]", "", key)
    handle = key.startswith("@") or "@" in key
    others: list[tuple[str, str]] = []
    for other in people:
        theirs = other.split()
        if other == key or len(theirs) < 2:
            continue
        if handle and re.sub(r"[^a-z]", "", key.lstrip("@").partition("@")[0]) == "".join(theirs):
            others.append((other, f"{key} spells {other}"))
        elif len(words) == 1 and theirs[0] == key:
            others.append((other, f"only one {key.capitalize()} is known"))
        elif len(words) == 1 and theirs[0] in _FORMAL.get(key, ()):
            others.append((other, f"{key.capitalize()} is short for {theirs[0].capitalize()}"))
        elif len(words) > 1 and words[-1] == theirs[-1] and theirs[0] in _FORMAL.get(words[0], ()):
            others.append((other, f"{words[0].capitalize()} is short for {theirs[0].capitalize()}"))
        elif (
            len(compact) >= SHORTEST_TYPO
            and len(words) == len(theirs)
            and key > other
            and _one_letter_apart(key, other)
        ):
            others.append((other, "spelt alike"))
    first = {other.split()[0] for other, _ in others}
    if len(others) == 1 and len(first) == 1:
        other, reason = others[0]
        person = people[other]
        if (mine.speakers & person.speakers or person.speaks) and not _disagree(mine, person):
            return Alias(key, other, reason, mine.span_id)
    return None


def _one_letter_apart(a: str, b: str) -> bool:
    """Whether two names differ by a letter that was put in, left out or changed."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (c, d) in enumerate(zip(a, b, strict=False)) if c != d), min(len(a), len(b)))
    return a[start + 1 :] == b[start:] or a[start:] == b[start + 1 :] or a[start + 1 :] == b[start + 1 :]


def _disagree(a: _Person, b: _Person) -> bool:
    """Whether two people can't be the same: at one time they live, work or were born elsewhere."""
    for mine in facts([row for row in a.rows if row.stance == "said"]):
        for theirs in facts([row for row in b.rows if row.stance == "said"]):
            if (
                mine.relation == theirs.relation
                and not mine.kind.many
                and mine.kind.identity(mine.object) != mine.kind.identity(theirs.object)
                and (mine.holds(theirs.valid_from) or theirs.holds(mine.valid_from))
            ):
                return True
    return False
