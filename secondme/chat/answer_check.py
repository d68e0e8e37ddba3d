"""Does memory hold what a sentence of an answer says? Its names, numbers and dates above all, whoever wrote it.

The test is lexical. A sentence rests on one place of a passage: what stands together there, with the one who said it
and the day. What a later statement ended supports only what is said of the past, and what is said of somebody else
supports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from secondme.api import Hit
from secondme.chat.having import asks_having, claims_having, only_offered
from secondme.text.number_words import UNDER_TWENTY
from secondme.text.sentences import (
    SUPPORTED,
    sentences,
    stem_set,
    strip_citations,
    weighted_share,
    weighted_words,
)
from secondme.text.terms import stem

_WORD = re.compile(r"[^\W_]+")
_PAST = re.compile(
    r"(?i)\b(?:was|were|had|did|used to|until|before|former(?:ly)?|earlier|previous(?:ly)?|no longer|not any ?more"
    r"|stopped|ended|originally|at first|once|then)\b|\b(?!need)\w{3,}ed\b"
)
_ASKS_WHO = re.compile(r"(?i)\b(?:who|whom|whose|which|what(?:['’]s| is| was) the name|called|named)\b")
_ORDINAL = re.compile(r"(?i)^(\d+)(?:st|nd|rd|th)$")
_NUMBERS = {word: str(value) for value, word in enumerate(("zero", *UNDER_TWENTY[:12]))}
_NO_NAMES = frozenset(
    """
    yes no i i'm you your it its he she they we the a an there this that these those in on at by for from to of and but
    so also today tomorrow yesterday as if when since not both all
    """.split()
)
_TIME = frozenset(
    map(stem, "used formerly before earlier previously now currently still today once originally".split())
)
"""Words by which a sentence puts what it says in its time; no passage need have them."""
_UNKNOWN = re.compile(
    r"(?i)\b(?:(?:do|does|did|is|was|are|were|has|have|can|could)(?: not|n['’]t)|cannot|no|not|nothing|never)\b.{0,60}"
    r"\b(?:say|says|said|state[ds]?|mention(?:s|ed)?|specif(?:y|ies|ied)|provide[ds]?|contain(?:s|ed)?|include[ds]?"
    r"|hold|know|known|information|record(?:s|ed)?|details?|given|indicate[ds]?|available|clear|memory|tell|told"
    r"|context|notes?)\b"
    r"|\bunknown\b|\bunclear\b|\bi(?:['’]m| am) (?:not sure|unsure|sorry)\b|\bthere (?:is|are) (?:no|not)\b.{0,30}"
    r"\b(?:information|mention|record|details?|context|notes?)\b|\bnot in (?:your |the |my )?memory\b"
)


@dataclass(frozen=True)
class Verdict:
    """`numbers` of the passages that support a sentence, how far the best does, and what nothing holds: its names and
    numbers that neither a passage nor the question has."""

    numbers: tuple[int, ...]
    support: float
    invented: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    number: int
    stems: frozenset[str]
    day: frozenset[str]
    """Words of the day on which it was said."""
    ended: bool
    only_offered: bool
    """Whether it tells of an offer, a wish or a refusal, and of nothing that is had."""


def says_unknown(sentence: str) -> bool:
    """Whether a sentence says that memory does not hold the answer."""
    return bool(_UNKNOWN.search(sentence))


class AnswerCheck:
    """Checks the sentences of an answer against what the model read."""

    def __init__(
        self,
        question: str,
        passages: Iterable[tuple[int, str, Hit]],
        *,
        names: Sequence[str] = (),
        ended: Collection[str] = (),
    ) -> None:
        """`passages`: (number, text as read, hit). `names`: those of the person. `ended`: ids of spans that say what a
        later statement ended."""
        self._question = _stems(question)
        self._who = bool(_ASKS_WHO.search(question))
        self._asks_having = asks_having(question)
        self._me = {part for name in names for part in _stems(name)}
        self._asked = _names(question) - self._me
        self._places: list[_Place] = []
        everywhere = self._question | self._me
        for number, text, hit in passages:
            about, day = _stems(f"{hit.heading} {hit.speaker} {hit.title}"), _hit_day(hit)
            if hit.role == "me":
                about |= self._me
            said = [sentence.text for sentence in sentences(text)] or [text]
            parts = [_stems(sentence) for sentence in said]
            for place in range(len(parts)):
                near = frozenset().union(*parts[max(place - 1, 0) : place + 2])
                offered = only_offered(" ".join(said[place : place + 2]))
                self._places.append(_Place(number, near | about, day, hit.id in ended, offered))
            everywhere = everywhere.union(*parts, about, day)
        self._everywhere = everywhere

    def sentence(self, text: str) -> Verdict:
        """What memory makes of a sentence."""
        text = strip_citations(text).strip()
        words = [(_plain(word), weight) for word, weight in weighted_words(text)]
        specific = _specific(text)
        invented = tuple(sorted(word for word in specific if word not in self._everywhere))
        past = bool(_PAST.search(text))
        having = self._asks_having and claims_having(text)
        scores: dict[int, float] = {}
        if not self._of_another(text):
            free = self._question | self._me
            for place in self._places:
                if (place.ended and not past) or (place.only_offered and having):
                    continue
                if any(word not in place.stems and word not in place.day and word not in free for word in specific):
                    continue
                # The day of saying dates what was said there, and nothing else.
                loose = (place.day | _TIME) - place.stems
                said = [(word, weight) for word, weight in words if word not in loose]
                plain = [(word, weight) for word, weight in said if word not in specific]
                share = weighted_share(said, place.stems | self._me)
                if plain and not any(word in place.stems for word, _ in plain):
                    share = 0.0  # "Ann was born in 2015" is not held by "in 2015 I met Ann"
                scores[place.number] = max(scores.get(place.number, 0.0), share)
        ranked = sorted(((share, number) for number, share in scores.items()), key=lambda entry: (-entry[0], entry[1]))
        best = ranked[0][0] if ranked else 0.0
        numbers = tuple(number for share, number in ranked[:2] if share >= max(SUPPORTED, best - 0.05))
        return Verdict(numbers if best >= SUPPORTED else (), round(best, 3), invented)

    def _of_another(self, text: str) -> bool:
        """Whether the sentence begins with a person other than the one whom the question names."""
        if self._who or not self._asked:
            return False
        first = _WORD.search(text)
        if first is None or not first.group()[0].isupper() or first.group().casefold() in _NO_NAMES:
            return False
        subject = _plain(first.group())
        return subject in self._me and not self._asked & _stems(text)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem_set(text)) | {_plain(word) for word in _WORD.findall(text)}


def _plain(word: str) -> str:
    """A word as it is compared: its stem; a number as digits."""
    lower = word.casefold()
    ordinal = _ORDINAL.match(lower)
    return ordinal[1].lstrip("0") or "0" if ordinal else _NUMBERS.get(lower) or _digits(lower) or stem(lower)


def _digits(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isdigit() else ""


def _names(text: str) -> frozenset[str]:
    """The names in a text: capitalised words but the first."""
    words = list(_WORD.finditer(text))
    return frozenset(
        _plain(word.group())
        for word in words[1:]
        if word.group()[0].isupper() and word.group().casefold() not in _NO_NAMES
    )


def _specific(text: str) -> frozenset[str]:
    """The names and numbers of a sentence."""
    found = set(_names(text))
    for word in _WORD.findall(text):
        lower = word.casefold()
        if any(ch.isdigit() for ch in word) or (lower in _NUMBERS and lower not in ("one", "zero")):
            found.add(_plain(word))
    return frozenset(found)


def _hit_day(hit: Hit) -> frozenset[str]:
    if not hit.happened_at or hit.precision == "mtime":
        return frozenset()
    return _day_words(datetime.fromisoformat(hit.happened_at).date())


def _day_words(day: date) -> frozenset[str]:
    return _stems(f"{day:%A %d %B %Y}")
