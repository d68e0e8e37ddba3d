"""Where someone keeps things, and to whom they lent them."""

from __future__ import annotations

import re

from secondme.facts.phrases import any_of
from secondme.facts.relations.relation import ENDED_KIND, Phrasing, Relation
from secondme.facts.statement import Candidate
from storage.facts import StatementRow

_THINGS = any_of("""
    keys?, spare, passports?, logbook, log book, cheque book, float, petty cash, certificates?, papers, paperwork,
    deeds,
    will, documents, charger, adaptor, adapter, remote, torch, fuse box, fusebox, stopcock, stop tap, meter, isolator,
    permit, invoice, receipts?, manual, instructions, medicine, tablets, inhaler, epipen, first aid kit, ladder,
    toolbox,
    tools, drill, recipe, photos, albums?, ring, wallet, purse, bank card, tickets?, forms?, folder, ledger, diary,
    notebook, decorations, tent, suitcase, hoover, scores, laptop, camera, glasses, cash, towels, umbrella, secateurs,
    padlock, spare wheel, jack, fob, badge, lanyard, library card, sim, usb stick, memory stick, hard drive, backup,
    letters, medals, boots, helmet, racket, costume, uniform, insurance papers, warranty, prescription, hearing aids?,
    batteries, candles, matches, string, scissors, stamps, kitty, savings
""")
_CONTAINERS = any_of("""
    case, drawer, cupboard, tin, pouch, safe, shed, loft, attic, cellar, glovebox, glove box, wardrobe, bureau, desk,
    folder, file,
    shelf, hook, envelope, toolbox, jar, bookcase, cabinet, locker, pigeonhole, piano stool, chest, trunk, rucksack,
    sideboard,
    dresser, cellar head, hall table, biscuit tin, filing cabinet, bedside table, cash box, strongbox, boot,
    meter cupboard, larder,
    pantry, airing cupboard, coat pocket, key safe, sock drawer, tea caddy, teapot, vase, shoebox, crate
""")
_SPARE = re.compile(r"\b(?:spare|flat|front|back|door|house|other|second|the|my|our|old|new)\s+")
_PLACE = (
    r"(in|under|underneath|behind|on|with|at|inside|beneath|beside|above|below|next to|on top of|taped (to"
    r"|under|inside)"
    r"|hanging (on|in|by|behind))"
    r" (?!((the )?\d|it\b|this\b|that\b|time\b|the (post|mail|way|wash|bin|details|market|making|house|rocks"
    r"|line|loose)\b"
    r"|(use|question|order|order|hand|hold|sale|tatters|pieces|fashion|touch|me|us|you|him|her|them)\b))"
    r"((Mrs?|Ms|Dr|St)\. ?)?[^.;:!?,\n]{2,60}?"
)
_PLACE_ENDS = (
    r"(?=\s*([.;:!?\n)]|$)|,|\s+[-–—]\s|\s+(and|but|so|because|after|before|since|in case|if|when|who|which"
    r"|for now|till|until"
    r"|for sharpening|should|these days|now|downstairs now)\b)"
)


def by_thing(identity: str) -> str:
    """What is kept: "key" of "spare flat key: with the florist"."""
    kind = _SPARE.sub("", identity.partition(":")[0])
    return kind.rpartition(" ")[2].rstrip("s") if kind.endswith(("key", "keys")) is False else kind.rstrip("s")


def _is_nowhere(candidate: Candidate) -> bool:
    """Whether a thing is not kept there: it was, or somebody looks for it."""
    return bool(_LOST.search(candidate.sentence) or _HIS.search(candidate.before[-12:]))


_LOST = re.compile(
    r"(?i)\b(?:lost|missing|find|found|looking|looked|where|was|were|stolen|forgot\w*|broke|broken|there['’]?s no"
    r"|snapped)\b"
)
_HIS = re.compile(r"(?i)\b(?:his|her|their|your)\s*$")


