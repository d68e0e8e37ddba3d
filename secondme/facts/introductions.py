"""How someone says who they are in fragments, without verbs: "rashid. locksmith, bradford", "Dale here, I shoe horses".

Only the beginning of a message is read so, and only where it is an introduction for certain: the speaker gives a name,
or says "by trade", "here" or "retired", or names the workplace. The patterns of relations read whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondme.facts.inflection import regular_third
from secondme.facts.phrases import listed_words
from secondme.facts.relations.work import OCCUPATIONS
from secondme.facts.statement import Statement

MOST_SEGMENTS = 7
LONGEST = 220
"""Characters of a message that are looked at."""

_SEGMENT = re.compile(r"(?:(?<=\bSt)\.|(?<=\bDr)\.|[^.,;:!?\n–—()])+")
_GREETING = re.compile(
    r"(?i)(?:(?:oh|ok|okay|so|well|hi+|hey+|hello|hiya|yo|hoi|hei|hallo|hola|ciao|salut|g['’]day|(?:good )?(?:morning"
    r"|evening|afternoon)|there|everyone|all)\b\W*)+"
)
_NAMED = re.compile(
    r"(?P<before>(?i:it['’]?s|i['’]?m|i am|this is|(?:my )?name['’]?s?(?: is)?|call me)\s+)?"
    r"(?P<name>[^\W\d_][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)?)(?P<behind>\s+(?i:here|again|speaking))?"
)
_AGE = re.compile(r"(?i)(?:aged? |i['’]?m )?(\d\d)(?: years old| y/?o)?")
_TRADE = rf"(?P<trade>(?:[a-z][a-z-]+ ){{0,3}}?(?i:{OCCUPATIONS.replace('(', '(?:')}))"
_JOB = re.compile(
    rf"(?:(?i:i['’]?m|i am) )?(?:(?i:an?|the|your) )?(?P<was>(?i:retired|former|ex)[ -])?{_TRADE}"
    r"(?P<sure> (?i:by trade|here|by profession))?"
    r"(?: (?:at|for|with|of) (?:the |an? )?(?P<place>(?:St\.? )?[A-ZÀ-ÖØ-Þ][\w'’-]+"
    r"(?:,? (?:of |and |& )?(?:St )?[A-ZÀ-ÖØ-Þ][\w'’-]+)*))?"
    r"(?: (?P<where>in|from|near|around|outside) (?P<town>[\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)*))?"
    r"(?: (?i:for|since|now)\b.*)?"
)
_LEARNS = re.compile(rf"(?i:apprentic\w+|training) (?:to|with|under|as) (?:an? )?{_TRADE}(?: in (?P<town>[\w'’-]+))?")
_HOME = re.compile(
    r"(?:(?P<how>(?i:(?:live|living|based|am|now) in|in|from)) )?(?P<town>[^\W\d_][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)*)"
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
_LONE = re.compile(r"[^\W\d_][\w'’-]+")
"""A word alone that says nothing of the speaker is likely somebody else, of whom the rest is said."""
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")


@dataclass
class _Known:
    """What an introduction has given so far."""

    named: bool = False
    lower: bool = False
    """The name was written small: so may be a town's."""
    trade: bool = False
    announced: bool = False
    """Something before a colon said that this is about the speaker."""


def introduced(text: str, speaker: str) -> Iterator[Statement]:
    """What an introduction at the beginning of a text says of who speaks, in its order."""
    known, label, others, begun = _Known(), "", False, False
    for number, segment in enumerate(_SEGMENT.finditer(text, 0, min(len(text), LONGEST))):
        if number >= MOST_SEGMENTS:
            return
        start, said = _trimmed(segment)
        behind = text[segment.end() : segment.end() + 1]
        if behind == ":":
            label, begun = _LABELS.get(said.casefold(), ""), True
            known.announced = bool(_OF_MYSELF.search(said))
            others = not label and not known.announced
        elif said and not others:
            may_begin = not begun and not _APPOINTED.search(text)
            found = list(_read(said, start, known, label, speaker, may_begin=may_begin))
            other = known.named and not found and begun and _LONE.fullmatch(said) and said.casefold() not in _NO_TOWN
            if not found and begun and (other or not known.named):
                return
            yield from found
            label, begun = "", True
        others = others and behind not in (".", "\n", ";")


def _trimmed(segment: re.Match[str]) -> tuple[int, str]:
    """Where the words of a segment begin, behind a greeting, and the words."""
    words = segment.group()
    greeting = _GREETING.match(words.lstrip())
    begin = len(words) - len(words.lstrip()) + (greeting.end() if greeting else 0)
    return segment.start() + begin, words[begin:].strip(" -'\"")


def _read(said: str, start: int, known: _Known, label: str, speaker: str, *, may_begin: bool) -> Iterator[Statement]:
    """What a segment says; `known` is brought up to it."""
    own = {word.casefold() for word in speaker.split()}
    name = _NAMED.fullmatch(said)
    if name is not None and not known.trade and not label:
        is_own = name["name"].split()[0].casefold() in own
        if is_own or (name["before"] and name["behind"]):
            known.named, known.lower = True, not _CAPITAL.match(name["name"])
            return
    if known.named and (age := _AGE.fullmatch(said)) is not None:
        yield Statement("me", "age", age[1], start, start + age.end(1))
        return
    job = _JOB.fullmatch(said)
    if job is not None and (
        known.named
        or label == "job"
        or known.announced
        or (may_begin and (job["sure"] or job["was"] or job["place"]) and job["trade"].casefold() not in _VISITS)
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
    home = _HOME.fullmatch(said)
    if home is not None and (known.named or label == "home") and home["town"].casefold() not in _NO_TOWN:
        sure = home["how"] or label == "home" or (known.trade and _CAPITAL.match(home["town"]))
        if sure or (known.trade and known.lower and " " not in said):
            come_from = (home["how"] or "").casefold() == "from"
            yield _town("from" if come_from else "lives_in", home["town"], start, start + len(said))
        return
    if known.named and re.match(r"(?i)i ", said):
        does = _DOES.fullmatch(said[2:])
        if does is not None and does["verb"] not in _NO_DOING:
            words = f"{regular_third(does['verb'])}{does['rest']}"
            yield Statement("me", "does", words, start, start + 2 + does.end("rest"))


def _job(job: re.Match[str], start: int) -> Iterator[Statement]:
    trade = job["trade"]
    trade = trade[:1].lower() + trade[1:] if trade[1:2].islower() else trade
    end = start + job.end("trade")
    if job["was"]:
        yield Statement("me", "does", f"is a {job['was'].lower().rstrip(' -')} {trade}", start, end)
    else:
        yield Statement("me", "works_as", trade, start, end)
        if job["place"]:
            yield Statement("me", "works_at", job["place"], start, start + job.end("place"))
    if job["town"] and job["town"].casefold() not in _NO_TOWN:
        yield _town("from" if job["where"] == "from" else "lives_in", job["town"], start, start + job.end("town"))


def _town(relation: str, town: str, start: int, end: int) -> Statement:
    return Statement("me", relation, town[:1].upper() + town[1:], start, end)
