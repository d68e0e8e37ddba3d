"""Numbers of someone's own: rent, rate, pay, sizes. One value holds at a time for each of them."""

from __future__ import annotations

import re

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import Phrasing, Relation, by_kind
from secondme.facts.statement import Candidate

_KINDS = any_of("""
    rate, rent, rent portion, rent share, share, salary, wage, wages, pension, mortgage, budget, allowance, pay, fee,
    bill, deposit, weight, height,
    size, pulse, student number, locker number, membership number, staff number, customer number, plot number,
    room number, seat number, number plate, licence plate, registration
""")
_BECAME = (
    r"( is|'s|s|:| =| went up to| goes up to| went down to| rises to| rose to| dropped to| has gone up to| is now"
    r"| will be| is going up to| is down to| is up to| was raised to| changed to)"
)
_LATER = r"from (the )?[^,.!?]{3,25}? (onwards? )?(it'?s|it is|it will be|it'?ll be|that'?s|I'?ll charge|i'?ll charge)"

_CODES = r"(code|pin|PIN|password|passcode|combination|combo|extension)"
_NO_CODES = r"(error|fault|post|postal|zip|dress|area|country|dialling|source|morse|discount|promo|voucher|bar|qr)"
_MINE = re.compile(
    r"(?i)\b(?:my|our|i|we|i['’]?m|we['’]?re)\b|(?:charge|weigh|pay|rent|mortgage|rate|salary"
    rf"|\b{_CODES}\b.*(?:['’]s |\bis |: | changed | to #?\w+$| \d{{4}})"
    r"|\b(?:VAT|NI|NHS|passport|policy|booking|ref|reference|account|get|earn|room|unit|stand|cabin|seat|size|alarm|locker|keypad|padlock|lockbox)\b)"
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


def by_priced(identity: str) -> str:
    """What has a price: the last word before a "for"."""
    return re.split(r" (?:for|at|with) ", identity.partition(":")[0])[0].rpartition(" ")[2].rstrip("s")


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
    "|pulse| number|plate|registration| code| no. | reference|combination| pin |extension|password|passcode|"
    " id |alarm|locker| vat |opens with|unlocks|keypad|padlock|safe|lockbox|wifi|wi-fi|room "
    "|seat |flight|flying|insurance|policy|account| ref | an hour|unit |stand "
    "|cabin |portion|share",
    phrases={
        "AMOUNT": (
            r"([£$€]|RM|Rs\.? ?|CHF ?)?\d[\d.,]*(?<![.,])( ?(k|m|million|lakh|%|€|£|euros?|pounds|quid|dollars|bucks|kg"
            r"|kilos|stone|cm|pence))?"
            r"( ?(a|an|per|/) ?(hour|day|week|month|year))?\b"
        ),
        "CODE": r"[A-Z0-9]{1,4}[A-Z0-9 -]{0,10}\d[A-Z0-9]{0,4}\b",
        "KIND": rf"([a-z]+ ){{0,2}}?{_KINDS}",
        # "gate code at the yard": its place belongs to what it opens.
        "OPENS": (
            rf"((?!{_NO_CODES} |(my|our|the|your|his|her|their|this|that|an?|old|is|for) )[A-Za-z'’-]+ ){{0,3}}{_CODES}"
            r"( (at|for|to|of) (the |my |our )?(?!is\b)[\w'’-]+( (?!is\b)[\w'’-]+){0,2})?"
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
        Phrasing(
            r"^\W*(?P<kind>([a-z]+ )?(?i:permit|membership|library|staff|student|policy|passport|licence"
            r"|badge|NHS|NI)( card)?"
            r" (number|no\.?)) is <o:SERIAL>(?=\s*([.,;!)]|$))"
        ),
        Phrasing(r"(\b([Mm]y|[Oo]ur) |[:,] )(?P<kind><NUMBER>)( is|'s|:)? <o:SERIAL>(?=\s*([.,;!)]|$))"),
        Phrasing(
            r"(^\W*|[.,;:!?] |\b([Mm]y|[Oo]ur|[Tt]he|[Ii]ts) )([Mm]y |[Oo]ur |[Tt]he )?([Nn]ew )?(?P<kind>(?i:<OPENS>))"
            r"('s| is|:)( now| still)? #?<o:SECRET>(?=[.,;!?)]*(\s|$))(?! \d)"
        ),
        Phrasing(
            r"\b([Cc]hanged|[Rr]eset|[Uu]pdated) ([Mm]y |[Oo]ur |[Tt]he )?(?P<kind>(?i:<OPENS>)) to"
            r" #?<o:SECRET>(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(
            r"(^\W*|[,;.] )([Tt]he |[Mm]y )?(?P<kind>[Ll]ocker|[Dd]esk|[Bb]erth|[Pp]lot|[Pp]itch)( (at|in"
            r"|on) (the )?[a-z]+)?"
            r"( is|'s)( number| no\.?)? (?P<o>[A-Z]?\d{1,4}[A-Z]?)\b(?! ?(a|per|each|/|for|%|p|quid|pounds|years)\b)"
        ),
        Phrasing(
            r"(^\W*|[.,;:!?] |\b([Mm]y|[Oo]ur|[Tt]he) )(?P<kind>([A-Za-z'’-]+ ){0,2}(code|alarm|pin|PIN"
            r"|password|combination|combo))"
            r"('s| has| is)?( been)? changed( already| again)?( to|,)+ <o:SECRET>(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(
            r"(^\W*|\b([Mm]y|[Oo]ur) )([Nn]ew )?(?P<kind>((?!new )[a-z'’-]+ ){0,3}code( for the new [a-z]+)?)"
            r" (?P<o>\d{4,8}[A-Z]?)(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(
            r"\b[Mm]y (?!(locker|plot) number)(?P<kind>locker|desk|plot|pitch|berth|seat|room)"
            r"('s| is|s)?( now)?( number)? "
            r"(?P<o>[A-Z]?\d{1,4}[A-Z]?)\b"
        ),
        Phrasing(
            r"\b([Ii]'?m|[Ii] am|[Ww]e're|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|[Ii]'ve got|[Gg]ot)( (in|on|the|new))* "
            r"(?!(locker|plot) number)(?P<kind>room|seat|flight"
            r"|berth|cabin|bay|bed|table|locker|pitch|plot)( number| no\.?)?( is|'s|:)? (?P<o>(?=[A-Z]{0,3}"
            r" ?-?\d)[A-Z]{0,3}"
            r" ?-?\d{1,4}[A-F]?)\b(?! (minutes|hours|days|weeks|euros|people))"
        ),
        Phrasing(r"\b[Ii] (get|earn|make|am paid) <o:AMOUNT>(?<=hour)", slot="pay"),
        Phrasing(
            r"(^\W*|\b([Mm]y|[Oo]ur) )([a-z]+ )?(?P<kind>[Rr]oom|[Uu]nit|[Ss]tand|[Cc]abin|[Ss]eat)( number| no\.?)? is"
            r" (?P<o>[A-Z]?-?\d{1,4}[A-Z]?)\b(?! ?(a|per|each|/|for)\b)"
        ),
        Phrasing(
            r"(?P<kind>\b([a-z]+ ){0,2}(ref|reference))( is| number|:)? (?P<o>(?=\S*[A-Z])(?=\S*\d)[A-Z]{0"
            r",3}[ -]?\d[\dA-Z/-]{2,12})"
            r"(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(r"\b[Ff]lying( \w+)? (?P<o>[A-Z]{2} ?-?\d{2,4})\b", slot="flight"),
        Phrasing(
            r"(^\W*([Tt]he )?|\b([Mm]y|[Oo]ur) )(?P<kind>([a-z]+ )?(VAT|NI|NHS|passport|account|policy|tax|employee"
            r"|member|badge|licence"
            r"|license|account|order|case|reference|ref|booking|student|staff|registration|insurance|roll|frame|serial)"
            r"( number| no\.?| reference| ref)?( for the [a-z]+)?)( is|'s|:)? "
            r"(?P<o>(?=[A-Z ]{0,4}\d)[A-Z]{0,3}[ -]?\d[\dA-Z/ -]{2,18}[\dA-Z])(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(
            r"\b([Mm]y|[Oo]ur) (?P<kind><NUMBER>),? (it is|it's|that is|that's|which is) <o:SERIAL>(?=\s*([.,;!)]|$))"
        ),
        Phrasing(
            r"(^\W*|[.;:!?] |\b([Mm]y|[Tt]he|[Oo]ur) )(?P<kind>[A-Za-z]+( (at|in|on|of) (the )?[a-z]+)?)"
            r" (opens|unlocks) with <o:SECRET>(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(
            r"(^\W*|[.;!?] )(?P<kind>([a-z'’-]+ ){0,2}?([Kk]eypad|[Pp]adlock|[Ss]afe|[Ww]i-?fi|[Ll]ockbox)"
            r"( (at|for|on|of|in) [a-z' -]{3,30}?)?)( is|:) <o:SECRET>(?=[.,;!?)]*(\s|$))"
        ),
        Phrasing(r"\b[Mm]y (?P<kind>[A-Za-z ]{2,20}?badge)[^.!?\n]{0,40}, number <o:SERIAL>"),
        Phrasing(
            r"(^\W*|[.,;:!?] |\b([Mm]y|[Oo]ur) )(?P<kind>([a-z]+ )?size( for [a-z]+)?)( is| are|'s)( an?)? "
            r"(?P<o>\d{1,2}([.½]5?)?"
            r"|XS|S|M|L|XL|XXL)\b"
        ),
        Phrasing(
            r"\b[Ii](('m| am) an?| take an?| wear an?)( (shoe|dress|ring|boot|shirt|uk|UK))? (?P<kind>size) "
            r"(?P<o>\d{1,2}(\.5)?)\b"
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


def _is_no_price(candidate: Candidate) -> bool:
    """Whether it is what somebody earns or asks once, or a price that is spoken of only."""
    if _IS_FIGURE.search(candidate.statement.object.partition(":")[0].lower()):
        return True
    return bool(_NO_PRICE.search(candidate.quote) or _PRICE_UNSURE.search(f"{candidate.before}{candidate.quote}"))


_NO_PRICE = re.compile(
    r"(?i)\b(?:he|she|they|it|which|that|inflation|pay|salary|earns?|gets|limit|speed|worth|was|were)\b"
)
_IS_FIGURE = re.compile(r"(?:rent|mortgage|salary|pension|wages?|weight|allowance|budget)$")
"""What is a number of one's own already."""
_PRICE_UNSURE = re.compile(
    r"(?i)\b(?:was|were|would|might|could|quoted?|elsewhere|wants?|asks?|asked|offer\w*|if|used to)\b"
)
COST = Relation(
    name="cost",
    reads="has the price",
    reads_you="have the price",
    reads_plan="will have the price",
    slot=by_priced,
    named_kind=True,
    timeless=True,
    inviting=True,
    overlap=True,
    dated=True,
    rank=29,
    triggers=" a week| a month| a day| a term| a year| a quarter| an hour| a night| a session| a lesson| a"
    " head| a go| a class"
    "| per | each | for the month| for the year|/week|/month| fee| raised| subs| dues| the year",
    phrases={
        "PRICE": (
            r"(about |around )?([£$€₹R]|Rs\.? ?)?\d[\d.,]*(?<![.,])( ?(k|€|£|euros?|pounds|quid|dollars"
            r"|bucks|p|pence|kr|rand|rupees))?"
        ),
        "PER_WHAT": r" ?((a|an|per|each|every|/|for the|by the) ?(day|week|month|term|quarter|year|hour"
        r"|night|session|lesson|head|class|go"
        r"|visit|pitch|kid|child|person|script|bag))\b( incl[a-z.]* [a-z]+)?",
        "PRICE_PER": r"<PRICE><PER_WHAT>",
        "WHAT": r"(?!(he|she|it|they|that|this|which|there|who|what|has|have|gone|going|is|was|now|up|and"
        r"|takes?|my|our|the)\b)([\w'’-]+ ){0,3}?[\w'’-]+( (for|at"
        r"|with) (the |my |our )?[\w'’-]+"
        r"( [A-Z][\w'’-]+)?)?",
        "BEGINS": r"(^\W*((ok|so|and|also|oh|btw|right) )*|[,;:.!–—-] (and |but |so )?|\b(and|but|so|because|cos) )",
    },
    phrasings=(
        Phrasing(
            r"<BEGINS>((?i:the|my|our) )?(?P<kind><WHAT>)( is| are|'s| costs?| comes to| goes (up )?to|"
            r" going up to| goes for| agreed at"
            r"| has gone up to| gone up to| went up to| now)+ <o:PRICE_PER>"
        ),
        Phrasing(r"<BEGINS>(?P<kind>[Ss]igned up (for|to) [\w'’ -]{3,30}), <o:PRICE_PER>"),
        Phrasing(
            r"<BEGINS>((?i:the|my|our) )?(?P<kind>[Ll]ivery|[Rr]ent|[Ff]ees?|[Mm]aintenance)( is|'s)? <o:PRICE_PER>"
        ),
        Phrasing(
            r"\b(raising|raised|put up) (the|my|our) (?P<kind>(fee|fees|rate|rates|subs|price|rent)( for [\w'’-]+)?) to"
            r" (?P<o><PRICE>)\b"
        ),
        Phrasing(
            r"<BEGINS>(the |my |our )?(?P<kind>([a-z]+ )?(fee|fees|subs|subscriptions?|dues|maintenance"
            r"|maintenance charge|price)|pitch"
            r"|[Mm]aintenance)('s| is| are| goes)( up| now)* to <o:PRICE>\b"
        ),
        Phrasing(r"\b([Ii]|[Ww]e) pay (the |my |our )?(?P<kind><NAME>|[a-z]+( [a-z]+)?) <o:PRICE_PER>"),
        Phrasing(r"\b(?P<kind>[Ll]odger|[Tt]enant|<NAME>) pays (me|us) <o:PRICE_PER>"),
    ),
    vague=_is_no_price,
    cues="price cost pay fee rent week month",
    introduces=False,
)
"""What something costs again and again: "livery: £95 a week"."""
RELATIONS = (FIGURE, COST)
