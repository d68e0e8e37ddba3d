"""Who else is around someone: friends, a boss, doctors."""

from __future__ import annotations

import re

from secondme.facts.phrases import listed_words
from secondme.facts.relations.relation import Phrasing, Predicate, Relation, Ties, no_longer
from secondme.facts.roles import GONE, ROLE, ROLE_WORDS
from secondme.facts.statement import Candidate

FRIEND = Relation(
    name="friend",
    reads="is a friend of",
    reads_you="are a friend of",
    many=True,
    person=True,
    ties=Ties("friend, mate, buddy, bestie, pal, bff, mucker", of_mine="friend"),
    cues="friend friends",
    section="people",
)
BOSS = Relation(
    name="boss",
    reads="has the boss",
    reads_you="have the boss",
    person=True,
    rank=16,
    ties=Ties("boss, manager, supervisor, team lead, line manager, gaffer"),
    triggers="report|answer to|boss|manager|supervisor| for mr| for old| for ms| for dr",
    predicates=(
        Predicate(
            me=r"(report|reporting|answer) to (a (woman|man|guy|lady) (named|called) )?<o:TITLED>",
            they=r"reports to <o:TITLED>",
        ),
    ),
    phrasings=(
        no_longer("boss, manager, supervisor, team lead"),
        Phrasing(r"\bas (a|an|the) [a-z][^.,;!?\n]{3,60},? for (old )?(?P<o>(Mr|Mrs|Ms|Dr)\.? <NAME>)"),
        Phrasing(r"<o:NAME>,? my (new )?(boss|manager|supervisor|line manager|team lead)\b(?!'s)"),
    ),
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


def _around(
    name: str,
    words: str,
    reads: str,
    *,
    cues: str,
    plurals: str = "",
    with_name: str = "",
    more: tuple[Phrasing, ...] = (),
) -> Relation:
    """A relation to one of several people around someone."""
    first = words.partition(",")[0]
    return Relation(
        name=name,
        reads=f"has the {reads}",
        reads_you=f"have the {reads}",
        tie=first if name != "relative" else "relative",
        many=True,
        person=True,
        ties=Ties(words, plurals=plurals, with_name=with_name),
        phrasings=(no_longer(words), *more),
        phrases={"WITH_WORK": r"<NAME>( \([^()]{2,30}\))?"},
        triggers="|".join([*listed_words(words), "sharing", "staying", "hired", "took on", "taken on", " got "]),
        overlap=True,
        asked=words,
        cues=cues,
        section="people",
    )


FLATMATE = _around(
    "flatmate",
    "flatmate, housemate, roommate, roomie",
    "flatmate",
    cues="flatmate housemate roommate roomie",
    plurals="flatmates, housemates",
    more=(
        Phrasing(
            r"\b([Ff]lat|[Hh]ouse|[Rr]oom)mates( are| is|:|,|) (?P<o><WITH_WORK>(, <WITH_WORK>)*(,? and"
            r" <WITH_WORK>)?)(?! who)",
            listed=True,
        ),
        Phrasing(r"\b([Ff]lat|[Hh]ouse|[Rr]oom)mates( are| is|:|,) <o:NAME> who\b"),
        Phrasing(r"\b([Ff]lat|[Hh]ouse|[Rr]oom)mates( are| is|:|,) <NAME> who [^,.!?\n]{3,40} and <o:NAME>"),
        Phrasing(
            r"(^\W*|[,;.] |\b([Ii]'m|[Ww]e're|[Ii] am) )([Ss]haring|[Ss]taying)( the| a| in)?( house| flat|"
            r" place)?( in <PLACE>)?"
            r" (with|w) (?P<o><NAME>(, <NAME>(?!'s))*)",
            listed=True,
        ),
    ),
)
NEIGHBOUR = _around(
    "neighbour", "neighbour, neighbor", "neighbour", cues="neighbour neighbor neighbours", plurals="neighbours"
)
COLLEAGUE = _around(
    "colleague",
    "colleague, coworker, co-worker, workmate",
    "colleague",
    cues="colleague coworker",
    plurals="colleagues",
    more=(
        Phrasing(
            r"\b([Ii]|[Ww]e)('ve)? (hired|took on|taken on|got) <o:NAME>( starting\b| to (start|cover)\b"
            r"|,? (who|she|he) (did|has|worked|used)\b)"
        ),
    ),
)


_CLAUSES = re.compile(r"[,;.:!?]")


def _is_gone(candidate: Candidate) -> bool:
    """Whether a sentence says that somebody is no longer had for something."""
    before, after = _CLAUSES.split(candidate.before)[-1], _CLAUSES.split(candidate.after)[0]
    return bool(GONE.search(f"{before}{candidate.quote}{after}"))


def _by_role(identity: str) -> str:
    return identity.partition(":")[0]


HELPER = Relation(
    name="helper",
    reads="has the",
    reads_you="have the",
    slot=_by_role,
    vague=_is_gone,
    rank=16,
    triggers="|".join(ROLE_WORDS),
    phrases={
        "ROLE": ROLE,
        "KIND": r"((?!(new|old|lovely|dear|poor|other|good|same)\b)[a-z-]+ )?<ROLE>( in (charge|[a-z]+))?",
        "NEW": r"((new|old|lovely|dear|poor|other|good) )*",
        "WHO_IS": r"(?!(<TONGUE>|\w+(ish|ese|ican|utch|ench))\b)<TITLED>(?!'s\b|\s+(and|&) [A-Z])",
    },
    phrasings=(
        Phrasing(
            r"\b([Mm]y|[Mm]a|[Oo]ur|[Tt]he) <NEW>(?P<kind><KIND>)"
            r"(,? (who is |is |was )?(called |named )|'?s name('s| is) |'s (called |named )?(an? )?(?=<TITLED>(?!'))|"
            r" is (now )?(an? )?(?=<TITLED>)|, |: )<o:WHO_IS>"
        ),
        Phrasing(r"\b([Mm]y|[Mm]a|[Oo]ur) <NEW>(?P<kind><KIND>) <o:WHO_IS>"),
        Phrasing(r"(\b[Tt]he |^\W*|[.;,:!?] )(?P<kind>[Ll]andlord|[Ll]andlady|[Cc]aretaker) <o:WHO_IS>"),
        Phrasing(
            r"(^\W*|[.;,!] )(?P<kind>((?!([Mm]y|[Oo]ur|[Tt]he|[Hh]is|[Hh]er|[Nn]ew|[Oo]ld|[Tt]heir|[Aa])"
            r" )[A-Za-z]+ )?<ROLE>( for <NAME>)?)( on [A-Z][a-z]+)?( lady| guy| man|"
            r" chap)?( is|'s)( now)?( an?)? <o:WHO_IS>"
        ),
        Phrasing(r"\b[Mm]y (?P<kind>[a-z]+ for [a-z]+) is <o:WHO_IS>"),
        Phrasing(r"(^\W*|[.;,!] )(?P<kind>[Hh]ead of [a-z]+)( is|'s)( now)? <o:WHO_IS>"),
        Phrasing(r"^\W*(?P<kind>((?!(my|the|new)\b)[A-Za-z]+ )?<ROLE>): <o:WHO_IS>(?! (is|was|says)\b)"),
        Phrasing(r"(?<!My )(?<!Our )<s:NAME>'s (new )?(?P<kind><KIND>)( is| is called| is now|'s|,)? <o:WHO_IS>"),
        Phrasing(r"(^\W*|[.;,!] )(?P<kind><ROLE>)'?s name('s| is) <o:WHO_IS>"),
        Phrasing(r"(^\W*|[.;,!] )(?P<kind><ROLE>)('s| is)( now)?( called| named| an?)? <o:WHO_IS>"),
        Phrasing(r"<o:WHO_IS>(,| is| is now) (my|our) <NEW>(?P<kind><KIND>)\b(?!'s)"),
    ),
    cues="mentor trainer teacher landlord coach tutor lawyer accountant rep",
    section="people",
    introduces=False,
)
"""Whom someone has for something: "mentor: Ruth"."""
RELATIONS = (FRIEND, BOSS, DOCTOR, FLATMATE, NEIGHBOUR, COLLEAGUE, HELPER)
