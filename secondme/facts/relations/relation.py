"""What a relation of facts is, and the collection of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from secondme.facts.inflection import second_person, third_person
from secondme.facts.phrases import any_of, listed_words
from secondme.facts.statement import Candidate
from secondme.text.entities import fold_name
from secondme.text.terms import content_stems
from storage.facts import StatementRow

Section: TypeAlias = Literal["about", "people", "tastes"]
Stands: TypeAlias = Literal["behind a preposition", "right behind", "anywhere"]
ENDED_KIND = "off"
"""The object of a statement by which all of its kind is over: "wedding: off"."""
HERE = "here"
"""The object "here": where the speaker lives at the time."""
NO_PHRASES: Mapping[str, str] = {}
INTRODUCTION: Mapping[str, str] = {
    "INTRO": (
        r"^\W*(([Hh]i|[Hh]ey|[Hh]ello|[Oo]k|[Ss]o|[Kk]ia ora|[Hh]ola|[Nn]amaste|([Gg]ood )?([Mm]orning"
        r"|[Ee]vening|[Aa]fternoon)|[Gg]'day|[Hh]iya)\b\W*)*"
        r"(([Ii]'?m|[Ii] am|[Tt]his is|[Mm]y name is|[Mm]y name's) <NAME>|<NAME> here)\b"
    ),
}
"""How someone says who they are, before they say more of themselves: "im Tom, 38, a baker"."""
ARTICLES = r"(?i:the|a|an|my|our|some|all kinds of|eating|drinking) "
"""What a thing may begin with and is shown without."""


def as_written(key: str) -> str:
    """Objects are the same if their keys are."""
    return key


def by_stems(key: str) -> str:
    """Things are the same if the stems of their words are: "sardine", "the sardines"."""
    return " ".join(content_stems(key)) or key


def by_place(key: str) -> str:
    """A place is the same with and without its country."""
    return key.partition(",")[0].strip()


def without_slot(identity: str) -> str:
    """All objects are of one kind."""
    return ""


_NAMED_KIND = re.compile(r" (?:number|plate|size)$|\b(?:code|pin|password|passcode|combination|extension)\b")
"""Kinds of which someone has several: a gate code and a door code."""


def by_kind(identity: str) -> str:
    """The kind of an object such as "cheese: brie"; of "hourly rate: 40" it is "rate"."""
    kind = re.sub(r" for (?:this|the|next) (?:new )?(?:month|week)$", "", identity.partition(":")[0])
    return kind if _NAMED_KIND.search(kind) else kind.rpartition(" ")[2]


def as_said(thing: str, first: StatementRow, day: str) -> str:
    """An object reads as it was said."""
    return thing


def is_ordinary(thing: str) -> bool:
    """Whether words are no name."""
    return thing[:1].islower()


_TO_YOU = {
    "is vegan": "are vegan", "is vegetarian": "are vegetarian", "is pescatarian": "are pescatarian",
    "eats no meat": "eat no meat", "smokes": "smoke", "does not smoke": "do not smoke",
    "no longer smokes": "no longer smoke",
}  # fmt: skip
"""Predicates that are objects, as they read to that person."""


@dataclass(frozen=True)
class Predicate:
    """What is said of someone, from the verb on, with an object `o`; in the notation of `secondme.facts.phrases`.

    `me`: behind "I". `they`: behind a name or "my sister", and, with `copula`, only behind "is". `bare`: where the "I"
    is left out (empty: as `me`; None: it is never left out). `ends`: that it is over.
    """

    me: str = ""
    they: str = ""
    bare: str | None = ""
    copula: bool = False
    ends: bool = False
    object: str = ""
    """The object where the pattern has none: "no longer smokes"."""


@dataclass(frozen=True)
class Phrasing:
    """Another way to say it: a whole pattern with an object `o`. Without a subject `s` it is about me."""

    pattern: str
    ends: bool = False
    object: str = ""
    """The object where the pattern has none."""
    slot: str = ""
    """The kind of the object where the pattern captures none as `kind` (`Relation.slot`)."""
    listed: bool = False
    """The object is a list: "dumplings, rice and tea"."""


def no_longer(words: str) -> Phrasing:
    """That someone is no longer my boss, or what else the words say."""
    return Phrasing(rf"<o:NAME> (isn'?t|is not|is no longer) my ([a-z]+ ){{0,2}}?{any_of(words)}\b", ends=True)


@dataclass(frozen=True)
class Ties:
    """Words for someone who stands in a relation to a person, each list separated by commas.

    A relation that has ties is read from "my sister Clara", "Clara is my sister", and asked for as "who is my sister?".
    """

    words: str
    """Words that can stand without a name: "my sister is here"."""
    with_name: str = ""
    """Words that mean someone only together with a name: "my eldest, Ben"."""
    plurals: str = ""
    """Words for several: "my sisters, Ann and Eve"."""
    titles: str = ""
    """Words that stand as a name does, without "my": "Mum's name is Eve"."""
    practices: str = ""
    """Words that name who bears a doctor's title: "dentist is Dr Weber"."""
    of_mine: str = ""
    """A word for one of many: "Noor is a friend of mine"."""


