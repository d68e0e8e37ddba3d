"""How someone says who they are in fragments, without verbs: "rashid. locksmith, bradford", "im Dee, 34, nurse in
Leeds", "Widow, 71, Aberdeen", "2nd year civil eng at Leeds".

Only the beginning of a message is read so, and only where it is an introduction for certain: the speaker gives a name,
says "by trade", "here" or "retired", names the workplace, or begins with what they are. What is said of somebody else
ends it. The patterns of relations read whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.facts.inflection import regular_third
from secondme.facts.lexicon import LANGUAGES, NO_NAME
from secondme.facts.phrases import any_of, listed_words
from secondme.facts.relations.work import OCCUPATIONS
from secondme.facts.statement import Statement
from secondme.text.terms import STOP_WORDS

MOST_SEGMENTS = 10
LONGEST = 320
"""Characters of a message that are looked at."""
UNKNOWN = ("", "me", "you", "user", "i", "myself")
"""Speakers of whom no name is known."""

_SEGMENT = re.compile(
    r"(?:(?<=\bSt)\.|(?<=\bDr)\.|\([^()\n]*\)|(?<=\w)[–-](?=\w)|"
    r"(?!\s(?:[–-]\s|(?:and|but|&)\s(?:i['’]?m|i am|now|liv\w+|based|from|originally)\b"
    r"|(?i:(?:now )?(?:living|based|live) (?:in|near|outside))\s"
    r"|(?i:y (?:soy|trabajo|vivo)|e (?:sou|sono|faccio|trabalho|lavoro|moro)|et (?:je suis|j['’]ai)|und"
    r" (?:bin|arbeite|komme)"
    r"|en (?:ik|werk))\b))[^.,;:!?\n–—])+"
)
_GREETING = re.compile(
    r"(?i)(?:(?:oh|ok|okay|so|well|hi+|hey+|hello|hiya|yo|hoi|hei|hallo|hola|ciao|salut|coucou|huhu|hé|moin|servus|guten"
    r" (?:tag|morgen|abend)|bonjour|bonsoir|buenas|buenos d[ií]as|ol[áa]|buongiorno|salam|alright|evening"
    r" all"
    r"|evening|morning|afternoon|howdy|g['’]day|(?:good )?(?:morning|evening|afternoon)|there|everyone|all|dear)\b\W*)+"
)
_FOREIGN_MARK = (
    r"(?i:(?:ich bin|bin|hier ist)(?: die| der)?|ich hei(?:ß|ss)e|mein name ist|soy|me llamo|mi nombre es|je suis"
    r"|moi,? c['’]est|je m['’]appelle|sono|mi chiamo|ik ben|ik heet|mijn naam is|(?:eu )?sou(?: [oa])?|(?:eu )?me chamo"
    r"|chamo-me)"
)
_MARK = rf"(?i:i['’]?m|i am|my name['’]?s?(?: is)?|names?['’]?s?(?: is)?|call me|(?P<foreign>{_FOREIGN_MARK}))"
"""What only says it of who speaks."""
_NAMED = re.compile(
    rf"(?:(?P<mine>{_MARK})\s+|(?P<before>(?i:it['’]?s|its|this is))\s+)?(?P<name>[^\W\d_][\w'’-]+"
    r"(?: (?!(?:NC|NY|CA|TX|OR|UK|USA)\b)[A-ZÀ-ÖØ-Þ][\w'’-]+)?)(?P<behind>\s+(?i:here|again|speaking))?"
    r"(?:\s*\([^()]*\))?(?=\s*$|(?P<more>\s+(?:\d\d\b|(?i:and i['’]?m|from|in|but)\s)))"
)
_AGE = re.compile(
    r"(?i)(?:aged? )?(\d\d)(?!\d)(?:(?:[ -]years?[ -]old| ?y/?o\b| yrs?\b| jahre\b| ans\b| años\b| anni\b|"
    r" anos\b"
    r"| jaar\b)(?: old| alt| oud)?)?(?=\s|$)"
)
_NO_PART = r"(?!(?:and|or|with|of|the|a|an|my|our|his|her|is|was|for|no|not|such|like|half|only)\b)"
_TRADE = rf"(?P<trade>(?:{_NO_PART}[A-Za-z][a-z-]+ ){{0,3}}?(?i:{OCCUPATIONS.replace('(', '(?:')}))"
_TRADES = (
    rf"{_TRADE}(?:(?: ?[+&/] ?| and (?!i\b))(?:an? )?(?P<too>(?:[a-z][a-z-]+ ){{0,3}}?"
    rf"(?i:{OCCUPATIONS.replace('(', '(?:')})))?"
)
_TOWN = r"[^\W\d_][\w'’-]+(?: (?:(?:of|on|upon|by|de|del|la|le) )?[A-ZÀ-ÖØ-Þ][\w'’-]+)*"
_JOB = re.compile(
    rf"(?:(?i:an?|the|your) )?(?P<was>(?i:retired|former|ex)[ -](?:[a-z]+ )??)?{_TRADES}"
    r"(?:,? ?\([^()]*\))?(?P<sure> (?i:by trade|here|by profession))?"
    r"(?: (?P<in>at|for|with|of|on) (?:the |an? |my )?(?P<place>(?:St\.? )?[A-ZÀ-ÖØ-Þ][\w'’-]+"
    r"(?:,? (?:of |and |& )?(?:St )?[A-ZÀ-ÖØ-Þ][\w'’-]+)*"
    rf"|(?<=the )[a-z][\w'’-]+(?: [a-z][\w'’-]+)?|(?<= an )[a-z][\w'’-]+|(?<= a )[a-z][\w'’-]+(?: school| clinic)?))?"
    rf"(?: (?:out |over )?(?P<where>in|from|near|around|outside|of|outta) (?P<town>{_TOWN}))?"
    r"(?: (?i:for|since|now|at the moment|nights?|days|and|but|with|w|wi|been|again|mostly|these days)\b.*)?"
)
_LEARNS = re.compile(rf"(?i:apprentic\w+|training) (?:to|with|under|as) (?:an? )?{_TRADE}(?: in (?P<town>[\w'’-]+))?")
_STUDIES = re.compile(
    r"(?i)(?:an? )?(?:(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|final)[ -]year|phd(?: student)? in"
    r"|masters? student in|student of|(?:currently )?(?:studying|reading|doing (?:a|my) (?:degree|ba|bsc"
    r"|msc|masters?|phd) in))"
    r" (?P<what>[a-z][a-z&]+(?: [a-z][a-z&]+){0,3}?)(?: student| degree)?"
    r"(?P<place> (?:at|in) (?:the )?(?:university of )?[\w'’-]+(?: [\w'’-]+)?)?"
)
_HOME = re.compile(
    r"(?P<how>(?i:(?:now )?(?:liv(?:e|es|ing)|based|am|now|stay|staying|residing)(?: now| over| out| up|"
    r" down)? in|in|out of"
    r"|(?:originally )?from|born in|originally) )?"
    rf"(?P<town>{_TOWN})(?:(?i: based| area| way)|\s*\([^()]*\))?(?P<once> originally)?"
    r"(?: (?i:now|since|for|these days|with|w|wi|at the moment|again)\b.*)?"
)
_STATUS = re.compile(
    r"(?i)(?:an? |the )?(?:recent(?:ly)? |newly )?(?:widow(?:er|ed)?|divorc(?:ed|ee|é|ée)|single|married"
    r"|separated|retired"
    r"|engaged|he/him|she/her|they/them|wheelchair user|self[- ]employed|freelance|disabled|pensioner|oap"
    r"|ex army|ex navy"
    r"|(?:single |proud |stay[- ]at[- ]home |busy )*(?:mum|mom|mother|dad|father|nan|gran|grandmother|grandad|parent)"
    r"(?: (?:of|to) .{1,40})?|kiwi|aussie|scouser|geordie|brit|yank)"
)
_FOREIGN_JOB = re.compile(
    r"(?:(?:ein|eine|un|una|une|uno|um|uma|een|il|la|lo|de|di) )?(?P<trade>(?:[A-ZÄÖÜ][a-zäöüß]{3,}"
    r"|[a-zà-ÿ]{4,})(?: (?:de |di |del )?[a-zà-ÿ]{5,})?)"
    r"(?: (?:in|en|à|a|em|no|na|te|aus|im) (?P<town>[A-ZÀ-ÖØ-Þ][\w'’-]+(?: (?:de |da |la"
    r" )?[A-ZÀ-ÖØ-Þ][\w'’-]+)*)(?: [a-z].*)?)?"
)
_FOREIGN_HOME = re.compile(
    r"(?i:(?P<from>aus|de|da|di|uit|d['’]) ?|(?:wohne|lebe|wohnhaft|vivo|moro|abito|habite|j['’]habite"
    r"|woon|ik woon)(?: jetzt| nun"
    r"| ahora)? ?)?(?i:in|en|à|a|em|no|na|te)? ?(?P<town>[A-ZÀ-ÖØ-Þ][\w'’-]+(?: (?:de |da |la )?[A-ZÀ-ÖØ-Þ][\w'’-]+)*)"
)
_FOREIGN_TRADE_END = re.compile(
    r"(?:er|in|mann|frau|ist|ent|ant|eur|wirt|arzt|ärztin|loge|kraft|koch|rentner|ling|ero|era|or|ora|ista|ico|ica|ier|ière|euse"
    r"|iste|ien|ienne|tore|trice|aio|iere|iera|eiro|eira|aar|ster|fe|eto|eta|grafo|grafa|ogo|oga|aire|nte|gère|cien|arts"
    r"|ario|aria|ère|ado|ada|kundige|leraar)$"
)
_NO_FOREIGN_TRADE = re.compile(
    r"(?i)(?:verheiratet|ledig|geschieden|verwitwet|witwer?|casad[oa]|solter[oa]|divorciad[oa]|viud[oa]|mariée?|célibataire"
    r"|divorcée?|veuve|veuf|sposat[oa]|divorziat[oa]|single|vegan\w*|vegetari\w*|végétari\w*|müde\w*|cansad[oa]|vater|mutter"
    r"|papa|mama|mère|père|madre|padre|allerg\w*|alérg\w*|schwanger|embarazada|enceinte|krank|malade|enferm[oa]|allein\w*"
    r"|immer|leider|hier|gerade|heute|jetzt|zufrieden|content[oa]?e?|getrouwd|gescheiden|kinder|deutsche[rn]?|österreicher\w*)"
    r"(?:\b.*)?"
)
_DOES = re.compile(
    r"(?P<verb>[a-z]{2,})(?P<rest>(?: (?!(?:and|but|which|so|because|then|when) )[\w'’-]+){1,9})"
    r"(?: (?:and|but|which|so)\b.*)?"
)
_LABELS = {
    "work": "job",
    "job": "job",
    "trade": "job",
    "occupation": "job",
    "home": "home",
    "town": "home",
    "city": "home",
}
_NO_DOING = frozenset(
    listed_words("""
    am, was, have, had, got, get, think, know, want, wanted, need, needed, can, could, will, would, should, must, may,
    might, just, only, guess, hope, feel, felt, like, love, hate, live, lived, work, worked, went, go, come, came, said,
    say, told, tell, saw, see, met, made, did, never, always, really, still, also, finally, started, moved, bought,
    forgot, remember, mean, meant, wonder, believe, promised, promise, heard, hear, found, lost, left, took, gave, put,
    don't, don’t, do not, cannot, can't, can’t, won't, ought, used, keep, kept, turned, turn, quit, broke, ate
