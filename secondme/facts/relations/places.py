"""Where someone lives and comes from."""

from __future__ import annotations

import re

from secondme.facts.relations.relation import (
    HERE,
    INTRODUCTION,
    ModelCue,
    Phrasing,
    Predicate,
    Relation,
    Told,
    by_place,
)
from secondme.facts.statement import Candidate

_ARRIVED = re.compile(r"(?i)\b(?:landed|arrived|touched down)\b")
_TO_STAY = re.compile(
    r"(?i)\bfor good\b|\bhome (?:now|at last)\b|\bnew (?:home|life|flat|apartment|place|house|school)\b|\bboxes\b"
    r"|\beverything we own\b|\b(?:our|all the|all my) (?:furniture|stuff|belongings)\b|\bone[- ]way\b|\b[ei]m+igra"
    r"|\b(?:five|six|seven|eight|nine|ten|twelve|\d\d) (?:suitcases|bags)\b|\bto live\b"
)
"""What tells an arrival to stay from a journey."""
_STAYS = re.compile(
    r"(?i)\b(?:scratch|off|cancel\w*|after all|instead|never mind|no move"
    r"|(?:not|never|won['’]?t|aren['’]?t) (?:be )?mov\w+"
    r"|(?:come|came) to nothing|in \w+ (?:we|i) (?:stay|remain|stop)\b|before anyone asks"
    r"|changed (?:my|our) minds?|call(?:ed|ing) it off|fell through|too (?:expensive|far|dear|pricey))\b"
)
"""What tells "we stay in Ghent" of those who do not move from a visit."""
_OF_HOMES = re.compile(
    r"(?i)\b(?:mov\w+|liv\w+|flats?|houses?|home|city|cities|town|stay\w*|rents?|settl\w+|keys|lease)\b"
)
_OF_WORK = re.compile(r"(?i)\b(?:start|job|manager|interview\w*|offer|boss|salary)\b")
_STREET = re.compile(r"(?<=\w )(?:Road|Rd|Street|Lane|Avenue|Ave|Crescent|Terrace|Drive|Close|Court)$")
_HABIT = re.compile(
    r"(?i)^\s*(?:in|during|for|over|at|on|every|half|most of|part of) (?:the |an? )?"
    r"(?:spring|summers?|autumn|fall|winters?|weekends?|week|holidays?|season|term(?: time)?|weekdays"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|year|time)\b"
)


def _no_home(candidate: Candidate) -> bool:
    """Whether someone is only there for a while: on a journey, every summer."""
    if _STREET.search(candidate.statement.object):
        return True  # "in a semi on Foxhall Road": no town
    if _ARRIVED.search(candidate.quote) and not _TO_STAY.search(candidate.message):
        return True
    if re.search(r"(?i)\bstay|\bremain(?!s in)", candidate.quote) and not _STAYS.search(candidate.message):
        return True
    if re.search(r"\bit is$", candidate.quote) and (
        not _OF_HOMES.search(candidate.message) or _OF_WORK.search(candidate.message)
    ):
        return True  # "Freya it is"
    moves = re.search(r"(?i)\bmov|reloc|settl", candidate.quote)
    return not moves and bool(_HABIT.match(candidate.after))