def _in_its_place(thing: str, first: StatementRow, day: str) -> str:
    """Where a thing is that was moved to a place."""
    return thing.replace(": to ", ": in ").replace(": into ", ": in ")


KEEPS = Relation(
    name="keeps",
    reads="keeps the",
    reads_you="keep the",
    reads_past="kept the",
    timeless=True,
    slot=by_thing,
    named_kind=True,
    shown=_in_its_place,
    overlap=True,
    rank=32,
    triggers=" key| in | under| behind| on | with| at |inside|beneath|beside| above| below|next to|top of|taped|hanging"
    "| to the ",
    phrases={
        "THING": f"(?i:{_THINGS})",
        "WHOSE": r"((?!(no|a|an|is|was|has|had|my|our|the|and|with|in|on|at|of|for|lost|got|left"
        r"|put)\b)[\w'’-]+ ){0,3}?",
        "SPOT": _PLACE,
        "CONTAINER": f"(?i:{_CONTAINERS})",
        "KIND_OF": r"([\w'’-]+ ){0,3}?",
        "ANYTHING": r"(?!(it|he|she|they|we|you|that|this|there|what|who|cat|dog|milk|name|names|number"
        r"|details|answer|dinner|food"
        r"|water|man|woman|baby|boy|girl|everything|nothing|something|one|ones|problem|devil|rest)\b)[A-Za-z][\w'’-]+",
        "SPOT_ENDS": _PLACE_ENDS,
        "OF_WHAT": r"( (to|for|of) (the |my |our )?[\w'’-]+( [\w'’-]+)?)??",
        "BEGINS": r"(^\W*((ok|so|and|also|oh|btw|right|note|reminder) )*|[,;:.!–—-] (and |but |so )?"
        r"|\b(and|but|so|because|cos) )",
    },
    phrasings=(
        Phrasing(
            r"<BEGINS>((?i:the|my|our) )?(?P<kind><WHOSE><THING><OF_WHAT>)( is| are|'s| lives?| stays?|"
            r" sits?| goes| hangs?)"
            r"( now| still| always| kept)*,? <o:SPOT><SPOT_ENDS>"
        ),
        Phrasing(
            r"<BEGINS>((?i:the|my|our) )?(?P<kind>([a-z]+ )?(?i:float|petty cash|kitty)) (is|'s) [£$€]?\d+"
            r" <o:SPOT><SPOT_ENDS>"
        ),
        # Whatever is in a drawer is kept there.
        Phrasing(
            r"<BEGINS>((?i:the|my|our) )?(?P<kind><WHOSE><ANYTHING>( and <ANYTHING>)?)( is| are|'s| lives?|"
            r" moved to)( now| still)*"
            r" (?P<o>((in|on|under|behind|inside|above|on top of) )?(the|my|our)"
            r" <KIND_OF><CONTAINER>\b[^.;:!?,\n]{0,40}?)<SPOT_ENDS>"
        ),
        Phrasing(
            r"(^\W*|\b([Ii]|[Ww]e)('ve| have)? )([Mm]oved|[Pp]ut|[Hh]id|[Kk]eep) ((the|my|our) )"
            r"(?P<kind>[\w'’-]+( [\w'’-]+)?)"
            r" (?P<o>(in|into|under|behind|to|on|inside) (the|my|our) <KIND_OF><CONTAINER>\b[^.;:!?,\n]{0"
            r",40}?)<SPOT_ENDS>"
        ),
        Phrasing(r"\b(a|the|my|our) (?P<kind><THING>),? (which|that) (is|lives) <o:SPOT><SPOT_ENDS>"),
        Phrasing(r"<BEGINS>((?i:the|my|our) )?(?P<kind>[Ss]pare <THING>) <o:SPOT><SPOT_ENDS>"),
        Phrasing(
            r"\b([Ii]|[Ww]e)( always| now)?( keep|'ve put|'ve hidden| have put| put| hid)"
            r" ((the|my|our) )?(?P<kind><WHOSE><THING>) <o:SPOT><SPOT_ENDS>"
        ),
        Phrasing(
            r"(^\W*|\b([Ii]|[Ww]e)('ve| have)? )([Mm]oved|[Pp]ut|[Hh]id|[Ll]eft|[Dd]ropped) ((the|my|our) )?"
            r"(?P<kind><WHOSE><THING>) (?P<o>(in|into|under|behind|with|to) "
            r"(?!(the (bin|post|wash|garage|shop|menders)|it|him|her|them|me)\b)[^.;:!?,\n]{2,60}?)<SPOT_ENDS>"
        ),
        Phrasing(r"\b([Mm]e|[Uu]s) the (?P<kind><THING>), it'?s <o:SPOT><SPOT_ENDS>"),
    ),
    vague=_is_nowhere,
    cues="where keep kept key put",
    introduces=False,
)
"""Where a thing is: "spare key: under the blue pot"."""


