"""What someone belongs to, and the office they hold there."""

from __future__ import annotations

import re

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import Phrasing, Predicate, Relation, by_stems
from secondme.facts.statement import Candidate

_GROUPS = any_of("""
    choir, band, covers band, brass band, jazz band, folk group, orchestra, quartet, quintet, trio, team, football team,
    netball team, cricket team, quiz team, pub quiz team, club, running club, rowing club, tennis club, book club,
    chess club,
    cycling club, camera club, swimming club, sailing club, football club, running group, running crew, walking group,
    reading group, writing group, knitting group, society, guild, association, league, troupe, theatre group,
    drama group, improv group, dance group, squad, crew, union, allotment society, women's institute, WI, rotary,
    scouts, territorials, reserves, fire brigade, parish council, town council, committee, PTA, board, ensemble, chorus,
    a cappella group, bell-ringers, ringers, Singers, Harriers, Rovers, Wanderers, Striders, Plodders, Runners,
    squadron, ramblers,
    Anglers, Wheelers, legion, sunday league team, [a-z]+ club, [a-z]+ society, residents' association
""")
_OFFICES = any_of("""
    treasurer, secretary, chair, chairman, chairwoman, chairperson, captain, vice-captain, president, vice-president,
    librarian,
    organist, conductor, clerk, councillor, governor, trustee, steward, union rep, rep, goalkeeper, goalie, keeper,
    striker,
    defender, winger, midfielder, prop, hooker, fly-half, bowler, wicketkeeper, cox, stroke, drummer, bassist,
    bass player,
    bass, guitarist, lead singer, singer, keyboardist, pianist, first violin, second violin, principal cello,
    first tenor,
    second tenor, tenor, baritone, alto, soprano, first alto, second alto, first soprano, second soprano, mezzo, treble,
    churchwarden, verger, sidesman, coach, umpire, referee, scout leader, cub leader, brown owl, akela, beaver leader
""")

MEMBER_OF = Relation(
    name="member_of",
    reads="is in",
    reads_you="are in",
    reads_past="was in",
    many=True,
    identity=by_stems,
    drops=(r"(?i:a|an|the|our|my) ",),
    rank=25,
    triggers="club|choir|band|team|orchestra|group|league|society|guild|squad|crew|we're called|we’re called"
    "|we are called"
    "|member of|ramblers|anglers|legion"
    "|joined|singers| play for|playing for| sing in|sing with| ring |committee|council|union|pta|ensemble"
    "|troupe|chorus",
    phrases={
        "GROUP": f"(?i:{_GROUPS})",
        "KIND": r"((?!(a|an|the|my|our|is|was|and|of|in|her|his|their)\b)[\w'’-]+ ){0,3}?",
        "OFFICE": f"(?i:{_OFFICES})",
        "CALLED": r"( is now| is|'s| are| is called|'s called|'s name is| called| named|:|,)",
        "BEGINS": r"(^\W*((ok|so|and|also|oh|btw|right) )*|[,;:.!–—-] (and |but |so )?|\b(and|but|so|because|cos) )",
    },
    predicates=(
        Predicate(
            me=(
                r"(joined|rejoined|play for|playing for|sing in|sing with|singing in|singing with|ring at"
                r"|row for|run with"
                r"|play in|playing in|got into|made it into|in|member of|a member of|signed up (for|to|with))"
                r" (?P<o>((the|a|an|our|my) )?(?P<g>([\w'’-]+ ){0,3}?<GROUP>)( (named|called) <NAME>|,"
                r" <NAME>)?)(?![\w'’-])"
                r"(?! (of|mate|mates|meeting|song|music|aid|leader|practice|colours)\b)"
            ),
            they=(
                r"(joined|plays for|sings in|sings with|plays in|got into|in|(is )?a member of)"
                r" (?P<o>(the|a|an|his|her|their) ([\w'’-]+ ){0,3}?<GROUP>( (named|called) <NAME>)?)(?![\w'’-])"
                r"(?! (of|mate|mates|meeting|song|music|aid|leader|practice|colours)\b)"
            ),
        ),
        Predicate(
            me=r"(a )?member of (the )?(?P<o>(?!Parliament\b)<NAME>)",
            bare=r"member of (the )?(?P<o>(?!Parliament\b)<NAME>)",
        ),
        Predicate(
            me=(
                r"(quit|left|dropped out of|resigned from|packed in) "
                r"(?P<o>(the|my|our) ([\w'’-]+ ){0,3}?<GROUP>)(?![\w'’-])"
            ),
            ends=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"(<BEGINS>|\b([Mm]y|[Oo]ur) )((?i:my|our|the) )?([\w'’-]+ )??<GROUP><CALLED> "
            r"(?P<o>(the |The )?<NAME>)(?! (is|was|says|has|'s)\b)"
        ),
        Phrasing(r"\b([Oo]ur|[Mm]y) [\w'’ -]{0,20}?<GROUP>, (?P<o>(the |The )?<NAME>),"),
        Phrasing(r"\b[Ww]e('re| are) called (?P<o>(the |The )?<NAME>)"),
        Phrasing(
            r"\b([Ii]'m|[Ii] am|[Ii] play|[Ii] sing)( the| a| an)? <OFFICE> (in|for|with) "
            r"(?P<o>(the|a|an|our|my) ([\w'’-]+ ){0,3}?<GROUP>( (named|called) (the )?<NAME>('s <NAME>)?)?)"
        ),
        Phrasing(
            r"(^\W*|\b[Ii] )([Gg]ot into|[Jj]oined|[Mm]ade) (the|a) (?P<o>[\w'’ -]{0,20}?<GROUP>)(?=\s*([,.;:!?]|$))"
        ),
    ),
    cues="club choir band team group member society",
)


