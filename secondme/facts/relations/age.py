"""How old someone is, and when they were born."""

from __future__ import annotations

import re
from datetime import date

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import INTRODUCTION, ModelCue, Phrasing, Predicate, Relation
from secondme.facts.statement import Candidate
from secondme.text.entities import fold_name
from secondme.text.number_words import TENS, UNDER_TWENTY, VALUES
from secondme.text.timex.names import MONTHS, SHORT_MONTHS
from storage.facts import StatementRow

OLDEST = 120
_FEELS = re.compile(r"(?i)\b(?:feels?|felt|feeling|looks?|acts?) (?:like|as if|as though)\b")
_CHILDREN = re.compile(r"(?i)\b(?:kids?|children|sons?|daughters?|boys?|girls?|twins?|nephews?|nieces?)\b")
_MONTHS = ", ".join(month.capitalize() for month in MONTHS)
_SHORT_MONTHS = ", ".join(month.capitalize() for month in SHORT_MONTHS if month not in MONTHS).replace("Sep", "Sept?")
_MONTH = any_of(f"{_MONTHS}, {_SHORT_MONTHS}")
_DIGITS = any_of(", ".join(UNDER_TWENTY[:9]))
_TENS = any_of(", ".join(TENS))
_ORDINALS = {
    **{
        "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
        "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
        "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    },
    **{f"{word}th": value for value, word in enumerate(UNDER_TWENTY, start=1) if value not in (1, 2, 3, 5, 8, 9, 12)},
}  # fmt: skip
_ENDS = (
    r"(?=\s*([,.;:!)](?!\d)|$|[–—]|- )| (now|today|already|years old|at present|at the moment|just now|right now"
    r"|these days|for now|currently|and|but|until|till|going on)\b)"
)
"""What follows an age, and no thing of which it is the number ("is seven minutes late")."""
_NUMBERS = any_of(f"{', '.join(UNDER_TWENTY)}, {_TENS}([ -]{_DIGITS})?")


def in_digits(age: str) -> str:
    """An age as a number: "ten" and "10" are the same."""
    words = fold_name(age).replace("-", " ").split()
    if len(words) == 1 and words[0] in _ORDINALS:
        return str(_ORDINALS[words[0]])
    if not words or not all(word in VALUES for word in words):
        return fold_name(age)
    return str(sum(VALUES[word] for word in words))


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
    if _FEELS.search(candidate.before):
        return True  # "I feel like I'm ninety today"
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
    trigger_pattern=rf"\d|\b(?:{'|'.join([*VALUES, *_ORDINALS])})\b",
    phrases={
        **INTRODUCTION,
        "COUNT": _NUMBERS,
        "MONTH_OR_A": any_of(f"{_MONTHS}, a"),
        "AGE_ENDS": _ENDS,
        "NTH": rf"(\d{{1,3}}(?=st\b|nd\b|rd\b|th\b)|{any_of(', '.join(_ORDINALS))})",
    },
    predicates=(
        Predicate(
            me=(
                r"(turned |turning )?(?P<o>\d{1,3})"
                r"( years old| yrs old|yo)?(?=\s*"
                r"([,.!;)](?!\d)|$|now\b|today\b|yesterday\b|last\b|this\b|and (my|I|still|feel)|in <MONTH_OR_A>|"
                r"on (Mon|Tue|Wed|Thu|Fri|Sat|Sun|the)|next\b|years old))"
            ),
            they=(
                r"(turned |turning )?(?P<o>\d{1,3})"
                r"( years old| yrs old)?((?=\s*(yesterday|last)\b)|<AGE_ENDS>)"
            ),
            bare=r"(turned|turning) (?P<o>\d{1,3})\b(?! (minutes|pages|degrees|percent))",
            copula=True,
        ),
        Predicate(
            me=(
                r"(turned |turning )?<o:COUNT>(?= "
                r"(years old|today|now|at present|on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|!)"
            ),
            they=r"<o:COUNT><AGE_ENDS>",
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
        Phrasing(r"\b[Oo]ur <s:NAME>,? (?P<o>\d{1,2})(?=,? (in|at|is|and|just|has|who)\b|,)"),
        Phrasing(r"\b(I'm|i'm|I am|me) (?P<o>\d{1,3}) years (old|of age)"),
        # "two kids, Mia (4) and Theo (7)"
        Phrasing(r"(?<=[, ])<s:NAME> \((?P<o>\d{1,2})\)(?=\s*([,.;]|$|and\b|who\b|is\b|has\b|goes\b|starts\b))"),
        # "my friend Omar, 41, is a welder", "our vet Ada, a 34-year-old"
        Phrasing(
            r"\b([Mm]y|[Oo]ur) ([a-z-]+ ){0,2}(<KIN>),? <s:NAME>,? \(?(now |aged )?(?P<o>\d{1,2})"
            r"(?= years old\b|\s*[,)](?!\d))"
        ),
        Phrasing(r"\b([Mm]y|[Oo]ur) ([a-z-]+ ){0,2}(<KIN>),? <s:NAME>(,| is) (now )?an? (?P<o>\d{1,2})-year-old\b"),
        Phrasing(r"<INTRO>, ([a-z][a-z ]{2,30}, )?(?P<o>\d{2}|<COUNT>)(?=\s*[,.;]|$)"),
        # "Grandma's 80th was on Sunday", "Ben's eighth birthday is on the 4th"
        Phrasing(
            r"(<s:NAME>|\b(?P<t><TITLES>)|\b([Mm]y|[Oo]ur) (<WORD> )?(?P<k><FAMILY>)( <n:NAME>)?)('s|s'?) <o:NTH>\w*"
            r"( b(irth)?-?day)?( party)? (was|is|falls|will be)\b(?! (floor|birthday party at|place)\b)"
        ),
    ),
    vague=_no_age,
    model=ModelCue(r"turn(ed|ing|s)?|years? old|aged?", fits=str.isdigit),
    cues="age",
    questions=(
        r"how old (am|is|was|are) <WHO>",
        r"(what|which) (sort of |kind of )?age (am|is|was|are) <WHO>",
        r"(what|which) (sort of |kind of )?age does (that|this|it) make (?P<s>me)",
        r"how old does (that|this|it) make (?P<s>me)",
        r"(what( is|'s|s) )?the age of <WHO>",
        r"(what( is|'s|s) )?<WHOSE> (current |present )?age",
    ),
    news=False,
)
BORN = Relation(
    name="born",
    phrases=INTRODUCTION,
    reads="was born in",
    reads_you="were born in",
    timeless=True,
    rank=7,
    triggers="born| b.",
    predicates=(
        Predicate(
            me=r"was born( \w+)?( in)? (?P<o>(19|20)\d\d)\b",
            they=r"born( \w+)? in (?P<o>(19|20)\d\d)\b",
            bare=r"born( \w+)? in (?P<o>(19|20)\d\d)\b",
        ),
    ),
    phrasings=(
        Phrasing(r"<s:NAME> \((born|b\.) (in )?(?P<o>(19|20)\d\d)\)"),
        Phrasing(r"<INTRO>( speaking)?, (born|b\.) (in )?(?P<o>(19|20)\d\d)\b"),
        Phrasing(r"^\W*([Hh]i|[Hh]ey|[Hh]ello)?( there)?\W*<NAME> speaking, (born|b\.) (in )?(?P<o>(19|20)\d\d)\b"),
    ),
    cues="born birth year old",
    questions=(
        r"(in )?(what|which) year (was|were) <WHO> born",
        r"when (was|were) <WHO> born",
        r"((what|which)( is|'s|s)? )?<WHOSE> (year of birth|birth ?year)",
    ),
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
        Phrasing(
            r"(?!(My|Our|The|His|Her|Your|And|But|So)\b)<s:NAME>\b[^.!?\n]{0,40}[;,] ((and|but) )?"
            r"(the|his|her|their) (\w+ )?b(irth)?day"
            r"( is|'s| falls| comes)( on)? <o:DAY>"
        ),
        Phrasing(r"<s:NAME>'s \w+( birthday)? (is|falls) on <o:DAY>"),
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
