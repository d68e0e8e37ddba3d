"""Who belongs to someone's family."""

from __future__ import annotations

from secondme.facts.relations.relation import INTRODUCTION, Phrasing, Predicate, Relation, Ties, Told, no_longer

SPOUSE = Relation(
    name="spouse",
    reads="is married to or lives with",
    reads_you="are together with",
    tie="partner",
    person=True,
    rank=14,
    ties=Ties(
        "wife, husband, partner, girlfriend, boyfriend, fiancée, fiancé, fiancee, fiance, hubby, missus, other"
        " half, bf, gf",
        with_name="old man, misses, better half",
    ),
    triggers=(
        "marr|engaged|dating|seeing|going out|official|together|relationship|broke|split|divorced"
        "|separated|couple|tied"
        "|husband|wife|partner|friend|met a |met this|new "
    ),
    predicates=(
        Predicate(
            me=(
                r"((got |getting )?(married|engaged) to|marrying|dating|seeing|married|going out with|together with|"
                r"in a relationship with) <o:NAME>(?! (for|about|at|on)\b)"
            ),
            they=r"((got )?(married|engaged) to|dating|married|going out with|together with) <o:NAME>",
        ),
        Predicate(
            me=r"(broke up with|split (up )?(with|from)|divorced( from)?|separated from) <o:NAME>",
            ends=True,
        ),
    ),
    phrasings=(
        # "seeing a lovely woman called Helen", "seeing someone new, he's called Dan"
        Phrasing(
            r"\b([Ss]eeing|[Dd]ating|[Ii]n love with|[Gg]oing out with|[Ll]iv(e|ing) with) (a|this"
            r"|someone)( [a-z]+){0,2}?"
            r"( (girl|guy|man|woman|lady|bloke|fella|lass|lad|someone))?( new| else)?(,| called|, called|"
            r" named|,? (he|she)'?s"
            r"( called)?|,? (his|her) name is|,? (his|her) name's)+ <o:NAME>"
        ),
        Phrasing(
            r"(^\W*|\b[Ii]('ve)? )([Gg]ot|[Hh]ave|[Mm]et) an? (new )?(?i:girlfriend|boyfriend|partner|fella"
            r"|man),? (called )?<o:NAME>"
        ),
        Phrasing(
            r"<o:NAME> and (I|i) (got (married|engaged)|are (together|married|engaged|dating|a couple)|"
            r"moved in together|have been (together|married)|tied the knot)"
        ),
        Phrasing(
            r"<o:NAME> and (I|i) (broke up|split up|split|are (divorced|separated|no longer together)|"
            r"got divorced|separated|have (split|separated|broken up))",
            ends=True,
        ),
        Phrasing(r"<o:NAME> and (I|i)( are| is)?( now| finally)? official\b"),
        no_longer("husband, wife, partner, girlfriend, boyfriend"),
    ),
    asked="wife, husband, partner, girlfriend, boyfriend",
    cues="married wife husband partner spouse girlfriend boyfriend relationship",
    section="people",
    card=5,
    widows=True,
    told=Told("What is my partner called?", "Whose partner is {o}?", name=True),
)
CHILD = Relation(
    name="child",
    reads="has the child",
    reads_you="have the child",
    many=True,
    person=True,
    ties=Ties(
        "daughter, son, stepson, stepdaughter",
        with_name="little boy, little girl, kid, little one, wee one, wee boy, wee girl, wee man,"
        " lad, lass, bairn, eldest, youngest, oldest, baby",
        plurals="kids, children, boys, girls, sons, daughters, twins",
    ),
    overlap=True,
    triggers="daughter|our boy| son |our girl|our lad|our little|our big|our baby|our eldest|our youngest"
    "|our todd|kids|children|sons",
    phrasings=(
        Phrasing(r"\b[Oo]ur (little |big |baby |eldest |youngest )?(boy|girl|lad|toddler|newborn) <o:NAME>"),
        Phrasing(
            r"(<INTRO>|\b[Ii] have|\b[Ii]'ve got)[^.!?\n]*?\b(one|a|my) ([a-z]+ )?(daughter|son),? (called "
            r"|named )?<o:NAME>"
        ),
        Phrasing(
            r"\b([Mm]y|[Oo]ur|[Tt]he) (kids|children|boys|girls)\b[^.!?\n]{0,80}: (?P<o><NAME>( is)?,? \d+,?"
            r" and <NAME>( is)?,? \d+)",
            listed=True,
        ),
        Phrasing(
            r"\bmy (daughter|son) <NAME>\b[^.!?\n]*\bthe (other|younger|older|youngest|eldest)( one)?,? <o:NAME>,"
        ),
    ),
    phrases=INTRODUCTION,
    asked="daughter, son, child, children, kids, boy, girl",
    cues="child children kid kids son daughter",
    section="people",
    card=6,
    told=Told("What is my child called?", "Whose child is {o}?", name=True),
)
PARENT = Relation(
    name="parent",
    reads="has the parent",
    reads_you="have the parent",
    many=True,
    person=True,
    ties=Ties(
        "mother, mum, mom, mam, father, dad", plurals="parents", titles="Mum, Mom, Dad, Mama, Papa, Mummy, Daddy"
    ),
    overlap=True,
    asked="mother, father, mum, mom, dad",
    cues="parent parents mother father mum dad mom",
    section="people",
)
SIBLING = Relation(
    name="sibling",
    reads="has the brother or sister",
    reads_you="have the brother or sister",
    tie="brother or sister",
    many=True,
    person=True,
    ties=Ties("sister, brother, twin, sis", plurals="sisters, brothers, siblings"),
    overlap=True,
    asked="sister, brother, siblings",
    cues="sibling siblings brother sister brothers sisters",
    section="people",
)
_IN_LAWS = ", ".join(
    f"{word}{gap}in{gap}law" for word in ("brother", "sister", "mother", "father", "son", "daughter") for gap in "- "
)
RELATIVE = Relation(
    name="relative",
    reads="has the relative",
    reads_you="have the relative",
    many=True,
    person=True,
    ties=Ties(
        "cousin, aunt, auntie, uncle, nephew, niece, grandson, granddaughter, grandchild, godson, goddaughter,"
        f" godmother, godfather, {_IN_LAWS}, stepmother, stepfather, stepbrother, stepsister, half-brother,"
        " half-sister, great-aunt, great-uncle, great granddaughter, great grandson, great-granddaughter,"
        " great-grandson",
        plurals="cousins, aunts, uncles, nephews, nieces, grandsons, granddaughters, grandchildren",
    ),
    overlap=True,
    triggers="our ",
    phrasings=(
        # "our Ellis is in year 6", as of one's own in Britain
        Phrasing(
            r"(^\W*|[,;.] |\b(and|but|so|at) )[Oo]ur <o:GIVEN>(?='s (in|at|off|got|getting|started|just"
            r"|been)\b| (is|was|has|got|came|went|started|\d\d?(?=,? (in|at|is|and|just|has|who)\b|,)"
            r"|starts|just)\b)"
        ),
    ),
    phrases={
        "GIVEN": r"(?!(Lord|Lady|Father|God|Queen|King|Club|Council|Tower|Street|Church|Ward)\b)[A-Z][a-zà-ÿ]{2,}"
    },
    asked=f"cousin, aunt, uncle, nephew, niece, grandson, granddaughter, grandchild, godson, goddaughter, {_IN_LAWS}",
    cues="cousin aunt uncle nephew niece grandson granddaughter grandchildren godson goddaughter",
    section="people",
)
GRANDPARENT = Relation(
    name="grandparent",
    reads="has the grandparent",
    reads_you="have the grandparent",
    many=True,
    person=True,
    ties=Ties("grandmother, grandfather, gran, grandma, grandpa, grandad, granddad, granny, nan"),
    overlap=True,
    asked="grandmother, grandfather, gran, grandma, grandpa",
    cues="grandmother grandfather gran grandma grandpa grandparents",
    section="people",
)
RELATIONS = (SPOUSE, CHILD, PARENT, SIBLING, RELATIVE, GRANDPARENT)