LIVES_IN = Relation(
    name="lives_in",
    reads="lives in",
    reads_you="live in",
    reads_past="lived in",
    identity=by_place,
    rank=2,
    trigger_pattern=r"^\W*(?:[\w ]{2,16}\b\W*)?(?:(?:i['’]?m|i am|this is) [\w'-]+,|[\w'-]+ here\b)|→|->|\b"
    r"(?:flat|room|house|one-bed|shared|sharing) in\b",
    triggers=(
        " liv| mov|reloc| based|settl|resid| rent|lease|place|flat|house|apart|room|studio|home| left| base | landed"
        "|arrived|touched down|stay|remain|stopping|biding|since|keep house|roots|it is"
        "| out of | rid of |off to "
        "|behind|history|keys"
    ),
    phrases={
        "INTO": r"(back |over )?(into|in to|to|for|on) (a|an|the|our|my|his|her|their)",
        **INTRODUCTION,
        "DWELLING_ALONE": r"([a-z-]+ )?(one-bed|two-bed|one bed|two bed|flat|house|room|studio|bedsit"
        r"|cottage|bungalow|flatshare|condo|terrace|apartment|serviced apartment|sharehouse)",
        "DWELLING": r"([a-z'’-]+ ){0,4}?(flat|house|place|apartment|room|studio|cottage|home|bungalow|flatshare|condo)",
    },
    vague=_no_home,
    predicates=(
        Predicate(
            me=(
                r"(live|living|(?<=ve )lived|based|settled|settling|settle|reside|residing|rent|renting)"
                r"( (in )?(a|the|our|my) (<WORD> )?(room|flat|house|apartment|place|studio|cottage|caravan|houseboat"
                r"|hostel|bungalow))?<WITH>( alone| on my own| by myself)?( now| again| full time| permanently)?"
                r"( over| out| up| down| here| there)? "
                r"(in|at|near|outside) <o:PLACE>"
            ),
            they=(
                r"<FIRST>(lives|living|(?<=has )lived|based|settled|resides)( alone| on (his|her|their) own)?<WITH>"
                r"( now| again)?( over| out| up| down)? (in|at|near|outside) <o:PLACE>"
            ),
        ),
        Predicate(
            me=(
                r"(moved|relocated|move|moving) "
                r"(back |over |away |out |house |home |all the way )?(from <PLACE> )?(to|into) <o:PLACE>"
                r"(?! (for|on) (a|the) (week|weekend|month|holiday))"
            ),
            they=r"(moved|relocated|moving|moves?|relocates) (back |over |away |out )?(from <PLACE> )?to <o:PLACE>",
            bare=(
                r"(moved|relocated|moving) (back |over |away |out |house |home |all the way )?(from <PLACE> )?to "
                r"<o:PLACE>"
            ),
        ),
        Predicate(
            me=r"(mov(ed|ing) |got the keys |signed )<INTO> <DWELLING> (in|near|outside) <o:PLACE>",
            they=r"mov(ed|ing|es) <INTO> <DWELLING> (in|near|outside) <o:PLACE>",
        ),
        Predicate(
            me=(
                r"(have|had|ve had|ve got|got) (our|my)( very)? own (caravan|flat|place|house|room|studio|apartment"
                r"|houseboat|cottage) in <o:PLACE>"
            ),
        ),
        Predicate(me=r"off to <o:PLACE>(?= for good| permanently)"),
        Predicate(me=r"in <o:PLACE> now\b", bare=None),
        Predicate(me=r"(have|ve|ve got|got) an? (rental|sublet|flatshare|studio) in <o:PLACE>"),
        Predicate(
            they=(
                r"(finally |just )?moved in( with (me|us)| here)?"
                r"(?=\s*([,.;!]|$)| (in|last|yesterday|today|this|on|at the|over the|and)\b)"
            ),
            bare=None,
            object=HERE,
        ),
        Predicate(
            me=r"moved (back )?in (with|w) (my|our) ([a-z]+ )?[a-z]+( and [a-z]+)? in <o:PLACE>",
        ),
        Predicate(
            they=r"(relocated|moved|moves|moving) (here|back here)",
            bare=None,
            object=HERE,
        ),
        Predicate(me=r"(landed|arrived|touched down) in <o:PLACE>"),
        Predicate(
            me=r"((glad|happy|relieved|good|nice|great|thrilled) )?to be (out of|away from|gone from|rid of) <o:PLACE>",
            bare=r"((so|very|really) )?(glad|happy|relieved|good|nice|great|thrilled) to be (out of|rid of) <o:PLACE>",
            ends=True,
        ),
        Predicate(
            me=(
                r"(signed (the|a|our|my) lease (on|for|in)( (a|the) <WORD>( <WORD>)? in)?|"
                r"(bought|rented|got|found|have|took) (a|our|my|the) "
                r"(<WORD> )?(place|flat|house|apartment|room|studio|cottage) (in|near)) <o:PLACE>"
            ),
            bare=(
                r"(rented|got|found|took) (a|our|my|the) (<WORD> )?(flat|house|apartment|room|studio|cottage) in "
                r"<o:PLACE>(?! (for|on|over) )"
            ),
        ),
        Predicate(
            me=r"((no longer|don'?t|do not) live|no longer resident|not living) in <o:PLACE>",
            they=r"(no longer lives|doesn'?t live) in <o:PLACE>",
            ends=True,
        ),
        Predicate(
            me=r"(moved away from|moved out of|gave up (the|our|my) (flat|house|place) in) <o:PLACE>",
            they=r"(moved away from|moved out of) <o:PLACE>",
            ends=True,
        ),
        Predicate(
            # The same words as those that say where the move went, so that both are read.
            me=(
                r"(moved|relocated) (back |over |away |out |house |home |all the way )?from <o:PLACE> (to|into) <PLACE>"
                r"(?! (for|on) (a|the) (week|weekend|month|holiday))"
            ),
            they=r"(moved|relocated) (back |over |away |out )?from <o:PLACE> to <PLACE>",
            bare=(
                r"(moved|relocated) (back |over |away |out |house |home |all the way )?from <o:PLACE> (to|into) <PLACE>"
            ),
            ends=True,
        ),
        Predicate(
            me=r"(moved|came|relocated) (over |down |up |back )?here from <o:PLACE>",
            they=r"(moved|came|relocated) (over |down |up |back )?here from <o:PLACE>",
            ends=True,
        ),
        Predicate(
            me=r"left <o:PLACE>(?= for good| behind)",
            they=r"left <o:PLACE>(?= for good| behind)",
            ends=True,
        ),
    ),
    phrasings=(
        # "I'm Anjali, 38, Pune", "Bilal, 23, Lahore → Glasgow"
        Phrasing(r"<INTRO>, \d\d,( in| from)? <o:PLACE>(?=\s*([,.;!]|$))"),
        Phrasing(r"^[^.!?\n]{0,30}?<NAME>, \d\d, (<PLACE> ?(→|->|to|>) ?)<o:PLACE>(?=\s*([,.;!]|$))"),
        Phrasing(
            r"(<INTRO>[^.!?\n]*|\b([Ii]'m|[Ii] am|[Ww]e're) |^\W*|[,;] )(now |flat |still )?in a"
            r" <DWELLING_ALONE> in <o:PLACE>"
        ),
        Phrasing(r"<INTRO>[^.!?\n]*[,;] (now |a )?<DWELLING_ALONE> in <o:PLACE>"),
        Phrasing(
            r"(^\W*|[,;.] |\b([Ii]'m|[Ww]e're|[Ii] am) )([Ss]haring|[Ss]taying)( the| a| in)?( house| flat|"
            r" place)?( in)? <o:PLACE>"
            r" (with|w) "
        ),
        Phrasing(r"\b([Mm]oved|[Ss]hifted|[Mm]oving) (in)?to the <o:NAME> (flat|house|place|apartment|room|studio)\b"),
        Phrasing(
            r"\b(the |our |my )?[Nn]ew (place|flat|house|home|apartment|condo) (is )?(in|at) <o:PLACE>(?! "
            r"(is|was) (not|for))"
        ),
        Phrasing(
            r"\b([Ww]e|[Ii])(('re|'m|'ll| are| am| will)? (stay|staying|remain)) (put )?in <o:PLACE>"
            r"(?=\s*([,.!;]|$)|( after all| instead| then| now| for good| where)\b)"
        ),
        Phrasing(
            r"(\b([Ww]e|[Ii])\b[^.,;:!?\n]{0,20}\b|^\W*([Ff]inally |[Jj]ust )?)"
            r"([Gg]ot|[Cc]ame|[Mm]ade it|am|are|[Dd]rove|[Ff]lew)( back)? home to <o:PLACE>"
            r"(?! (for|over|to|[a-z]+ing)\b)"
        ),
        Phrasing(r"<o:NAME> is (history|behind (me|us)|in the past)\b", ends=True),
        Phrasing(
            r"\b([Mm]y |[Oo]ur )?([Hh]ome|[Bb]ase)( (now|these days|for now|at the moment))*( is|'s)"
            r"( now| in| these days)* <o:PLACE>(?! time\b)"
        ),
        Phrasing(r"\b(lives|living|moved in|staying for good) with (me|us) (here )?(in|near) <o:PLACE>"),
        Phrasing(r"<o:NAME>,? where ([Ii]|[Ww]e)('ve|'m| have| am)?( now| been)? liv(e|ing)\b"),
        Phrasing(r"\b[Mm]y (new |current )?(flat|home|house|apartment|place|address) is (now |still )?in <o:PLACE>"),
        Phrasing(r"<o:NAME>('s| is| has)( now)?( been)? (my|our) (new )?home\b(?! town)"),
        Phrasing(
            r"<o:NAME> (is|has been|became) home( to us| to me| for (us|me))?"
            r"(?= (since|now|for|these|again)\b|\s*[,.;!]|$)"
        ),
        Phrasing(r"\b([Ii]|[Ww]e)('m|m|'re| am| are)( now)? based out of <o:PLACE>"),
        Phrasing(r"<WHO> (remains|still lives) in <o:PLACE>(?=\s*([,.!;]|$))"),
        Phrasing(r"\b[Hh]ome (for|to) (us|me)( is| has been) (now )?<o:PLACE>"),
        Phrasing(
            r"\b[Ss]ince (last |the )?(\w+ ){1,4}?(we|i|I|We)('re| are|'ve been|'m| am| have been)( now)?"
            r" (in|at) <o:PLACE>"
            r"(?! (for|on) (a|the) )"
        ),
        Phrasing(
            r"\b([Ii]|[Ww]e)('ve| have| had)?( been)?( all| both)? (keep(ing)? house|set(ting)? up (home|house)"
            r"|ma(de|ke|king) (my|our|a) (home|life)|put down( some| our| my)? roots)( together| here)? in <o:PLACE>"
        ),
        Phrasing(
            r"\b([Ii]|[Ww]e)('m|m|'re| am| are)? (staying|stopping|remaining|bid(e|ing)) (on )?in <o:PLACE>"
            r"(?=\s*([,.!;]|$))"
        ),
        Phrasing(r"\b(in|at) <o:PLACE> (we|I) (stay|remain|stop)\b"),
        Phrasing(r"(^\W*|[.!;] )<o:NAME>( and [^.,!?\n]{3,30})? it is(?=\s*[.!]|$)"),
    ),
    label=r"city|town|lives in|home town|place of residence\Z",
    model=ModelCue(
        r"lives?|living|home|(my|our)( new)? (flat|apartment|house)|moved|moving|settled|based|renting|lease|address"
        r"|landlord|resident|neighbou?rhood",
        stands="behind a preposition",
    ),
    cues="live lives living home house city town address reside moved move relocated",
    questions=(
        r"where <DO> <WHO> <NOW>(live|living)",
        r"(in )?(which|what) (city|town|village|place|country) <DO> <WHO> <NOW>(live|living|based|settled)( in)?",
        r"where( is|'s|s) home( now)?( for (?P<s>me|us))?",
        r"where( is|'s|s| was) <WHOSE> home",
        r"home is where( for (?P<s>me|us))?",
    ),
    card=2,
    plannable=True,
    of_the_living=True,
    told=Told("Where do I live?", "Who lives in {o}?", name=True),
)
FROM = Relation(
    name="from",
    reads="comes from",
    reads_you="come from",
    timeless=True,
    identity=by_place,
    rank=4,
    triggers=" from |born|grew|raised|brought up|hometown",
    predicates=(
        Predicate(
            they=r"(comes|hails) (originally )?from <o:PLACE>",
            bare=None,
        ),
        Predicate(
            me=r"(come |came |hail )?(originally )?from <o:PLACE>(?! (to|until|on|at|by|till)\b)",
            they=r"(originally |actually )*from <o:PLACE>(?! (to|until|on|at|by|till)\b)",
            bare=None,
            copula=True,
        ),
        Predicate(
            me=(
                r"(was |were )?(born( and (raised|bred|grew up))?|grew up|raised|brought up)"
                r"( (on a farm|by the sea))? (in|near|outside) <o:PLACE>"
            ),
            they=r"(born( and (raised|bred|grew up))?|grew up|raised|brought up) (in|near|outside) <o:PLACE>",
        ),
    ),
    phrasings=(
        Phrasing(r"\b[Mm]y home ?town is <o:PLACE>"),
        Phrasing(r"\b([Ii]'?m|[Ii] am) <NAME> from <o:PLACE>"),
    ),
    model=ModelCue(r"born|raised|grew up|home ?town|originally|native|roots", stands="behind a preposition"),
    cues="from born origin hometown country grew childhood",
    questions=(r"where <DO> <WHO> (come )?from",),
)
_WAS = re.compile(r"\b(?:was|has been)\b")
_NOT_FOR_LONG = re.compile(
    r"(?i)\b(?:for (?:a|the|two|three|four|his|her|work|the)\b|till|until|this (?:week|weekend|month)|today"
    r"|tonight|tomorrow"
    r"|on (?:holiday|business|a)\b|back (?:on|in)|visiting|holiday|weekend|hospital|trouble|meeting|bed\b|teaching)"
)