""")
)
_NO_TOWN = frozenset(
    listed_words("""
    freelance, married, single, divorced, widowed, widow, widower, retired, nights, days, mornings, evenings, part,
    full, self-employed, selfemployed, employed, unemployed, vegan, vegetarian, gay, straight, tired, happy, new, again,
    today, tomorrow, yesterday, tonight, monday, tuesday, wednesday, thursday, friday, saturday, sunday, thanks, please,
    hospital, work, home, bed, town, school, here, there, it, the, a, an, my, two, three, four, five, own, no, yes,
    january, february, march, april, may, june, july, august, september, october, november, december, lol, haha, mum,
    dad, mother, father, christian, muslim, jewish, british, english, irish, scottish, welsh, and, but, that, thats
""")
)
_VISITS = frozenset(
    listed_words("""
    plumber, electrician, vet, doctor, nurse, carer, cleaner, builder, gardener, locksmith, decorator, roofer, painter,
    joiner, carpenter, midwife, physio, courier, postman, postie, surveyor, piano tuner, nanny, tutor, dentist,
    optician, hairdresser, barber, therapist, inspector, glazier, plasterer, technician
""")
)
"""Who comes to somebody's house, or to whom one goes: "plumber here" says who has come."""
_APPOINTED = re.compile(r"(?i)\b\d{1,2}(?:[:.]\d\d| ?[ap]m)\b|\bat \d|\bo['’]clock\b")
_OF_MYSELF = re.compile(
    r"(?i)(?:^|about |that['’]s )me$|\b(?:who i am|(?:about|introduce) myself|dealing with|talking to|intro|bio)$"
)
"""What is said before a colon behind which someone says who they are: "so you know who you're dealing with:"."""
_NO_TOWNS = re.compile(
    rf"(?i)(?:{'|'.join(LANGUAGES)}|[a-z]+(?:ish|ese)|(?:americ|austral|canad|ital|ind|iran|russ|brazil|niger|afric|jamaic"
    r"|mexic|asi|europe|roman|ukrain|hungar|norweg|belg|egypt|kore|kiwi|aussie|aries|taurus|gemini|leo|virgo|libra|scorpio"
    r"|sagittarius|capricorn|aquarius|pisces|catholic|jewish|buddhist|hindu|sikh|quaker|mormon)(?:i?an)?"
    rf"|{any_of('NHS, GP, PhD, BA, BSc, MSc, MBA, RN')})"
)
_LONE = re.compile(r"[^\W\d_][\w'’-]+")
"""A word alone that says nothing of the speaker is likely somebody else, of whom the rest is said."""
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_OTHERS = re.compile(
    rf"(?i)\b(?:my|our|his|her|their|he|she|they|wife|husband|hubby|partner|girlfriend|boyfriend|missus"
    rf"|{'|'.join(sorted(_VISITS))}) (?:[a-z]|[A-Z])|^(?:wife|husband|hubby|son|daughter|kids?|married to)\b"
)
_SOMEBODY = re.compile(
    r"(?i)(?:he|she|is|was|has|will|said|says|came|comes|coming|called|rang|phoned|wants?|needs?|asked|told|died|left|who)\b"
)
"""What follows where a name and a trade were those of somebody of whom something is said."""
_I_LEFT_OUT = re.compile(
    r"(?i)(?:own|run|teach|work|live|living|play|study|drive|manage|married|divorced|widowed|retired|mum|mom|dad|father|mother)\b"
    r"|(?:\d|two|three|four) (?:kids|children|boys|girls|sons|daughters)\b"
)
"""What somebody who gives name and age goes on with: "Raj, 44, own two shops"."""
_LEAD = re.compile(
    r"(?i)(?:(?:ich bin|bin|tengo|tenho|ho|j['’]ai|je suis|soy|sono|sou|y|e|et|und|en|ik ben|arbeite als"
    r"|faccio (?:il|la|lo)"
    r"|trabajo (?:de|como)|trabalho como|lavoro come|and|but|also|&|now|currently|i['’]?m|im|i am"
    r"|we['’]?re|just|still|an?(?= \d\d)|faccio l['’](?=\w))\s*(?<=[\s'’]))+"
)
"""What may stand before a fragment."""
_NO_NAMES = frozenset(
    word.lower()
    for word in (
        *NO_NAME,
        *LANGUAGES,
        *listed_words("""
        quick, update, note, reminder, question, right, sorry, thanks, please, anyway, honestly, basically, yeah, yep,
        nope, just, back, done, sure, fine, great, good, today, tonight, news, age, aged, job, work, home, first,
        second,
        third, next, last, another, about, around, only, page, room, flat, bus, line, size, code, pin, mum, mom, dad,
        nan, gran, wife, husband, hubby, partner, missus, widow, widower, divorced, single, married, retired, male,
        female, trying, looking, going, doing, getting, thinking, not, glad, happy, sad, tired, new, based, living,
        working, off, out, on, in, at, from, so, too, very, really, still, also, always, never, gonna, allergic, vegan,
        vegetarian, veggie, diabetic, pregnant, born
    """),
    )
)


