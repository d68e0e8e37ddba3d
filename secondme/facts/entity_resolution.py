"""The job that finds out which names are one person's: spellings, nicknames, handles, and "my sister".

Every merge says why and where that was said, is a row of a run, and can be undone. Namesakes stay apart: a first name alone
is someone's only if one person with that first name is known, nothing that is known of the two disagrees, and the same people
speak of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from secondme.api import Progress
from secondme.facts.identity import ME
from secondme.facts.intervals import facts, same
from secondme.facts.lexicon import FAMILY, KIN
from secondme.facts.relations import RELATIONS
from secondme.jobs.job import Job, Run
from secondme.text.entities import folded
from storage.facts import Alias, StatementRow
from storage.records import Span

_NICKNAMES = """
    thomas:tom,tommy william:will,bill,billy robert:rob,bob,bobby elizabeth:liz,beth,lisa,betty katherine:kate,kathy,katie,kat
    catherine:kate,cathy alexander:alex,sasha alexandra:alex,sandra,sasha michael:mike,mick richard:rick,dick,richie james:jim,jimmy
    john:jack,johnny joseph:joe,joey daniel:dan,danny samuel:sam,sammy samantha:sam benjamin:ben christopher:chris
    christina:chris,tina matthew:matt nicholas:nick nicole:nicky andrew:andy anthony:tony edward:ed,ted,eddie margaret:maggie,meg,peggy
    jennifer:jen,jenny jessica:jess rebecca:becky,becca deborah:deb,debbie susan:sue,susie patricia:pat,patty patrick:pat
    theodore:ted,theo timothy:tim gregory:greg jonathan:jon steven:steve stephen:steve victoria:vicky,tori johannes:hannes
    katharina:kathi,kati francisco:paco,pancho jose:pepe maximilian:max sebastian:basti gabriel:gabe abigail:abby
    natalie:nat zachary:zach lawrence:larry charles:charlie,chuck david:dave,davy donald:don frederick:fred,freddie
    gerald:gerry henry:harry,hank isabella:bella,isa jacob:jake joshua:josh kenneth:ken leonard:len,lenny
    philip:phil raymond:ray ronald:ron stanley:stan vincent:vince walter:walt amanda:mandy angela:angie barbara:barb
    caroline:carrie,caro cynthia:cindy dorothy:dot,dottie eleanor:ellie,nell emily:em frances:fran josephine:jo,josie
    """
_FORMAL: dict[str, set[str]] = {}
for _entry in _NICKNAMES.split():
    _name, _, _short = _entry.partition(":")
    for _one in _short.split(","):
        _FORMAL.setdefault(_one, set()).add(_name)
_TIE = re.compile(rf"(?i)\b(?:{'|'.join(FAMILY)})\b")
SHORTEST_TYPO = 8
"""Names with fewer letters differ by one letter and mean two people."""


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
        held = {one.key for one in store.facts.aliases()}
        rows = store.facts.statements()
        spans = {one.span.id: one.span for one in store.spans.by_id([row.span_id for row in rows]).values()}
        found = [one for one in _merges(rows, spans, store.facts.speakers()) if one.key not in held | spared]
        if not found:
            return
        with run.step() as step:
            # What was merged and is no longer shown by a live span makes room.
            step.executemany("DELETE FROM aliases WHERE key = ?", [(one.key,) for one in found])
            for one in found:
                values = {"key": one.key, "entity": one.entity, "reason": one.reason, "span_id": one.span_id}
                step.insert("merged", "aliases", values, (one.span_id,))
                step.count("merged")
        yield Progress("merging", len(found), len(found), "names")


def _merges(
    rows: Sequence[StatementRow], spans: Mapping[str, Span], speakers: dict[str, tuple[str, str]]
) -> Iterator[Alias]:
    """Names that mean another. `speakers`: by name, (role, first span)."""
    taken: set[str] = set()
    for one in (*_said(rows), *_ties(rows, spans)):
        if one.key not in taken and one.key != one.entity:
            taken.add(one.key)
            yield one
    people = _people(rows, spans, speakers)
    for key in sorted(people.keys() - taken):
        for one in _like(key, people):
            if one.entity not in taken or one.entity == key:
                taken.add(key)
                yield one
            break


def _people(
    rows: Sequence[StatementRow], spans: Mapping[str, Span], speakers: dict[str, tuple[str, str]]
) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for name, (role, span_id) in speakers.items():
        if role != "me":
            one = people.setdefault(folded(name), _Person(span_id=span_id))
            one.speaks = True
            one.speakers.add(folded(name))
    for row in rows:
        keys = [row.subject] if row.subject != ME and "/" not in row.subject else []
        if RELATIONS[row.relation].person and row.relation != "alias":
            keys.append(row.object)
        for key in keys:
            one = people.setdefault(key, _Person(span_id=row.span_id))
            one.speakers.add(folded(spans[row.span_id].speaker))
            if key == row.subject:
                one.rows.append(row)
    return people


def _said(rows: Sequence[StatementRow]) -> Iterator[Alias]:
    """What was said in so many words: "Thomas, whom we call Tom", "I go by Mimi"."""
    for row in rows:
        if row.stance == "said" and (row.relation == "alias" or (row.relation == "name" and row.subject != row.object)):
            yield Alias(row.object, row.subject, f"{row.subject_name} is called {row.object_name}", row.span_id)


def _ties(rows: Sequence[StatementRow], spans: Mapping[str, Span]) -> Iterator[Alias]:
    """ "My sister" is Clara if she is the only sister that was named."""
    named: dict[str, dict[str, StatementRow]] = {}
    for row in rows:
        tie = _TIE.search(spans[row.span_id].text, row.start, row.end) if row.relation in KIN.values() else None
        if tie is not None and row.stance == "said":
            named.setdefault(f"{row.subject}/{tie.group().lower()}", {}).setdefault(row.object, row)
    for key, found in named.items():
        if len(found) == 1:
            row = next(iter(found.values()))
            yield Alias(key, row.object, f"{row.object_name} is named as the {key.partition('/')[2]}", row.span_id)


def _like(key: str, people: dict[str, _Person]) -> Iterator[Alias]:
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
        elif len(compact) >= SHORTEST_TYPO and len(words) == len(theirs) and key > other and _one_apart(key, other):
            others.append((other, "spelt alike"))
    first = {other.split()[0] for other, _ in others}
    if len(others) == 1 and len(first) == 1:
        other, reason = others[0]
        theirs_ = people[other]
        if (mine.speakers & theirs_.speakers or theirs_.speaks) and not _disagree(mine, theirs_):
            yield Alias(key, other, reason, mine.span_id)


def _one_apart(one: str, other: str) -> bool:
    """Whether two names differ by one letter put, left out or changed."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return (
        one[start + 1 :] == other[start:] or one[start:] == other[start + 1 :] or one[start + 1 :] == other[start + 1 :]
    )


def _disagree(one: _Person, other: _Person) -> bool:
    """Whether two people can't be one: at the same time they live, work or were born elsewhere."""
    for mine in facts([row for row in one.rows if row.stance == "said"]):
        for theirs in facts([row for row in other.rows if row.stance == "said"]):
            if (
                mine.relation == theirs.relation
                and not RELATIONS[mine.relation].many
                and same(mine.relation, mine.object) != same(theirs.relation, theirs.object)
                and (mine.holds(theirs.valid_from) or theirs.holds(mine.valid_from))
            ):
                return True
    return False
