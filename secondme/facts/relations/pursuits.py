"""What someone does for themselves: what they play and learn, and what they go without."""

from __future__ import annotations

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import ARTICLES, Phrasing, Predicate, Relation, Told, by_stems

_INSTRUMENTS = any_of("""
    piano, guitar, bass, violin, viola, cello, double bass, drums, flute, clarinet, oboe, bassoon, saxophone, sax,
    trumpet,
    trombone, tuba, horn, french horn, harp, accordion, banjo, ukulele, mandolin, fiddle, bagpipes, organ, keyboard,
    harmonica, recorder, lute, sitar, tabla, percussion, concertina, cornet, euphonium
""")
_SPORTS = any_of("""
    football, rugby, cricket, tennis, squash, badminton, hockey, netball, basketball, volleyball, golf, darts,
    snooker, pool,
    bowls, chess, bridge, poker, lacrosse, handball, water polo, table tennis, padel, softball, baseball, goalball,
    hurling,
    camogie, shinty, curling
""")
PLAYS = Relation(
    name="plays",
    reads="plays",
    reads_you="play",
    reads_past="played",
    many=True,
    identity=by_stems,
    drops=(ARTICLES,),
    rank=24,
    triggers=" play| plays",
    phrases={"INSTRUMENT": f"(?i:{_INSTRUMENTS})", "SPORT": f"(?i:{_SPORTS})"},
    predicates=(
        Predicate(
            me=r"play (the )?<o:INSTRUMENT>\b(?! (part|solo|lesson|teacher))",
            they=r"plays (the )?<o:INSTRUMENT>\b(?! (part|solo|lesson|teacher))",
            bare=None,
        ),
        Predicate(
            me=r"play <o:SPORT>\b(?! (on|at|this|last|with|tonight|tomorrow))",
            they=r"plays <o:SPORT>\b(?! (on|this|last|tonight|tomorrow))",
            bare=None,
        ),
    ),
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
    ordinary=True,
    rank=23,
    triggers=" off | cant eat| cant have| cant drink"
    "|n't eat|n't have|n't drink|n't touch|n't do|n’t do|mustn|n’t eat|n’t have|n’t drink|n’t"
    " touch|cannot|can not"
    "|does not|do not|gave up|given up|intoleran|no longer",
    phrases={
        "FOOD": any_of("""
            dairy, lactose, gluten, sugar, meat, red meat, alcohol, booze, caffeine, coffee, carbs, bread, wheat, salt,
            chocolate,
            sweets, wine, beer, cigarettes, lactose, milk, cheese, eggs, nuts, pork, fish, crisps, fizzy drinks,
            cola, coke,
            spicy food, fried food, takeaways, ultra-processed food, potatoes, rice, seafood, shellfish, beef,
            chicken, soya
        """),
        # "can't have the key": only what stands there as food does, bare.
        "FOODS": (
            r"(?P<o>(?!(a|an|the|that|this|it|you|him|her|them|me|us|my|our|his|their|any|anything|everything|nothing"
            r"|more|too|much|enough|yet|now|well|properly|again|alone|out|in|on|at|both|one|two|another|visitors|people"
            r"|guests|friends|dogs|pets|kids|children|fun|time|work|sick|duty|topic|course|days?|to|with|from|without"
            r"|and|or|for|until|till|by|like|or|sleep|breakfast|lunch|dinner|supper|solids|back|as|if|so|because)\b)"
            r"[a-z][a-z-]+( [a-z-]+)?( (or|and) [a-z-]+)?)(?=\s*([,.;:!?)–—]|$)|\s+(by the way|btw|at all|any ?more|any"
            r" longer|now|these days|because|since|so|which|but|anymore|either|though|for|as|tho|after|until)\b)"
        ),
    },
    predicates=(
        Predicate(
            me=r"((can'?t|cannot|can not) (eat|have|drink|touch)|(don'?t|do not|no longer|won'?t) (eat"
            r"|drink)|mustn'?t (have|eat)) <FOODS>",
            they=(
                r"((can'?t|cannot|can not) (eat|have|drink|touch)|(doesn'?t|does not|no longer|won'?t) "
                r"(eats?|drinks?)|mustn'?t (have|eat))"
                r" <FOODS>"
            ),
            bare=r"(can'?t|cannot) (eat|drink|touch) <FOODS>",
        ),
        Predicate(me=r"intolerant (to|of) <o:FOOD>\b", they=r"intolerant (to|of) <o:FOOD>\b", bare=None, copula=True),
        Predicate(
            me=r"(off|gave up|given up|giving up|can'?t do) (the |all )?<o:FOOD>\b(?! (shop|duty|counter|and))",
            they=r"(off|gave up|given up|can'?t do) (the |all )?<o:FOOD>\b(?! (shop|duty|counter|and))",
            bare=r"(gave up|given up) (the |all )?<o:FOOD>\b(?! (shop|duty|counter|and))",
        ),
    ),
    phrasings=(Phrasing(r"\bforgot (that )?([Ii]'?m|[Ii] am) off (the )?<o:FOOD>\b"),),
    told=Told("What do I not eat, drink or smoke?", "Who goes without {o}?"),
    cues="eat drink avoid without gave up",
    section="tastes",
)
RELATIONS = (PLAYS, LEARNS, GOES_WITHOUT)