def _is_visit(candidate: Candidate) -> bool:
    subject = candidate.statement.subject
    if _WAS.search(candidate.quote):
        return True
    if "/" not in subject and not candidate.before.strip() and candidate.quote.startswith(f"{subject} is "):
        return True  # "Suitcase is in Lisbon": a capital of the sentence's beginning is no name for certain
    return bool(_NOT_FOR_LONG.search(candidate.after[:50]))


IS_IN = Relation(
    name="is_in",
    reads="is in",
    reads_you="are in",
    reads_past="was in",
    identity=by_place,
    rank=4,
    triggers="'s in |’s in | is in | in |posted to|based",
    predicates=(
        Predicate(
            they=(
                r"(is |now |still |over |out |back |away |living |posted |based )*(in|to) <o:PLACE>"
                r"(?=\s*([,.;!)]|$)|\s+(now|with|and|but|too|these days|she|he|so|from)\b)"
            ),
            bare=None,
            copula=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"\b([Mm]y|[Oo]ur) ([a-z]+ )?(?P<k><FAMILY>)( <n:NAME>)? (over |out |up |down )?in <o:PLACE>"
            r"(?= (has|is|says|who|and|can|wants|just|got)\b|,)"
        ),
    ),
    vague=_is_visit,
    cues="where is in",
    introduces=True,
    of_the_living=True,
)
"""Where somebody is who may only stay there: "my brother's in Perth"."""
RELATIONS = (LIVES_IN, FROM, IS_IN)
