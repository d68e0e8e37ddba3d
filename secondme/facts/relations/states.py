"""What someone is or does altogether: that they died, what they eat, whether they smoke."""

from __future__ import annotations

import re

from secondme.facts.relations.relation import Phrasing, Predicate, Relation
from secondme.facts.starts import start_in_words
from secondme.facts.statement import Candidate
from storage.facts import StatementRow


def _died_when(thing: str, first: StatementRow, day: str) -> str:
    when = start_in_words(first) if first.precision.startswith("told") else ""
    return f"{thing} {'on' if when[:1].isdigit() and ' ' in when else 'in'} {when}" if when else thing


def _is_denied(candidate: Candidate) -> bool:
    """Whether someone says that they are not vegan: what they eat is a denial only where it says so itself."""
    said = f"{candidate.before}{candidate.quote}"
    return candidate.statement.object.startswith("is ") and bool(_NOT.search(said))


_NOT = re.compile(r"(?i)\b(?:no way|not|never|no longer|isn['’]?t|ain['’]?t|nor|hardly)\b")
_SMOKES = r"(smoke|smoking) (a lot|too much|\d+|a pack|cigarettes|a pipe|cigars|roll-?ups|again)"
_GAVE_UP = r"(quit|gave up|given up|stopped|packed in|off) (smoking|the cigarettes|the cigs|the fags)\b"
_WITHOUT = (
    r"(haven't|have not|havent|ain't|aint|not|hasn't|hasnt) ((had|touched) a (smoke|cigarette|fag)|smoked)\b"
    r"(?! (yet|today))"
)
DIED = Relation(
    name="died",
    reads="",
    reads_you="",
    final=True,
    rank=21,
    triggers="died|passed away|passed on|lost my|lost our| late |funeral",
    shown=_died_when,
    phrasings=(
        Phrasing(
            r"\b([Mm]y|[Oo]ur) (<WORD> ){0,2}?(?P<k><FAMILY>)( <n:NAME>|, <m:NAME>,)?( has)? "
            r"(just )?(died|passed away|passed on)\b(?! (of|in|at) (laugh|sham|embarr))",
            object="died",
        ),
        Phrasing(r"\b(?P<s><TITLES>)( has)? (just )?(died|passed away|passed on)\b", object="died"),
        Phrasing(r"<s:NAME>( has)? (just )?passed away\b", object="died"),
        Phrasing(r"\b([Mm]y|[Oo]ur) (dear )?late (<WORD> )?(?P<k><FAMILY>),? <n:NAME>", object="died"),
        Phrasing(r"\b([Mm]y|[Oo]ur) (<WORD> )?(?P<k><FAMILY>)( <n:NAME>)?'s funeral\b", object="died"),
        Phrasing(
            r"\b([Ii]|[Ww]e) lost (my|our) (<WORD> )?(?P<k><FAMILY>)( <n:NAME>)? (in|to|last|on|this)\b", object="died"
        ),
    ),
    cues="died dead death passed",
    questions=(r"when did <WHO> (die|pass away)",),
)
DIET = Relation(
    name="diet",
    reads="",
    reads_you="",
    rank=11,
    triggers="vegan|vegetarian|veggie|pescatarian|meat",
    predicates=(
        Predicate(
            me=r"(a |gone |turned |become |went )?vegan\b(?! (food|restaurant|place|recipe|cheese|leather|shoes))",
            they=r"(a |gone |turned |become |went )?vegan\b(?=\s*([,.;!]|$|now|since|and))",
            bare=r"(gone|went|turned) vegan\b",
            object="is vegan",
        ),
        Predicate(
            me=r"(a |gone |turned |become |went )?(vegetarian|veggie)\b(?! (food|place|recipe|option|patch))",
            they=r"(a |gone |turned |become |went )?(vegetarian|veggie)\b(?=\s*([,.;!]|$|now|since|and))",
            bare=r"(gone|went|turned) (vegetarian|veggie)\b",
            object="is vegetarian",
        ),
        Predicate(
            me=r"(a |gone |turned )?pescatarian\b",
            they=r"(a )?pescatarian\b",
            bare=r"(gone|turned) pescatarian\b",
            object="is pescatarian",
        ),
        Predicate(
            me=r"((gave|given) up (eating )?meat|(stopped|quit) eating meat|don'?t eat meat|do not eat meat|eat no meat"
            r"|no longer eat meat|off meat)\b(?! (and|or) (dairy|fish)|[- ]free)",
            they=r"(doesn'?t eat meat|gave up meat|eats no meat|stopped eating meat)\b",
            object="eats no meat",
        ),
    ),
    phrasings=tuple(
        Phrasing(
            r"^\W*((and|also|btw|oh|im|i'm|been|ive been|i've been|strict|lifelong) )*"
            rf"{word}\b(?=\s*([,.;!]|$)| (since|for|now|but|and|btw|so|too)\b)",
            object=shown,
        )
        for word, shown in (
            ("(?i:vegan)", "is vegan"),
            ("(?i:vegetarian|veggie)", "is vegetarian"),
            ("(?i:pescatarian)", "is pescatarian"),
        )
    ),
    negative=True,
    vague=_is_denied,
    cues="vegan vegetarian diet eat meat",
    questions=(r"(am|is) <WHO> (a )?(vegan|vegetarian)", r"<DO> <WHO> eat meat"),
    section="tastes",
)
SMOKING = Relation(
    name="smoking",
    reads="",
    reads_you="",
    rank=11,
    triggers="smok|cigar|fags|cigs",
    predicates=(
        Predicate(me=_GAVE_UP, they=_GAVE_UP, object="no longer smokes"),
        Predicate(
            me=r"(don'?t|do not|no longer) smoke (any ?more|any longer|these days|now)\b", object="no longer smokes"
        ),
        Predicate(me=r"no longer smoke\b", object="no longer smokes"),
        Predicate(me=r"(don'?t|do not|never) smoke\b(?! any)", they=r"doesn'?t smoke\b", object="does not smoke"),
        Predicate(me=_SMOKES, they=r"smokes( a lot| too much| \d+| a pack| cigarettes| again)?\b", object="smokes"),
    ),
    phrasings=(
        Phrasing(rf"(^\W*|\b([Ii]|[Ii]'ve|[Ii]ve) ){_WITHOUT}", object="no longer smokes"),
        Phrasing(r"\b[Ss]moke[- ]free (for|since)\b", object="no longer smokes"),
    ),
    negative=True,
    cues="smoke smoking smoker cigarettes",
    questions=(r"<DO> <WHO> (still )?smoke", r"(am|is) <WHO> (still )?a smoker"),
    section="tastes",
)
RELATIONS = (DIET, SMOKING, DIED)
