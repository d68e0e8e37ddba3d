"""The relations that facts may have, grouped by what they are about. One block holds all that is known of a relation.

To add a relation: write a `Relation` in a file of this folder, and name it in the tuple at the file's end. What reads
facts, asks for them or shows them goes over `RELATIONS`. `tests/secondme/facts/test_a_new_relation.py` adds two.
"""

from __future__ import annotations

from secondme.facts.relations import (
    age,
    belongings,
    circle,
    contacts,
    diary,
    doings,
    family,
    figures,
    health,
    keeping,
    languages,
    membership,
    names,
    owing,
    places,
    pursuits,
    states,
    tastes,
    work,
)
from secondme.facts.relations.relation import Relation, Relations

RELATIONS = Relations(
    *names.RELATIONS,
    *places.RELATIONS,
    *work.RELATIONS,
    *age.RELATIONS,
    *contacts.RELATIONS,
    *tastes.RELATIONS,
    *health.RELATIONS,
    *states.RELATIONS,
    *figures.RELATIONS,
    *languages.RELATIONS,
    *pursuits.RELATIONS,
    *doings.RELATIONS,
    *belongings.RELATIONS,
    *family.RELATIONS,
    *circle.RELATIONS,
    *membership.RELATIONS,
    *keeping.RELATIONS,
    *owing.RELATIONS,
    *diary.RELATIONS,
)
"""In the order in which facts are shown."""


def all_relations() -> Relations:
    """Every relation, in the order in which facts are shown."""
    return RELATIONS


def relation(name: str) -> Relation:
    """The relation of a name. Raises KeyError where there is none."""
    return RELATIONS[name]


__all__ = ["RELATIONS", "Relation", "Relations", "all_relations", "relation"]
