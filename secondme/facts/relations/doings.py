"""What someone does, as a predicate of its own: runs a bakery, restores harpsichords, drives for a firm."""

from __future__ import annotations

import re

from secondme.facts.inflection import VERBS
from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import Predicate, Relation, by_stems
from secondme.facts.statement import Candidate

_BUSINESS = any_of("""
    bakery, shop, garage, cafe, café, restaurant, farm, farm shop, business, salon, gym, school, studio, stall, firm,
    company,
    bookshop, pub, hotel, nursery, clinic, practice, gallery, kennels, stables, vineyard, brewery, campsite, b&b,
    B&B, bar,
    food truck, market stall, market garden, workshop, smallholding, charity, agency, surgery, pharmacy, deli, laundry,
    guesthouse, hostel, taxi firm, building firm, dairy, orchard, theatre, museum, library, startup, record shop,
    takeaway,
    choir, youth choir, band, club, team, playgroup, ward, department, lab, kiosk, food bank, operations
""")
_ANIMALS = "bees|hens|chickens|horses|goats|pigs|sheep|ducks|rabbits|alpacas|pigeons|geese|ponies|llamas|cows|snakes"
_NO_THINGS = any_of("""
    it, them, him, her, me, us, you, this, that, these, those, sense, fun, noise, trouble, sure, up, off, out, in,
    on, down, over, back,
    away, late, early, around, about, at, to, too, so, very, quite, well, fine, nothing, everything, something,
    anything,
    what, his, their, my, our, your, more, less, like, as, a lot, lots, friends, mistakes, excuses, faces, jokes,
    tea, coffee,
    dinner, lunch, breakfast, most, all, some, any, no, not, through, into, and, but, with, from, by, every, both,
    one, two,
    three, fast, badly, only, there, here, things, stuff, messages, letters, emails, records, people, half, homework,
    time,
    risks, room, room for, space, way, plans, notes, calls, tests, laps, miles, errands, tabs
""")
_CRAFTS = (
    "restores|repairs|mends|fixes|tunes|breeds|collects|designs|carves|translates|sells|paints|builds|makes"
    "|imports|brews|rears"
)
_CRAFT = "restore|repair|mend|fix|tune|breed|collect|design|carve|translate|sell|paint|build|make|import|brew|rear"


def _says_little(candidate: Candidate) -> bool:
    thing = candidate.statement.object
    if re.search(r"['’]s ", candidate.statement.subject):
        return True
    return bool(re.search(r"(?i)\b(?:me|him|her|them|it|us|you|that|this|which|when|late|again)$", thing)) or bool(
        re.match(r"(?i)\w+ (?:the )?same\b", thing)
    )


