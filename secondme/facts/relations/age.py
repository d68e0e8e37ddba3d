"""How old someone is, and when they were born."""

from __future__ import annotations

import re
from datetime import date

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import INTRODUCTION, ModelCue, Phrasing, Predicate, Relation
from secondme.facts.statement import Candidate
from secondme.text.entities import fold_name
from secondme.text.number_words import TENS, UNDER_TWENTY
from secondme.text.timex.names import MONTHS, SHORT_MONTHS
from storage.facts import StatementRow

OLDEST = 120
_CHILDREN = re.compile(r"(?i)\b(?:kids?|children|sons?|daughters?|boys?|girls?|twins?|nephews?|nieces?)\b")
_MONTHS = ", ".join(month.capitalize() for month in MONTHS)
_SHORT_MONTHS = ", ".join(month.capitalize() for month in SHORT_MONTHS if month not in MONTHS).replace("Sep", "Sept?")
_MONTH = any_of(f"{_MONTHS}, {_SHORT_MONTHS}")
_DIGITS = any_of(", ".join(UNDER_TWENTY[:9]))
_TENS = any_of(", ".join(TENS))
_VALUES = {
    **{word: value for value, word in enumerate(UNDER_TWENTY, start=1)},
    **{word: 10 * value for value, word in enumerate(TENS, start=2)},
}
_NUMBERS = any_of(f"{', '.join(UNDER_TWENTY)}, {_TENS}([ -]{_DIGITS})?")


def in_digits(age: str) -> str:
    """An age as a number: "ten" and "10" are the same."""
    words = fold_name(age).replace("-", " ").split()
    if not words or not all(word in _VALUES for word in words):
        return fold_name(age)
    return str(sum(_VALUES[word] for word in words))


def grown(age: str, first: StatementRow, day: str) -> str:
    """An age on a later day: exact if the birthday was named, else as it was said, with when that was after a year."""
    key = in_digits(age)
    if not day or not key.isdigit():
        return age
    begun, now = date.fromisoformat(first.valid_from), date.fromisoformat(day)
    years = now.year - begun.year - ((now.month, now.day) < (begun.month, begun.day))
    if years < 1:
        return age
    if first.precision == "told:day" or first.precision.startswith("planned:day"):
        return str(int(key) + years)
    return f"about {int(key) + years} ({key} in {begun:%B %Y})"


def _no_age(candidate: Candidate) -> bool:
    age = candidate.statement.object
    if candidate.quote.endswith(")") and not _CHILDREN.search(candidate.message):
        return True  # "the film Alien (79)"
    return age.isdigit() and not 0 < int(age) < OLDEST


AGE = Relation(
    name="age",
    reads="is aged",
    reads_you="are",
    reads_plan="turns",
    timeless=True,
    plannable=True,
    of_the_living=True,
    shown=grown,
    key=in_digits,
    rank=6,
    trigger_pattern=r"\d",
    phrases={**INTRODUCTION, "COUNT": _NUMBERS, "MONTH_OR_A": any_of(f"{_MONTHS}, a")},
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
    phrasings=(
        Phrasing(r"\b(I'm|i'm|I am|me) (?P<o>\d{1,3}) years (old|of age)"),
        # "two kids, Mia (4) and Theo (7)"
        Phrasing(r"(?<=[, ])<s:NAME> \((?P<o>\d{1,2})\)(?=\s*([,.;]|$|and\b|who\b|is\b|has\b|goes\b|starts\b))"),
        # "my friend Omar, 41, is a welder", "our vet Ada, a 34-year-old"
        Phrasing(
            r"\b([Mm]y|[Oo]ur) ([a-z-]+ ){0,2}(<KIN>),? <s:NAME>,? \(?(now |aged )?(?P<o>\d{1,2})"
            r"(?= years old\b|\s*[,)])"
        ),
        Phrasing(r"\b([Mm]y|[Oo]ur) ([a-z-]+ ){0,2}(<KIN>),? <s:NAME>(,| is) (now )?an? (?P<o>\d{1,2})-year-old\b"),
        Phrasing(r"<INTRO>, ([a-z][a-z ]{2,30}, )?(?P<o>\d{2})(?=\s*[,.;]|$)"),
    ),
    vague=_no_age,
    model=ModelCue(r"turn(ed|ing|s)?|years? old|aged?", fits=str.isdigit),
    cues="age",
    questions=(r"how old (am|is|was) <WHO>",),
    news=False,
)
BORN = Relation(
    name="born",
    reads="was born in",
    reads_you="were born in",
    timeless=True,
    rank=7,
    triggers="born in",
    predicates=(
        Predicate(
            me=r"was born( \w+)? in (?P<o>(19|20)\d\d)\b",
            they=r"born( \w+)? in (?P<o>(19|20)\d\d)\b",
            bare=r"born( \w+)? in (?P<o>(19|20)\d\d)\b",
        ),
    ),
    phrasings=(Phrasing(r"<s:NAME> \(born (in )?(?P<o>(19|20)\d\d)\)"),),
    cues="born birth year old",
    questions=(r"(what|which) year (was|were) <WHO> born", r"when (was|were) <WHO> born"),
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
        "DAY": (
            rf"((the )?\d{{1,2}}(st|nd|rd|th)?( of)? (?i:{_MONTH})\b"
            rf"|(?i:{_MONTH})\.? (the )?\d{{1,2}}(st|nd|rd|th)?)"
        ),
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
        Phrasing(r"\b(?P<s><TITLES>)('s|s) b(irth)?day( is|'s|:)?( on)? <o:DAY>"),
        Phrasing(r"\b([Mm]y|[Oo]ur) (<WORD> )?(?P<k><FAMILY>)( <n:NAME>)?('s|s) b(irth)?day( is|'s|:)?( on)? <o:DAY>"),
        Phrasing(r"<s:NAME>( is|'s)? turn(s|ing) \w+ on <o:DAY>"),
        Phrasing(r"<s:NAME>\b[^.!?\nA-ZÀ-Þ]{0,40}\b(he|she) turns \w+ on <o:DAY>"),
    ),
    dated=True,
    label=r"birthday|date of birth|born|dob|bday\Z",
    shape=r".*\d.*\Z",
    cues="birthday born",
    questions=(r"when( is|'s) <WHOSE> birthday",),
    news=False,
)
RELATIONS = (AGE, BIRTHDAY, BORN)
