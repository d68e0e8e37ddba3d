"""Verbs in all their forms, and the kinds of things that they are said of: "read" and "finished" of books."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from secondme.facts.phrases import listed_words
from secondme.text.terms import stem

_FORMS = """
    be am is are was were been being, bake baked, begin began begun, bring brought, build built, buy bought,
    catch caught, choose chose chosen, come came, cut, do did done, draw drew drawn, drink drank drunk,
    drive drove driven, eat ate eaten, fall fell fallen, feel felt, find found, fly flew flown,
    forget forgot forgotten, get got gotten, give gave given, go went gone, grow grew grown, hear heard, hold held,
    keep kept, know knew known, learn learnt, leave left, lend lent, lose lost, make made, meet met, owe owed,
    pay paid, plan planned, put, read, ride rode ridden, ring rang rung, run ran, say said, see saw seen, sell sold,
    send sent, sew sewed sewn, sing sang sung, sow sowed sown, speak spoke spoken, spend spent, spot spotted,
    swim swam swum, take took taken, teach taught, tell told, think thought, try tried, wear wore worn, win won,
    write wrote written
"""
"""Verbs that stemming does not bring together, each with all its forms."""


@cache
def _families() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for family in listed_words(_FORMS):
        members = frozenset(stem(word) for word in family.split())
        for member in members:
            found[member] = members
    return found


def forms(words: Iterable[str]) -> frozenset[str]:
    """The stems of all forms of verbs: "bought" has those of "buy"."""
    found: set[str] = set()
    for word in words:
        one = stem(word.lower())
        found |= _families().get(one, frozenset([one]))
    return frozenset(found)


_NOT_ALIKE = "start, begin, borrow, abandon, enjoy, book"
"""Verbs that do not say that something was done: who began a book has not read it."""


@dataclass(frozen=True)
class Kind:
    """A kind of things. `nouns` name it or what belongs to it, `verbs` are said of it.

    `named`: its things have names. `place`: they are places. `telling`: verbs that tell the kind also where no name is
    seen. `sure`: its verbs are said of hardly anything else, so that they tell the kind. `alike`: its verbs say the
    same of them: who heard a band has gone to a concert.
    """

    nouns: str
    verbs: str
    named: bool = False
    place: bool = False
    telling: str = ""
    sure: bool = False
    alike: bool = False

    def noun_stems(self) -> frozenset[str]:
        """Stems of its nouns."""
        return _noun_stems(self)

    def telling_stems(self) -> frozenset[str]:
        """Stems of all forms of its telling verbs."""
        return forms(listed_words(self.telling))

    def verb_stems(self) -> frozenset[str]:
        """Stems of all forms of its verbs."""
        return _verb_stems(self)


@cache
def _noun_stems(kind: Kind) -> frozenset[str]:
    return frozenset(stem(word) for word in listed_words(kind.nouns))


@cache
def _verb_stems(kind: Kind) -> frozenset[str]:
    return forms(listed_words(kind.verbs))


KINDS = (
    Kind(
        "book, novel, memoir, audiobook, paperback, author, comic, poem, biography, thriller",
        "read, reread, finish, start, begin, borrow, abandon, enjoy",
        named=True,
        telling="read, reread",
    ),
    Kind(
        "film, movie, series, show, documentary, episode, cinema, sitcom, anime",
        "watch, see, stream, binge, finish, rewatch",
        named=True,
        telling="watch, binge, rewatch",
    ),
    Kind("game, boardgame, console", "play, finish, beat, complete", named=True),
    Kind(
        "concert, gig, recital, opera, orchestra, choir, quartet, trio, symphony, jazz, festival, live",
        "hear, see, go, attend, listen, enjoy, catch",
        alike=True,
    ),
    Kind(
        "exhibition, exhibit, museum, gallery, vernissage, retrospective, show",
        "see, visit, go, attend, tour, view",
        alike=True,
    ),
    Kind("theatre, theater, play, musical, ballet, performance", "see, attend, go, watch, enjoy", alike=True),
    Kind(
        "song, album, band, music, singer, artist, record, playlist",
        "hear, listen, play, see",
        named=True,
    ),
    Kind(
        "place, city, country, town, village, island, trip, journey, destination, holiday, travel",
        "visit, travel, fly, go, drive, stay, explore, return, tour, sail, cycle, arrive, take",
        named=True,
        place=True,
    ),
    Kind(
        "mountain, hill, peak, summit, munro, fell, volcano, ridge",
        "climb, hike, bag, scale, ascend, summit, walk, trek, tackle, conquer",
        named=True,
        place=True,
        telling="climb, bag, scale, ascend, summit",
    ),
    Kind("restaurant, cafe, bar, pub, bakery", "eat, try, visit, dine, lunch, book", named=True, place=True),
    Kind(
        "food, dish, meal, recipe, cake, bread, soup, dessert, snack, breakfast, lunch, dinner, pasta, salad, stew",
        "cook, bake, eat, make, try, roast, grill, fry, taste",
    ),
    Kind("drink, wine, beer, tea, coffee, juice, cocktail", "drink, try, taste, brew"),
    Kind(
        "plant, crop, flower, vegetable, seed, fruit, herb, tree, bulb, seedling, garden",
        "plant, sow, harvest, pick, lift, grow, dig, prune, repot, transplant",
        sure=True,
    ),
    Kind("sport, exercise, workout, training", "run, swim, cycle, play, train, hike, climb, row, lift"),
    Kind("bird, animal, wildlife, butterfly, mammal", "see, spot, hear, photograph, count"),
    Kind("medicine, medication, pill, drug, tablet, vaccine, supplement", "take, prescribe, swallow, inject"),
    Kind("present, gift", "give, buy, get, receive, wrap"),
    Kind("purchase, shopping", "buy, order, purchase", sure=True),
    Kind("language", "speak, learn, study"),
    Kind("instrument", "play, practise, practice, learn"),
    Kind("job, employer, position, career", "work, start, quit, apply"),
    Kind("course, class, lesson, subject, exam, certificate", "take, attend, pass, study, enrol, finish"),
    Kind("bill, invoice, expense, debt, fee", "pay, owe, cost, spend"),
    Kind("appointment, meeting, event, date, visit, party", "attend, book, schedule, meet"),
    Kind("decision, agreement", "decide, agree, settle, resolve, vote", sure=True),
    Kind("repair, fix, job", "repair, fix, mend, replace, service"),
)


def kind_of(word: str) -> Kind | None:
    """The kind that a noun names, by itself or as one of its things."""
    one = stem(word.lower())
    return next((kind for kind in KINDS if one in kind.noun_stems()), None)


@cache
def _verbs() -> frozenset[str]:
    known = set(_families())
    for kind in KINDS:
        known |= kind.verb_stems()
    return frozenset(known)


def is_verb(word: str) -> bool:
    """Whether a word is a form of a verb that is known here."""
    return stem(word.lower()) in _verbs()


def alike_verbs(kind: Kind | None, verbs: frozenset[str]) -> frozenset[str]:
    """Verbs, and of a kind with names those that say the same: who watched a film has seen it, and who finished a book
    has read it; who only began it has not."""
    if kind is None or not (kind.named or kind.alike or "purchase" in kind.verbs):
        return verbs
    alike = kind.verb_stems() - forms(listed_words(_NOT_ALIKE))
    return verbs | alike if verbs & alike else verbs