@dataclass
class _Known:
    """What an introduction has given so far."""

    named: bool = False
    lower: bool = False
    """The name was written small: so may be a town's."""
    trade: bool = False
    aged: bool = False
    foreign: bool = False
    """The speaker gave the name in another language than English."""
    announced: bool = False
    """Something before a colon said that this is about the speaker."""
    guessed: bool = False
    """The name may be somebody else's: it takes what is said behind it to show."""
    another: bool = False
    """It is somebody else's, of whom something is told."""


def introduced(text: str, speaker: str) -> Iterator[Statement]:
    """What an introduction at the beginning of a text says of who speaks, in its order."""
    known = _Known()
    found = list(_fragments(text, speaker, known))
    told = {statement.relation for statement in found} - {"name"}
    if not known.another and (not known.guessed or known.trade or len(told) > 1):
        yield from found


def _fragments(text: str, speaker: str, known: _Known) -> Iterator[Statement]:
    label, others, begun = "", False, False
    once: set[str] = set()
    for number, segment in enumerate(_SEGMENT.finditer(text, 0, min(len(text), LONGEST))):
        if number >= MOST_SEGMENTS:
            return
        start, said = _trimmed(segment)
        behind = text[segment.end() : segment.end() + 1]
        if known.guessed and _SOMEBODY.match(said):
            known.another = True
            return
        known.trade = known.trade or (known.guessed and begun and bool(_I_LEFT_OUT.match(said)))
        if behind == ":":
            label, begun = _LABELS.get(said.casefold(), ""), True
            known.announced = bool(_OF_MYSELF.search(said))
            others = not label and not known.announced
        elif said and not others:
            may_begin = not begun and not _APPOINTED.search(text)
            found = list(_read(said, start, known, label, speaker, may_begin=may_begin))
            other = known.named and not found and begun and _LONE.fullmatch(said) and said.casefold() not in _NO_TOWN
            strange = other or not known.named or _OTHERS.search(said)
            if not found and begun and strange and not _STATUS.fullmatch(said):
                return
            yield from (statement for statement in found if statement.relation not in once)
            once |= {statement.relation for statement in found}
            label, begun = "", True
        others = others and behind not in (".", "\n", ";")


