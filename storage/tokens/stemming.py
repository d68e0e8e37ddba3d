"""Stems: by the script of a word where it shows which rules hold, by the language of the text in Latin letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

LATIN: Mapping[str, str] = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
    "tr": "turkish",
    "vi": "",
}
"""Languages in Latin letters that are told apart, and Snowball's rules for each. Vietnamese words have no endings:
their second form is the word with its marks."""
_BY_SCRIPT: tuple[tuple[str, str, str], ...] = (
    ("\u0370", "\u03ff", "greek"),
    ("\u1f00", "\u1fff", "greek"),
    ("\u0400", "\u052f", "russian"),
    ("\u0531", "\u058f", "armenian"),
    ("\u0590", "\u05ff", "hebrew"),
    ("\u0600", "\u06ff", "arabic"),
    ("\u0900", "\u097f", "hindi"),
    ("\u0b80", "\u0bff", "tamil"),
    ("\u10a0", "\u10ff", "georgian"),
)
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "georgian": tuple(
        """ებისთვის ებიდან ებთან ისთვის ებში ებზე ების ებს იდან ასთან თან ში ზე ები დან ით ად მა ის ს ი ა""".split()
    ),
}
_HEBREW = frozenset("הובלכשמ")
"""The article, "and" and short prepositions of Hebrew, which are written in one word with the next."""
_AND = "وف"
_ARABIC_PREPOSITIONS = "بلكوف"
_WITH_ARTICLE = ("ال", "لل", "بال", "كال", "لال")
"""In Arabic "and", "then" and short prepositions are written in one word with the next, and with its article. Snowball
takes off one of them before an article, and before other words only some."""
_PARTICLES = """
    에서부터 으로부터 한테서 에게서 이라고 이라는 이에요 예요 입니다 습니다 까지는 에서는 에서도 으로는 에게는
    한테는 에서 에게 한테 으로 부터 까지 처럼 보다 마다 조차 밖에 이나 하고 이랑 라고 께서 은 는 이 가 을 를 에
    의 도 와 과 로 만 랑 나 께
""".split()
"""Particles and endings of Korean, the longest first."""
SHORTEST = 2
LONGER = 5
"""Letters of an Arabic word with a preposition before it: the first letter of shorter ones is mostly theirs."""


@cache
def _snowball(rules: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(rules)


@lru_cache(maxsize=200_000)
def porter(word: str) -> str:
    """The Porter stem of a folded word, as SQLite's tokenizer makes it."""
    return str(_snowball("porter").stemWord(word)) if len(word) > SHORTEST else word


@lru_cache(maxsize=100_000)
def latin_stem(word: str, language: str) -> str:
    """The stem of a lower-case word with its marks, by the rules of a language of `LATIN`."""
    rules = LATIN[language]
    return str(_snowball(rules).stemWord(word)) if rules and len(word) > SHORTEST else word


def script_stem(word: str) -> str:
    """The stem of a folded word in other letters than Latin; the word where there are no rules for its script."""
    rules = rules_of(word)
    if not rules or len(word) <= SHORTEST:
        return word
    if rules == "hebrew":
        return word
    if rules in _ENDINGS:
        ending = next((end for end in _ENDINGS[rules] if word.endswith(end) and len(word) > len(end) + SHORTEST), "")
        return word.removesuffix(ending)
    return unicodedata.normalize("NFC", str(_snowball(rules).stemWord(word))) or word


def shorter_forms(word: str) -> list[str]:
    """A folded word of Hebrew or Arabic without the article, "and" or the prepositions that may be written at its
    beginning: Hebrew words as they are, stems of Arabic ones. Nothing for other words."""
    rules = rules_of(word)
    if rules == "arabic":
        return _shorter_arabic(word)
    if rules != "hebrew":
        return []
    found: list[str] = []
    while len(word) > SHORTEST + 1 and word[0] in _HEBREW and len(found) < 2:
        word = word[1:]
        found.append(word)
    return found


def _shorter_arabic(word: str) -> list[str]:
    found: list[str] = []
    if len(word) > LONGER and word[0] in _AND and word[1:].startswith(_WITH_ARTICLE):
        word = word[1:]
        found.append(script_stem(word))
    if len(word) >= LONGER and word[0] in _ARABIC_PREPOSITIONS and not word.startswith(_WITH_ARTICLE):
        found.append(script_stem(word[1:]))
    return found


def rules_of(word: str) -> str:
    """Which rules hold for a word by the script of its first letter; empty if none do."""
    first = word[0]
    return next((rules for begin, end, rules in _BY_SCRIPT if begin <= first <= end), "")


def without_particle(word: str) -> str:
    """A Korean word without the particle at its end; a word of two syllables may have one of one."""
    if len(word) > SHORTEST:
        particle = next((one for one in _PARTICLES if word.endswith(one) and len(word) > len(one)), "")
        return word.removesuffix(particle)
    return word
