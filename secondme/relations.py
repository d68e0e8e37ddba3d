"""The relations that facts may have: which hold one value at a time, which hold many, and how they read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """`many`: several objects may hold at once (two phones, three children); otherwise a new one ends the older."""

    name: str
    reads: str
    """What stands between subject and object in a sentence."""
    many: bool = False
    opposite: str = ""
    """The relation that an object can't have at the same time (likes, dislikes)."""


RELATIONS = {
    one.name: one
    for one in (
        Relation("name", "is called"),
        Relation("lives_in", "lives in"),
        Relation("from", "comes from"),
        Relation("works_at", "works at"),
        Relation("works_as", "works as"),
        Relation("studies", "studies"),
        Relation("age", "is aged"),
        Relation("birthday", "has a birthday on"),
        Relation("phone", "can be called at", many=True),
        Relation("email", "can be written to at", many=True),
        Relation("likes", "likes", many=True, opposite="dislikes"),
        Relation("dislikes", "dislikes", many=True, opposite="likes"),
        Relation("allergic_to", "is allergic to", many=True),
        Relation("speaks", "speaks", many=True),
        Relation("owns", "owns", many=True),
        Relation("pet", "has the pet", many=True),
        Relation("spouse", "is married to or lives with"),
        Relation("child", "has the child", many=True),
        Relation("parent", "has the parent", many=True),
        Relation("sibling", "has the brother or sister", many=True),
        Relation("friend", "is a friend of", many=True),
        Relation("boss", "has the boss"),
        Relation("doctor", "has the doctor", many=True),
    )
}
