"""The relations that facts may have: which hold one value at a time, which hold many, and how they read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """`many`: several objects may hold at once (two phones, three children); otherwise a new one ends the older."""

    name: str
    reads: str
    """What stands between subject and object in a sentence about someone."""
    reads_you: str
    """The same in a sentence to that person."""
    many: bool = False
    opposite: str = ""
    """The relation that an object can't have at the same time (likes, dislikes)."""
    person: bool = False
    """Whether the object is a person."""


RELATIONS = {
    one.name: one
    for one in (
        Relation("name", "is called", "are called"),
        Relation("alias", "is also called", "are also called", many=True, person=True),
        Relation("lives_in", "lives in", "live in"),
        Relation("from", "comes from", "come from"),
        Relation("works_at", "works at", "work at"),
        Relation("works_as", "works as", "work as"),
        Relation("studies", "studies", "study"),
        Relation("age", "is aged", "are"),
        Relation("birthday", "has a birthday on", "have your birthday on"),
        Relation("phone", "can be called at", "can be called at", many=True),
        Relation("email", "can be written to at", "can be written to at", many=True),
        Relation("likes", "likes", "like", many=True, opposite="dislikes"),
        Relation("dislikes", "dislikes", "don't like", many=True, opposite="likes"),
        Relation("allergic_to", "is allergic to", "are allergic to", many=True),
        Relation("speaks", "speaks", "speak", many=True),
        Relation("owns", "owns", "own", many=True),
        Relation("pet", "has the pet", "have the pet", many=True),
        Relation("spouse", "is married to or lives with", "are together with", person=True),
        Relation("child", "has the child", "have the child", many=True, person=True),
        Relation("parent", "has the parent", "have the parent", many=True, person=True),
        Relation("sibling", "has the brother or sister", "have the brother or sister", many=True, person=True),
        Relation("friend", "is a friend of", "are a friend of", many=True, person=True),
        Relation("boss", "has the boss", "have the boss", person=True),
        Relation("doctor", "has the doctor", "have the doctor", many=True, person=True),
    )
}
_TIES = {"spouse": "partner", "sibling": "brother or sister"}
_COUNTED = frozenset(("works_as", "owns"))


def reading(relation: str, thing: str, *, you: bool = False) -> str:
    """What a sentence says of someone, or to him: the relation and its object, with an article where one is due."""
    one = RELATIONS[relation]
    counted = relation in _COUNTED and thing[:1].islower() and not thing.endswith("s")
    article = ("an " if thing[0] in "aeiou" else "a ") if counted else ""
    return f"{one.reads_you if you else one.reads} {article}{thing}"


def tie(relation: str) -> str:
    """What someone is to a person, where nobody said it in a word of his own."""
    return _TIES.get(relation, relation)
