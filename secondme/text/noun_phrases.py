"""Whom and what a short text speaks of: names, "my mother", "the boiler". Word lists instead of a parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

from secondme.text.entities import mentions
from secondme.text.terms import STOP_WORDS
from secondme.text.timex.names import MONTHS, WEEKDAYS

Kind: TypeAlias = Literal["person", "place", "thing"]
Gender: TypeAlias = Literal["she", "he", ""]

SHE = frozenset(
    """
    mother mum mom mam mummy mama mommy ma stepmother stepmum stepmom sister stepsister daughter stepdaughter wife
    girlfriend fiancée aunt auntie grandmother grandma granny gran nan nana niece godmother goddaughter granddaughter
    mother-in-law sister-in-law daughter-in-law landlady woman girl lady widow bride bridesmaid actress waitress hostess
    headmistress stewardess nun missus gal queen princess
    """.split()
)
HE = frozenset(
    """
    father dad daddy papa pa stepfather stepdad brother stepbrother son stepson husband hubby boyfriend fiancé uncle
    grandfather grandpa grandad granddad nephew godfather godson grandson father-in-law brother-in-law son-in-law
    landlord man boy guy bloke lad chap fella gentleman widower groom waiter headmaster steward monk postman
    handyman king prince
    """.split()
)
PEOPLE = frozenset(
    """
    friend partner spouse boss manager supervisor neighbour neighbor colleague coworker co-worker workmate flatmate
    housemate roommate doctor gp dentist teacher tutor coach trainer therapist physio vet mechanic plumber electrician
    builder gardener cleaner lawyer solicitor accountant nurse midwife surgeon cousin child kid baby toddler parent
    grandparent grandchild sibling twin relative mate pal buddy bestie ex client customer tenant lodger guest student
    pupil professor lecturer hairdresser barber babysitter nanny childminder carer agent driver janitor caretaker
    chef cook author writer singer painter treasurer chairman chair president secretary minister priest pastor rabbi
    imam captain owner buyer seller godparent godchild person someone somebody people family folks
    cat dog puppy kitten horse pony rabbit hamster parrot budgie tortoise pet
    """.split()
)
"""Words for whom "he" or "she" may stand, of either gender; a pet is one of them."""
PLURALS = frozenset("people folks children kids twins men women ladies guys family parents".split())
_DETERMINERS = "my our your his her their its the this that these those a an some".split()
VERBS = frozenset(
    """
    like love enjoy hate dislike prefer live work stay pay cost weigh need want have get go come take start begin end
    finish open close eat drink own know say tell give make move leave arrive meet buy sell call teach study play
    drive ride read write send keep put find lose look see hear feel think mean speak talk run grow cook bake fix
    repair clean wash build break lend borrow owe earn charge spend save cancel
    happen become bring carry hold hang sit stand sleep wake wear win join quit retire marry die use try
    expect remember forget sow expire last serve said told gave made moved left met
    bought sold taught went came got had was were cost paid lent
    """.split()
)
"""What ends a phrase, besides words such as "in"."""
_TIMES = frozenset(
    [
        *MONTHS,
        *WEEKDAYS,
        *"today tomorrow yesterday tonight now again then last next currently lately recently ago soon".split(),
    ]
)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_VERB_FORM = re.compile(r"\w{3}(?:ed|ing)$")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_TIE_BEHIND = re.compile(r"(?i)(?:['’]s| is|,)? ?,? ?(?:my|our|his|her|the|an?) ((?:[\w-]+ ?){1,3})")
_PRONOUN_BEHIND = re.compile(r"(?i)\b(?:she|hers?|he|him|his)\b")
LOOKED_BEHIND = 120
"""Characters behind a name in which a pronoun stands for it."""
_LONGEST = 4
"""Words of a phrase behind its determiner."""


@dataclass(frozen=True)
class Phrase:
    """A name or a noun with what belongs before it, at characters `start` to `end`, without a possessive ending.

    `owner`: whether it stands as the owner of something ("my mother's", "Ben's"). `named`: whether it is a name.
    """

    start: int
    end: int
    text: str
    kind: Kind
    gender: Gender = ""
    plural: bool = False
    owner: bool = False
    named: bool = False

    @property
    def definite(self) -> str:
        """Its text where it is spoken of again: "the tyre change" for "a tyre change"."""
        return re.sub(r"(?i)^(?:an?|some) ", "the ", self.text)

    @property
    def possessive(self) -> str:
        """Its text as the owner of something."""
        return f"{self.definite}’" if self.plural and self.text.endswith("s") else f"{self.definite}’s"


def phrases(text: str, names: Iterable[str] = ()) -> Sequence[Phrase]:
    """The phrases of a text by their beginning, owners before what they own. `names` are known in small letters too."""
    return _phrases(text, tuple(names))


@lru_cache(maxsize=512)
def _phrases(text: str, names: tuple[str, ...]) -> Sequence[Phrase]:
    text = _CAPITALS.sub(lambda match: match.group().lower(), text)
    found = [*_nouns(text), *_parents(text), *_named(text, names)]
    inside = {(phrase.start, phrase.end) for phrase in found}
    kept = [
        phrase
        for phrase in found
        if not (phrase.named and any(a < phrase.start and phrase.end <= b for a, b in inside) and not phrase.owner)
    ]
    return tuple(sorted(kept, key=lambda phrase: (phrase.start, phrase.end)))


def head_gender(noun: str) -> tuple[Kind, Gender, bool]:
    """Kind, gender and number that a noun tells: "aunts" are persons, she, several."""
    word = noun.casefold()
    several = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    for entry in (word, word.removesuffix("s") if several else word):
        gender: Gender = "she" if entry in SHE else "he" if entry in HE else ""
        if gender or entry in PEOPLE:
            return "person", gender, entry != word or word in PLURALS
    return ("person", "", True) if word in PLURALS else ("thing", "", several)


def gender_told(name: str, texts: Iterable[str]) -> Gender:
    """What texts say of a name's gender: a word such as "sister" beside it, or the pronoun that is used of it."""
    for text in texts:
        for match in re.finditer(re.escape(name), text, re.IGNORECASE) if name in text else ():
            behind = text[match.end() : match.end() + LOOKED_BEHIND]
            tie = _TIE_BEHIND.match(behind)
            for word in (*_WORD.findall(text[: match.start()])[-1:], *(tie[1].split() if tie else ())):
                if word.casefold() in SHE | HE:
                    return "she" if word.casefold() in SHE else "he"
            pronoun = _PRONOUN_BEHIND.search(behind)
            if pronoun and not any(mention.name != name for mention in mentions(behind[: pronoun.start()])):
                return "she" if pronoun[0].casefold() in ("she", "her", "hers") else "he"
    return ""


