"""What someone does for themselves: what they play and learn, and what they go without."""

from __future__ import annotations

from secondme.facts.relations.relation import ARTICLES, Relation, Told, by_stems

PLAYS = Relation(
    name="plays",
    reads="plays",
    reads_you="play",
    reads_past="played",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    told=Told("What do I play?", "Who plays {o}?"),
    cues="play plays instrument sport",
    section="tastes",
)
LEARNS = Relation(
    name="learns",
    reads="is learning",
    reads_you="are learning",
    reads_past="was learning",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    told=Told("What am I learning?", "Who is learning {o}?"),
    cues="learn learning course lessons class",
)
GOES_WITHOUT = Relation(
    name="goes_without",
    reads="goes without",
    reads_you="go without",
    reads_past="went without",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    negative=True,
    told=Told("What do I not eat, drink or smoke?", "Who goes without {o}?"),
    cues="eat drink avoid without gave up",
    section="tastes",
)
RELATIONS = (PLAYS, LEARNS, GOES_WITHOUT)
