"""A list that goes on behind the first thing that is named: "(I love cheese), old films and long walks"."""

from __future__ import annotations

import re

from secondme.facts.phrases import listed_words
from secondme.text.terms import STOP_WORDS, stem

LONGEST = 4
"""Words of one thing."""
_ITEM = re.compile(
    r"(?P<join>\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|n|&)\s+)(?P<thing>[^,.;:!?()\n–—]+?)"
    r"(?=\s*,|\s+(?:and|or|n|&)\s|\s*[.;:!?()\n–—]|\s*$)"
)
_VERBS = frozenset(
    stem(word)
    for word in listed_words("""
        love, like, hate, adore, enjoy, prefer, dislike, want, need, have, had, got, went, go, am, was, were, is, are,
        do, did, does, think, know, live, work, say, said, feel, felt, make, made, take, took, see, saw, keep, kept,
        eat, ate, find, found, bought, never, always, hope, wish, come, came, thank, tell, told, give, gave, let
    """)
)
"""Words of another clause: "I love pizza and hate olives"."""


def listed_further(text: str, start: int) -> list[tuple[int, int]]:
    """Where the further things of a list stand that goes on at `start`; none where a new clause begins instead."""
    found: list[tuple[int, int]] = []
    closed = False
    place = start
    while (match := _ITEM.match(text, place)) is not None:
        words = match["thing"].casefold().split()
        if len(words) > LONGEST or any(word in STOP_WORDS or stem(word) in _VERBS for word in words):
            return []  # "cheese, and I live in Rome": none of it is a list for certain
        found.append(match.span("thing"))
        closed = closed or match["join"].strip(" ,") != ""
        place = match.end("thing")
    return found if closed or len(found) > 1 else []