def _nouns(text: str) -> Iterator[Phrase]:
    """Phrases that begin with a word such as "my", and those that "Ben's" begins."""
    words = list(_WORD.finditer(text))
    for i, first in enumerate(words):
        folded = first.group().casefold()
        owned = bool(_POSSESSIVE.search(first.group())) and folded not in _CONTRACTED
        if folded not in _DETERMINERS and not owned:
            continue
        taken: list[re.Match[str]] = []
        for word in words[i + 1 : i + 1 + _LONGEST]:
            gap = text[(taken[-1] if taken else first).end() : word.start()]
            if gap.strip() or not _belongs(word.group(), bool(taken)):
                break
            taken.append(word)
            if _POSSESSIVE.search(word.group()):
                break
        if not taken:
            continue
        yield _phrase(text, first.start(), taken)


def _belongs(word: str, follows: bool) -> bool:
    folded = word.casefold()
    if folded in STOP_WORDS or folded in _TIMES or folded in _DETERMINERS:
        return False
    return not follows or not (
        folded in VERBS or folded.removesuffix("s") in VERBS or re.search(r"\w{3}(?:ed|ing)$", folded)
    )


def _phrase(text: str, start: int, taken: Sequence[re.Match[str]]) -> Phrase:
    """The phrase of a first word and those behind it; of "my nephew Ravi" the name."""
    ending = _POSSESSIVE.search(taken[-1].group())
    end = taken[-1].end() - (len(ending.group()) if ending else 0)
    kind, gender, plural = head_gender(text[taken[-1].start() : end])
    for before, word in pairwise(taken):
        if word.group()[0].isupper() and before.group()[0].islower():
            tied, tied_gender, several = head_gender(before.group())
            if tied == "person" and not several:
                return Phrase(start, end, text[word.start() : end], tied, tied_gender, owner=bool(ending), named=True)
    return Phrase(start, end, text[start:end], kind, gender, plural, bool(ending))


def _parents(text: str) -> Iterator[Phrase]:
    """Words such as "mum" that stand as a name does: mine is meant."""
    for match in _PARENT.finditer(text):
        word = match["word"]
        yield Phrase(
            match.start(),
            match.end("word"),
            f"my {word.lower()}",
            "person",
            head_gender(word)[1],
            owner=bool(match["s"]),
        )


def _named(text: str, names: Iterable[str]) -> Iterator[Phrase]:
    taken: set[tuple[int, int]] = set()
    for mention in mentions(text):
        if mention.kind in ("email", "handle", "tag", "host"):
            continue
        end = mention.end
        kind: Kind = "place" if mention.kind == "place" else "thing" if mention.kind == "title" else "person"
        taken.add((mention.start, end))
        owner = bool(re.match(r"['’]s?\b|['’](?=\W|$)", text[end:]))
        name = _POSSESSIVE.sub("", mention.name)
        owner = owner or name != mention.name
        phrase = Phrase(mention.start, mention.start + len(name), name, kind, named=True, owner=owner)
        plural = bool(re.search(r"\b(?:and|&)\b", name))
        yield replace(phrase, plural=plural)
    for name in names:
        if not name:
            continue
        for match in re.finditer(rf"(?i)(?<!\w){re.escape(name)}(?:(?P<s>['’]s|s)\b)?(?!\w)", text):
            end = match.start() + len(name)
            if not any(a <= match.start() < b for a, b in taken):
                taken.add((match.start(), end))
                yield Phrase(match.start(), end, name, "person", named=True, owner=bool(match["s"]))


_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:['’]?S)?(?:[^\w\n]+[A-Z]{2,})+\b")
"""What is shouted: no names are told from it."""
PARENTS = "mum|mom|mam|mummy|mommy|dad|daddy|papa|mama|grandma|grandpa|granny|grandad"
"""Whom one speaks of without an article, as by a name."""
_PARENT = re.compile(
    r"(?i)(?<![\w'’-])(?<!my )(?<!our )(?<!his )(?<!her )(?<!your )(?<!the )(?<!their )(?<!['’]s )"
    rf"(?P<word>{PARENTS})(?P<s>['’]?s\b)?(?![\w-])"
)
_CONTRACTED = frozenset(
    f"{word}{mark}s"
    for word in "what who where when how that it he she there here let which why".split()
    for mark in "'’"
)
