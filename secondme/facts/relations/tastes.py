"""What someone likes and does not like."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import (
    ARTICLES,
    ModelCue,
    Phrasing,
    Predicate,
    Relation,
    Told,
    by_stems,
    is_ordinary,
)
from secondme.facts.statement import Candidate
from secondme.text.terms import STOP_WORDS
from storage.facts import StatementRow

LONGEST = 5
"""Words of what someone likes; longer ones are sentences of their own."""
_LOVE = """
    mad about, crazy about, nuts about, keen on, really into, into, fond of, partial to, addicted to, obsessed with,
    hooked on, big on, (a )?((big|huge|massive|great|real|total|lifelong) )?(fan of|fans of|sucker for)
"""
_VERBS = frozenset("makes gives helps keeps takes gets brings feels lets is are was were has".split())
_UNFINISHED = frozenset(
    "to on in of at with by from into about up these this those the a an my our your his her their what and or".split()
)
"""Last words of a thing that was cut off."""
_RELATIVE = re.compile(r"(?i)\b(?:what|why|things?|something|everything|that|which|who|how|ones?|stuff|places?)\s+$")
_OF_THE_MOMENT = re.compile(r"^the (?![A-Z])|(?i:\b(?:him|her|them|me|us|it|this|that|these|those|time|your|you)\b)")
"""What is liked of the moment: "the energy", "making him happy"."""
_GOES_ON = re.compile(r"\s*(?:that|which|who)\b")


ANY = "thing"
"""The kind of a favourite of which nobody said what it is a favourite of."""


def by_favourite(identity: str) -> str:
    """The kind that a favourite is of, in the singular."""
    kind = identity.partition(":")[0]
    return kind[:-1] if kind.endswith("s") else kind


def with_kinds(members: list[StatementRow]) -> list[StatementRow]:
    """Statements about favourites; "chamomile is my favourite now" is of the kind that was spoken of within a day."""
    found = []
    for row in members:
        if row.object.startswith(f"{ANY}:"):
            kinds = [
                other
                for other in members
                if not other.object.startswith(f"{ANY}:")
                and other.said_at < row.said_at
                and _days(other.said_at, row.said_at) < 2
            ]
            if kinds:
                kind = max(kinds, key=lambda other: other.said_at).object.partition(":")[0]
                value = row.object_name.partition(": ")[2]
                row = replace(row, object=f"{kind}: {row.object.partition(': ')[2]}", object_name=f"{kind}: {value}")
        found.append(row)
    return found


def _days(earlier: str, later: str) -> int:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).days


def _no_taste(candidate: Candidate) -> bool:
    words = candidate.statement.object.lower().rpartition(": ")[2].split()
    return (
        len(words) > LONGEST
        or words[0] in STOP_WORDS
        or words[0] in _VERBS
        or words[-1] in _UNFINISHED
        or bool(_OF_THE_MOMENT.search(candidate.written))
        or bool(_GOES_ON.match(candidate.after))
        or bool(_RELATIVE.search(candidate.before) and not candidate.told_by)
    )


_TAKEN_BACK = Phrasing(
    r"\b([Ss]crub|[Ss]crap|[Ss]cratch|[Ff]orget|[Ii]gnore|[Dd]isregard|[Ss]trike|[Tt]ake back)"
    r" (what|everything|all)( that)? [Ii]('ve| have)? (said|told you|wrote) (about|re|on|regarding) <o:THING><END>",
    ends=True,
)
LIKES = Relation(
    name="likes",
    reads="likes",
    reads_you="like",
    many=True,
    opposite="dislikes",
    identity=by_stems,
    drops=(ARTICLES, r"(?i:very|really|too|super|so|any|overly) (?=[a-z]+ )"),
    ordinary=True,
    rank=9,
    triggers=(
        "love|like|enjoy|ador|prefer| fan|fond|mad about|crazy|nuts|keen| into |partial|addict|obsess|hooked|big on"
        "|sucker|enough of|soft spot|weakness|thing|passion|sweet tooth|favorite|favourite|my jam|happy place|nothing"
        "|idea of|live for|went off|gone off|round to|over to"
        "|convert|grown on|won me|hooked|changed my mind|i said|i told"
    ),
    phrases={"LOVE": any_of(_LOVE)},
    predicates=(
        Predicate(
            me=r"(love|(?<!re )like|enjoy|adore|prefer|(?<=ve )(always )?loved|<LOVE>) <OBJECT>",
            they=r"(loves|likes|enjoys|adores|prefers) <OBJECT>",
            bare=r"(love|adore|(mad|crazy|nuts) about|obsessed with|addicted to|big fan of|huge fan of) <OBJECT>",
        ),
        Predicate(
            they=r"<LOVE> <OBJECT>",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=(
                r"((can'?t|cannot|could never|never) get enough of|"
                r"(have|got|ve got) (a )?(soft spot|weakness|thing|sweet tooth|passion|love) for|live for) "
                r"<OBJECT>"
            ),
            they=r"((can'?t|cannot) get enough of|has a (soft spot|weakness|thing|passion) for|lives for) <OBJECT>",
        ),
        Predicate(
            me=(
                r"(no longer (like|enjoy|love)|(don'?t|do not) (like|enjoy|love)) <o:THING>"
                r"(?= any ?more| these days| any longer)"
            ),
            ends=True,
        ),
        Predicate(
            me=r"(went|gone|going) (right )?off <OBJECT>",
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"\b[Mm]y (all-time |absolute |new )?favou?rite (thing )?(is|are|has to be|will always be) <o:THING><END>"
        ),
        Phrasing(
            r"(^\W*|[,;] )(?P<o><WORD>( <WORD>){0,3}) (is|are) my "
            r"(absolute |all-time |new |biggest |great |secret )?(passion|weakness|guilty pleasure|"
            r"thing|jam|idea of a (perfect|great|good)|happy place|obsession|great love|first love)"
        ),
        Phrasing(
            r"\b([Tt]hings|[Ss]tuff) [Ii] (really )?(like|love|enjoy)( are)?:? (?P<o>[^.!?\n]{3,160}?)(?=[.!?\n]|$)",
            listed=True,
        ),
        Phrasing(r"\b([Ii]|[Ii]'ve|[Ii] have|[Ii]ve) (come|came) (a?round|over) to <o:THING><END>"),
        Phrasing(r"\b([Ii]|[Ii]'m|[Ii] am|[Ii]m|am)( now)? (a )?(total |full )?convert(ed)? to <o:THING><END>"),
        Phrasing(
            r"(^\W*|[,;.!] ?)(?P<o><WORD>( <WORD>){0,2}) (have|has|'ve|'s) (really |finally )?(grown on|won) me\b"
        ),
        Phrasing(
            r"(^\W*|[,;.!] ?)(?P<o><WORD>( <WORD>)?) (is|are)"
            r" (brilliant|delicious|amazing|gorgeous|lovely|great|class)\b"
            r"(?=[^.!]*\b(convert|converted|hooked|changed my mind|can't stop))"
        ),
        _TAKEN_BACK,
        Phrasing(r"\b[Nn]othing (beats|better than|compares to|like) <o:THING><END>"),
        Phrasing(
            r"\b(the thing|what) [Ii] (really )?(love|like|enjoy)( the)? most[^,.;!?]{0,30}? (is|are) "
            r"(the )?<o:THING><END>"
        ),
    ),
    opens=True,
    listing=True,
    vague=_no_taste,
    model=ModelCue(r"love[sd]?|adore[sd]?|favou?rite|obsessed|addicted|weakness|passion|hooked", fits=is_ordinary),
    cues="favorite favourite hobby hobbies prefer",
    questions=(r"what <DO> <WHO> (like|love|enjoy)",),
    section="tastes",
    card=9,
    told=Told("What do I like best?", "Who likes {o}?"),
)
DISLIKES = Relation(
    name="dislikes",
    reads="dislikes",
    reads_you="don't like",
    many=True,
    opposite="likes",
    identity=by_stems,
    drops=(ARTICLES, r"(?i:very|really|too|super|so|any|overly) (?=[a-z]+ )"),
    ordinary=True,
    rank=10,
    triggers=(
        "hate|dislike|detest|loath|despis|abhor| stand | bear |abide|stomach|care for|not a |not into|not fond|not keen"
        "|not big|n't like|n’t like|nt like|n't enjoy|n’t enjoy|never like|n't really like|n’t really like|not like"
        "|my thing|cup of tea|for me|taste|make me|makes me|creeps|things i|stuff i|be doing|be bothered|be having"
        "|no time|i said|i told"
    ),
    predicates=(
        Predicate(
            me=(
                r"(hate|dislike|detest|loathe|despise|abhor|"
                r"(can'?t|cannot|can not|could never|never could|couldn'?t) (stand|bear|abide|stomach)|"
                r"don'?t care for|do not care for|(can'?t|cannot) be (doing|bothered|having) with|have no time for|not "
                r"(a |much of a )?((big|huge|great) )?(fan of|into|fond of|keen on|big on)|"
                r"(don'?t|do not|never)( really| much)? (like|liked|enjoy|enjoyed|love)) <OBJECT>"
            ),
            they=(
                r"(hates|dislikes|detests|loathes|despises|(can'?t|cannot) (stand|bear|abide)|"
                r"doesn'?t care for|doesn'?t (really |much )?(like|enjoy)|not "
                r"(a )?((big|huge) )?(fan of|into|fond of|keen on)) <OBJECT>"
            ),
        ),
    ),
    phrasings=(
        _TAKEN_BACK,
        Phrasing(
            r"\b([Tt]hings|[Ss]tuff) [Ii] (don'?t( like)?|hate|dislike|can'?t stand)( are)?:? "
            r"(?P<o>[^.!?\n]{3,160}?)(?=[.!?\n]|$)",
            listed=True,
        ),
        Phrasing(
            r"\b[Ww]hat [Ii] (really |absolutely )?(hate|can'?t (stand|bear)|dislike|loathe)( the)?( most)? "
            r"(is|are) <o:THING><END>"
        ),
        Phrasing(
            r"(^\W*|[,;] )(?P<o><WORD>( <WORD>){0,2}) "
            r"(isn'?t|is not|aren'?t|are not|just isn'?t|has never been) "
            r"(really )?(my (thing|cup of tea|style|bag)|for me)\b"
        ),
        Phrasing(
            r"(^\W*|[,;] )(?P<o><WORD>( <WORD>){0,2}) "
            r"(tastes? like (soap|cardboard|feet|dirt|mud)|makes? me (sick|gag|nauseous)|turns? my stomach|"
            r"gives? me the creeps)"
        ),
    ),
    negative=True,
    listing=True,
    vague=_no_taste,
    model=ModelCue(
        r"hate[sd]?|detest|loathe|awful|disgusting|gross|despise|worst|horrible|yuck|never liked", fits=is_ordinary
    ),
    cues="dislike dislikes hate hates",
    questions=(r"what <DO> <WHO> (hate|dislike)", r"what (don|doesn)'t <WHO> like"),
    section="tastes",
    told=Told("What do I dislike?", "Who dislikes {o}?"),
)
FAVOURITE = Relation(
    name="favourite",
    reads="has the favourite",
    reads_you="have the favourite",
    slot=by_favourite,
    drops=(ARTICLES,),
    rank=9,
    triggers="favourite|favorite|fav|number one|no. 1|go-to|go to|my top| of choice|preferred",
    phrases={
        "BEST": r"(favou?rite|fave?|number[ -]one|no\.? ?1|go-to|preferred"
        r"|top(?! (floor|shelf|drawer|half|speed|mark|priority)\b))",
    },
    phrasings=(
        Phrasing(
            r"\b[Mm]y (all-time |absolute |new |current )?<BEST> (?P<kind>(?!thing\b)[a-z]+( [a-z]+)?)"
            r"( of all time| at the moment| these days)?( is|'s| are| has to be| will always be|:| =)( now)? "
            r"<o:THING><END>"
        ),
        Phrasing(r"(^\W*|[.;!,] )<o:THING> (is|are) my (?P<kind>[a-z]+) of choice\b"),
        Phrasing(r"\b[Mm]y (?P<kind>[a-z]+) of choice (is|are) <o:THING><END>"),
        Phrasing(
            r"(^\W*|[.;!,] )(?i:fav|fave|favou?rite) (?P<kind>(?!thing\b)[a-z]+)( is|'s|:| =)?"
            r" (?P<o>(?!is\b|the\b)<THING>)<END>"
        ),
        Phrasing(r"\b[Nn]ew <BEST> (?P<kind>[a-z]+( [a-z]+)?)( is|:| =|,)? (?P<o>(?!is\b)<THING>)<END>"),
        Phrasing(
            r"(^\W*|[.;!] *|[,;] |\b(so|and|but|with|having) )(?P<o>(a |an |the )?(?!and\b)<WORD>( <WORD>){0,3})"
            r"( is| are|,)( officially| now| still| definitely)* my (absolute |all-time |new |current )*"
            r"<BEST> (?P<kind>(?!now\b|these\b|thing\b|of\b|at\b|and\b|by\b|rip\b|ever\b)[a-z]+)\b"
        ),
        Phrasing(
            r"(^\W*|[.;!] *|[,;] |\b(so|and|but) )(?P<o>(a |an |the )?(?!and\b)<WORD>( <WORD>){0,3})"
            r"( is| are)( officially| now| still| definitely)* my (absolute |all-time |new |current )*<BEST>"
            r"(?= (now|these days|at the moment|at)\b|\s*([,.;!]|$))",
            slot=ANY,
        ),
    ),
    vague=_no_taste,
    cues="favourite favorite best",
    questions=(
        r"what( is| are| was| were|'s|s|re) <WHOSE> (?P<best>favou?rite|fave|top|go-to|number one) "
        r"(?P<kind>[a-z]+( (?!(before|previously|now|then|these|at|again|until|please)\b)[a-z]+)?)",
    ),
    section="tastes",
)
SUPPORTS = Relation(
    name="supports",
    reads="supports",
    reads_you="support",
    reads_past="supported",
    drops=("the ",),
    rank=10,
    triggers="support|barrack|root|follow|fan|cheer| man from| girl from|season ticket|switched",
    predicates=(
        Predicate(
            me=(
                r"(support|supporting|barrack(ing)? for|root(ing)? for|cheer(ing)? for) (the )?<o:NAME>"
                r"(?! (in|with|on|at)\b)"
            ),
            they=r"(supports|supporting|barracks for|roots for|cheers for) (the )?<o:NAME>(?! (in|with|on|at)\b)",
        ),
        Predicate(
            me=r"(a |an )?(big |huge |lifelong )?(?P<o>(?-i:<NAME>))(?= (fans?|supporters?|man|woman|girl)\b)",
            they=r"(a |an )?(big |huge |lifelong )?(?P<o>(?-i:<NAME>))(?= (fan|supporter)\b)",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=(
                r"(a |an )?(big|huge|massive|lifelong|die-?hard|proud) (?P<o>(man |west |aston |leeds "
                r"|newcastle |sheffield )?"
                r"[a-z]{3,}( (city|united|town|fc|rovers|wanderers|villa|county|palace))?)(?= (fan|supporter)\b)"
            ),
            bare=None,
        ),
        Predicate(me=r"(have|got|ve got) a season ticket (for|at) (the )?<o:NAME>"),
    ),
    phrasings=(
        Phrasing(
            r"(^\W*|[.,;!] )<o:NAME> (fan|supporter|man|woman|girl|lad)"
            r"(?=,? (now|from (now|today)( on)?|through and through|since|these days|for life)\b)"
        ),
    ),
    cues="support supports team club fan",
    questions=(
        r"who <DO> <WHO> <NOW>(support|barrack for|root for|cheer for|follow)",
        r"(what|which) (football |rugby |footy )?(team|club|side) <DO> <WHO> <NOW>"
        r"(support|barrack for|root for|follow)",
        r"(what|who)( is|'s|s) <WHOSE> (football |rugby |footy )?(team|club)",
    ),
    section="tastes",
    told=Told("Which team do I support?", "Who supports {o}?", name=True),
)
RELATIONS = (LIKES, DISLIKES, FAVOURITE, SUPPORTS)