def _to_someone(thing: str, first: StatementRow, day: str) -> str:
    """What is lent, to whom."""
    kind, gap, who = thing.partition(": ")
    return f"{kind}{gap}{who if who.startswith('to ') else f'to {who}'}"


LENT = Relation(
    name="lent",
    reads="lent the",
    reads_you="lent the",
    timeless=True,
    slot=by_thing,
    named_kind=True,
    shown=_to_someone,
    overlap=True,
    rank=33,
    triggers="lent |loaned|returned|brought back|gave back|got back|back from|has my|has our|borrowed my|gave me",
    phrases={"HOLDER": r"(<NAME>|(my|our|the|her|his) [a-z-]+( <NAME>)?)", "BEGINS_LENT": r"(^\W*|[,;:.] )"},
    phrasings=(
        Phrasing(
            r"\b([Ll]ent|[Ll]oaned) (my|our|the) (?P<kind>[\w'’ -]{2,40}?) (?P<o>to <HOLDER>)(?=\s*(["
            r",.;:!?)]|$)|\s+[a-z])"
        ),
        Phrasing(
            r"\b([Ll]ent|[Ll]oaned) (?P<o><NAME>) (my|our|the|a) (?P<kind>(?!(hand|money|lot|few|bit)\b( "
            r"|$))[a-z'’-]+( [a-z'’-]+){0,2}?)"
            r"(?=\s*([,.;:!?)]|$)|\s+(for|to|so|because|until|till|while|when|and|last|this)\b)"
        ),
        Phrasing(
            r"<BEGINS_LENT>(?P<o><NAME>) (has (still )?got|still has|has|borrowed) (my|our|the)"
            r" (?P<kind>[\w'’ -]{2,40}?(adaptor|adapter|drill|ladder|helmet|tent|book|bike|guitar|amp|racket"
            r"|charger|camera"
            r"|trailer|jacket|suitcase|mower|saw|pump|keys?))\b"
        ),
        Phrasing(
            r"(<NAME>|\b[Hh]e|\b[Ss]he)('s| has)? (returned|brought back|gave back|given back|handed back)"
            r" (my|our|the) (?P<kind>[\w'’-]+( [\w'’-]+)??)(?=\s*([,.;:!?)]|$)|\s+(with|but|and|today|on|at)\b)",
            object=ENDED_KIND,
            ends=True,
        ),
        Phrasing(
            r"<NAME> (gave|handed|brought) me (back )?(my|the|our) (?P<kind>[\w'’-]+)(?=\s*([,.;:!?)]|$)|\s+back\b)",
            object=ENDED_KIND,
            ends=True,
        ),
        Phrasing(r"\b[Gg]ot (my|our|the) (?P<kind>[\w'’-]+( [\w'’-]+)?) back( from)?\b", object=ENDED_KIND, ends=True),
    ),
    cues="lent borrowed back",
    introduces=False,
)
"""What somebody else has of one's own: "Trek helmet: to Ishaan"."""
RELATIONS = (KEEPS, LENT)
