"""What the person likes, or does not like, as they said it last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from secondme.chat.list_question import ListQuestion
from secondme.chat.lists.gathered import Gathered, gathered
from secondme.chat.lists.lines import Line, lines_of, without_repeats
from secondme.chat.lists.sources import Sources
from secondme.chat.lists.verbs import kind_of
from secondme.clock import instant
from secondme.facts.identity import ME as MYSELF
from secondme.facts.phrases import Pattern
from secondme.text.clean import join_words
from secondme.text.terms import content_stems, stem

OF_KIND = 0.26
"""The least closeness of a thing to the kind that was asked for, such as "food". Among nineteen likings it parts "sour
cherries" (.27) from "cold tea" (.23)."""
_ALSO = {"food": ("fruit", "snack")}
"""Nouns that are nearer to some things of a kind than its own."""
_HEAD = Pattern(
    r"(?i)(?P<head>[^:\n]{0,50}\b(likes?|loves?|enjoy|hates?|dislikes?|favou?rites?|don'?t|can'?t stand)\b[^:\n]{0,20})"
    r":\s*(?P<items>[^.;!?\n]+)"
)
_MORE = Pattern(
    r"(?P<items>(,\s+<SHORT>)*,?\s+and\s+<SHORT>|(,\s+<SHORT>)+)(?=\s*([.;!?\n]|$))",
    {"SHORT": r"[\w'-]+( [\w'-]+){0,3}"},
)
"""More things behind the first: "jazz, tea and long walks"."""
_NO_THING = Pattern(r"(?i)(i|you|he|she|we|they|it|so|then|but|is|was|will|my|that|this|because)\b")
_NOT = Pattern(r"(?i)\b(hate|dislikes?|don'?t|do not|not|never|can'?t stand|cannot)\b")
_SPLIT = re.compile(r"\s*(?:,|\band\b|\bor\b|&)\s*")
LONGEST = 6
"""Words of a thing."""


@dataclass(frozen=True)
class Taste:
    """That something is liked, or not, as a line says."""

    item: str
    liked: bool
    line: Line

    @property
    def key(self) -> str:
        """What makes two things the same."""
        return " ".join(content_stems(self.item)) or self.item.lower()


def gather_tastes(sources: Sources, asked: ListQuestion, now: datetime, but: Sequence[str]) -> Gathered | None:
    """What is liked or not, in the order in which it was said. None where no taste was told at all."""
    found = [*_from_facts(sources, now), *_from_lists(sources, now, but)]
    found.sort(key=lambda taste: (taste.line.at, taste.line.span.seq, taste.line.start))
    last: dict[str, Taste] = {}
    for taste in found:
        last[taste.key] = taste
    chosen = [taste for taste in last.values() if taste.liked != asked.negative]
    if asked.kind:
        chosen = _of_kind(sources, asked.kind, chosen)
    verb = "don’t like" if asked.negative else "like"
    if not chosen:
        return Gathered(asked, missing=f"it names no {asked.kind or 'things'} that you {verb}") if found else None
    items = [taste.item for taste in chosen]
    lines = without_repeats([taste.line for taste in chosen])
    summary = f"You {verb} {join_words(items)}."
    return gathered(asked, lines, labels=items, summary=summary, rests_on=lines)


def _from_facts(sources: Sources, now: datetime) -> list[Taste]:
    facts, _ = sources.facts((MYSELF,))
    today = instant(now)[:10]
    held = [
        fact
        for fact in facts
        if fact.subject == MYSELF
        and fact.relation in ("likes", "dislikes")
        and fact.stance == "said"
        and fact.holds(today)
    ]
    found = []
    for fact in held:
        line = sources.line_of(fact)
        if line is None:
            continue
        liked = fact.relation == "likes"
        found.append(Taste(fact.object_name, liked, line))
        at = line.text.casefold().find(fact.object_name.casefold())
        more = _MORE.match(line.text, at + len(fact.object_name)) if at >= 0 else None
        items = [item.strip() for item in _SPLIT.split(more["items"])] if more else []
        if not any(_NO_THING.match(item) for item in items):
            found += [Taste(item, liked, line) for item in items if item]
    return found


def _from_lists(sources: Sources, now: datetime, but: Sequence[str]) -> list[Taste]:
    """Things of a list with a head: "things I like: tea, long walks"."""
    words = ("like", "love", "enjoy", "hate", "dislike", "favourite", "favorite", "stand", "don't", "dont")
    found = []
    for line in lines_of(sources.spans(words=words, now=now, but=but)):
        match = _HEAD.match(line.text.replace("’", "'")) if line.mine else None
        if match is None:
            continue
        liked = not _NOT.search(match["head"])
        for item in _SPLIT.split(match["items"]):
            plain = item.strip(" .,-–")
            if plain and len(plain.split()) <= LONGEST:
                found.append(Taste(plain, liked, line))
    return found


def _of_kind(sources: Sources, kind: str, tastes: Sequence[Taste]) -> list[Taste]:
    """The tastes of a kind, or of one of several: "food and drink"."""
    items = [taste.item for taste in tastes]
    scores = [0.0] * len(items)
    known: set[str] = set()
    for noun in (named.split()[-1] for named in kind.split(" and ")):
        singular = noun[:-1] if noun.endswith("s") else noun
        its_kind = kind_of(noun)
        known |= (its_kind.noun_stems() if its_kind else frozenset()) | {stem(noun)}
        for name in (singular, *_ALSO.get(singular, ())):
            scores = [max(pair) for pair in zip(scores, sources.closeness(name, items), strict=True)]
    return [
        taste
        for taste, score in zip(tastes, scores, strict=True)
        if score >= OF_KIND or known & set(content_stems(taste.item))
    ]
