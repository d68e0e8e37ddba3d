"""Words as the word index holds them (lower case, no diacritics, Porter-stemmed), and which of them carry meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")

STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each else ever few for from further get got had has have
    having he her here hers herself him himself his how i if in into is it its itself just let like may me might
    more most much must my myself no nor not now of off on once one only or other our ours ourselves out over own
    please same shall she should so some such than that the their theirs them themselves then there these they
    this those through to too under until up upon us very was we were what when where whether which while who whom
    whose why will with would you your yours yourself yourselves tell s t d ll m re ve don didn doesn isn wasn
    aren won isn't don't didn't doesn't wasn't what's who's it's i'm
    """.split()
)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("porter")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Porter stem of a lower-case word, as SQLite's tokenizer makes it."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    stemmed: str = _stemmer().stemWord(word) if len(word) > 2 else word
    return stemmed


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words of a text, in order. Cached: the same passages are candidates again and again."""
    return tuple(stem(word) for word in _WORD.findall(text.lower()))


def content_words(words: Iterable[str]) -> list[str]:
    """The words that are not stop words; all words where only stop words are left ("who are you")."""
    everything = list(words)
    return [word for word in everything if word not in STOP_WORDS] or everything


def content_stems(text: str) -> list[str]:
    """Stems of the words of a text that carry meaning, in order, repeated as they occur."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]
