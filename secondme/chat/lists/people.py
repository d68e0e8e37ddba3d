"""People whom the person knows, met or saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from secondme.chat.list_question import ListQuestion, Window
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.labels import TO_COME, UNDONE, people_named, persons_of
from secondme.chat.lists.lines import Line, is_noise, lines_of
from secondme.chat.lists.sources import Sources
from secondme.chat.lists.verbs import forms
from secondme.clock import instant
from secondme.facts.identity import ME as MYSELF
from secondme.facts.phrases import Pattern
from secondme.facts.relations import all_relations
from secondme.text.entities import fold_name

_SEEING = ("see", "saw", "seen", "visit", "visited", "spend")
_TOGETHER = Pattern(r"(?i)\bwith (my (\w+ )?)?(?-i:[A-Z])")
"""Who did something with someone has seen them."""


def gather_people(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """People by their ties to the person, or by what was done with them. None where nobody is named."""
    verb = asked.verbs[0] if asked.verbs else "know"
    if verb == "know":
        lines, labels = _tied(sources, asked, now)
    elif verb in _TELLING:
        lines, labels = _mentioned(sources, asked, now, but)
    else:
        lines, labels = _met(sources, asked, verb, now, but)
    return gathered(asked, lines, labels=list(dict.fromkeys(labels))) if lines else None


def _tied(sources: Sources, asked: ListQuestion, now: datetime) -> tuple[list[Line], list[str]]:
    facts, _ = sources.facts()
    relations = all_relations()
    word = asked.kind[:-1] if asked.kind.endswith("s") else asked.kind
    wanted = relations.ties.get(word)
    held = [
        fact
        for fact in facts
        if fact.subject == MYSELF
        and fact.kind.person
        and fact.holds(instant(now)[:10])
        and (wanted is None or fact.relation == wanted.name)
        and (asked.kind not in ("relatives", "family", "siblings") or fact.relation in _FAMILY)
    ]
    lines, labels = [], []
    for fact in sorted(held, key=lambda fact: relations.order[fact.relation]):
        line = sources.line_of(fact)
        if line is not None and (asked.window is None or line.within(asked.window)):
            lines.append(line)
            labels.append(fact.object_name)
    return lines, labels


def _met(
    sources: Sources, asked: ListQuestion, verb: str, now: datetime, but: Sequence[str]
) -> tuple[list[Line], list[str]]:
    verbs = forms([verb]) | (forms(["meet", "introduce"]) if verb in ("met", "meet") else frozenset())
    verbs |= forms(["see", "visit", "meet"]) if verb in _SEEING else frozenset()
    spans = sources.spans(words=[*verbs, "with"], meaning=asked.text, window=asked.window, now=now, but=but)
    found = [line for line in lines_of(spans) if line.mine and not is_noise(line)]
    facts, _ = sources.facts()
    known = persons_of([line.text for line in found])
    known |= {fold_name(fact.object_name) for fact in facts if fact.kind.person}
    known |= {fold_name(fact.subject_name) for fact in facts}
    lines, labels = [], []
    for line in found:
        plain = line.text.replace("’", "'")
        together = verb in _SEEING and bool(_TOGETHER.search(plain))
        if not (line.stems() & verbs or together) or TO_COME.search(plain) or UNDONE.search(plain):
            continue
        names = people_named(line.text, known)
        if names and (asked.window is None or line.within(asked.window)):
            lines.append(line)
            labels += names
    return lines, labels


def _mentioned(
    sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]
) -> tuple[list[Line], list[str]]:
    """All of whom the person told something, each with the first line that names them."""
    facts, _ = sources.facts()
    # "apprentice: Moses"
    tied = {
        fold_name(fact.object_name.rpartition(": ")[2])
        for fact in facts
        if fact.kind.person or fact.kind.name == "helper"
    }
    window = asked.window or Window(datetime.min.replace(year=1900, tzinfo=now.tzinfo), now, "")
    found = [line for line in lines_of(sources.spans(words=tied, window=window, now=now, but=but)) if line.mine]
    known = tied | persons_of([line.text for line in found])
    first: dict[str, Line] = {}
    for line in found:
        for name in people_named(line.text, known):
            first.setdefault(name, line)
    return list(dict.fromkeys(first.values())), list(first)


_TELLING = ("mention", "mentioned", "told", "talked")
_FAMILY = frozenset(["sibling", "parent", "child", "spouse"])