def _trimmed(segment: re.Match[str]) -> tuple[int, str]:
    """Where the words of a segment begin, behind a greeting, and the words."""
    words = segment.group()
    begin = len(words) - len(words.lstrip(" -–'\"&"))
    greeting = _GREETING.match(words, begin)
    begin = greeting.end() if greeting else begin
    return segment.start() + begin, words[begin:].strip(" -'\"")


def _read(said: str, start: int, known: _Known, label: str, speaker: str, *, may_begin: bool) -> Iterator[Statement]:
    """What a segment says; `known` is brought up to it."""
    name = _NAMED.match(said)
    if name is not None and not known.named and not label and _is_name(name, known, speaker, may_begin=may_begin):
        if speaker.casefold() in UNKNOWN:
            written = name["name"] if _CAPITAL.match(name["name"]) else name["name"].capitalize()
            yield Statement("me", "name", written, start + name.start("name"), start + name.end("name"))
        rest = said[name.end() :]
        if rest.strip():
            start += name.end() + len(rest) - len(rest.lstrip())
            yield from _fragment(rest.strip(), start, known, label, may_begin=False)
        return
    yield from _fragment(said, start, known, label, may_begin=may_begin)


def _is_name(name: re.Match[str], known: _Known, speaker: str, *, may_begin: bool) -> bool:
    """Whether the words are the speaker's name, as which they are then known."""
    first = name["name"].split()[0].casefold()
    is_own = first in {word.casefold() for word in speaker.split()}
    unknown = speaker.casefold() in UNKNOWN
    may_be = first not in STOP_WORDS and first not in _NO_NAMES and not _JOB.fullmatch(name["name"])
    sure = is_own or bool(name["before"] and name["behind"] and unknown and may_be)
    if not sure and (not may_be or not may_begin or not (unknown or name["mine"])):
        return False
    if name["mine"] and not is_own and name["more"] is None and not _CAPITAL.match(name["name"]):
        known.guessed = True  # "im knackered, 34 today"
    known.guessed = known.guessed or (not sure and not name["mine"] and not name["behind"])
    if name["foreign"] and not _CAPITAL.match(name["name"]):
        return False
    known.named, known.lower = True, not _CAPITAL.match(name["name"])
    known.foreign = bool(name["foreign"])
    known.guessed = known.guessed or (known.foreign and not is_own)  # "ich bin Lehrer": it takes more to be a name
    return True