def _was_once(candidate: Candidate) -> bool:
    return _WAS.search(candidate.quote) is not None


_WAS = re.compile(r"\bwas\b(?! (?:just )?(?:made|elected|voted|appointed|chosen|named|picked))")
OFFICE = Relation(
    name="office",
    reads="is the",
    reads_you="are the",
    reads_past="was the",
    many=True,
    identity=by_stems,
    drops=(r"(?i:a|an|the|our|my) ",),
    rank=26,
    triggers="|".join(
        word for word in " ".join(_OFFICES.strip("()").split("|")).replace("-", " ").split() if len(word) > 3
    ),
    phrases={
        "OFFICE": f"(?i:{_OFFICES})",
        "BODY": (
            r"( (of|to|for|at|in) ((the|a|an|our|my) )?(?!(a|the|of|in)\b)([\w'’-]+ ){0,4}?"
            rf"(<NAME>|(?i:{_GROUPS.replace('(', '(?:')}|parish|church|village|school|office|scores|show|county)))"
        ),
    },
    predicates=(
        Predicate(
            me=(
                r"(am |be )?((just )?(been )?(made|elected|voted( in as)?|appointed|chosen as|named|picked"
                r" as) )?(the |a )?"
                r"(?P<o>((?!(play|sing|played|sang|do|did|love|like|have|had|hate|want|need|saw|know|met"
                r"|teach)\b)[a-z-]+ )?"
                r"<OFFICE><BODY>)(?![\w'’-])"
            ),
            they=(
                r"((just )?(been )?(made|elected|voted( in as)?|appointed|chosen as|named) )?(the |a )?"
                r"(?P<o>([a-z-]+ )?<OFFICE><BODY>)(?![\w'’-])"
            ),
            bare=None,
            copula=True,
        ),
    ),
    phrasings=(
        Phrasing(
            r"\b([Ii]'m|[Ii] am|[Ii]'ve been|[Ii] have been|[Ii] was|[Tt]hey('ve)? made me|[Ii] got) "
            r"((just )?(made|elected|voted( in as)?|appointed|chosen as) )?(the |a )?"
            r"(?P<o>(new )?<OFFICE>(?! (of the|rooms?|guitar|drum|player))<BODY>?)(?=\s*([,.;:!?)]|$)|\s+"
            r"(and|now|this|but)\b)"
        ),
        Phrasing(r"\b([Gg]ot into|[Jj]oined) the (choir|band|orchestra|team|quartet), (?P<o><OFFICE>)\b"),
    ),
    vague=_was_once,
    cues="treasurer secretary captain chair role office",
)


RELATIONS = (MEMBER_OF, OFFICE)
