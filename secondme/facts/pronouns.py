"""Whom "he" or "she" means in what was just said, where only one person can be meant."""

from __future__ import annotations

import re

from secondme.facts.phrases import Pattern, any_of
from secondme.facts.relations import RELATIONS
from secondme.text.terms import STOP_WORDS

_WOMEN = frozenset(
    """
    wife girlfriend fiancée daughter girl sister sis mum mom mother aunt auntie niece gran grandma grandmother granny
    nan stepdaughter mama
    """.split()
)
_MEN = frozenset(
    """
    husband boyfriend fiancé son boy brother dad father uncle nephew grandpa grandfather grandad granddad stepson papa
    hubby
    """.split()
)
_KIN = any_of(", ".join(RELATIONS.family))
_ELDERS = "mum|mom|dad|gran|grandma|grandpa|granny|nan"
_MENTIONS = (
    Pattern(
        rf"\b(?i:my|our) ([a-z-]+ ){{0,2}}?(?P<kin>{_KIN})\b(?!'s)"
        r"(( is| is called| is named|'s called|,)? (?P<name><NAME>))?"
    ),
    Pattern(rf"(?:^\W*|[,;.!] )(?P<kin>{_KIN})(?:( is|'s|s)?( called| named)?|'s name is|,) (?P<name><NAME>)"),
    Pattern(r"\b(?P<kin>(?!))?(called|named|name is|name's) (?P<name><NAME>)"),
    Pattern(r"(?P<name><NAME>)(, | )(?i:my|our) ([a-z-]+ ){0,2}?(?P<kin>[a-z-]+)\b"),
    Pattern(
        r"\b[Mm]et (?P<kin>(?!))?((this|a) (girl|boy|guy|man|woman|lady|bloke)( called| named|,)? )?(?P<name><NAME>)"
    ),
    Pattern(rf"\b(?P<kin>(?i:{_ELDERS}))(?='?s?\b)(?P<name>(?!))?"),
    Pattern(
        r"(?:^\W*|[,;.!?] (?:and |but |so |oh )*)(?P<kin>(?!))?(?P<name><NAME>)"
        r"(?= (is|has|was|just|turned|\w+s|\w+ed)\b|'s (an?|in|at|from|just|now|been|still|\d|[a-z]+ing|[a-z]+ed)\b)"
    ),
)
_OWNED = re.compile(r"\b[A-ZÀ-Þ]\w+['’]s (?!an?\b|in\b|at\b|from\b|just\b|now\b|been\b|still\b|\d|[a-z]+ing\b)[a-z]")
"""Someone or something of another's: "Lina's teddy", who may be meant as well."""
_AND_KIN = re.compile(rf"\b(?:an?|his|her|their) (?:[a-z-]+ )?{_KIN.replace('(', '(?:')}\b")
"""A relative of theirs, who may be meant as well: "Zubin has a sister too, she runs a bakery"."""
_ALSO_NAMED = re.compile(r"(?:\b(?:is|and|with|called|named)|['’]s) [A-ZÀ-Þ][a-zà-ÿ]+")
"""Somebody else whom no pattern of mentions knows: "my flatmate Connor's from Hull, the other one's Mei, she …"."""
_TWO = re.compile(r"\b(?:they|both|two of (?:them|us)|and (?:his|her))\b")


def antecedent(pronoun: str, before: str, previous: str) -> str:
    """The person whom a pronoun means, as a subject of statements: a name, or "me/sister"; empty where it is not
    certain.

    `before`: the sentence up to the pronoun; `previous`: the sentence before it, where nobody stands in this one.
    """
    for text in (before, previous):
        people = _people(text)
        if people:
            fitting = {person for person, kin in people.items() if _may_be(pronoun.lower(), kin)}
            certain = len(people) == 1 and fitting and not _TWO.search(text) and not _OWNED.search(text)
            known = {word for person in people for word in person.split()}
            others = {match.group().split()[-1] for match in _ALSO_NAMED.finditer(text)} - known
            certain = certain and not others and not _AND_KIN.search(text)
            return fitting.pop() if certain else ""
    return ""


def _people(text: str) -> dict[str, str]:
    """Who is spoken of, each with the word for the tie, or nothing."""
    found: dict[str, str] = {}
    taken: list[tuple[int, int]] = []
    for pattern in _MENTIONS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            name, kin = match["name"] or "", (match["kin"] or "").lower()
            if name and name.lower() in STOP_WORDS:
                continue
            taken.append(match.span())
            found[name or f"me/{kin}"] = kin
    return found


def _may_be(pronoun: str, kin: str) -> bool:
    return not (pronoun == "he" and kin in _WOMEN) and not (pronoun == "she" and kin in _MEN)
