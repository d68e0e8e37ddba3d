"""The rules by which relations are read from sentences. A pattern is compiled when a sentence first calls for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from secondme.facts import ties
from secondme.facts.phrases import Pattern
from secondme.facts.relations import Relation, Relations

_WORD = re.compile(r"\w+")
_LIST = re.compile(r",\s*(?:and )?|\s+(?:and|&)\s+")
_AGE = re.compile(r"(?:\s+is)?,?\s*\b\d+$")
"""How old one of several is: "Ben 8 and Tom 5"."""
_ASIDE = re.compile(r"\s*\([^()]*\)")
"""What is said of one of several: "Ben (8) and Tom (vet tech)"."""
_BEGINNING = re.compile(r"\b\w{1,2}")
"""The first two letters of a word."""


@dataclass(frozen=True)
class Rule:
    """A pattern with `o` for the object and, where it is about someone named, `s` for that person.

    `relation`: None where the word for a tie that the pattern captures names it. `bare`: its "I" is left out.
    """

    relation: Relation | None
    pattern: Pattern
    ends: bool = False
    bare: bool = False
    first: bool = False
    """It needs an "I" or "we"."""
    object: str = ""
    slot: str = ""
    listed: bool = False

    def written(self, match: re.Match[str]) -> list[tuple[str, str]]:
        """(kind, object as it stands there) of what a match states; several where it lists them."""
        found = match.groupdict()
        thing = self.object or found.get("o") or ""
        slot = self.slot or found.get("kind") or ""
        if self.relation is None or not self.relation.named_kind:
            slot = slot.lower()
        things = _LIST.split(_ASIDE.sub("", thing)) if self.listed else [thing]
        return [
            (slot, one) for thing in things if (one := _AGE.sub("", thing).strip() if self.listed else thing.strip())
        ]


class Found(NamedTuple):
    """What a rule finds in a sentence, at `start` to `end` of it; `written`: its object as it stands there."""

    subject: str
    relation: Relation
    ends: bool
    start: int
    end: int
    written: str
    slot: str = ""


@dataclass(frozen=True)
class RuleGroup:
    """Rules that are tried together, on sentences that hold one of the triggers."""

    relation: Relation | None
    place: tuple[int, int]
    triggers: tuple[str, ...]
    trigger_pattern: re.Pattern[str] | None
    phrasings: tuple[Rule, ...] = ()
    predicates: tuple[Rule, ...] = ()


class Rules:
    """The rules of a collection of relations, by what triggers them."""

    def __init__(self, relations: Relations) -> None:
        self.relations = relations
        self.words = ties.tie_words(relations)
        self.plurals = ties.plurals(relations)
        self.titles = ties.titles(relations)
        self.further = {relation.name: Pattern(relation.further) for relation in relations if relation.further}
        self._groups = sorted(_groups(relations), key=lambda group: group.place)
        self._by_pattern: dict[re.Pattern[str], list[int]] = {}
        # By the first two letters of a trigger's first word, so that few triggers need to be tried.
        self._by_beginning: dict[str, list[tuple[str, int]]] = {}
        for number, group in enumerate(self._groups):
            if group.trigger_pattern:
                self._by_pattern.setdefault(group.trigger_pattern, []).append(number)
            for trigger in group.triggers:
                words = _WORD.findall(trigger)
                word = words[2] if words[0] == "n" else words[0]  # "n't like" stands inside a word
                self._by_beginning.setdefault(word[:2], []).append((trigger, number))

    def triggered(self, sentence: str) -> list[RuleGroup]:
        """The groups that are worth trying on a sentence, in order: most sentences have none."""
        lower = f" {sentence.lower()} "
        numbers = {number for form, found in self._by_pattern.items() if form.search(lower) for number in found}
        for beginning in set(_BEGINNING.findall(lower)):
            for trigger, number in self._by_beginning.get(beginning, ()):
                if number not in numbers and trigger in lower:
                    numbers.add(number)
        return [self._groups[number] for number in sorted(numbers)]


@cache
def rules_of(relations: Relations) -> Rules:
    """The rules of a collection, made once."""
    return Rules(relations)


def _groups(relations: Relations) -> Iterator[RuleGroup]:
    phrases = ties.tie_phrases(relations)
    for place, relation in enumerate(relations):
        own = {**phrases, **relation.phrases}
        yield RuleGroup(
            relation,
            (relation.rank, place),
            tuple(relation.triggers.split("|")) if relation.triggers else (),
            re.compile(relation.trigger_pattern) if relation.trigger_pattern else None,
            tuple(
                Rule(
                    relation,
                    Pattern(said.pattern, own),
                    said.ends,
                    object=said.object,
                    slot=said.slot,
                    listed=said.listed,
                )
                for said in relation.phrasings
            ),
            tuple(_predicates(relation, own)),
        )
    yield _tie_group(0, ties.tie_words(relations), ties.SENTENCES, phrases)
    yield _tie_group(1, ties.plurals(relations), (ties.LISTS,), phrases)


def _tie_group(place: int, words: Iterable[str], patterns: Iterable[str], phrases: Mapping[str, str]) -> RuleGroup:
    rules = tuple(Rule(None, Pattern(pattern, phrases)) for pattern in patterns)
    return RuleGroup(None, (ties.RANK, place), tuple(words), None, rules)


def _predicates(relation: Relation, phrases: Mapping[str, str]) -> Iterator[Rule]:
    """A rule each for what is said of me, of me without the "I", and of others."""
    for said in relation.predicates:
        if said.me:
            yield Rule(relation, Pattern(f"<I><ADVERB>({said.me})", phrases), said.ends, first=True, object=said.object)
        if said.bare is not None and (said.bare or said.me):
            pattern = Pattern(f"<LEFT_OUT><ADVERB>({said.bare or said.me})", phrases)
            yield Rule(relation, pattern, said.ends, bare=True, object=said.object)
        if said.they:
            verb = "<COPULA>" if said.copula else "<IS>"
            yield Rule(relation, Pattern(f"<WHO>{verb}<ADVERB>({said.they})", phrases), said.ends, object=said.object)
