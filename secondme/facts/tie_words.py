"""Words for someone or something of one's own: which was said of a fact, and whether another means the same.

A sister is in the relation of siblings, but she is no answer to who the brother is.
"""

from __future__ import annotations

import re

from secondme.facts.intervals import Fact
from secondme.facts.phrases import listed_words
from storage.store import Store

MOTHER = "mother, mum, mom, mam, mama, mummy, mommy"
FATHER = "father, dad, daddy, papa"
"""What a parent is called, also by whoever compares sentences."""
_SAME = (
    MOTHER,
    FATHER,
    "daughter, girl",
    "son, boy",
    "grandmother, gran, grandma, granny, nan, nana",
    "grandfather, grandpa, grandad, granddad",
    "boss, manager",
    "flatmate, housemate, roommate, roomie",
    "neighbour, neighbor",
    "colleague, coworker, co-worker, workmate",
    "wife, missus",
)
"""Words for the same."""
_GENERAL = frozenset(
    listed_words("""
    sibling, siblings, child, children, kid, kids, baby, parent, parents, pet, partner, spouse, relative, grandchild,
    grandchildren, grandparent, grandparents, godchild, twin
""")
)
"""Words that leave open which of several is meant."""
_PLURALS = frozenset(("siblings", "children", "kids", "parents", "grandchildren", "grandparents"))
_IRREGULAR = {"child": "children", "grandchild": "grandchildren", "godchild": "godchildren", "wife": "wives"}
_MEANS = {word: line.partition(",")[0] for line in _SAME for word in listed_words(line)}


def said_words(store: Store, fact: Fact) -> list[str]:
    """The words for its object with which a fact was told, in the order in which they were."""
    known = {*listed_words(fact.kind.asked), *fact.kind.tie_words}
    spans = store.spans.by_id([row.span_id for row in fact.statements])
    found: dict[str, None] = {}
    for row in fact.statements:
        span = spans.get(row.span_id)
        quote = span.span.text[row.start : row.end].lower() if span else ""
        found.update(dict.fromkeys(word for word in re.findall(r"[a-z-]+", quote) if word in known))
    return list(found)


def word_for(asked: str, said: list[str]) -> str:
    """The word by which something may be called that was asked for by one word and told with others; empty where it is
    something else. What was told without a word may be anything of its kind."""
    if not said or asked in _GENERAL:
        return asked
    wanted = _meaning(asked)
    if any(_meaning(word) == wanted for word in said):
        return asked
    return next((word for word in said if word in _GENERAL), "") if all(word in _GENERAL for word in said) else ""


def of_one(word: str, said: list[str]) -> str:
    """The word for a single one of what was asked for: "your sister", where the question was for siblings."""
    return next((other for other in said if other not in _PLURALS), word) if word in _PLURALS else word


def of_several(word: str) -> str:
    """The word for several of what one word names: "dogs"; what names several already stays."""
    if word in _PLURALS or (word.endswith("s") and not word.endswith("ss")):
        return word
    return _IRREGULAR.get(word) or word + ("es" if word.endswith(("ss", "ch", "sh", "x")) else "s")


def _meaning(word: str) -> str:
    plain = word if word in _MEANS else word.removesuffix("s")
    return _MEANS.get(plain, plain)
