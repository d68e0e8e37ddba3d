"""Where someone lives and comes from."""

from __future__ import annotations

from secondme.facts.relations.relation import ModelCue, Phrasing, Predicate, Relation, by_place

LIVES_IN = Relation(
    name="lives_in",
    reads="lives in",
    reads_you="live in",
    reads_past="lived in",
    identity=by_place,
    rank=2,
    triggers=" liv| mov|reloc| based|settl|resid| rent|lease|place|flat|house|apart|room|studio|home| left| base ",
    predicates=(
        Predicate(
            me=(
                r"(live|living|(?<=ve )lived|based|settled|settling|settle|reside|residing|rent|renting)"
                r"( now| again| full time| permanently)?( over| out| up| down| here| there)? "
                r"(in|at|near|outside) <o:PLACE>"
            ),
            they=(
                r"(lives|living|(?<=has )lived|based|settled|resides)( now| again)?( over| out| up| down)? "
                r"(in|at|near|outside) <o:PLACE>"
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
                r"(moved|relocated) (back |over |away |out |house |home |all the way )?(from <PLACE> )?to "
                r"<o:PLACE>"
            ),
        ),
        Predicate(
            me=(
                r"(signed (the|a|our|my) lease (on|for|in)( (a|the) <WORD>( <WORD>)? in)?|"
                r"(bought|rented|got|found|have|took) (a|our|my|the) "
                r"(<WORD> )?(place|flat|house|apartment|room|studio) (in|near)) <o:PLACE>"
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
            me=r"left <o:PLACE>(?= for good| behind)",
            they=r"left <o:PLACE>(?= for good| behind)",
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"\b([Mm]y |[Oo]ur )?([Hh]ome|[Bb]ase)( (now|these days|for now|at the moment))*( is|'s)"
            r"( now| in| these days)* <o:PLACE>(?! time\b)"
        ),
        Phrasing(r"<o:NAME>,? where ([Ii]|[Ww]e)('ve|'m| have| am)?( now| been)? liv(e|ing)\b"),
        Phrasing(r"\b[Mm]y (new |current )?(flat|home|house|apartment|place|address) is (now |still )?in <o:PLACE>"),
        Phrasing(r"<o:NAME>('s| is| has)( now)?( been)? (my|our) (new )?home\b(?! town)"),
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
        r"(which|what) (city|town) <DO> <WHO> <NOW>liv(e|ing) in",
    ),
    card=2,
    plannable=True,
    of_the_living=True,
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
    phrasings=(Phrasing(r"\b[Mm]y home ?town is <o:PLACE>"),),
    model=ModelCue(r"born|raised|grew up|home ?town|originally|native|roots", stands="behind a preposition"),
    cues="from born origin hometown country grew childhood",
    questions=(r"where <DO> <WHO> (come )?from",),
)
RELATIONS = (LIVES_IN, FROM)