_PLURAL = (
    rf"(?!{_NO_THINGS}\b)([a-z][\w'’-]+ ){{0,2}}?([a-z][\w'’-]+s( and [a-z][\w'’-]+s)?"
    r"|insurance|software|wine|bread|furniture|honey|cheese|pottery|jewellery|clothing|property|yarn|fish)"
)
_WHERE = r"( (in|at|on|near|outside|for) [^,.;:!?()\n]{2,30}?)?"
_STOP = (
    r"(?=\s*([,.;:!?()\"“”\n…]|[-–—]\s|$)|\s+(and|but|so|because|since|who|which|that|when|while|though|until|till|from"
    r"|with|says?|now|every|on the side|these days|as)\b)"
)
DOES = Relation(
    name="does",
    reads="",
    reads_you="",
    many=True,
    identity=by_stems,
    predicative=True,
    inviting=True,
    rank=24,
    triggers="|".join(f" {word}" for pair in VERBS.items() for word in pair if word not in ("be", "is", "have"))
    + "| has a| has her| has his|'s at | is at | doing|training for|saving|covering for",
    phrases={
        "BUSINESS": f"(?i:{_BUSINESS})",
        "OWN": r"(a|an|the|my own|his own|her own|their own|his|her|their|our|my) (?!(tight|risk|temperature"
        r"|bath|race|mile)\b)",
        "KIND": r"((?!(of|to|for|and|in|with|at|on|is)\b)[\w'’-]+ ){0,3}?",
        "WHERE": _WHERE,
        "STOP": _STOP,
        "PLURAL": _PLURAL,
        "NO": r"(it|so|well|this|that|the|her|his|not|my|our|what|n't|badly|better|more|less|nothing"
        r"|everything|a|an)\b",
    },
    predicates=(
        Predicate(
            me=r"(?P<o>(run|own|manage|chair|head) (<OWN>)?<KIND><BUSINESS>\b(?! (rate|hours|cards?|trips?"
            r"|room)\b)<WHERE>)<STOP>",
            they=(
                r"(also )?(?P<o>(runs|owns|manages|chairs|heads|has) (<OWN>)<KIND><BUSINESS>\b"
                r"(?! (rate|hours|cards?|trips?|room|to|job)\b)<WHERE>)<STOP>"
            ),
            bare=None,
        ),
        Predicate(
            me=rf"(?P<o>({_CRAFT}) <PLURAL><WHERE>)<STOP>",
            they=rf"(?P<o>({_CRAFTS}) <PLURAL><WHERE>)<STOP>",
            bare=None,
        ),
        Predicate(
            me=rf"(?P<o>(keep|breed|rear|have) (a few |some |two |three |four |six )?({_ANIMALS}))\b",
            they=rf"(also )?(?P<o>(keeps|breeds|rears) (a few |some )?({_ANIMALS}))\b",
            bare=None,
        ),
        Predicate(
            me=(
                r"(?P<o>drive ((for (the |a |an )?[^,.;:!?()\n]{3,40}?)|(logging |delivery |school |night )?"
                r"(trucks|lorries"
                r"|buses|coaches|trains|trams|taxis|vans)))<STOP>"
            ),
            they=(
                r"(?P<o>drives ((for (the |a |an )?(?!(a|an|the) (living|hour|day)\b)[^,.;:!?()\n]{3,40}?)"
                r"|(logging |delivery |school |night )?(trucks|lorries|buses|coaches|trains|trams|taxis|vans)))<STOP>"
            ),
            bare=None,
        ),
        Predicate(
            they=(
                r"(?P<o>(does|doing|reading) (?!<NO>)[A-Za-z][\w'’-]+( [a-z]+)? (at|for|in) (?!(the (morning"
                r"|evening|day|end|moment)|a (way|week"
                r"|day|month)|me|us|him|her|them|it)\b)[^,.;:!?()\n]{3,30}?)<STOP>"
            ),
            bare=None,
        ),
        Predicate(
            they=(
                r"(?P<o>works (in|on|with|from) (?!(the (morning|evening|day|end|meantime)|a (way|rush"
                r"|hurry)|me|us|him|her|them|it"
                r"|time|mornings?|evenings?)\b)[^,.;:!?()\n]{3,40}?)<STOP>"
            ),
            me=(
                r"(?P<o>work (in|with) (?!(the (morning|evening|day|end|meantime)|a (way|rush|hurry|team)|me"
                r"|us|him|her|them|it"
                r"|time|mornings?|evenings?)\b)[^,.;:!?()\n]{3,40}?)<STOP>"
            ),
            bare=None,
        ),
        Predicate(
            me=r"(?P<o>covering for [A-Z][\w'’-]+( (till|til|until) [^,.;:!?()\n]{3,25}?)?)<STOP>",
            they=r"(?P<o>covering for [A-Z][\w'’-]+)<STOP>",
        ),
        Predicate(
            me=r"(?P<o>(training|saving( up)?) for (an?|the|my|our) [^,.;:!?()\n]{3,40}?)<STOP>",
            they=r"(?P<o>(training|saving( up)?) for (an?|the|his|her) [^,.;:!?()\n]{3,40}?)<STOP>",
        ),
        Predicate(
            me=r"(?P<o>ring (the )?([a-z]+ )?(bells?|treble|tenor)?( at <PLACE>('s)?)?)(?=\s*([,.;!]|$)|\s+and\b)",
            they=r"(?P<o>rings (the )?([a-z]+ )?(bells?|treble|tenor) at <PLACE>)(?=\s*([,.;!]|$)|\s+and\b)",
            bare=None,
        ),
        Predicate(
            they=r"(has )?(?P<o>(got|has) a place (at|to read|to study|on|in) [^,.;:!?()\n]{3,40}?)<STOP>", bare=None
        ),
        Predicate(
            me=r"(?P<o>work (nights|lates|earlies|shifts|part[- ]time|full[- ]time|weekends)( at [^,.;:!?"
            r"()\n]{3,25}?)?)<STOP>",
            they=r"(?P<o>works (nights|lates|earlies|shifts|part[- ]time|full[- ]time|weekends)( at [^,.;:!?"
            r"()\n]{3,25}?)?)<STOP>",
            bare=None,
        ),
        Predicate(
            me=r"(?P<o>volunteer (at|for|with) [^,.;:!?()\n]{3,40}?)<STOP>",
            bare=r"(?P<o>volunteer (at|for|with) [^,.;:!?()\n]{3,40}?)<STOP>",
        ),
        Predicate(they=r"(?P<o>(looks after|volunteers (at|for|with)) [^,.;:!?()\n]{3,40}?)<STOP>", bare=None),
    ),
    vague=_says_little,
    cues="do does work job run runs play plays",
    of_the_living=True,
)
RELATIONS = (DOES,)
