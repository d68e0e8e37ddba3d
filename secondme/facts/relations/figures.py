"""Numbers of someone's own: rent, rate, pay, sizes. One value holds at a time for each of them."""

from __future__ import annotations

import re

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import Phrasing, Relation, by_kind
from secondme.facts.statement import Candidate

_KINDS = any_of("""
    rate, rent, salary, wage, wages, pension, mortgage, budget, allowance, pay, fee, bill, deposit, weight, height,
    size, pulse, student number, locker number, membership number, staff number, customer number, plot number,
    room number, seat number, number plate, licence plate, registration
""")
_BECAME = (
    r"( is|'s|s|:| =| went up to| goes up to| went down to| rises to| rose to| dropped to| has gone up to| is now"
    r"| will be| is going up to| is down to| is up to| was raised to| changed to)"
)
_LATER = r"from (the )?[^,.!?]{3,25}? (onwards? )?(it'?s|it is|it will be|it'?ll be|that'?s|I'?ll charge|i'?ll charge)"

_CODES = r"(code|pin|PIN|password|passcode|combination|extension)"
_NO_CODES = r"(error|fault|post|postal|zip|dress|area|country|dialling|source|morse|discount|promo|voucher|bar|qr)"
_MINE = re.compile(
    r"(?i)\b(?:my|our|i|we|i['’]?m|we['’]?re)\b|(?:charge|weigh|pay|rent|mortgage|rate|salary"
    rf"|\b{_CODES}\b.*(?:['’]s|\bis|:) )"
)
_FOR_ONCE = re.compile(r"(?i)\b(?:tonight|room \d|parcel|booking|hotel|airbnb|check[- ]?in|delivery|ticket)")
"""What is said beside a code that serves once."""
_KEEPS = re.compile(r"(?i)\b(?:keep|save|remember|note|store|jot|write)\b")


def _of_others(candidate: Candidate) -> bool:
    """Of numbers that are not said to be mine, only those that I want kept are: most are of others."""
    if _KEEPS.search(candidate.message):
        return False
    once = re.search(_CODES, candidate.quote) and _FOR_ONCE.search(candidate.message)
    return bool(once) or not _MINE.search(candidate.quote)


FIGURE = Relation(
    name="figure",
    reads="has the",
    reads_you="have the",
    reads_plan="will have the",
    slot=by_kind,
    plannable=True,
    overlap=True,
    rank=22,
    triggers="rate|rent|charg|salary|wage|pension|mortgage|budget|allowance| pay|fee |bill |deposit|weigh|height| size"
    "|pulse| number|plate|registration| code| no. | reference|combination| pin |extension|password|passcode| id ",
    phrases={
        "AMOUNT": (
            r"[£$€]?\d[\d.,]*(?<![.,])( ?(k|m|%|€|£|euros?|pounds|quid|dollars|bucks|kg|kilos|stone|cm|pence))?"
            r"( ?(a|an|per|/) ?(hour|day|week|month|year))?\b"
        ),
        "CODE": r"[A-Z0-9]{1,4}[A-Z0-9 -]{0,10}\d[A-Z0-9]{0,4}\b",
        "KIND": rf"([a-z]+ ){{0,2}}?{_KINDS}",
        # "gate code at the yard": its place belongs to what it opens.
        "OPENS": (
            rf"((?!{_NO_CODES} |(my|our|the|your|his|her|their|this|that|an?|old|is|for) )[A-Za-z'’-]+ ){{0,3}}{_CODES}"
            r"( (at|for|to|of) (the |my |our )?(?!is\b)[\w'’-]+( (?!is\b)[\w'’-]+)?)?"
        ),
        "SECRET": r"(?=\S*\d)[A-Za-z0-9][\w#*@!-]{2,20}(?<!!)",
        "SERIAL": r"(?=[A-Z-]{0,6}\d)[A-Z0-9][A-Z0-9-]{2,16}",
        "NUMBER": (
            r"(?!([A-Za-z]+ ){0,2}(my|our|the|your|his|her|this|that|a)\b|phone|mobile|telephone|number one)"
            r"([A-Za-z]+ ){0,3}(number|no\.?|code|reference|registration|combination|pin|PIN|ID)"
        ),
    },
    phrasings=(
        Phrasing(rf"\b([Mm]y|[Oo]ur) (new |current )?(?P<kind><KIND>){_BECAME} (now |about |around )?<o:AMOUNT>"),
        Phrasing(
            rf"(^\W*|[,;.] |\b(so|and|but) )([Tt]he |[Oo]ur )?(?P<kind>[Rr]ent|[Mm]ortgage){_BECAME} (now )?<o:AMOUNT>"
        ),
        Phrasing(
            r"\b([Mm]y|[Oo]ur) (?P<kind>student number|locker number|membership number|staff number|customer number"
            r"|number plate|licence plate|registration) is <o:CODE>"
        ),
        Phrasing(r"(\b([Mm]y|[Oo]ur) |[:,] )(?P<kind><NUMBER>)( is|'s|:)? <o:SERIAL>(?=\s*([.,;!)]|$))"),
        Phrasing(
            r"(^\W*|[.,;:!?] |\b([Mm]y|[Oo]ur|[Tt]he) )([Mm]y |[Oo]ur |[Tt]he )?([Nn]ew )?(?P<kind>(?i:<OPENS>))"
            r"('s| is|:)( now| still)? <o:SECRET>(?=[.,;!?)]*(\s|$))(?! \d)"
        ),
        Phrasing(
            r"(^\W*|\b([Ii]|[Ii]m|[Ii]'m|[Ww]e|[Ww]e're) (now )?)([Cc]harg(e|ing)) (?P<o><AMOUNT>|[£$€]?\d+ an hour)",
            slot="rate",
        ),
        Phrasing(rf"\b[Cc]harg(e|ing) [^.!?\n]{{1,40}}?\b{_LATER} <o:AMOUNT>", slot="rate"),
        Phrasing(rf"\b(?P<kind>rent|rate|mortgage|salary)\b[^.!?\n]{{1,40}}?\b{_LATER} <o:AMOUNT>"),
        Phrasing(r"(^\W*|\b[Ii] (now )?)[Ww]eigh (?P<o>\d[\d.,]* ?(kg|kilos|stone|pounds|lbs))", slot="weight"),
        Phrasing(r"(^\W*|\b([Ii]|[Ww]e) )[Pp]ay (?P<o><AMOUNT>) (in |for |of )?(the )?rent\b", slot="rent"),
    ),
    cues="rent rate salary wage number size charge hour weigh",
    questions=(
        r"(what( is|'s|s| was)|how (much|high) (is|was)) <WHOSE> (hourly |new |current )?"
        r"(?P<kind>rent|rate|salary|pension|mortgage)",
        r"what( is|'s|s| was) <WHOSE> (?P<kind>([a-z]+ ){1,3}(number|size|plate|code|pin|reference|registration))",
        r"(what|how much) <DO> <WHO> (?P<kind>charge|weigh)( (an|per) hour)?",
    ),
    vague=_of_others,
    introduces=False,
)
RELATIONS = (FIGURE,)