def _fragment(said: str, start: int, known: _Known, label: str, *, may_begin: bool) -> Iterator[Statement]:
    """What a fragment says that is no name."""
    mine = re.match(r"(?i)(?:i['’]?m|i am) an? ", said)
    lead = _LEAD.match(said)
    if lead is not None:
        start, said = start + lead.end(), said[lead.end() :]
    age = _AGE.match(said)
    if age is not None and (known.named or (mine and _JOB.fullmatch(said[age.end() :].strip()))):
        known.aged = True
        yield Statement("me", "age", age[1], start, start + age.end(1))
        rest = said[age.end() :]
        start, said = start + age.end() + len(rest) - len(rest.lstrip()), rest.strip()
        known.named = True
        if not said:
            return
    if (
        may_begin
        and not mine
        and _STATUS.fullmatch(said)
        and re.match(r"(?i)(an? )?(widow|divorc|retired|single)", said)
    ):
        known.named = known.guessed = True
        return
    studies = _STUDIES.fullmatch(said)
    if studies is not None and (known.named or may_begin):
        known.named = known.trade = True
        what = f"{studies['what']}{studies['place'] or ''}"
        yield Statement("me", "studies", what, start, start + len(said))
        return
    job = _JOB.fullmatch(said)
    if job is not None and (
        known.named
        or label == "job"
        or known.announced
        or mine
        or (
            may_begin and (job["sure"] or job["was"] or _is_named_place(job)) and job["trade"].casefold() not in _VISITS
        )
    ):
        known.trade = known.named = True
        yield from _job(job, start)
        return
    learns = _LEARNS.fullmatch(said) if known.named else None
    if learns is not None:
        known.trade = True
        yield Statement("me", "works_as", f"apprentice {learns['trade']}", start, start + learns.end("trade"))
        if learns["town"]:
            yield _town("lives_in", learns["town"], start, start + learns.end("town"))
        return
    if known.foreign:
        yield from _foreign_fragment(said, start, known)
        return
    home = _HOME.fullmatch(said)
    if home is not None and (known.named or label == "home") and home["town"].casefold() not in _NO_TOWN:
        how = (home["how"] or "").casefold().strip()
        sure = how or home["once"] or label == "home" or ((known.trade or known.aged) and _is_town(home["town"]))
        if sure or (known.trade and known.lower and " " not in said):
            come_from = how in ("from", "originally from", "born in", "originally") or home["once"]
            yield _town("from" if come_from else "lives_in", home["town"], start, start + home.end("town"))
        return
    if known.named and re.match(r"(?i)i ", said):
        does = _DOES.fullmatch(said[2:])
        if does is not None and does["verb"] not in _NO_DOING:
            words = f"{regular_third(does['verb'])}{does['rest']}"
            yield Statement("me", "does", words, start, start + 2 + does.end("rest"))


