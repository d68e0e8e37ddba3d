"""What someone can't have."""

from __future__ import annotations

from secondme.facts.relations.relation import ARTICLES, ModelCue, Phrasing, Predicate, Relation, by_stems, is_ordinary

ALLERGIC_TO = Relation(
    name="allergic_to",
    reads="is allergic to",
    reads_you="are allergic to",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    rank=11,
    triggers="allerg",
    phrases={
        "DEGREE": r"(really |very |badly |terribly |severely |quite |so |mildly |seriously |super |deathly |highly )*",
    },
    predicates=(
        Predicate(
            me=r"<DEGREE>allergic to <OBJECT>",
            they=r"<DEGREE>allergic to <OBJECT>",
            copula=True,
        ),
        Predicate(
            me=(
                r"(have|got|ve got|developed) (a|an) "
                r"(bad |severe |mild |serious )?(?P<o>[a-z]+( [a-z]+)?) allergy\b"
            ),
            they=r"has (a|an) (bad |severe |mild |serious )?(?P<o>[a-z]+( [a-z]+)?) allergy\b",
        ),
    ),
    phrasings=(
        Phrasing(
            r"(^\W*|\b[Ii]'?m |\b[Ii] am )([a-z]+ )?[Aa]llergic to "
            r"(?P<o>[a-z]+( [a-z]+)?(, [a-z]+( [a-z]+)?)*,? and [a-z]+( pollen| nuts| stings| milk)?)"
            r"(?=\s*([,.;!?)]|$)|\s+(btw|now|too|so)\b)",
            listed=True,
        ),
        Phrasing(r"(^\W*|[,;:] )[Aa]llergic to <o:THING><END>"),
        Phrasing(r"\b[Mm]y (?P<o>[a-z]+( [a-z]+)?) allergy\b"),
    ),
    model=ModelCue(r"allergic|allergy|allergies|intoleran(t|ce)", fits=is_ordinary),
    cues="allergic allergy allergies",
    questions=(r"what (am|is) <WHO> allergic to",),
    card=8,
)
RELATIONS = (ALLERGIC_TO,)
