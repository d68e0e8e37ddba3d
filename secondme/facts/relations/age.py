"""How old someone is, and when they were born."""

from __future__ import annotations

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import ModelCue, Phrasing, Predicate, Relation
from secondme.facts.statement import Candidate
from secondme.text.timex.names import MONTHS, SHORT_MONTHS

OLDEST = 120
_MONTHS = ", ".join(month.capitalize() for month in MONTHS)
_SHORT_MONTHS = ", ".join(month.capitalize() for month in SHORT_MONTHS if month not in MONTHS).replace("Sep", "Sept?")
_MONTH = any_of(f"{_MONTHS}, {_SHORT_MONTHS}")
_DIGITS = any_of("one, two, three, four, five, six, seven, eight, nine")
_TENS = any_of("twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety")
_NUMBERS = any_of(f"""
    one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen,
    seventeen, eighteen, nineteen, {_TENS}([ -]{_DIGITS})?
""")


def _no_age(candidate: Candidate) -> bool:
    age = candidate.statement.object
    return age.isdigit() and not 0 < int(age) < OLDEST


AGE = Relation(
    name="age",
    reads="is aged",
    reads_you="are",
    timeless=True,
    rank=6,
    trigger_pattern=r"\d",
    phrases={"COUNT": _NUMBERS, "MONTH_OR_A": any_of(f"{_MONTHS}, a")},
    predicates=(
        Predicate(
            me=(
                r"(turned |turning )?(?P<o>\d{1,3})"
                r"( years old| yrs old|yo)?(?=\s*"
                r"([,.!;)]|$|now\b|today\b|yesterday\b|last\b|this\b|and (my|I|still|feel)|in <MONTH_OR_A>|"
                r"on (Mon|Tue|Wed|Thu|Fri|Sat|Sun|the)|next\b|years old))"
            ),
            they=(
                r"(turned |turning )?(?P<o>\d{1,3})"
                r"( years old| yrs old)?(?=\s*([,.!;)]|$|now\b|today\b|yesterday\b|last\b|already\b|years old|"
                r"and ))"
            ),
            bare=r"(turned|turning) (?P<o>\d{1,3})\b(?! (minutes|pages|degrees|percent))",
            copula=True,
        ),
        Predicate(
            me=(
                r"(turned |turning )?<o:COUNT>(?= "
                r"(years old|today|now|on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|!)"
            ),
            they=r"<o:COUNT>(?=\s*([.!]|$|now\b|today\b|years old))",
            bare=r"(turned|turning) <o:COUNT>(?= (today|now|on)\b|[.!,]|$)",
            copula=True,
        ),
        Predicate(
            they=r"(turns|turned) <o:COUNT>(?= (today|now|on|last|this)\b|[.!,]|$)",
            bare=None,
        ),
        Predicate(
            they=r"(turns|turned) (?P<o>\d{1,3})\b(?! (minutes|pages|degrees|percent))",
            bare=None,
        ),
    ),
    phrasings=(Phrasing(r"\b(I'm|i'm|I am|me) (?P<o>\d{1,3}) years (old|of age)"),),
    vague=_no_age,
    model=ModelCue(r"turn(ed|ing|s)?|years? old|aged?", fits=str.isdigit),
    cues="age",
    questions=(r"how old (am|is|was) <WHO>",),
    news=False,
)
BIRTHDAY = Relation(
    name="birthday",
    reads="has a birthday on",
    reads_you="have your birthday on",
    timeless=True,
    drops=("the ",),
    rank=7,
    triggers="birthday|bday|born",
    phrases={
        "DAY": rf"((the )?\d{{1,2}}(st|nd|rd|th)?( of)? {_MONTH}\b|{_MONTH}\.? (the )?\d{{1,2}}(st|nd|rd|th)?)",
    },
    predicates=(
        Predicate(
            me=r"was born (on )?<o:DAY>",
            they=r"born on <o:DAY>",
            bare=None,
        ),
        Predicate(
            bare=r"born on <o:DAY>",
        ),
    ),
    phrasings=(
        Phrasing(r"\b[Mm]y (own )?b(irth)?day( is|'s|:)( on)? <o:DAY>"),
        Phrasing(r"(^|[,;.] )[Bb](irth)?day( is|'s|:)( on)? <o:DAY>"),
        Phrasing(r"<s:NAME>'s b(irth)?day( is|'s|:)?( on)? <o:DAY>"),
    ),
    dated=True,
    label=r"birthday|date of birth|born|dob|bday\Z",
    shape=r".*\d.*\Z",
    cues="birthday born",
    questions=(r"when( is|'s) <WHOSE> birthday",),
    news=False,
)
RELATIONS = (AGE, BIRTHDAY)