def _foreign_fragment(said: str, start: int, known: _Known) -> Iterator[Statement]:
    """A trade, with the town behind it, or a town, in another language than English."""
    job = _FOREIGN_JOB.fullmatch(said)
    if (
        job is not None
        and not known.trade
        and not _NO_FOREIGN_TRADE.fullmatch(job["trade"])
        and not re.match(r"(?i)rentner|pensionär|jubilad|retraité|pensionat", job["trade"])
        and _FOREIGN_TRADE_END.search(job["trade"].split()[0])
    ):
        known.trade = True
        yield Statement("me", "works_as", job["trade"], start, start + job.end("trade"))
        if job["town"]:
            comes = re.search(rf" (?:aus|uit) {re.escape(job['town'])}", said)
            yield _town("from" if comes else "lives_in", job["town"], start, start + job.end("town"))
        return
    home = _FOREIGN_HOME.fullmatch(said)
    if home is not None and home.start("town") > 0:
        yield _town("from" if home["from"] else "lives_in", home["town"], start, start + home.end("town"))


def _is_named_place(job: re.Match[str]) -> bool:
    return bool(job["place"] and job["in"] != "on" and _CAPITAL.match(job["place"].removeprefix("St ")))


def _is_town(words: str) -> bool:
    """Whether words that stand alone may be a town: not a nationality, not a person's sign."""
    return bool(_CAPITAL.match(words)) and not _NO_TOWNS.fullmatch(words)


def _job(job: re.Match[str], start: int) -> Iterator[Statement]:
    trade = job["trade"]
    trade = trade[:1].lower() + trade[1:] if trade[1:2].islower() else trade
    end = start + job.end("trade")
    if job["was"]:
        yield Statement("me", "does", f"is a {job['was'].lower().rstrip(' -')} {trade}", start, end)
    else:
        trade = f"{trade} and {job['too']}" if job["too"] else trade
        yield Statement("me", "works_as", trade, start, start + job.end("too") if job["too"] else end)
        if job["place"]:
            yield Statement("me", "works_at", job["place"], start, start + job.end("place"))
    if job["town"] and job["town"].casefold() not in _NO_TOWN:
        yield _town("from" if job["where"] == "from" else "lives_in", job["town"], start, start + job.end("town"))


def _town(relation: str, town: str, start: int, end: int) -> Statement:
    return Statement("me", relation, town[:1].upper() + town[1:], start, end)
