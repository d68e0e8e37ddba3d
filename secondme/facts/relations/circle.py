"""Who else is around someone: friends, a boss, doctors."""

from __future__ import annotations

from secondme.facts.relations.relation import Predicate, Relation, Ties, no_longer

FRIEND = Relation(
    name="friend",
    reads="is a friend of",
    reads_you="are a friend of",
    many=True,
    person=True,
    ties=Ties("friend, mate, buddy, bestie, pal", of_mine="friend"),
    cues="friend friends",
    section="people",
)
BOSS = Relation(
    name="boss",
    reads="has the boss",
    reads_you="have the boss",
    person=True,
    rank=16,
    ties=Ties("boss, manager, supervisor"),
    triggers="report|answer to|boss|manager|supervisor",
    predicates=(
        Predicate(
            me=r"(report|reporting|answer) to (a (woman|man|guy|lady) (named|called) )?<o:TITLED>",
            they=r"reports to <o:TITLED>",
        ),
    ),
    phrasings=(no_longer("boss, manager, supervisor"),),
    asked="boss, manager",
    cues="boss manager supervisor",
    section="people",
)
DOCTOR = Relation(
    name="doctor",
    reads="has the doctor",
    reads_you="have the doctor",
    many=True,
    person=True,
    rank=17,
    ties=Ties("doctor, dentist, gp, physio, therapist", with_name="GP", practices="dentist, doctor, GP, vet, physio"),
    triggers="doctor|dentist| gp",
    phrasings=(no_longer("doctor, dentist, GP"),),
    asked="doctor, dentist",
    cues="doctor dentist physician",
    section="people",
)
RELATIONS = (FRIEND, BOSS, DOCTOR)