@dataclass(frozen=True)
class Contact:
    """An object that is known by its form wherever it stands: a number, an address."""

    form: str
    """A regular expression for the object."""
    cue: str
    """A pattern of words; the same sentence holds one of them."""
    usable: Callable[[str], bool] = bool
    """Whether what has the form is such an object."""


@dataclass(frozen=True)
class ModelCue:
    """When a language model is asked whether a sentence states the relation of an object in it."""

    words: str
    """A pattern of words; one of them stands near the object."""
    fits: Callable[[str], bool] | None = None
    """Whether words can be the object; None: only names can."""
    stands: Stands = "right behind"
    """Where the object stands, seen from the word. People stand anywhere, but have no article."""
    owned: bool = False
    """Behind a possessive it belongs to somebody else: "my neighbour's dog"."""


@dataclass(frozen=True)
class Told:
    """What the reader of sentences is asked about a sentence that may state the relation of who says it."""

    question: str
    """Its words that answer are the object: "Where do I live?"."""
    who: str
    """Of whom it is stated, for an object `{o}`: "Who lives in {o}?"; empty where the sentence says that it is me."""
    name: bool = False
    """The object is a name."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Relation:
    """All that is known of a relation. Patterns are in the notation of `secondme.facts.phrases`.

    To add a relation: write a block in a file of this folder, and name it in the tuple at the file's end.
    `tests/secondme/facts/test_a_new_relation.py` shows a small one at work.
    """

    name: str
    """As it is stored; never change it."""

    # How it reads.
    reads: str
    """What stands between subject and object in a sentence about someone."""
    reads_you: str
    """The same in a sentence to that person."""
    reads_past: str = ""
    """What an answer says of the past; empty: `reads`."""
    reads_plan: str = ""
    """What is said of what lies ahead; empty: "plans to", and how it reads to that person."""
    article: bool = False
    """Whether an object in the singular takes "a": "works as a nurse"."""
    tie: str = ""
    """What someone is to a person if nobody said a word for it; empty: the relation's name."""

    # What may hold.
    many: bool = False
    """Several objects may hold at once (two phones, three children); otherwise a new object ends the older."""
    opposite: str = ""
    """The relation that an object can't have at the same time (likes, dislikes)."""
    timeless: bool = False
    """A time in the sentence says nothing of when it began to hold."""
    slot: Callable[[str], str] = without_slot
    """From what an object is known by, its kind where one value holds for each kind: "cheese" of "cheese: brie"."""
    between: str = ""
    """A word between the value of an object and its kind, which then comes last: "420 by Jonas"."""
    named_kind: bool = False
    """The kind of an object is kept as it was written, capitals too: "Priya's leaving do"."""
    lasts: Callable[[StatementRow], str] | None = None
    """The day on which a statement holds no longer, of its own accord; empty where it goes on."""
    plannable: bool = False
    """What is said of the future is a plan, which holds when its day has come."""
    final: bool = False
    """Who is in it is dead."""
    of_the_living: bool = False
    """It ends with a life."""
    widows: bool = False
    """It ends with the life of its object."""
    shown: Callable[[str, StatementRow, str], str] = as_said
    """An object as it reads on a later day, given its first statement: an age grows."""
    renames: bool = False
    """The object is another name of the subject."""

    # Its object.
    person: bool = False
    """The object is a person."""
    key: Callable[[str], str] = fold_name
    """What is stored of an object to compare it by."""
    identity: Callable[[str], str] = as_written
    """From a key, by what an object is known again in other words: "sardine" and "the sardines" have the same."""
    drops: tuple[str, ...] = ()
    """Patterns of what an object may begin with and is shown without: articles, "brand new"."""
    capital: bool = False
    """An object is shown with a capital."""
    predicative: bool = False
    """Objects are predicates, kept as they are said of somebody else: "runs a bakery"."""
    ordinary: bool = False
    """Objects are ordinary words: a capital at the beginning of a sentence does not belong to them."""

    # How it is read from what people say.
    triggers: str = ""
    """Parts of words, separated by |. A sentence in lower case must hold one of them before a pattern is tried."""
    trigger_pattern: str = ""
    """A regular expression of which the sentence must hold a match instead."""
    phrases: Mapping[str, str] = field(default_factory=lambda: NO_PHRASES)
    """Phrases that only its own patterns name."""
    predicates: tuple[Predicate, ...] = ()
    """What is said of me, of someone named, or of a relative."""
    phrasings: tuple[Phrasing, ...] = ()
    """Other ways to say it; they are tried first."""
    ties: Ties | None = None
    """Words for the object, if it is someone who belongs to the subject."""
    contact: Contact | None = None
    """The form of the object, if it is known by that."""
    further: str = ""
    """A pattern of more objects in the rest of the clause: "I speak Polish and some Czech"."""
    listing: bool = False
    """What goes on behind the object as a list is more of it: "I love cheese, old films and long walks"."""
    overlap: bool = False
    """The words that state two objects may overlap: "my sons Ben and Tom"."""
    opens: bool = False
    """Without its "I" it is only read at the beginning of a sentence."""
    rank: int = 100
    """Its place when a sentence is read: statements are listed in this order, and then by the order of relations."""

    # What the gate makes of it.
    negative: bool = False
    """It says "not" itself: a denial in it denies nothing."""
    inviting: bool = False
    """A condition behind it is an invitation: "call me at … if you need me"."""
    dated: bool = False
    """Its object names a month, which may look like a verb ("May") and is nobody's name."""
    excluded: str = ""
    """A pattern of objects of which it does not hold: "a retired nurse"."""
    vague: Callable[[Candidate], bool] | None = None
    """Whether a statement is too vague to be kept, for reasons of this relation."""

    # How it is read from fields and by a model.
    label: str = ""
    """A regular expression for the beginning of a field's name in contacts and tables."""
    shape: str = ""
    """A regular expression that the whole value of a field matches."""
    model: ModelCue | None = None
    """What a language model is asked about; a relation with ties needs none."""
    told: Told | None = None
    """What the reader of sentences is asked; None: the relation is not read so."""

    # How it is asked for and shown.
    cues: str = ""
    """Words of questions that are about it, for recall."""
    questions: tuple[str, ...] = ()
    """Patterns of the beginning of questions that it answers, with the phrases of `secondme.chat.fact_answers`."""
    asked: str = ""
    """Words for its object in questions such as "who is my wife?", "what is my cat called?"; commas separate them."""
    introduces: bool = True
    """It belongs to the answer to "who is Tom?"."""
    section: Section = "about"
    """Where the profile shows it."""
    card: int = 0
    """Its place on the card of what matters most (1: the first; 0: it is not on it)."""
    news: bool = True
    """A change of it is news, unless several hold at once."""

    @property
    def tie_words(self) -> list[str]:
        """Words for whom it names, also those that need a name beside them; none if it has no ties."""
        if self.ties is None:
            return []
        return [*listed_words(self.ties.words), *listed_words(self.ties.with_name)]

    @property
    def model_cue(self) -> ModelCue | None:
        """When a model is asked about it: of ties by their words."""
        if self.ties is None:
            return self.model
        return ModelCue("|".join(self.tie_words), stands="anywhere", owned=True)

    def clause(self, thing: str, *, you: bool = False) -> str:
        """What a sentence says of someone, or to that person: the relation and its object."""
        counted = self.article and thing[:1].islower() and not thing.endswith("s")
        article = ("an " if thing[0] in "aeiou" else "a ") if counted else ""
        thing = self.spoken(thing)
        if not self.reads:  # the object is the whole predicate: "no longer smokes"
            return _TO_YOU.get(thing) or (second_person(thing) if self.predicative else thing) if you else thing
        return f"{self.reads_you if you else self.reads} {article}{thing}"

    def spoken(self, thing: str) -> str:
        """An object in a sentence: "locker number 88", "420 by Jonas"."""
        if self.slot is without_slot:
            return thing
        kind, parted, value = thing.partition(": ")
        return f"{value} {self.between} {kind}" if self.between and parted else thing.replace(": ", " ", 1)

    def plan(self, thing: str, *, you: bool = False) -> str:
        """What a sentence says of someone who plans it, or to that person."""
        verb = self.reads_plan or f"{'plan' if you else 'plans'} to {self.reads_you}"
        return self.clause(thing).replace(self.reads, verb, 1)

    def display(self, written: str) -> str:
        """An object as it is shown: without article, possessive and what only frames it."""
        text = " ".join(written.split()).strip(" -–'’\"")
        text = text if self.named_kind else re.sub(r"['’]s$", "", text)
        text = re.split(r" [-–—] ?", text, maxsplit=1)[0]
        for beginning in self.drops:
            text = re.sub(f"^{beginning}", "", text)
        text = third_person(text) if self.predicative else text
        return text[:1].upper() + text[1:] if self.capital else text


class Relations:
    """Relations by name, in the order in which they are shown."""

    def __init__(self, *relations: Relation) -> None:
        self._by_name = {relation.name: relation for relation in relations}

    def __iter__(self) -> Iterator[Relation]:
        return iter(self._by_name.values())

    def __getitem__(self, name: str) -> Relation:
        return self._by_name[name]

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each relation, by its name."""
        return {name: place for place, name in enumerate(self._by_name)}

    @cached_property
    def ties(self) -> dict[str, Relation]:
        """The relation that each word for a tie names: "sister"."""
        return {word: relation for relation in self for word in relation.tie_words}

    @cached_property
    def family(self) -> tuple[str, ...]:
        """Words for one person who can be spoken of without a name: "my sister"."""
        return tuple(word for relation in self if relation.ties for word in listed_words(relation.ties.words))
